"""Which columns of a stream hold what."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from attrs import frozen

from inovasi_index.errors import BadValueError, Fault, FileFormatError, near_misses
from inovasi_index.records.places import Hints
from inovasi_index.rules import Edition, Part
from inovasi_index.scoring.tally import maturity_scale

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Layout"]


@frozen(eq=False, slots=False)
class Layout:
    """The columns of a stream of one row an innovation, by what they hold.

    Attributes
    ----------
    edition : Edition
    region, affair : str
        Column of the region's code, and of the key of the main affair.
    levels : tuple of str
        Column of each row of the innovation part, in official order.
    counts_levels : bool
        Whether levels are counted too, for gaps.
    """

    edition: Edition
    region: str
    affair: str
    levels: tuple[str, ...]
    counts_levels: bool = False

    @classmethod
    def of(
        cls, edition: Edition, columns: Mapping[str, str] | None = None, *, levels: bool = False
    ) -> Self:
        """Return the layout of an edition: each column is called as what it holds.

        Parameters
        ----------
        edition : Edition
        columns : mapping of str to str, optional
            Names of columns that are called otherwise, by ``"region"``, ``"affair"`` or the
            key of the indicator.
        levels : bool
            Whether to count levels too.

        Raises
        ------
        BadValueError
            For a name that the edition does not have, or one column for two things.
        IncompleteEditionError
            When the edition lacks a weight.
        """
        edition.weights_hundredths(Part.INNOVATION)
        given = dict(columns or {})
        keys = [row.key for row in edition.innovation_indicators]
        known = ["region", "affair", *keys]
        for name in given:
            if name not in known:
                raise BadValueError(
                    f"columns names {name!r}, which no stream holds{near_misses(name, known)}"
                )
        names = [given.get(name, name) for name in known]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise BadValueError(f"columns gives the column {twice!r} for two things")
        return cls(
            edition=edition,
            region=names[0],
            affair=names[1],
            levels=tuple(names[2:]),
            counts_levels=levels,
        )

    @property
    def names(self) -> list[str]:
        """All the columns that are read."""
        return [self.region, self.affair, *self.levels]

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """Highest level of each row of the innovation part."""
        return tuple(row.top_level for row in self.edition.innovation_indicators)

    @cached_property
    def scale(self) -> tuple[int, list[int], int]:
        """See `maturity_scale`."""
        return maturity_scale(self.edition)

    @cached_property
    def affair_places(self) -> dict[object, int]:
        """Position of each affair by key; what stands for an unknown one is -1."""
        places: dict[object, int] = {a.key: n for n, a in enumerate(self.edition.affairs)}
        return {"": -1, None: -1} | places

    def require(self, found: Iterable[str], what: str) -> None:
        """Refuse a source that lacks a column or has one twice, all of them named at once.

        Raises
        ------
        FileFormatError
        """
        there = Counter(list(found))
        hints = Hints()
        faults = [
            Fault(
                "missing-column" if times == 0 else "repeated-column",
                name,
                f"there is no column {name!r}{hints.near(name, there)}"
                if times == 0
                else f"{times} columns are called {name!r}",
            )
            for name in self.names
            if (times := there[name]) != 1
        ]
        if faults:
            raise FileFormatError(what, faults)

    def fingerprint(self) -> dict[str, Any]:
        """Return what a tally depends on besides its source, as plain data."""
        edition = self.edition
        return {
            "edition": {
                "id": edition.id,
                "rows": [
                    [row.key, row.weight_hundredths, row.top_level]
                    for row in edition.innovation_indicators
                ],
                "affairs": [affair.key for affair in edition.affairs],
            },
            "columns": [*self.names, self.counts_levels],
        }
