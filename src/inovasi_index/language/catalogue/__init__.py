"""Texts by subject; each module holds `MESSAGES`: key → (English, Indonesian)."""
