"""What the index of a region needs of its innovations: a small value that can be added up.

Counts, sums of points and the affairs that are covered are integers and sets, so tallies of
parts of the data, in any order and grouping, add up to the tally of the whole, to the bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import field, frozen
from attrs.converters import optional

from inovasi_index.errors import BadValueError
from inovasi_index.records.forms import Key, shown
from inovasi_index.rules import Part, available_editions, load_edition
from inovasi_index.scoring import kernels
from inovasi_index.table.kernels import level_counts
from inovasi_index.table.region_points import points_hundredths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from inovasi_index.records import Basis
    from inovasi_index.rules import Edition
    from inovasi_index.scoring.scores import RegionScores
    from inovasi_index.table import LevelTable

__all__ = ["TALLY_FORMAT", "Tally", "maturity_scale"]

TALLY_FORMAT = "inovasi_index.tally/1"

#: Innovations of one region in a tally that is read: far beyond what there can be.
MOST_INNOVATIONS = 2**40


def maturity_scale(edition: Edition) -> tuple[int, list[int], int]:
    """Return hundredths of a unit, weights in units, and the largest maturity in units."""
    hundredths = edition.weights_hundredths(Part.INNOVATION)
    unit = kernels.unit_of(hundredths)
    weights = [w // unit for w in hundredths]
    rows = edition.innovation_indicators
    return unit, weights, sum(w * i.top_level for w, i in zip(weights, rows, strict=True))


def _n_levels(edition: Edition) -> int:
    """Return how many levels the innovation rows have at most, level 0 included."""
    return 1 + max((row.top_level for row in edition.innovation_indicators), default=0)


def _closed(array: NDArray[Any]) -> NDArray[Any]:
    """Return the array for reading only: it is handed out, also to other threads."""
    view = array.view()
    view.setflags(write=False)
    return view


@frozen(eq=False)
class Tally:
    """Sums over the innovations of some regions, to be merged with those of other batches.

    ``a + b`` merges: sums add up, sets unite, regions of either side are kept. It is
    associative and commutative, and `empty` is its neutral element.

    Attributes
    ----------
    edition : Edition
    codes : tuple of str
        Codes of the regions, each once. The arrays that follow are read-only.
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
    n_innovations: NDArray[np.int64] = field(converter=_closed)
    maturity_hundredths: NDArray[np.int64] = field(converter=_closed)
    covered: NDArray[np.bool_] = field(converter=_closed)
    level_counts: NDArray[np.int64] | None = field(default=None, converter=optional(_closed))

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
            counts = level_counts(
                table.columns, table.region_of, n_owners=n, n_levels=_n_levels(edition)
            )
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
        shape = (len(edition.innovation_indicators), 0, _n_levels(edition))
        return cls(
            edition=edition,
            codes=(),
            n_innovations=np.zeros(0, np.int64),
            maturity_hundredths=np.zeros(0, np.int64),
            covered=np.zeros((0, len(edition.affairs)), np.bool_),
            level_counts=np.zeros(shape, np.int64) if levels else None,
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
        one, two = self.reordered(codes), other.reordered(codes)
        counts = None
        if one.level_counts is not None and two.level_counts is not None:
            counts = one.level_counts + two.level_counts
        return Tally(
            edition=self.edition,
            codes=codes,
            n_innovations=one.n_innovations + two.n_innovations,
            maturity_hundredths=one.maturity_hundredths + two.maturity_hundredths,
            covered=one.covered | two.covered,
            level_counts=counts,
        )

    @classmethod
    def merged(cls, tallies: Iterable[Tally], edition: Edition, *, levels: bool = False) -> Tally:
        """Add up any number of tallies, none included."""
        return reduce(Tally.__add__, tallies, cls.empty(edition, levels=levels))

    def reordered(self, codes: Iterable[str]) -> Tally:
        """Return the tally of the given regions in the given order; zero where there is none."""
        wanted = tuple(codes)
        if wanted == self.codes:
            return self
        place = {code: n for n, code in enumerate(self.codes)}
        # One region more, at the end, stands for those that were not counted: index -1.
        at = np.array([place.get(code, -1) for code in wanted], np.intp)
        counts = self.level_counts
        return Tally(
            edition=self.edition,
            codes=wanted,
            n_innovations=np.append(self.n_innovations, 0)[at],
            maturity_hundredths=np.append(self.maturity_hundredths, 0)[at],
            covered=np.pad(self.covered, ((0, 1), (0, 0)))[at],
            level_counts=None
            if counts is None
            else np.pad(counts, ((0, 0), (0, 1), (0, 0)))[:, at],
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
            For a counted region without points, and points that the edition does not allow.
        IncompleteEditionError
            When the edition lacks a constant of the formula.
        """
        from inovasi_index.scoring.scores import RegionScores

        without = [code for code in self.codes if code not in region_points]
        if without:
            raise BadValueError(
                f"region_points lacks {len(without)} counted regions: {', '.join(without[:5])}"
            )
        return RegionScores(
            tally=self.reordered(region_points),
            regions=tuple(region_points),
            region_hundredths=points_hundredths(region_points.items(), self.edition),
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
        name = plain.get("edition")
        if edition is None:
            # Never a path: who reads a tally must not read what else it names.
            if name not in available_editions():
                message = f"the tally is of {shown(name)}, which is not shipped; give its edition"
                raise BadValueError(message)
            edition = load_edition(str(name))
        if name != edition.id:
            raise BadValueError(f"the tally is of {shown(name)}, not of {edition.id}")
        try:
            return cls._read(plain, edition)
        except KeyError as trouble:
            raise BadValueError(f"the tally is damaged: {trouble} is missing") from None
        except (TypeError, ValueError, OverflowError) as trouble:
            raise BadValueError(f"the tally is damaged: {trouble}") from trouble

    @classmethod
    def _read(cls, plain: Mapping[str, Any], edition: Edition) -> Self:
        codes = plain["codes"]
        if not isinstance(codes, list) or len(set(map(Key().read, codes))) != len(codes):
            raise ValueError("the codes must be different texts")
        n = len(codes)
        covered = np.zeros((n, len(edition.affairs)), np.bool_)
        for row, affairs in zip(covered, plain["covered"], strict=True):
            row[_counts(affairs, "covered", shape=(len(affairs),), most=len(row) - 1)] = True
        unit, _, top = maturity_scale(edition)
        # No sum of what is allowed leaves 64 bits, nor do those of many tallies.
        most = min(MOST_INNOVATIONS, 2**60 // max(1, unit * top))
        n_innovations = _counts(plain["n_innovations"], "n_innovations", shape=(n,), most=most)
        counts = None
        if plain.get("level_counts") is not None:
            shape = (len(edition.innovation_indicators), n, _n_levels(edition))
            counts = _counts(plain["level_counts"], "level_counts", shape=shape, most=most)
        found = cls(
            edition=edition,
            codes=tuple(codes),
            n_innovations=n_innovations,
            maturity_hundredths=_counts(
                plain["maturity_hundredths"], "maturity_hundredths", shape=(n,), most=2**60
            ),
            covered=covered,
            level_counts=counts,
        )
        found._check()
        return found

    def _check(self) -> None:
        """Refuse sums that no innovations can have."""
        unit, weights, top = maturity_scale(self.edition)
        wrong = self.maturity_hundredths > self.n_innovations * (unit * top)
        wrong |= self.maturity_hundredths % unit != 0
        wrong |= self.covered.sum(axis=1) > self.n_innovations
        if self.level_counts is not None:
            levels = np.arange(self.level_counts.shape[2])
            tops = np.array([row.top_level for row in self.edition.innovation_indicators])
            beyond = levels > tops[:, None]
            wrong |= (self.level_counts.sum(axis=2) != self.n_innovations).any(axis=0)
            wrong |= (self.level_counts * beyond[:, None, :]).any(axis=(0, 2))
            points = np.array(weights)[:, None] * (self.level_counts @ levels)
            wrong |= unit * points.sum(axis=0) != self.maturity_hundredths
        if wrong.any():
            code = self.codes[int(np.flatnonzero(wrong)[0])]
            raise ValueError(f"the sums of region {shown(code)} cannot be")


def _counts(values: object, name: str, *, shape: tuple[int, ...], most: int) -> NDArray[np.int64]:
    """Return whole numbers from 0 to `most`; nothing is rounded, cut or taken for a number.

    Raises
    ------
    ValueError
    """
    found = np.array(values)
    if found.shape == shape[:2] and shape[-2:-1] == (0,):
        found = found.reshape(shape)  # no region has any levels: lists do not say how many
    if found.shape != shape:
        raise ValueError(f"{name} is of the shape {found.shape}; {shape} is needed")
    if found.size and found.dtype.kind not in "iu":
        raise ValueError(f"{name} holds something else than whole numbers")
    if found.size and not 0 <= found.min() <= found.max() <= most:
        raise ValueError(f"{name} holds a number that is not from 0 to {most}")
    return found.astype(np.int64)
