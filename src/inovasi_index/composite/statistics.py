"""What the data say about an index: correlation, reliability, components, importance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from inovasi_index.composite.arrays import (
    Table,
    arithmetic_guard,
    read_array,
    read_count,
    read_table,
)
from inovasi_index.composite.kernels import association
from inovasi_index.composite.words import in_words
from inovasi_index.errors import BadValueError, Choice, Fault, FaultsError

if TYPE_CHECKING:
    import numpy.typing as npt

    from inovasi_index.composite.arrays import FloatArray

__all__ = [
    "Correlation",
    "Gaps",
    "PrincipalComponents",
    "Reliability",
    "correlation",
    "correlation_ratio",
    "cronbach_alpha",
    "linear_importance",
    "principal_components",
]


class Correlation(Choice):
    """Of the values (Pearson) or of their ranks, ties with average ranks (Spearman)."""

    PEARSON = "pearson"
    SPEARMAN = "spearman"


class Gaps(Choice):
    """What is done about missing values: refuse them, drop the row, or drop it by pairs."""

    REFUSE = "refuse"
    DROP_ROWS = "drop-rows"
    PAIRWISE = "pairwise"


def _read(data: npt.ArrayLike, gaps: Gaps) -> Table:
    return read_table(data, no_gaps="a value is missing" if gaps is Gaps.REFUSE else None)


def _complete(table: Table) -> FloatArray:
    """Return the rows without missing values."""
    values = table.values
    if table.has_gaps:
        values = values[~np.isnan(values).any(axis=1)]
    if len(values) < 2:
        raise BadValueError(f"data: {len(values)} complete rows; at least two are needed")
    return values


def correlation(
    data: npt.ArrayLike,
    *,
    method: Correlation | str = Correlation.PEARSON,
    gaps: Gaps | str = Gaps.REFUSE,
) -> FloatArray:
    """Correlate the columns with each other.

    Parameters
    ----------
    data : array_like, shape (rows, columns)
    method : Correlation
    gaps : Gaps

    Returns
    -------
    ndarray of float64, shape (columns, columns)
        A constant indicator correlates 0 with the others. The diagonal is 1.

    Raises
    ------
    BadValueError
        With fewer than two rows.
    FaultsError
        For infinite values, for missing ones if the rule is to refuse them, and for each two
        columns that are present together in fewer than two rows.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, table 6.

    Examples
    --------
    >>> correlation([[1, 2, 7], [2, 4, 7], [3, 7, 7]]).round(3)
    array([[1.   , 0.993, 0.   ],
           [0.993, 1.   , 0.   ],
           [0.   , 0.   , 1.   ]])
    """
    method, gaps = Correlation(method), Gaps(gaps)
    table = _read(data, gaps)

    def correlate(values: FloatArray) -> FloatArray:
        ranked = association.average_ranks(values) if method is Correlation.SPEARMAN else values
        return association.correlations(ranked)

    with arithmetic_guard():
        if gaps is not Gaps.PAIRWISE or not table.has_gaps:
            return correlate(_complete(table))
        matrix = association.by_pairs(table.values, correlate)
    apart = [
        Fault(
            "never-together", f"{table.names[i]}, {table.names[j]}", "fewer than two rows have both"
        )
        for i, j in np.argwhere(np.isnan(matrix)).tolist()
        if i < j
    ]
    if apart:
        raise FaultsError("data", apart)
    return matrix


@frozen(eq=False)
class Reliability:
    """Cronbach's alpha, and what each indicator does to it.

    Attributes
    ----------
    alpha : float
        At most 1; the higher, the more the indicators measure one thing.
    item_total : ndarray of float64, shape (columns,)
        Correlation of each indicator with the sum of the others.
    alpha_if_deleted : ndarray of float64, shape (columns,)
        Alpha of the others; NaN where only one is left, which has none.
    """

    alpha: float
    item_total: FloatArray
    alpha_if_deleted: FloatArray


def cronbach_alpha(
    data: npt.ArrayLike, *, is_standardised: bool = True, gaps: Gaps | str = Gaps.REFUSE
) -> Reliability:
    """Ask how consistently the indicators measure one thing.

    Parameters
    ----------
    data : array_like, shape (rows, columns)
        At least two columns, all with the same direction.
    is_standardised : bool
        Give each indicator the same variance first, as for table 11 of the handbook;
        otherwise take the covariances of the values as they are.
    gaps : Gaps
        Not `Gaps.PAIRWISE`.

    Returns
    -------
    Reliability
        A constant indicator adds nothing; alpha is 0 when the sum does not vary.

    Raises
    ------
    BadValueError
        With fewer than two rows or columns.
    FaultsError
        For infinite values, and for missing ones if the rule is to refuse them.

    References
    ----------
    .. [1] Cronbach, L. J. (1951), Coefficient alpha and the internal structure of tests,
       Psychometrika 16, 297-334, formula 2.
    .. [2] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 4.3
       and table 11.

    Examples
    --------
    >>> cronbach_alpha([[1, 2], [2, 1], [3, 4], [4, 5]]).item_total.round(4)
    array([0.8485, 0.8485])
    """
    values = _of_complete_rows(data, gaps)
    if values.shape[1] < 2:
        raise BadValueError("data: one column; the consistency of at least two can be asked for")
    with arithmetic_guard():
        covariance = association.covariances(values)
        items = association.scaled(covariance) if is_standardised else covariance
        alpha, item_total, without = association.cronbach(items)
    return Reliability(alpha, item_total, without)


def _of_complete_rows(data: npt.ArrayLike, gaps: Gaps | str) -> FloatArray:
    rule = Gaps(gaps)
    if rule is Gaps.PAIRWISE:
        raise BadValueError("gaps: whole rows are needed here; allowed: refuse, drop-rows")
    return _complete(_read(data, rule))


@frozen(eq=False)
class PrincipalComponents:
    """Components of a correlation matrix, the one that explains most first.

    Attributes
    ----------
    eigenvalues : ndarray of float64, shape (columns,)
    explained : ndarray of float64, shape (columns,)
        Share of the variance.
    loadings : ndarray of float64, shape (columns, components)
        Correlation of each indicator with each component. The largest loading of a
        component is positive.
    """

    eigenvalues: FloatArray
    explained: FloatArray
    loadings: FloatArray


def principal_components(
    data: npt.ArrayLike, *, gaps: Gaps | str = Gaps.REFUSE
) -> PrincipalComponents:
    """Find uncorrelated combinations of the standardised indicators.

    Parameters
    ----------
    data : array_like, shape (rows, columns)
    gaps : Gaps
        Not `Gaps.PAIRWISE`.

    Returns
    -------
    PrincipalComponents
        A constant indicator has no variance and loads on nothing.

    Raises
    ------
    BadValueError
        With fewer than two rows.
    FaultsError
        For infinite values, and for missing ones if the rule is to refuse them.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 4.1
       and table 7.

    Examples
    --------
    >>> principal_components([[1, 2], [2, 1], [3, 4], [4, 5]]).explained.round(4)
    array([0.9243, 0.0757])
    """
    values = _of_complete_rows(data, gaps)
    with arithmetic_guard():
        matrix = association.scaled(association.covariances(values))
    found, vectors = np.linalg.eigh(matrix)
    eigenvalues = np.maximum(found[::-1], 0.0)
    loadings = vectors[:, ::-1] * np.sqrt(eigenvalues)
    largest = np.take_along_axis(loadings, np.abs(loadings).argmax(axis=0)[None, :], axis=0)
    total = eigenvalues.sum()
    return PrincipalComponents(
        eigenvalues=eigenvalues,
        explained=eigenvalues / (total if total > 0 else 1.0),
        loadings=np.where(largest < 0, -loadings, loadings),
    )


def _with_scores(data: npt.ArrayLike, scores: npt.ArrayLike) -> tuple[Table, FloatArray]:
    table = read_table(data)
    y = read_array(scores, what="scores")
    if y.shape != (len(table.values),):
        raise BadValueError(f"scores: shape {y.shape}; the data have {len(table.values)} rows")
    infinite = np.flatnonzero(np.isinf(y))
    if infinite.size:
        rows = in_words(f"{y[i]:g} in row {i}" for i in infinite)
        raise BadValueError(
            f"scores: only finite numbers and NaN (missing) are allowed; not so: {rows}"
        )
    return table, y


def linear_importance(data: npt.ArrayLike, scores: npt.ArrayLike) -> FloatArray:
    """Share of the variance of a score that each indicator explains by a straight line.

    It is the squared correlation, the linear estimate of the main effect of an indicator.
    Unlike a nominal weight it counts what the indicator does through the others that it
    correlates with, so the shares do not add up to 1.

    Parameters
    ----------
    data : array_like, shape (rows, columns)
    scores : array_like, shape (rows,)
        Rows in which the indicator or the score is missing are left out.

    Returns
    -------
    ndarray of float64, shape (columns,)
        0 to 1; 0 for a constant indicator or score.

    Raises
    ------
    BadValueError, FaultsError
        For infinite values and other shapes.

    References
    ----------
    .. [1] Paruolo, P., Saisana, M. and Saltelli, A. (2013), Ratings and rankings: voodoo or
       science?, Journal of the Royal Statistical Society A 176, 609-634.

    Examples
    --------
    >>> linear_importance([[1, 1], [2, 0], [3, 1]], [3, 5, 8]).round(3)
    array([0.987, 0.013])
    """
    table, y = _with_scores(data, scores)
    result = np.zeros(len(table.names))
    with arithmetic_guard():
        for j, values in enumerate(table.values.T):
            rows = ~(np.isnan(values) | np.isnan(y))
            if np.count_nonzero(rows) >= 2:
                pair = np.column_stack([values[rows], y[rows]])
                result[j] = association.correlations(pair)[0, 1] ** 2
    return result


def correlation_ratio(
    data: npt.ArrayLike, scores: npt.ArrayLike, *, n_bins: int | None = None
) -> FloatArray:
    """Share of the variance of a score that each indicator explains, in whatever shape.

    It is the main effect ``V(E(y | x)) / V(y)``, the importance that an indicator really
    has in a score. The expectation is estimated by the means in bins of the indicator with
    about equally many rows. An indicator with few levels has one bin per level, and the
    estimate is then exact for the data. With many bins the estimate is too high: of an
    indicator that has nothing to do with the score it is about ``(bins - 1) / (rows - 1)``.

    Parameters
    ----------
    data : array_like, shape (rows, columns)
    scores : array_like, shape (rows,)
        Rows in which the indicator or the score is missing are left out.
    n_bins : int, optional
        The cube root of the number of rows, rounded up, when omitted.

    Returns
    -------
    ndarray of float64, shape (columns,)
        0 to 1; 0 for a constant indicator or score.

    Raises
    ------
    BadValueError, FaultsError
        For infinite values, other shapes, and fewer than two bins.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, box 7
       (correlation ratio).
    .. [2] Paruolo, P., Saisana, M. and Saltelli, A. (2013), Ratings and rankings: voodoo or
       science?, Journal of the Royal Statistical Society A 176, 609-634
       (main effects; there the expectation is estimated by kernel regression).

    Examples
    --------
    >>> correlation_ratio([[0], [0], [1], [1], [2], [2]], [0, 0, 5, 5, 0, 0], n_bins=3)
    array([1.])
    >>> linear_importance([[0], [0], [1], [1], [2], [2]], [0, 0, 5, 5, 0, 0])
    array([0.])
    """
    table, y = _with_scores(data, scores)
    if n_bins is not None:
        n_bins = read_count(n_bins, what="n_bins", least=2)
    result = np.zeros(len(table.names))
    with arithmetic_guard():
        for j, values in enumerate(table.values.T):
            rows = ~(np.isnan(values) | np.isnan(y))
            n = int(np.count_nonzero(rows))
            if n >= 2:
                bins = max(2, int(np.ceil(round(n ** (1 / 3), 9)))) if n_bins is None else n_bins
                result[j] = association.correlation_ratio(values[rows], y[rows], bins)
    return result
