"""Array work behind robustness and sensitivity, by subject."""
