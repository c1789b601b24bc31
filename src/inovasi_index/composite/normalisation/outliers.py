"""Rules that tame outliers before a normalisation: logarithms and winsorising."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.arrays import arithmetic_guard, read_count, read_number, read_table
from inovasi_index.composite.kernels import columns, normalise
from inovasi_index.composite.normalisation.rule import Rule, turned
from inovasi_index.errors import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from inovasi_index.composite.arrays import BoolArray, FloatArray, IntArray, Table
    from inovasi_index.composite.normalisation.rule import Statistics

__all__ = [
    "LogTransform",
    "Moments",
    "Treatment",
    "Winsorise",
]


@frozen
class LogTransform(Rule):
    """Take logarithms of ``x + shift``; where less is better, their negatives.

    It keeps the order of the values, so it is used in a `Chain` before a normalisation.

    Attributes
    ----------
    base : float
        Base of the logarithm; Euler's number unless told otherwise.
    shift : float
        What is added first, in the unit of the data.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 5.1
       (scale transformation prior to normalisation).

    Examples
    --------
    >>> LogTransform(base=10).apply([1.0, 100.0])
    array([0., 2.])
    """

    base: float = math.e
    shift: float = field(default=0.0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        base = read_number(self.base, what="base of the logarithm", above=1)
        object.__setattr__(self, "base", base)
        object.__setattr__(self, "shift", read_number(self.shift, what="shift"))

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:  # noqa: ARG002
        """Return logarithms."""
        shifted = table.values + self.shift
        message = "the logarithm needs numbers above 0"
        if self.shift:
            message += f" after {self.shift:g} is added"
        table.refuse(shifted <= 0, "not-positive", message)
        logarithm = np.log(shifted) / math.log(self.base)
        return turned(logarithm, down)


class Moments(Choice):
    """Which skewness and kurtosis: estimates from a sample (G1, G2) or of the data (g1, g2).

    The estimates are those of spreadsheets, SAS and SPSS.

    References
    ----------
    .. [1] Joanes, D. N. and Gill, C. A. (1998), Comparing measures of sample skewness and
       kurtosis, The Statistician 47, 183-189.
    """

    SAMPLE = "sample"
    POPULATION = "population"


@frozen(eq=False)
class Treatment:
    """What winsorising did.

    Attributes
    ----------
    data : ndarray of float64, shape (rows, columns) or (rows,)
        The data after the treatment.
    rows, columns : ndarray of int64, shape (moved,)
        Where values were moved, by row.
    before, after : ndarray of float64, shape (moved,)
        The moved values.
    skewness, kurtosis : ndarray of float64, shape (2, columns)
        Before and after the treatment; kurtosis is the excess over 3.
    passed : ndarray of bool, shape (columns,)
        Whether the shape of an indicator is within the limits now.
    """

    data: FloatArray
    rows: IntArray
    columns: IntArray
    before: FloatArray
    after: FloatArray
    skewness: FloatArray
    kurtosis: FloatArray
    passed: BoolArray


@frozen
class Winsorise(Rule):
    """Move extreme values inwards until skewness and kurtosis are within limits.

    An indicator fails while its absolute skewness and its excess kurtosis are both at or
    above their limits. While it fails, its largest value (or the smallest, if it is skewed
    to the left) takes the value of its neighbour, tied values together, until it passes or
    another step would move more than `most` values.

    Where less is better the treated values change their sign, so that more is better; in a
    `Chain` only the last rule is told the directions. Fitted to a reference, values are
    moved to the limits of the reference. Fewer than four values are left as they are.

    Attributes
    ----------
    skewness, kurtosis : float
        The limits: 2 and 3.5 unless told otherwise.
    most : int
        The largest number of values of an indicator that may be moved.
    moments : Moments

    References
    ----------
    .. [1] Becker, W., Caperna, G., Del Sorbo, M., Norlén, H., Papadimitriou, E. and Saisana,
       M. (2022), COINr: an R package for developing composite indicators, Journal of Open
       Source Software 7, 4567 (``winsorise``; there the last step may exceed the limit).

    Examples
    --------
    >>> treatment = Winsorise().treat([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100])
    >>> treatment.rows, treatment.before, treatment.after
    (array([10]), array([100.]), array([10.]))
    """

    skewness: float = 2.0
    kurtosis: float = 3.5
    most: int = field(default=5, kw_only=True)
    moments: Moments = field(default=Moments.SAMPLE, converter=Moments, kw_only=True)

    def __attrs_post_init__(self) -> None:
        skewness = read_number(self.skewness, what="limit of the skewness", above=0)
        kurtosis = read_number(self.kurtosis, what="limit of the kurtosis", above=0)
        object.__setattr__(self, "skewness", skewness)
        object.__setattr__(self, "kurtosis", kurtosis)
        object.__setattr__(self, "most", read_count(self.most, what="most"))

    def treat(self, data: npt.ArrayLike) -> Treatment:
        """Winsorise and say what was moved.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)
            NaN is a missing value and stays one.

        Raises
        ------
        BadValueError, FaultsError
            For data that are no numbers or infinite.
        """
        table = read_table(data)
        with arithmetic_guard():
            low, high = self.measure(table)
            values = np.clip(table.values, low, high)
            sample = self.moments is Moments.SAMPLE
            shapes = [columns.shapes(v, sample=sample) for v in (table.values, values)]
        skewness, kurtosis = (np.array(pair) for pair in zip(*shapes, strict=True))
        moved = (table.values < low) | (table.values > high)
        rows, at = np.nonzero(moved)
        return Treatment(
            data=table.as_given(values),
            rows=rows,
            columns=at,
            before=table.values[moved],
            after=values[moved],
            skewness=skewness,
            kurtosis=kurtosis,
            passed=~self._fails(skewness[1], kurtosis[1]),
        )

    def measure(self, table: Table) -> Statistics:
        """Return the smallest and largest value of each column that stay where they are."""
        low, high = columns.lowest(table.values), columns.highest(table.values)
        for j, limits in self._limits(table):
            low[j], high[j] = limits
        return low, high

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return the values within the limits."""
        low, high = statistics
        return turned(np.clip(table.values, low, high), down)

    def transform_own(self, table: Table, down: BoolArray) -> FloatArray:
        """Return the values within their own limits; columns that pass are as they were."""
        values = table.values.copy()
        for j, (low, high) in self._limits(table):
            np.clip(values[:, j], low, high, out=values[:, j])
        return turned(values, down)

    def _limits(self, table: Table) -> Iterator[tuple[int, tuple[float, float]]]:
        sample = self.moments is Moments.SAMPLE
        fails = self._fails(*columns.shapes(table.values, sample=sample))
        for j in np.flatnonzero(fails).tolist():
            present = table.values[~np.isnan(table.values[:, j]), j]
            yield (
                j,
                normalise.winsorised_limits(
                    present,
                    skewness=self.skewness,
                    kurtosis=self.kurtosis,
                    most=self.most,
                    sample=sample,
                ),
            )

    def _fails(self, skewness: FloatArray, kurtosis: FloatArray) -> BoolArray:
        return (np.abs(skewness) >= self.skewness) & (kurtosis >= self.kurtosis)
