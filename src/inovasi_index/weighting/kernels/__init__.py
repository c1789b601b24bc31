"""Numerical kernels of weighting: pure functions over arrays, by subject."""
