"""Arithmetic of composite indices: pure functions over arrays."""
