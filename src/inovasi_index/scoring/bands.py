"""Bands: the name (*predikat*) of a rounded index, and what count points ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.errors import IncompleteEditionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from inovasi_index.rules import Band, Edition

__all__ = ["band_of", "bands_of"]


def _band_edges(edition: Edition, lowest_index: int) -> tuple[NDArray[np.int64], list[Band]]:
    """Return lower bounds and bands, lowest first, as far down as an index needs them."""
    if not edition.bands:
        raise IncompleteEditionError(
            f"{edition.id}: no source gives the bands; the index itself is available"
        )
    lowest: list[int] = []
    for band in reversed(edition.bands):
        if band.lower_hundredths is None:
            raise IncompleteEditionError(
                f"{edition.id}: an index of {lowest_index / 100:.2f} cannot be classified: the "
                f"lower bound of {band.name!r} was not found; supply it with "
                f"edition.supply(bands={{{band.key!r}: …}})"
            )
        lowest.insert(0, band.lower_hundredths)
        if band.lower_hundredths <= lowest_index:
            break
    return np.array(lowest, np.int64), list(edition.bands[-len(lowest) :])


def bands_of(edition: Edition, index_hundredths: NDArray[np.int64]) -> NDArray[np.str_]:
    """Return the official name of the band of each rounded index, str, one an index."""
    lowest, bands = _band_edges(edition, int(index_hundredths.min(initial=10_000)))
    names = np.array([b.name for b in bands], np.str_)
    return names[np.searchsorted(lowest, index_hundredths, side="right") - 1]


def band_of(edition: Edition, index_hundredths: int) -> Band:
    """Return the band of a rounded index.

    Parameters
    ----------
    edition : Edition
    index_hundredths : int
        0 … 10000.

    Raises
    ------
    IncompleteEditionError
        When the bound that decides was not found.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> ii.scoring.band_of(ii.load_edition("iid-2026"), 6500).name
    'Inovatif'
    """
    return _band_edges(edition, index_hundredths)[1][0]
