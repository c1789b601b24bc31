"""Kernels of the analyses: pure functions over arrays, a module a subject."""
