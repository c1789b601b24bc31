"""Gaps, plans, selection, risk, comparison, contests: from the score to what to do next."""

from inovasi_index.analysis.gaps import Gap, GapCause, Gaps, GapTable, gaps

__all__ = ["Gap", "GapCause", "GapTable", "Gaps", "gaps"]
