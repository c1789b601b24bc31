"""The scores of many regions at once, computed where they are asked for; exact."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

import numpy as np
from attrs import field, frozen

from inovasi_index.errors import BadValueError, UnknownNameError
from inovasi_index.rules import Part
from inovasi_index.scoring import kernels
from inovasi_index.scoring.bands import bands_of
from inovasi_index.scoring.region_score import Parts, RegionScore
from inovasi_index.scoring.tally import Tally, maturity_scale
from inovasi_index.table.level_table import reported_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from inovasi_index.language import Language
    from inovasi_index.records import Basis, Region
    from inovasi_index.rules import Edition
    from inovasi_index.table import LevelTable

__all__ = ["RegionScores", "Scores", "enough_affairs", "maturity_hundredths"]


_Array = TypeVar("_Array", bound="NDArray[Any]")


def _kept(array: _Array) -> _Array:
    """Close an array that is handed out again and again, also to other threads."""
    array.setflags(write=False)
    return array


@frozen(eq=False)
class RegionScores:
    """The scores of regions, from the tally of their innovations.

    Arrays are computed when they are asked for.

    Attributes
    ----------
    tally : Tally
        What was counted, region by region in the order of `regions`.
    regions : tuple of Region or of str
        The regions, or their codes where no more is known.
    region_hundredths : ndarray of int64, shape (n_regions,)
        Points of the region part, in hundredths.
    basis : Basis or None
        The basis of the levels; `None` when they came as bare arrays.
    """

    tally: Tally
    regions: tuple[Region | str, ...]
    region_hundredths: NDArray[np.int64]
    basis: Basis | None = None

    @property
    def edition(self) -> Edition:
        """The edition that was applied."""
        return self.tally.edition

    @cached_property
    def weights(self) -> dict[str, Fraction]:
        """Points per level of each innovation row, as they were applied."""
        rows = self.edition.innovation_indicators
        given = self.edition.weights_hundredths(Part.INNOVATION)
        return {row.key: Fraction(w, 100) for row, w in zip(rows, given, strict=True)}

    @property
    def maturity_sum_hundredths(self) -> NDArray[np.int64]:
        """Sum of the maturities of each region in hundredths, int64 (n_regions,)."""
        return self.tally.maturity_hundredths

    @property
    def n_innovations(self) -> NDArray[np.int64]:
        """Reported innovations of each region, int64 (n_regions,)."""
        return self.tally.n_innovations

    @cached_property
    def divisor(self) -> NDArray[np.int64]:
        """What the sum of maturities is divided by, int64 (n_regions,)."""
        return _kept(np.maximum(self.n_innovations, self.edition.constant("minimum_divisor")))

    @property
    def empty_seats(self) -> NDArray[np.int64]:
        """Seats of the divisor that no innovation fills, int64 (n_regions,)."""
        return self.divisor - self.n_innovations

    @cached_property
    def basic_affairs(self) -> NDArray[np.int64]:
        """Basic affairs that each region covers, int64 (n_regions,)."""
        basic = np.array([a.basic for a in self.edition.affairs], np.bool_)
        return _kept(self.tally.covered[:, basic].sum(axis=1, dtype=np.int64))

    @cached_property
    def count_hundredths(self) -> NDArray[np.int64]:
        """Points for the number of innovations in hundredths, int64 (n_regions,)."""
        counted = np.minimum(self.n_innovations, self.edition.constant("count_cap"))
        points = counted * self.edition.constant("points_per_innovation_hundredths")
        return _kept(np.where(enough_affairs(self.edition, self.basic_affairs), points, 0))

    @property
    def mean_maturity(self) -> NDArray[np.float64]:
        """Mean maturity of each region in points, float64 (n_regions,)."""
        return self.maturity_sum_hundredths / self.divisor / 100

    @cached_property
    def index_hundredths(self) -> NDArray[np.int64]:
        """The rounded index in hundredths, exact, int64 (n_regions,)."""
        index = kernels.index_hundredths(
            self.region_hundredths + self.count_hundredths,
            self.maturity_sum_hundredths,
            self.divisor,
            total_hundredths=self.edition.constant("total_max_hundredths"),
            decimals=self.edition.formula.decimals,
        )
        return _kept(index)

    @property
    def index(self) -> NDArray[np.float64]:
        """The index with two decimals, float64 (n_regions,)."""
        return self.index_hundredths / 100

    @cached_property
    def bands(self) -> NDArray[np.str_]:
        """Official name of the band of each region, str (n_regions,)."""
        return _kept(bands_of(self.edition, self.index_hundredths))

    def __len__(self) -> int:
        """Return the number of regions."""
        return len(self.regions)

    def __iter__(self) -> Iterator[RegionScore]:
        return (self._region(n) for n in range(len(self)))

    @cached_property
    def _position(self) -> dict[str, int]:
        return {code: n for n, code in enumerate(self.tally.codes)}

    def __getitem__(self, code: str) -> RegionScore:
        """Return the score of one region by its code."""
        try:
            return self._region(self._position[code])
        except (KeyError, TypeError):
            raise UnknownNameError.of("region", code, self._position) from None

    def _region(self, n: int) -> RegionScore:
        divisor = int(self.divisor[n])
        return RegionScore(
            edition=self.edition,
            basis=self.basis,
            region=self.regions[n],
            parts=Parts(
                Fraction(int(self.region_hundredths[n]), 100),
                Fraction(int(self.maturity_sum_hundredths[n]), 100 * divisor),
                Fraction(int(self.count_hundredths[n]), 100),
            ),
            innovations=int(self.n_innovations[n]),
            divisor=divisor,
            basic_affairs=int(self.basic_affairs[n]),
            **self._details(n),
        )

    def _details(self, n: int) -> dict[str, Any]:
        """Return what more is known of a region than its tally."""
        del n
        return {}

    def to_columns(self, what: Literal["regions"] = "regions") -> dict[str, NDArray[Any]]:
        """Return one row a region as columns, ready for any data frame.

        Parameters
        ----------
        what : {"regions"}

        Returns
        -------
        dict of str to ndarray
            One array a column, all of one length.

        Raises
        ------
        BadValueError
            For another word.
        """
        if what != "regions":
            raise BadValueError(f"{what!r}: merged tallies know their regions only")
        return {
            "region": np.array(self.tally.codes, np.str_),
            "index": self.index,
            "band": self.bands,
            "region_part": self.region_hundredths / 100,
            "mean_maturity": self.mean_maturity,
            "count_points": self.count_hundredths / 100,
            "innovations": self.n_innovations,
            "divisor": self.divisor,
            "empty_seats": self.empty_seats,
            "basic_affairs": self.basic_affairs,
        }

    def to_html(self, language: Language | str = "en") -> str:
        """Return one row a region as HTML; any text in it stays text."""
        from inovasi_index.scoring.notebook import scores_html

        return scores_html(self, language)

    def _repr_html_(self) -> str:
        return self.to_html()

    def __repr__(self) -> str:
        many = int(self.n_innovations.sum())
        return f"<{type(self).__name__} {self.edition.id}: {len(self)} regions, {many} innovations>"


@frozen(eq=False, repr=False)
class Scores(RegionScores):
    """The scores of a level table: those of its regions, and of each innovation and agency.

    Attributes
    ----------
    table : LevelTable
    """

    table: LevelTable = field(kw_only=True)

    @classmethod
    def of(cls, table: LevelTable, *, levels: bool = False) -> Self:
        """Score a table; `levels` counts levels too, for gaps."""
        return cls(
            tally=Tally.of(table, levels=levels),
            regions=table.regions,
            region_hundredths=table.region_hundredths,
            basis=table.basis,
            table=table,
        )

    @cached_property
    def maturity_hundredths(self) -> NDArray[np.int64]:
        """Maturity of each innovation in hundredths of a point, int64 (n_innovations,)."""
        return _kept(maturity_hundredths(self.table))

    @property
    def maturity(self) -> NDArray[np.float64]:
        """Maturity of each innovation in points, float64 (n_innovations,)."""
        return self.maturity_hundredths / 100

    def _details(self, n: int) -> dict[str, Any]:
        if not self.table.submissions:
            return {}
        # Tables of submissions hold the innovations region by region.
        start, stop = np.searchsorted(self.table.region_of, [n, n + 1])
        return {
            "submission": self.table.submissions[n],
            "maturity_hundredths": tuple(self.maturity_hundredths[start:stop].tolist()),
        }

    def to_columns(
        self, what: Literal["regions", "innovations", "agencies"] = "regions"
    ) -> dict[str, NDArray[Any]]:
        """Return results as columns, ready for any data frame.

        Parameters
        ----------
        what : {"regions", "innovations", "agencies"}

        Returns
        -------
        dict of str to ndarray
            One array a column, all of one length.

        Raises
        ------
        BadValueError
            For agencies of a table that came as arrays, or another word.
        """
        if what == "regions":
            return super().to_columns()
        if what == "innovations":
            return reported_columns(self.table) | {"maturity": self.maturity}
        if what == "agencies":
            return self._agency_columns()
        raise BadValueError(f"{what!r}: give 'regions', 'innovations' or 'agencies'")

    def _agency_columns(self) -> dict[str, NDArray[Any]]:
        table = self.table
        if table.agency_of is None:
            raise BadValueError("the table came as arrays and knows no agencies")
        n = len(table.agencies)
        unit, weights, most = maturity_scale(self.edition)
        sums = unit * kernels.owner_sums(
            table.columns, weights, table.agency_of, n_owners=n, most=most
        )
        counts = np.bincount(table.agency_of, minlength=n)
        codes = np.array(table.region_codes, np.str_)
        return {
            "region": codes[np.array([r for r, _ in table.agencies], np.intp)],
            "agency": np.array([a.id for _, a in table.agencies], np.str_),
            "name": np.array([a.name for _, a in table.agencies], np.str_),
            "kind": np.array([a.kind.value for _, a in table.agencies], np.str_),
            "innovations": counts,
            # An agency without innovations has no mean; its sum says so: 0 over 0 innovations.
            "mean_maturity": sums / np.maximum(counts, 1) / 100,
        }


def maturity_hundredths(table: LevelTable) -> NDArray[np.int64]:
    """Return the maturity of each innovation, int64 (n_innovations,)."""
    unit, weights, most = maturity_scale(table.edition)
    return kernels.maturity_units(table.columns, weights, most).astype(np.int64) * unit


def enough_affairs(edition: Edition, covered: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which regions cover the basic affairs that count points ask for."""
    needed = edition.formula.basic_affairs_needed
    if needed is None:
        # Whatever the number is, a region that covers them all meets it.
        if edition.basic_affairs and (covered == len(edition.basic_affairs)).all():
            return np.ones(len(covered), np.bool_)
        needed = edition.constant("basic_affairs_needed")
    return covered >= needed
