"""The regions of a frame and their region parts: rows or points."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from inovasi_index.errors import BadValueError, near_misses
from inovasi_index.exact import hundredths_of
from inovasi_index.language import Language, text
from inovasi_index.records import Region, RegionKind
from inovasi_index.records.forms import shown
from inovasi_index.reporting.found_columns import AMBIGUOUS, Empty, FoundColumns
from inovasi_index.reporting.headings import fold
from inovasi_index.reporting.series import is_empty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from inovasi_index.rules import Edition

__all__ = ["REGION_FIELDS", "RegionParts", "read_region_parts", "read_regions"]

#: What a frame of regions may hold besides the rows of the region part.
REGION_FIELDS = ("region", "name", "kind", "region_points")


@frozen(eq=False)
class RegionParts:
    """The region parts of a frame: either points or levels, when there is no fault.

    Attributes
    ----------
    points : list of fractions.Fraction or None
    levels : ndarray of int, shape (n_regions, n_region_rows), or None
    """

    points: list[Any] | None = None
    levels: NDArray[Any] | None = None


def read_region_parts(frame: FoundColumns, edition: Edition, policy: Empty) -> RegionParts:
    """Read the region part of each row of a frame."""
    rows = edition.region_indicators
    given = [row for row in rows if row.key in frame]
    if "region_points" in frame:
        if given:
            message = f"'region_points' is given, and so are {len(given)} rows of the region part"
            frame.note("points-and-rows", f"{message}; give either")
        return RegionParts(points=_points(frame, edition))
    if given:
        levels = [
            frame.levels(row.key, row.top_level, policy)
            for row in rows
            if frame.require(row.key, row=row)
        ]
        return RegionParts(levels=np.array(levels).T)
    instead = f", nor one for each of the {len(rows)} rows of the region part" if rows else ""
    frame.require("region_points", instead=instead)
    return RegionParts()


def _points(frame: FoundColumns, edition: Edition) -> list[Fraction]:
    most = edition.formula.region_max_hundredths
    limit = "not negative" if most is None else f"0 to {most / 100:g}"
    points: list[Fraction] = []
    for n, cell in enumerate(frame.series("region_points").to_list()):
        hundredths, fault = 0, ""
        if is_empty(cell):
            fault = "the points of the region part are empty"
        else:
            try:
                hundredths = hundredths_of(cell)
            except BadValueError as error:
                fault = str(error)
        if hundredths < 0 or (most is not None and hundredths > most):
            fault = f"{cell} points; allowed: {limit}"
        if fault:
            frame.note_cells("bad-points", fault, "region_points", np.array([n]))
        points.append(Fraction(hundredths, 100))
    return points


def read_regions(frame: FoundColumns) -> tuple[tuple[Region | str, ...], Mapping[str, int]]:
    """Read the regions of a frame.

    Returns
    -------
    tuple of Region or of str
        Codes where name or kind are not given.
    mapping of str to int
        Position of each region by its code and its folded name; `AMBIGUOUS` for a name that
        several regions have.
    """
    if not frame.require("region"):
        return (), {}
    codes = frame.texts("region")
    names = frame.texts("name") if "name" in frame else [""] * len(codes)
    kinds = _kinds(frame) if "kind" in frame else [None] * len(codes)
    called: dict[str, int] = {}
    for n, name in enumerate(map(fold, names)):
        if name:
            called[name] = AMBIGUOUS if name in called else n
    regions: list[Region | str] = []
    seen: set[str] = set()
    for n, (code, name, kind) in enumerate(zip(codes, names, kinds, strict=True)):
        if not code:
            frame.note_cells(
                "empty-region", "the code of the region is empty", "region", np.array([n])
            )
        elif code in seen:
            message = f"a second row for region {shown(code)}"
            frame.note_cells("duplicate-region", message, "region", np.array([n]))
        seen.add(code)
        called[code] = n
        try:
            regions.append(Region(code, name, kind) if code and name and kind else code)
        except BadValueError as error:
            frame.note_cells("bad-region", str(error), "region", np.array([n]))
    return tuple(regions), called


def _kinds(frame: FoundColumns) -> list[RegionKind | None]:
    words = {
        fold(word): kind
        for kind in RegionKind
        for word in (kind, *(text(f"kind.{kind}", language) for language in Language))
    }
    found: list[RegionKind | None] = []
    for n, word in enumerate(frame.texts("kind")):
        kind = words.get(fold(word))
        if word and kind is None:
            hint = near_misses(word, words)
            message = f"{shown(word)} is none of {', '.join(RegionKind)}{hint}"
            frame.note_cells("unknown-choice", message, "kind", np.array([n]))
        found.append(kind)
    return found
