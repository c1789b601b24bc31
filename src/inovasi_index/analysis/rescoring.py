"""Scoring changed records of a submission that was scored before."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from inovasi_index.errors import PeriodWarning
from inovasi_index.scoring import RegionScore, score

if TYPE_CHECKING:
    from inovasi_index.records import Basis, Submission
    from inovasi_index.rules import Edition

__all__ = ["rescored"]


def rescored(submission: Submission, edition: Edition, *, basis: Basis) -> RegionScore:
    """Return the score of changed records, without warning of the period once more.

    Parameters
    ----------
    submission : Submission
    edition : Edition
    basis : Basis
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PeriodWarning)
        return score(submission, edition, basis=basis)[submission.region.code]
