"""What an edition's index needs, as plain whole numbers and names for other engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from attrs import frozen

from inovasi_index.rules import Part

if TYPE_CHECKING:
    from inovasi_index.rules import Edition

__all__ = ["Terms"]


@frozen
class Terms:
    """The numbers and names of the formula of an edition.

    Attributes
    ----------
    rows : tuple of (str, int, int)
        Key, hundredths of a point per level, and top level of each row of the innovation
        part, in official order.
    affairs, basic_affairs : tuple of str
        Keys.
    total_hundredths, minimum_divisor, count_cap, points_hundredths, needed : int
        See `Formula`; `needed` is the number of basic affairs that count points ask for.
    decimals : int
    region_most : int or None
        Largest region part in hundredths, where it is known.
    bands : tuple of (int, str)
        Lower bound in hundredths and official name, highest first, as far down as the bounds
        are known.
    """

    rows: tuple[tuple[str, int, int], ...]
    affairs: tuple[str, ...]
    basic_affairs: tuple[str, ...]
    total_hundredths: int
    minimum_divisor: int
    count_cap: int
    points_hundredths: int
    needed: int
    decimals: int
    region_most: int | None
    bands: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, edition: Edition) -> Self:
        """Return the terms of an edition.

        Raises
        ------
        IncompleteEditionError
            When a weight or a constant was not found.
        """
        weights = edition.weights_hundredths(Part.INNOVATION)
        total, divisor, cap, points, needed = edition.constants(
            "total_max_hundredths",
            "minimum_divisor",
            "count_cap",
            "points_per_innovation_hundredths",
            "basic_affairs_needed",
        )
        bands = []
        for band in reversed(edition.bands):
            if band.lower_hundredths is None:
                break
            bands.append((band.lower_hundredths, band.name))
        rows = edition.innovation_indicators
        return cls(
            rows=tuple((i.key, w, i.top_level) for i, w in zip(rows, weights, strict=True)),
            affairs=tuple(a.key for a in edition.affairs),
            basic_affairs=tuple(a.key for a in edition.basic_affairs),
            total_hundredths=total,
            minimum_divisor=divisor,
            count_cap=cap,
            points_hundredths=points,
            needed=needed,
            decimals=edition.formula.decimals,
            region_most=edition.formula.region_max_hundredths,
            bands=tuple(bands),
        )

    @property
    def half_up(self) -> tuple[int, int]:
        """Factor of the points before the division, and of the result after it.

        ``index = (points × factor + total × divisor) // (2 × total × divisor) × after``, all
        in hundredths: halves are rounded up.
        """
        return 2 * 100 * 10**self.decimals, 10 ** (2 - self.decimals)
