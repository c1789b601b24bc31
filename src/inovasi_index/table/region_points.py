"""Points of the region part, where its rows are not at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.errors import BadValueError
from inovasi_index.exact import hundredths_of
from inovasi_index.rules.grammar import MOST_POINTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from inovasi_index.rules import Edition

__all__ = ["points_hundredths"]


def points_hundredths(
    points: Iterable[tuple[object, object]], edition: Edition
) -> NDArray[np.int64]:
    """Return points of the region part in hundredths, each within the maximum of the edition.

    Parameters
    ----------
    points : iterable of (str or int, number)
        Code or position of a region, and its points.
    edition : Edition

    Returns
    -------
    ndarray of int64, shape (n_regions,)

    Raises
    ------
    BadValueError
        For what is no whole number of hundredths, or out of range, with the region.
    """
    found = [_hundredths(given, region, edition) for region, given in points]
    return np.array(found, np.int64)


def _hundredths(given: object, region: object, edition: Edition) -> int:
    hundredths = hundredths_of(given, what=f"region_points[{region!r}]")
    known = edition.formula.region_max_hundredths
    most = 100 * MOST_POINTS if known is None else known
    if not 0 <= hundredths <= most:
        vast = hundredths.bit_length() > 64
        said = "a very large number" if vast else f"{hundredths / 100:.12g}"
        allowed = f"0 to {most / 100:.12g}"
        raise BadValueError(f"region part of region {region} is {said}; allowed: {allowed}")
    return hundredths
