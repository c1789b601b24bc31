"""Weights from principal components and from factors, rotated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve, field, frozen

from inovasi_index.composite.arrays import read_number
from inovasi_index.composite.words import shown
from inovasi_index.errors import BadValueError, Choice, MissingExtraError
from inovasi_index.weighting.kernels import correlation as correlation_kernels
from inovasi_index.weighting.kernels import factors as kernels
from inovasi_index.weighting.table_checks import checked

if TYPE_CHECKING:
    from collections.abc import Callable

    from inovasi_index.weighting.scheme import Criteria, FloatArray, Weights

__all__ = ["FactorWeights", "PcaWeights", "Retention"]

# An eigenvalue this near to the limit may be the limit: units of the data must not decide.
_ROUNDING = 1e-9


class Retention(Choice):
    """How many components are kept.

    ``KAISER``: those with an eigenvalue above 1. ``TENTH``: those that explain at least a
    tenth of the variance. Where there are none, those with the greatest eigenvalue: of
    indicators without any correlation, all.
    """

    KAISER = "eigenvalue above 1"
    TENTH = "a tenth of the variance"


def _retention(given: Retention | str | int) -> Retention | int:
    if isinstance(given, str):
        return Retention(given)
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        raise BadValueError(f"{given!r} is no number of components and no rule for them")
    return int(given)


def _require_bool(kaiser_rows: object) -> None:
    if not isinstance(kaiser_rows, bool | np.bool_):
        raise BadValueError(f"kaiser_rows: {shown(kaiser_rows)}; allowed: True and False")


@frozen
class PcaWeights:
    """Weights from the rotated loadings of principal components.

    The components of the correlation matrix are rotated by varimax. An indicator belongs to
    the component that it loads on most; inside it weighs ``l² / Σ l²``, and components weigh
    by the variance that they explain, ``Σ l²``; so ``w ∝ max_k l²``.

    Correlated indicators share weight; that says nothing about importance. Directions make
    no difference. A constant indicator gets 0. Details: ``"squared_loading"``, shape (n,);
    of the indicators that vary: ``"eigenvalues"``, ``"loadings"`` (rotated, shape
    (indicators, components)), ``"component_of"``, ``"explained"`` (per component).

    Parameters
    ----------
    components : Retention or int
        Rule for how many components are kept, or their number.
    kaiser_rows : bool
        Whether varimax scales the rows of loadings to length 1 (Kaiser's normal varimax).

    References
    ----------
    G. Nicoletti, S. Scarpetta & O. Boylaud (2000), Summary indicators of product market
    regulation with an extension to employment protection legislation, OECD Economics
    Department Working Paper 226. OECD/JRC (2008), Handbook on Constructing Composite
    Indicators, section 6.1 (weights from principal components), tables 9 and 18.
    H. F. Kaiser (1958), The varimax criterion for analytic rotation in factor analysis,
    Psychometrika 23(3), 187-200.

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import Criteria, PcaWeights
    >>> data = np.array([[1, 2, 1], [2, 4, 5], [3, 3, 2], [4, 8, 4]])
    >>> PcaWeights(components=2).weigh(Criteria.of(["a", "b", "c"]), data)
    <Weights PCA (2 components, varimax): c 0.3597, a 0.3591, b 0.2812>
    """

    components: Retention | int = field(default=Retention.KAISER, converter=_retention)
    kaiser_rows: bool = field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _require_bool(self.kaiser_rows)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n).

        Raises
        ------
        BadValueError
            Without data, for values that are missing or infinite, and for more components
            than indicators that vary.
        """
        return _weigh("PCA", self.components, criteria, data, self._loadings)

    def _loadings(self, correlation: FloatArray, k: int) -> FloatArray:
        loadings = kernels.component_loadings(correlation, k)
        return kernels.varimax(loadings, row_scaled=self.kaiser_rows)


@frozen
class FactorWeights:
    """Weights from the rotated loadings of maximum-likelihood factors.

    As `PcaWeights`, but only what indicators have in common counts: loadings are those of a
    factor model fitted by maximum likelihood to the correlations, from one start as in R's
    factanal. k factors of n indicators have many solutions where ``(n - k)² < n + k``, and so
    have singular correlations (no more rows than indicators, or sums of others among them): a
    note then says that the weights are those of one, which may depend on the order of the
    columns. Needs the extra ``optimise`` (scipy). Details as for `PcaWeights`.

    Parameters
    ----------
    factors : Retention or int
        Rule for how many factors are kept (by the eigenvalues of the correlations), or
        their number.
    kaiser_rows : bool
        Whether varimax scales the rows of loadings to length 1.
    least_unique : float
        Lower bound of the variance that is an indicator's own (0.005 as in R's factanal).

    References
    ----------
    K. G. Jöreskog (1967), Some contributions to maximum likelihood factor analysis,
    Psychometrika 32(4), 443-482 (the profile likelihood). OECD/JRC (2008), Handbook on
    Constructing Composite Indicators, section 6.1 and table 18.
    """

    factors: Retention | int = field(default=Retention.KAISER, converter=_retention)
    kaiser_rows: bool = field(default=True, kw_only=True)
    least_unique: float = field(default=0.005, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _require_bool(self.kaiser_rows)
        least = read_number(self.least_unique, what="least_unique", above=0)
        if not least < 1:
            raise BadValueError(f"least_unique: {least:g}; allowed: less than 1, all the variance")
        object.__setattr__(self, "least_unique", least)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n).

        Raises
        ------
        BadValueError
            Without data, for values that are missing or infinite, and for more factors than
            indicators that vary.
        MissingExtraError
            Without scipy.
        """
        return _weigh("factor analysis", self.factors, criteria, data, self._loadings)

    def _loadings(self, correlation: FloatArray, k: int) -> FloatArray:
        try:
            loadings, _ = kernels.likelihood_loadings(
                correlation, k, least_unique=self.least_unique
            )
        except ImportError:
            raise MissingExtraError.of("factor analysis", "optimise") from None
        return kernels.varimax(loadings, row_scaled=self.kaiser_rows)


def _weigh(
    scheme: str,
    keep: Retention | int,
    criteria: Criteria,
    data: FloatArray | None,
    loadings_of: Callable[[FloatArray, int], FloatArray],
) -> Weights:
    table = checked(scheme, criteria, data)
    covariances, varies = table.covariances()
    details: dict[str, Any] = {}
    notes: tuple[str, ...] = ()
    weights = np.empty(0)
    if varies.any():
        correlation = correlation_kernels.correlations(covariances)
        values = kernels.eigenvalues(correlation)
        k = _number(scheme, keep, values)
        loadings = loadings_of(correlation, k)
        weights, component_of = kernels.loading_weights(loadings)
        details = {
            "eigenvalues": values,
            "loadings": loadings,
            "component_of": component_of,
            "explained": (loadings**2).sum(axis=0),
        }
        noun = "factor" if scheme == "factor analysis" else "component"
        n = len(values)
        if noun == "factor" and n > 1 and (n - k) ** 2 < n + k:
            notes = (f"{n} indicators do not determine {k} {noun}s → one of many solutions",)
        elif noun == "factor" and values[-1] < _ROUNDING:
            notes = ("the correlations are singular → one of many solutions",)
        rotated = ", varimax" if k > 1 else ""
        scheme = f"{scheme} ({k} {noun}{'s' if k > 1 else ''}{rotated})"
    result = table.weigh(weights, of=varies, called="squared_loading", notes=notes, details=details)
    return evolve(result, scheme=scheme)


def _number(scheme: str, keep: Retention | int, eigenvalues: FloatArray) -> int:
    n = len(eigenvalues)
    if isinstance(keep, Retention):
        if keep is Retention.KAISER:
            above = eigenvalues > 1 + _ROUNDING
        else:
            above = eigenvalues >= n / 10 - _ROUNDING
        # Of equal eigenvalues none comes first but by the order of the columns.
        return int(above.sum()) or int((eigenvalues >= eigenvalues[0] - _ROUNDING).sum())
    if not 1 <= keep <= n:
        raise BadValueError(f"{scheme}: 1 to {n} components can be kept, not {keep}")
    return keep
