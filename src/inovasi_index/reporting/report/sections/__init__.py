"""The sections of a report, each a function of the findings and the voice."""
