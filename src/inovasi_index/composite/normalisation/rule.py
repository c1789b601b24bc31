"""What every rule is, and what several of them need."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

import numpy as np
from attrs import frozen

from inovasi_index.composite.arrays import (
    Table,
    arithmetic_guard,
    read_array,
    read_directions,
    read_table,
)
from inovasi_index.composite.kernels import columns
from inovasi_index.composite.words import in_words
from inovasi_index.errors import BadValueError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from inovasi_index.composite.arrays import BoolArray, ByColumn, FloatArray

__all__ = [
    "FittedNormalisation",
    "Normalisation",
    "Rule",
    "Statistics",
    "counts",
    "numbers",
    "per_column",
    "refuse_without_reference",
    "turned",
]


@runtime_checkable
class Normalisation(Protocol):
    """Anything that makes the columns of a table comparable."""

    def fit(self, data: npt.ArrayLike) -> Normalisation:
        """Return the same rule with its statistics taken from `data`."""
        ...

    def apply(self, data: npt.ArrayLike, directions: npt.ArrayLike | None = None) -> FloatArray:
        """Return the normalised values, in the shape of the data; more is better.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)
            NaN is a missing value and stays one.
        directions : array_like of int, shape (columns,) or (), optional
            1 where more is better, -1 where less is; 1 when omitted.
        """
        ...


Statistics: TypeAlias = "tuple[FloatArray, ...]"


class Rule(ABC):
    """What the rules share: read, check, measure, transform, give back."""

    __slots__ = ()

    def fit(self, data: npt.ArrayLike) -> FittedNormalisation:
        """Return the rule with its statistics taken from `data`.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)

        Raises
        ------
        BadValueError, FaultsError
            For data that are no numbers, infinite, or that the rule cannot take.

        Examples
        --------
        >>> from inovasi_index.composite import MinMax
        >>> MinMax().fit([10.0, 20.0]).apply([12.0, 25.0])
        array([0.2, 1.5])
        """
        table = read_table(data)
        self.check(table)
        with arithmetic_guard():
            return FittedNormalisation(self, len(table.names), self.measure(table))

    def apply(self, data: npt.ArrayLike, directions: ByColumn | None = None) -> FloatArray:
        """Return the normalised values, in the shape of the data; more is better.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)
            NaN is a missing value and stays one.
        directions : array_like of int, shape (columns,) or (), optional
            1 where more is better, -1 where less is; 1 when omitted.

        Returns
        -------
        ndarray of float64

        Raises
        ------
        BadValueError, FaultsError
            For data that are no numbers, infinite, or that the rule cannot take, and for
            directions that are neither 1 nor -1.

        Examples
        --------
        >>> from inovasi_index.composite import MinMax
        >>> MinMax().apply([[10, 1], [20, 3], [15, 2]], directions=[1, -1])
        array([[0. , 1. ],
               [1. , 0. ],
               [0.5, 0.5]])
        """
        table = read_table(data)
        down = read_directions(directions, table.names)
        self.check(table)
        with arithmetic_guard():
            return table.as_given(self.transform_own(table, down))

    def check(self, table: Table) -> None:  # noqa: B027 (rules that take all values have none)
        """Refuse values that the rule cannot take in any direction."""

    def measure(self, table: Table) -> Statistics:  # noqa: ARG002 (rules that measure use it)
        """Return what the rule needs to know of each column; nothing, unless it says so."""
        return ()

    @abstractmethod
    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return the values of `table`, normalised by the given statistics."""

    def transform_own(self, table: Table, down: BoolArray) -> FloatArray:
        """Return the values of `table`, normalised by its own statistics."""
        return self.transform(table, down, self.measure(table))


@frozen(eq=False)
class FittedNormalisation:
    """A rule whose statistics come from a reference; see `Normalisation`.

    Attributes
    ----------
    rule : Normalisation
    n_columns : int
        Columns of the reference.
    statistics : tuple of ndarray
        What the rule knows of each column of the reference.
    """

    rule: Rule
    n_columns: int
    statistics: Statistics

    def fit(self, data: npt.ArrayLike) -> FittedNormalisation:
        """Return the rule with its statistics taken from `data` instead."""
        return self.rule.fit(data)

    def apply(self, data: npt.ArrayLike, directions: ByColumn | None = None) -> FloatArray:
        """Return the values of other data, normalised by the statistics of the reference.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)
        directions : array_like of int, shape (columns,) or (), optional

        Raises
        ------
        BadValueError, FaultsError
            As for the rule, and for another number of columns than the reference had.
        """
        table = read_table(data)
        if len(table.names) != self.n_columns:
            raise BadValueError(
                f"data: {len(table.names)} columns; the reference had {self.n_columns}"
            )
        down = read_directions(directions, table.names)
        self.rule.check(table)
        with arithmetic_guard():
            return table.as_given(self.rule.transform(table, down, self.statistics))


def numbers(values: float | Sequence[float], *, what: str) -> tuple[float, ...]:
    """Read one finite number for all columns, or one a column.

    Raises
    ------
    BadValueError
    """
    array = np.atleast_1d(read_array(values, what=what))
    if array.ndim != 1:
        raise BadValueError(f"{what}: shape {array.shape}; one number, or one a column, is needed")
    wrong = np.flatnonzero(~np.isfinite(array))
    if wrong.size:
        named = in_words(f"{array[j]:g} at {j}" for j in wrong)
        raise BadValueError(f"{what}: only finite numbers are allowed; not so: {named}")
    return tuple(array.tolist())


def per_column(values: tuple[float, ...], table: Table, *, what: str) -> FloatArray:
    """Return one value for each column of a table.

    Raises
    ------
    BadValueError
        For another number of values than one or one a column.
    """
    if len(values) not in (1, len(table.names)):
        raise BadValueError(f"{what}: {len(values)} values for {len(table.names)} columns")
    return np.broadcast_to(np.asarray(values), (len(table.names),))


def refuse_without_reference(table: Table, reference: FloatArray, *, nothing: float = 0.0) -> None:
    """Refuse what is divided by a reference of 0; only `nothing` has a place beside it.

    Raises
    ------
    FaultsError
        For each other value in a column whose reference is 0.
    """
    zero = reference == 0
    if zero.any():
        bad = zero & ~np.isnan(table.values) & (table.values != nothing)
        table.refuse(bad, "no-reference", "cannot be compared with a reference of 0")


def counts(table: Table) -> FloatArray:
    """Return how many values each column has."""
    if not table.has_gaps:
        return np.full(len(table.names), float(len(table.values)))
    return columns.counts(table.values).astype(np.float64)


def turned(values: FloatArray, down: BoolArray) -> FloatArray:
    """Change the sign of the columns in which less is better."""
    return np.where(down, 0.0 - values, values) if down.any() else values
