"""What an index is to reach: a band or a number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import frozen

from inovasi_index.errors import BadValueError, IncompleteEditionError, UnknownNameError
from inovasi_index.exact import EXACT, hundredths_of
from inovasi_index.language import Language, number
from inovasi_index.rules import Band, Edition

if TYPE_CHECKING:
    from inovasi_index.scoring import RegionScore

__all__ = ["Target", "index_and_band", "read_target"]


@frozen
class Target:
    """A rounded index that is to be reached, and the band that asked for it.

    Attributes
    ----------
    hundredths : int
        0 … 10000.
    band : Band or None
        `None` where a number was given.
    """

    hundredths: int
    band: Band | None = None

    @property
    def index(self) -> Decimal:
        """The index with two decimals."""
        return EXACT.scaleb(self.hundredths, -2)

    def to_text(self, language: Language | str = Language.ENGLISH) -> str:
        """Return the index, and the band where one was asked for."""
        shown = number(self.index, language)
        return f"{shown} ({self.band.name})" if self.band else shown

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can hold."""
        return {"index": str(self.index), "band": self.band.name if self.band else None}

    def __str__(self) -> str:
        return self.to_text()


def read_target(given: object, edition: Edition) -> Target:
    """Return what is to be reached.

    Parameters
    ----------
    given : Band, str or number
        A band, its key or its official name in any case; or an index from 0 to 100, as a
        number or as text.
    edition : Edition

    Raises
    ------
    UnknownNameError
        For a band that the edition does not have.
    BadValueError
        For a number out of range or finer than hundredths.
    IncompleteEditionError
        For a band whose lower bound was not found.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.targets import read_target
    >>> edition = ii.load_edition("iid-2026")
    >>> str(read_target("sangat inovatif", edition)), str(read_target("70,5", edition))
    ('65.01 (Sangat Inovatif)', '70.50')
    """
    if isinstance(given, Band | str):
        band = _band(given, edition)
        if band is not None:
            return Target(_lower_bound(band, edition), band)
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal | Fraction):
        raise BadValueError(f"the target {given!r} is neither a band nor an index")
    try:
        hundredths = hundredths_of(given, what="the target")
    except BadValueError:
        if isinstance(given, str) and not any(c.isdigit() for c in given):
            known = (word for band in edition.bands for word in (band.name, band.key))
            raise UnknownNameError.of(f"band in {edition.id}", given, known) from None
        raise
    if not 0 <= hundredths <= 10_000:
        raise BadValueError(f"the target is {given}; allowed: a band, or an index from 0 to 100")
    return Target(hundredths)


def index_and_band(one: RegionScore, language: Language | str = Language.ENGLISH) -> str:
    """Write the index of a score, and its band where the edition knows it.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.targets import index_and_band
    >>> one = ii.project_index("iid-2026", region_points=51, mean_maturity="90.91",
    ...     innovations=137, basic_affairs=6)
    >>> index_and_band(one, "id")
    '77,59 (Sangat Inovatif)'
    """
    band = one.band_if_known
    shown = number(one.index, language)
    return shown if band is None else f"{shown} ({band})"


def _band(given: Band | str, edition: Edition) -> Band | None:
    if isinstance(given, Band):
        if given not in edition.bands:
            names = (band.name for band in edition.bands)
            raise UnknownNameError.of(f"band in {edition.id}", given.name, names)
        return given
    folded = given.strip().casefold()
    words = {word.casefold(): band for band in edition.bands for word in (band.name, band.key)}
    return words.get(folded)


def _lower_bound(band: Band, edition: Edition) -> int:
    if band.lower_hundredths is None:
        raise IncompleteEditionError(
            f"{edition.id}: the lower bound of {band.name!r} was not found; supply it with "
            f"edition.supply(bands={{{band.key!r}: …}}), or give the target as an index"
        )
    return band.lower_hundredths
