"""Scores as a function of weights."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from attrs import field, frozen

from inovasi_index.analysis.robustness.checking import (
    anything,
    as_numbers,
    checked_names,
    checked_numbers,
    checked_table,
    indicator_names,
    is_function,
    read_only,
    unit_names,
)
from inovasi_index.composite.arrays import read_array
from inovasi_index.composite.words import shown
from inovasi_index.errors import BadValueError

if TYPE_CHECKING:
    from collections.abc import Callable

    from inovasi_index.analysis.robustness.kernels.arrays import FloatArray, IntArray, NumberArray

__all__ = ["LinearScore", "ScoreFunction", "ScoreOfWeights"]


@runtime_checkable
class ScoreOfWeights(Protocol):
    """Anything that turns many sets of weights into the scores of all units."""

    @property
    def units(self) -> tuple[str, ...]:
        """Names of what is scored."""
        ...

    @property
    def indicators(self) -> tuple[str, ...]:
        """Names of what is weighted."""
        ...

    def __call__(self, weights: FloatArray) -> FloatArray:
        """Return the scores.

        Parameters
        ----------
        weights : ndarray of float64, shape (n_draws, n_indicators)

        Returns
        -------
        ndarray of float64, shape (n_draws, n_units)
        """
        ...


def _require_columns(weights: FloatArray, n_indicators: int) -> None:
    if getattr(weights, "ndim", None) != 2 or weights.shape[1] != n_indicators:
        raise BadValueError(
            f"weights must be an array of shape (n_draws, {n_indicators}), not {shown(weights)}"
        )


@frozen(eq=False, repr=False)
class LinearScore:
    """``score = offset + values @ weights``.

    Attributes
    ----------
    values : ndarray, shape (n_units, n_indicators)
        In points of the score at weight 1. Floats, or exact fractions (`fractions.Fraction`),
        which stay exact in the weight intervals and become floats in simulations. Of a data
        frame the columns are taken by the names of the indicators.
    offset : ndarray, shape (n_units,)
        Points that no weight touches; one number stands for all units.
    units, indicators : tuple of str
        Names; ``"0"``, ``"1"``, … when not given, or the columns of a data frame.

    Raises
    ------
    BadValueError
        For a wrong shape or names that do not fit.
    FaultsError
        Naming the unit and indicator of every value that is not finite.

    Examples
    --------
    >>> score = LinearScore([[80, 20], [40, 60]], units=["A", "B"])
    >>> score(np.array([[0.5, 0.5], [0.25, 0.75]]))
    array([[50., 50.],
           [35., 55.]])
    """

    values: NumberArray = field(converter=anything)
    offset: NumberArray = field(factory=lambda: np.array(0), converter=anything, kw_only=True)
    units: tuple[str, ...] = field(default=(), converter=unit_names, kw_only=True)
    indicators: tuple[str, ...] = field(default=(), converter=indicator_names, kw_only=True)

    def __attrs_post_init__(self) -> None:
        values, units, indicators = checked_table(
            self.values,
            units=self.units,
            indicators=self.indicators,
            who="linear score",
            what="values",
        )
        # Whole numbers beside exact values are exact as well.
        given = np.array(self.offset, dtype=object) if values.dtype == object else self.offset
        offset = as_numbers(given, what="offset")
        if offset.ndim == 0:
            offset = np.full(len(units), offset)
        offset = checked_numbers(offset, (len(units),), what="offset", axes=(units,))
        if values.dtype != offset.dtype:
            values, offset = values.astype(np.float64), offset.astype(np.float64)
        for name, value in (
            ("values", read_only(values)),
            ("offset", read_only(offset)),
            ("units", units),
            ("indicators", indicators),
        ):
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        exact = ", exact" if self.is_exact else ""
        return f"<LinearScore: {len(self.units)} units × {len(self.indicators)} indicators{exact}>"

    @property
    def is_exact(self) -> bool:
        """Whether the values are exact fractions."""
        return bool(self.values.dtype == object)

    @cached_property
    def _distinct(self) -> tuple[FloatArray, FloatArray, IntArray | None]:
        # Equal rows must score the same to the last bit; a matrix product does not promise
        # that, so each different row is scored once.
        rows = np.column_stack([self.offset, self.values]).astype(np.float64)
        different, of = np.unique(rows, axis=0, return_inverse=True)
        if len(different) == len(rows):
            return rows[:, 0], np.ascontiguousarray(rows[:, 1:].T), None
        return different[:, 0], np.ascontiguousarray(different[:, 1:].T), of.reshape(-1)

    def __call__(self, weights: FloatArray) -> FloatArray:
        """Return the scores.

        Parameters
        ----------
        weights : ndarray of float64, shape (n_draws, n_indicators)

        Returns
        -------
        ndarray of float64, shape (n_draws, n_units)

        Raises
        ------
        BadValueError
            For weights of another shape.
        """
        offset, columns, of = self._distinct
        _require_columns(weights, len(columns))
        scores: FloatArray = weights @ columns
        if offset.any():
            scores += offset
        return scores if of is None else scores[:, of]


@frozen(repr=False)
class ScoreFunction:
    """A function of weights that is not linear, with the names that it goes by.

    Attributes
    ----------
    function : callable
        ``function(weights)``: float64 (n_draws, n_indicators) to float64 (n_draws, n_units).
    units, indicators : tuple of str

    Raises
    ------
    BadValueError
        For what is no function, and names that are missing or not distinct.

    Examples
    --------
    >>> values = np.array([[80.0, 20.0], [40.0, 60.0]])
    >>> geometric = ScoreFunction(lambda w: np.exp(w @ np.log(values.T)), ["A", "B"], ["x", "y"])
    >>> geometric(np.array([[0.5, 0.5]])).round(2)
    array([[40.  , 48.99]])
    """

    function: Callable[[FloatArray], Any] = field(validator=is_function)
    units: tuple[str, ...] = field(converter=unit_names)
    indicators: tuple[str, ...] = field(converter=indicator_names)

    def __attrs_post_init__(self) -> None:
        for what, names in (("unit", self.units), ("indicator", self.indicators)):
            if not names:
                raise BadValueError(f"{what}s is empty; the names are needed")
            checked_names(names, len(names), what=what)

    def __repr__(self) -> str:
        name = getattr(self.function, "__name__", type(self.function).__name__)
        return (
            f"<ScoreFunction {name}: {len(self.units)} units × {len(self.indicators)} indicators>"
        )

    def __call__(self, weights: FloatArray) -> FloatArray:
        """Return the scores; as `LinearScore.__call__`.

        Raises
        ------
        BadValueError
            For weights of another shape, and when the function answers with another one.
        """
        _require_columns(weights, len(self.indicators))
        scores = read_array(self.function(weights), what="the answer of the score function")
        wanted = (len(weights), len(self.units))
        if scores.shape != wanted:
            raise BadValueError(
                f"the score function answered with shape {scores.shape}; needed: {wanted}, "
                "one row a draw and one column a unit"
            )
        return scores
