"""What the index of a region needs of its innovations: a small value that can be added up.

Counts, sums of points and the affairs that are covered are integers and sets, so tallies of
parts of the data, in any order and grouping, add up to the tally of the whole, to the bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from inovasi_index.errors import BadValueError
from inovasi_index.exact import hundredths_of
from inovasi_index.rules import Part, load_edition
from inovasi_index.scoring import kernels
from inovasi_index.table.kernels import level_counts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from inovasi_index.records import Basis
    from inovasi_index.rules import Edition
    from inovasi_index.scoring.scores import RegionScores
    from inovasi_index.table import LevelTable

__all__ = ["TALLY_FORMAT", "Tally", "maturity_scale"]

TALLY_FORMAT = "inovasi_index.tally/1"


def maturity_scale(edition: Edition) -> tuple[int, list[int], int]:
    """Return hundredths of a unit, weights in units, and the largest maturity in units."""
    hundredths = edition.weights_hundredths(Part.INNOVATION)
    unit = kernels.unit_of(hundredths)
    weights = [w // unit for w in hundredths]
    rows = edition.innovation_indicators
    return unit, weights, sum(w * i.top_level for w, i in zip(weights, rows, strict=True))


@frozen(eq=False)
class Tally:
    """Sums over the innovations of some regions, to be merged with those of other batches.

    ``a + b`` merges: sums add up, sets unite, regions of either side are kept. It is
    associative and commutative, and `empty` is its neutral element.

    Attributes
    ----------
    edition : Edition
    codes : tuple of str
        Codes of the regions, each once.
    n_innovations : ndarray of int64, shape (n_regions,)
    maturity_hundredths : ndarray of int64, shape (n_regions,)
        Sum of the maturities.
    covered : ndarray of bool, shape (n_regions, n_affairs)
    level_counts : ndarray of int64, shape (n_rows, n_regions, n_levels), or None
        How often each level occurs in each row, for gaps; `None` when it was not counted.

    Examples
    --------
    >>> import numpy as np, inovasi_index as ii
    >>> def batch(n):
    ...     return ii.LevelTable.from_arrays(
    ...         ii.load_edition("iid-2026"), np.full((n, 20), 3), region_of=np.zeros(n, int),
    ...         region_points=[50], affair_of=np.arange(n), regions=["63.71"])
    >>> two = Tally.of(batch(12)) + Tally.of(batch(8))
    >>> two.n_innovations, two.maturity_hundredths
    (array([20]), array([222000]))
    """

    edition: Edition
    codes: tuple[str, ...]
    n_innovations: NDArray[np.int64]
    maturity_hundredths: NDArray[np.int64]
    covered: NDArray[np.bool_]
    level_counts: NDArray[np.int64] | None = None

    @classmethod
    def of(cls, table: LevelTable, *, levels: bool = False) -> Self:
        """Count a table.

        Parameters
        ----------
        table : LevelTable
        levels : bool
            Whether to count levels too, for gaps.
        """
        edition, n = table.edition, len(table.regions)
        unit, weights, most = maturity_scale(edition)
        sums = kernels.owner_sums(table.columns, weights, table.region_of, n_owners=n, most=most)
        counts = None
        if levels:
            n_levels = 1 + max(row.top_level for row in edition.innovation_indicators)
            counts = level_counts(table.columns, table.region_of, n_owners=n, n_levels=n_levels)
        return cls(
            edition=edition,
            codes=table.region_codes,
            n_innovations=table.n_innovations_of,
            maturity_hundredths=sums * unit,
            covered=table.covered,
            level_counts=counts,
        )

    @classmethod
    def empty(cls, edition: Edition, *, levels: bool = False) -> Self:
        """Return the tally of nothing."""
        rows = edition.innovation_indicators
        n_levels = 1 + max((row.top_level for row in rows), default=0)
        return cls(
            edition=edition,
            codes=(),
            n_innovations=np.zeros(0, np.int64),
            maturity_hundredths=np.zeros(0, np.int64),
            covered=np.zeros((0, len(edition.affairs)), np.bool_),
            level_counts=np.zeros((len(rows), 0, n_levels), np.int64) if levels else None,
        )

    def __add__(self, other: Tally) -> Tally:
        if not isinstance(other, Tally):
            return NotImplemented
        if self.edition != other.edition:
            raise BadValueError(
                f"tallies of {self.edition.id} and {other.edition.id} do not add up"
            )
        if (self.level_counts is None) != (other.level_counts is None):
            raise BadValueError("one tally has counted levels and the other has not")
        codes = tuple(sorted({*self.codes, *other.codes}))
        place = {code: n for n, code in enumerate(codes)}
        merged = Tally(
            edition=self.edition,
            codes=codes,
            n_innovations=np.zeros(len(codes), np.int64),
            maturity_hundredths=np.zeros(len(codes), np.int64),
            covered=np.zeros((len(codes), len(self.edition.affairs)), np.bool_),
            level_counts=None
            if self.level_counts is None
            else np.zeros(
                (len(self.level_counts), len(codes), self.level_counts.shape[2]), np.int64
            ),
        )
        for part in (self, other):
            at = np.array([place[code] for code in part.codes], np.intp)
            merged.n_innovations[at] += part.n_innovations
            merged.maturity_hundredths[at] += part.maturity_hundredths
            merged.covered[at] |= part.covered
            if merged.level_counts is not None and part.level_counts is not None:
                merged.level_counts[:, at] += part.level_counts
        return merged

    @classmethod
    def merged(cls, tallies: Iterable[Tally], edition: Edition, *, levels: bool = False) -> Tally:
        """Add up any number of tallies, none included."""
        return reduce(Tally.__add__, tallies, cls.empty(edition, levels=levels))

    def reordered(self, codes: Iterable[str]) -> Tally:
        """Return the tally of the given regions in the given order; zero where there is none."""
        wanted = tuple(codes)
        at = {code: n for n, code in enumerate(self.codes)}
        known = np.array([at.get(code, -1) for code in wanted], np.intp)
        there = known >= 0
        return Tally(
            edition=self.edition,
            codes=wanted,
            n_innovations=np.where(there, np.append(self.n_innovations, 0)[known], 0),
            maturity_hundredths=np.where(there, np.append(self.maturity_hundredths, 0)[known], 0),
            covered=np.vstack([self.covered, np.zeros((1, self.covered.shape[1]), np.bool_)])[
                known
            ],
            level_counts=None
            if self.level_counts is None
            else np.concatenate(
                [
                    self.level_counts,
                    np.zeros_like(
                        self.level_counts,
                        shape=(len(self.level_counts), 1, self.level_counts.shape[2]),
                    ),
                ],
                axis=1,
            )[:, known],
        )

    def __eq__(self, other: object) -> bool:
        """Compare by value; the order of the regions does not matter."""
        if not isinstance(other, Tally):
            return NotImplemented
        if self.edition != other.edition or sorted(self.codes) != sorted(other.codes):
            return False
        mine = other.reordered(self.codes)
        pairs = (
            (self.n_innovations, mine.n_innovations),
            (self.maturity_hundredths, mine.maturity_hundredths),
            (self.covered, mine.covered),
        )
        if not all(np.array_equal(a, b) for a, b in pairs):
            return False
        if self.level_counts is None or mine.level_counts is None:
            return self.level_counts is mine.level_counts
        return np.array_equal(self.level_counts, mine.level_counts)

    __hash__ = None  # type: ignore[assignment] # arrays can be changed

    def __len__(self) -> int:
        """Return the number of regions."""
        return len(self.codes)

    def score(
        self, region_points: Mapping[str, object], *, basis: Basis | None = None
    ) -> RegionScores:
        """Score the regions from what was counted and their points of the region part.

        Parameters
        ----------
        region_points : mapping of str to number
            Points of the region part by region code; a region that is named here and was
            not counted has no innovations.
        basis : Basis, optional
            What the levels stood for, as a label.

        Raises
        ------
        BadValueError
            For a counted region without points.
        IncompleteEditionError
            When the edition lacks a constant of the formula.
        """
        from inovasi_index.scoring.scores import RegionScores

        without = [code for code in self.codes if code not in region_points]
        if without:
            raise BadValueError(
                f"region_points lacks {len(without)} counted regions: {', '.join(without[:5])}"
            )
        hundredths = [
            hundredths_of(points, what=f"region_points[{code!r}]")
            for code, points in region_points.items()
        ]
        return RegionScores(
            tally=self.reordered(region_points),
            regions=tuple(region_points),
            region_hundredths=np.array(hundredths, np.int64),
            basis=basis,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can hold, with the version of its form."""
        plain: dict[str, Any] = {
            "format": TALLY_FORMAT,
            "edition": self.edition.id,
            "codes": list(self.codes),
            "n_innovations": self.n_innovations.tolist(),
            "maturity_hundredths": self.maturity_hundredths.tolist(),
            "covered": [np.flatnonzero(row).tolist() for row in self.covered],
        }
        if self.level_counts is not None:
            plain["level_counts"] = self.level_counts.tolist()
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any], edition: Edition | None = None) -> Self:
        """Return the tally that `to_dict` wrote.

        Parameters
        ----------
        plain : mapping
        edition : Edition, optional
            Needed for an edition that is not shipped.

        Raises
        ------
        BadValueError
            When it is no tally, of another edition, or its parts do not fit each other.
        """
        if not isinstance(plain, Mapping) or plain.get("format") != TALLY_FORMAT:
            raise BadValueError(f"this is no tally; its format must be {TALLY_FORMAT!r}")
        edition = load_edition(str(plain.get("edition"))) if edition is None else edition
        if plain.get("edition") != edition.id:
            raise BadValueError(f"the tally is of {plain.get('edition')}, not of {edition.id}")
        try:
            codes = tuple(map(str, plain["codes"]))
            covered = np.zeros((len(codes), len(edition.affairs)), np.bool_)
            for row, affairs in zip(covered, plain["covered"], strict=True):
                row[np.array(affairs, np.intp)] = True
            counts = plain.get("level_counts")
            found = cls(
                edition=edition,
                codes=codes,
                n_innovations=np.array(plain["n_innovations"], np.int64),
                maturity_hundredths=np.array(plain["maturity_hundredths"], np.int64),
                covered=covered,
                level_counts=None if counts is None else np.array(counts, np.int64),
            )
        except (KeyError, TypeError, ValueError, IndexError, OverflowError) as trouble:
            raise BadValueError(f"the tally is damaged: {trouble}") from trouble
        found._check()
        return found

    def _check(self) -> None:
        """Refuse sums that no innovations can have."""
        n = len(self.codes)
        most = maturity_scale(self.edition)
        shapes = {self.n_innovations.shape, self.maturity_hundredths.shape}
        if shapes != {(n,)} or len(set(self.codes)) != n:
            raise BadValueError("the tally is damaged: its columns have different lengths")
        limit = self.n_innovations * (most[0] * most[2])
        wrong = (self.n_innovations < 0) | (self.maturity_hundredths < 0)
        wrong |= self.maturity_hundredths > limit
        wrong |= self.covered.sum(axis=1) > self.n_innovations
        if self.level_counts is not None:
            rows = len(self.edition.innovation_indicators)
            if self.level_counts.shape[:2] != (rows, n) or (self.level_counts < 0).any():
                raise BadValueError("the tally is damaged: its level counts do not fit")
            wrong |= (self.level_counts.sum(axis=2) != self.n_innovations).any(axis=0)
        if wrong.any():
            code = self.codes[int(np.flatnonzero(wrong)[0])]
            raise BadValueError(f"the tally is damaged: the sums of region {code} cannot be")
