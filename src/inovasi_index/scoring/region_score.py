"""The score of one region: its parts, its index, its band."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from inovasi_index.errors import IncompleteEditionError
from inovasi_index.exact import hundredths_of, round_half_up
from inovasi_index.scoring.bands import band_of

if TYPE_CHECKING:
    from decimal import Decimal

    from inovasi_index.language import Language
    from inovasi_index.records import Basis, Region, Submission
    from inovasi_index.rules import Edition
    from inovasi_index.scoring.explanation import Explanation

__all__ = ["Parts", "RegionScore"]


@frozen
class Parts:
    """The three parts of the index, in points and exact.

    Attributes
    ----------
    region_part, mean_maturity, count_points : fractions.Fraction
    """

    region_part: Fraction
    mean_maturity: Fraction
    count_points: Fraction

    @property
    def total(self) -> Fraction:
        """Sum of the parts, in points."""
        return self.region_part + self.mean_maturity + self.count_points


@frozen
class RegionScore:
    """The score of one region.

    Attributes
    ----------
    edition : Edition
    basis : Basis or None
    region : Region or str or None
        The region, or its code where no more is known; `None` for a projection.
    parts : Parts
    innovations : int
        Number of reported innovations.
    divisor : int
        What the sum of maturities was divided by.
    basic_affairs : int
        Basic affairs that are covered.
    submission : Submission or None
        What it was scored from.
    maturity_hundredths : tuple of int
        Maturity of each innovation of the submission, in order, in hundredths of a point.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> one = ii.project_index(ii.load_edition("iid-2026"), region_points=51,
    ...     mean_maturity="90.91", innovations=137, basic_affairs=6)
    >>> one.index, one.exact, one.band
    (Decimal('77.59'), Fraction(19397, 250), 'Sangat Inovatif')
    """

    edition: Edition
    basis: Basis | None
    region: Region | str | None
    parts: Parts
    innovations: int
    divisor: int
    basic_affairs: int
    submission: Submission | None = None
    maturity_hundredths: tuple[int, ...] = ()

    @property
    def exact(self) -> Fraction:
        """The index before rounding."""
        total = Fraction(self.edition.constant("total_max_hundredths"), 100)
        return self.parts.total / total * 100

    @property
    def index(self) -> Decimal:
        """The index, rounded as the edition declares."""
        return round_half_up(self.exact, self.edition.formula.decimals)

    @property
    def index_hundredths(self) -> int:
        """The rounded index in hundredths."""
        return hundredths_of(self.index)

    @property
    def band(self) -> str:
        """Official name of the band (*predikat*)."""
        return band_of(self.edition, self.index_hundredths).name

    @property
    def band_if_known(self) -> str | None:
        """Official name of the band; `None` where the bound that decides was not found."""
        try:
            return self.band
        except IncompleteEditionError:
            return None

    @property
    def empty_seats(self) -> int:
        """Seats of the divisor that no innovation fills."""
        return self.divisor - self.innovations

    def explain(self, innovation: str | None = None, indicator: str | None = None) -> Explanation:
        """Return where the score comes from, down to the rule and its citation.

        Parameters
        ----------
        innovation : str, optional
            Id of one innovation, for its part alone.
        indicator : str, optional
            Key of one row, for that row alone.
        """
        from inovasi_index.scoring.explanation import explain_score

        return explain_score(self, innovation=innovation, indicator=indicator)

    def to_html(self, language: Language | str = "en") -> str:
        """Return the parts and the band as HTML; any text in it stays text."""
        from inovasi_index.scoring.notebook import score_html

        return score_html(self, language)

    def _repr_html_(self) -> str:
        return self.to_html()

    def __str__(self) -> str:
        return f"{self.index} ({self.band_if_known or '?'})"
