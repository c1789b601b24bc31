"""Weights from pairwise comparisons: AHP and RANCOM."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.arrays import as_number, is_number, read_array, read_count
from inovasi_index.composite.words import in_words, shown
from inovasi_index.errors import (
    BadValueError,
    Choice,
    Fault,
    FaultsError,
    near_misses,
)
from inovasi_index.weighting.arguments import (
    read_keys,
    read_mapping,
    read_ranking,
    read_several,
)
from inovasi_index.weighting.given import named_amounts, shares_of
from inovasi_index.weighting.kernels import pairwise as kernels
from inovasi_index.weighting.scheme import Weights, require_criteria

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from inovasi_index.weighting.scheme import Criteria, FloatArray

__all__ = [
    "Ahp",
    "Comparisons",
    "Consistency",
    "GroupOpinion",
    "Judgement",
    "Priorities",
    "Rancom",
    "RandomIndex",
]

# Hand-copied matrices print 1/3 as 0.33, and 3 × 0.33 = 0.99.
_RECIPROCAL_TOLERANCE = 0.02


class Priorities(Choice):
    """How priorities are taken from a matrix of comparisons.

    ``EIGENVECTOR``: the principal eigenvector (Saaty); a missing comparison is replaced by
    the ratio of the priorities (Harker). ``GEOMETRIC_MEAN``: geometric means of the rows,
    that is logarithmic least squares, over the known comparisons (Crawford & Williams;
    Bozóki, Fülöp & Rónyai for missing ones).
    """

    EIGENVECTOR = "eigenvector"
    GEOMETRIC_MEAN = "geometric mean"


class GroupOpinion(Choice):
    """How several judges become one, both by (weighted) geometric means.

    ``JUDGEMENTS``: the comparisons are aggregated, then priorities are taken.
    ``PRIORITIES``: each judge's priorities are taken, then aggregated.
    """

    JUDGEMENTS = "aggregated judgements"
    PRIORITIES = "aggregated priorities"


class RandomIndex(Choice):
    """The mean consistency index of random matrices, that a consistency ratio divides by.

    ``SAATY``: T. L. Saaty (2005), Theory and Applications of the Analytic Network Process,
    RWS, p. 31; 3 to 15 items. ``SAATY_1980``: T. L. Saaty (1980), The Analytic Hierarchy
    Process, McGraw-Hill; 3 to 15 items. ``DONEGAN_DODD``: H. A. Donegan & F. J. Dodd (1991),
    A note on Saaty's random indexes, Mathematical and Computer Modelling 15(10), 135-137;
    3 to 100 items, linear between the printed sizes above 20.
    """

    SAATY = "Saaty 2005"
    SAATY_1980 = "Saaty 1980"
    DONEGAN_DODD = "Donegan & Dodd 1991"

    def of_size(self, n: int) -> float | None:
        """Return the index for `n` items; 0 below three, `None` beyond the table.

        Raises
        ------
        BadValueError
            For what is no number of items.

        Examples
        --------
        >>> RandomIndex.SAATY.of_size(4), RandomIndex.SAATY.of_size(16)
        (0.89, None)
        """
        if read_count(n, what="items") < 3:
            return 0.0
        sizes, values = _RANDOM_INDICES[self]
        return float(np.interp(n, sizes, values)) if n <= sizes[-1] else None


_RANDOM_INDICES: dict[RandomIndex, tuple[tuple[int, ...], tuple[float, ...]]] = {
    RandomIndex.SAATY: (
        tuple(range(3, 16)),
        (0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
    ),
    RandomIndex.SAATY_1980: (
        tuple(range(3, 16)),
        (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    ),
    RandomIndex.DONEGAN_DODD: (
        (*range(3, 21), 25, 30, 40, 50, 60, 70, 80, 90, 100),
        (
            *(0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055, 1.4213),
            *(1.4497, 1.4643, 1.4822, 1.4969, 1.5078, 1.5153, 1.5262, 1.5313, 1.5371),
            *(1.5619, 1.5772, 1.5976, 1.6102, 1.6178, 1.6237, 1.6277, 1.6213, 1.6339),
        ),
    ),
}


@frozen
class Judgement:
    """One comparison, beside the ratio that all the comparisons together imply.

    Attributes
    ----------
    first, second : str
        The items; the ratio is first to second.
    judged, implied : float
    """

    first: str
    second: str
    judged: float
    implied: float

    def __str__(self) -> str:
        return f"{self.first} to {self.second} judged {self.judged:.3g}, implied {self.implied:.3g}"


@frozen
class Consistency:
    """How consistent a matrix of comparisons is.

    Attributes
    ----------
    eigenvalue : float
        The greatest; the number of items when fully consistent.
    index : float
        ``(eigenvalue - n) / (n - 1)``; 0 when fully consistent.
    ratio : float or None
        The index over the random index; up to 0.1 is usually accepted. `None` when the
        table of random indices ends before n.
    geometric_index : float
        ``2 / ((n-1)(n-2)) Σ_{i<j} ln²(aᵢⱼ wⱼ / wᵢ)`` with geometric-mean priorities; up to
        0.31 (n = 3), 0.35 (4), 0.37 (more) match a ratio of 0.1.
    missing : int
        Comparisons that were not made; the fewer were made, the lower index and ratio are.
    worst : Judgement or None
        The judgement that is furthest from what all of them imply; `None` when fully
        consistent.
    """

    eigenvalue: float
    index: float
    ratio: float | None
    geometric_index: float
    missing: int
    worst: Judgement | None


def _items(given: Iterable[str]) -> tuple[str, ...]:
    return read_keys(given, what="items")


def _is_positive(given: Any) -> bool:
    return is_number(given) and 0 < float(given) < float("inf")


def _is_pair(given: object) -> bool:
    return (
        isinstance(given, tuple) and len(given) == 2 and all(isinstance(one, str) for one in given)
    )


def _read_only_matrix(given: npt.ArrayLike) -> FloatArray:
    matrix = read_array(given, what="matrix").copy()
    matrix.setflags(write=False)
    return matrix


def _require_square(who: str, keys: tuple[str, ...], matrix: FloatArray) -> None:
    n = len(keys)
    doubles = sorted({key for key in keys if keys.count(key) > 1})
    if doubles or not n:
        named = f", not {', '.join(doubles)} twice" if doubles else ""
        raise BadValueError(f"{who}: there must be items, each once{named}")
    if matrix.shape != (n, n):
        raise BadValueError(
            f"{who}: {n} items need a square matrix of shape ({n}, {n}), not {matrix.shape}"
        )


@frozen(repr=False)
class Comparisons:
    """The pairwise comparisons of one judge.

    Attributes
    ----------
    keys : tuple of str
    matrix : ndarray of float64, shape (n, n), read-only
        How many times more the row matters than the column: positive, 1 on the diagonal,
        reciprocal (within 2 %, as hand-copied fractions are), NaN where not compared.

    Examples
    --------
    >>> comparisons = Comparisons.of({("a", "b"): 2, ("b", "c"): 3, ("a", "c"): 6})
    >>> comparisons.priorities().round(6).tolist()
    [0.6, 0.3, 0.1]
    """

    keys: tuple[str, ...] = field(converter=_items)
    matrix: FloatArray = field(converter=_read_only_matrix, eq=lambda m: m.tobytes())

    def __attrs_post_init__(self) -> None:
        _require_square("comparisons", self.keys, self.matrix)
        faults = tuple(self._faults())
        if faults:
            raise FaultsError("comparisons", faults)

    def _faults(self) -> Iterable[Fault]:
        matrix = self.matrix
        for i, first in enumerate(self.keys):
            if abs(matrix[i, i] - 1) > 1e-9 or np.isnan(matrix[i, i]):
                rule = f"an item compared with itself must give 1, not {matrix[i, i]:g}"
                yield Fault("comparison-with-itself", first, rule)
            for j in range(i + 1, len(self.keys)):
                place, there, back = f"{first} to {self.keys[j]}", matrix[i, j], matrix[j, i]
                if np.isnan(there) and np.isnan(back):
                    continue
                wrong = [f"{v:g}" for v in (there, back) if not 0 < v < np.inf]
                if wrong:
                    rule = f"must be a positive number, not {' and '.join(wrong)}"
                    yield Fault("comparison-not-positive", place, rule)
                elif abs(there * back - 1) > _RECIPROCAL_TOLERANCE:
                    rule = f"{there:g} one way and {back:g} the other are not reciprocal"
                    yield Fault("comparison-not-reciprocal", place, rule)

    @classmethod
    def of(
        cls,
        comparisons: Mapping[tuple[str, str], float],
        keys: Iterable[str] | None = None,
    ) -> Comparisons:
        """Build the matrix from single comparisons.

        Parameters
        ----------
        comparisons : mapping of (str, str) to float
            How many times more the first matters than the second. Pairs may be missing.
        keys : iterable of str, optional
            All items and their order; those of the pairs, as they appear, when omitted.

        Raises
        ------
        BadValueError
            For what is no mapping, and items that are no texts.
        FaultsError
            For what is no pair, unknown items, pairs given twice, and amounts that are not
            positive.
        """
        ratios = read_mapping(comparisons, what="comparisons", of="pairs of str to float")
        named = tuple(dict.fromkeys(key for pair in ratios if _is_pair(pair) for key in pair))
        items = named if keys is None else _items(keys)
        matrix = np.full((len(items), len(items)), np.nan)
        np.fill_diagonal(matrix, 1.0)
        faults: list[Fault] = []
        given: set[tuple[str, str]] = set()
        for pair, ratio in ratios.items():
            if not _is_pair(pair):
                rule = "two items are compared, as in (first, second)"
                faults.append(Fault("comparison-not-of-two", shown(pair), rule))
                continue
            first, second = pair
            place = f"{first} to {second}"
            unknown = [key for key in pair if key not in items]
            if unknown:
                rule = "; ".join(f"no item {key!r}{near_misses(key, items)}" for key in unknown)
                faults.append(Fault("unknown-indicator", place, rule))
            elif not _is_positive(ratio):
                rule = f"must be a positive number, not {shown(ratio)}"
                faults.append(Fault("comparison-not-positive", place, rule))
            elif {(first, second), (second, first)} & given:
                faults.append(Fault("comparison-given-twice", place, "is given both ways"))
            else:
                i, j = items.index(first), items.index(second)
                matrix[j, i] = 1 / ratio
                matrix[i, j] = ratio
            given.add((first, second))
        if faults:
            raise FaultsError("comparisons", tuple(faults))
        return cls(items, matrix)

    def __repr__(self) -> str:
        n = len(self.keys)
        missing = self.missing
        return f"<Comparisons of {n} items{f', {missing} missing' if missing else ''}>"

    @property
    def missing(self) -> int:
        """How many pairs were not compared."""
        return int(np.isnan(self.matrix).sum()) // 2

    def priorities(self, method: Priorities = Priorities.EIGENVECTOR) -> FloatArray:
        """Return the priorities of the items, shape (n,), sum 1.

        Parameters
        ----------
        method : Priorities

        Raises
        ------
        BadValueError
            When the comparisons do not link all items, or are too far apart to be solved.
        """
        self._require_links()
        method = Priorities(method)
        with self._solvable():
            if method is Priorities.EIGENVECTOR:
                return kernels.principal_priorities(self.matrix)[0]
            return kernels.geometric_mean_priorities(self.matrix)

    def consistency(self, random_index: RandomIndex = RandomIndex.SAATY) -> Consistency:
        """Return how consistent the comparisons are.

        Parameters
        ----------
        random_index : RandomIndex

        Raises
        ------
        BadValueError
            When the comparisons do not link all items, or are too far apart to be solved.
        """
        self._require_links()
        n = len(self.keys)
        random = RandomIndex(random_index).of_size(n)
        with self._solvable():
            vector, eigenvalue = kernels.principal_priorities(self.matrix)
            by_rows = kernels.geometric_mean_priorities(self.matrix)
            geometric_index = kernels.geometric_consistency_index(self.matrix, by_rows)
            worst = next(iter(self._deviating(vector, most=1)), None)
        # Rounding may leave a consistent matrix a hair below n.
        index = max(eigenvalue - n, 0.0) / max(n - 1, 1)
        return Consistency(
            eigenvalue=eigenvalue,
            index=index,
            ratio=None if random is None else index / random if random else 0.0,
            geometric_index=geometric_index,
            missing=self.missing,
            worst=worst,
        )

    def least_consistent(self, most: int = 3) -> tuple[Judgement, ...]:
        """Return the judgements that are furthest from what all of them imply.

        Measured by ``|ln(aᵢⱼ wⱼ / wᵢ)|`` with the principal eigenvector w, furthest first.

        Parameters
        ----------
        most : int
            How many to return; fewer when fewer deviate.

        Raises
        ------
        BadValueError
            When the comparisons do not link all items or are too far apart to be solved, and
            for what is no number of them.

        References
        ----------
        T. L. Saaty (2003), Decision-making with the AHP: why is the principal eigenvector
        necessary, European Journal of Operational Research 145(1), 85-91 (the matrix
        ``εᵢⱼ = aᵢⱼ wⱼ / wᵢ``, whose largest entry is revised first).

        Examples
        --------
        >>> comparisons = Comparisons.of({("a", "b"): 2, ("b", "c"): 2, ("a", "c"): 9})
        >>> print(comparisons.least_consistent(1)[0])
        a to b judged 2, implied 2.62
        """
        most = read_count(most, what="most")
        self._require_links()
        with self._solvable():
            return self._deviating(kernels.principal_priorities(self.matrix)[0], most=most)

    def _deviating(self, vector: FloatArray, *, most: int) -> tuple[Judgement, ...]:
        # Ties (in three items all deviate alike) go to the first pair: equal to 9 digits.
        distance = np.round(np.triu(np.abs(kernels.log_deviations(self.matrix, vector)), 1), 9)
        order = np.argsort(-distance, axis=None, kind="stable")[:most]
        rows, columns = np.unravel_index(order, distance.shape)
        return tuple(
            Judgement(
                self.keys[i], self.keys[j], float(self.matrix[i, j]), float(vector[i] / vector[j])
            )
            for i, j in zip(rows, columns, strict=True)
            if distance[i, j] > 0
        )

    @contextmanager
    def _solvable(self) -> Iterator[None]:
        """Turn what float64 cannot hold into an error that says so."""
        try:
            with np.errstate(divide="raise", over="raise", invalid="raise"):
                yield
        except FloatingPointError:
            raise BadValueError(
                f"comparisons from {np.nanmin(self.matrix):.3g} to {np.nanmax(self.matrix):.3g} "
                "are too far apart to be solved"
            ) from None

    @property
    def is_linked(self) -> bool:
        """Whether each item is compared, through others if need be, with each other."""
        return kernels.is_connected(self.matrix)

    def _require_links(self) -> None:
        if not self.is_linked:
            raise BadValueError(
                "comparisons: too few to link all items; each item must be compared, "
                "through others if need be, with each other"
            )

    def in_order(self, keys: tuple[str, ...]) -> Comparisons:
        """Return the same comparisons with the items in another order.

        Raises
        ------
        FaultsError
            For items that are not compared at all, and items besides `keys`, all together.
        """
        keys = _items(keys)
        faults = [
            Fault("comparison-missing", key, f"is not compared{near_misses(key, self.keys)}")
            for key in keys
            if key not in self.keys
        ]
        faults += [
            Fault("unknown-indicator", key, "is compared, but not weighted here")
            for key in self.keys
            if key not in keys
        ]
        if faults:
            raise FaultsError("comparisons", faults)
        at = [self.keys.index(key) for key in keys]
        return Comparisons(keys, self.matrix[np.ix_(at, at)])


def _judges(
    given: Comparisons | Mapping[str, Comparisons] | Sequence[Comparisons],
) -> dict[str, Comparisons]:
    if isinstance(given, Comparisons):
        return {"judge 1": given}
    if isinstance(given, Mapping):
        judges = dict(given)
    else:
        several = read_several(given, what="AHP", of="Comparisons of one or more judges")
        judges = {f"judge {number}": one for number, one in enumerate(several, start=1)}
    wrong = [
        f"{name} gave {type(one).__name__}"
        for name, one in judges.items()
        if not isinstance(one, Comparisons)
    ]
    if wrong:
        raise BadValueError(
            f"AHP: {in_words(wrong)} and no Comparisons; Comparisons(keys, matrix) reads a matrix"
        )
    return judges


def _shares(given: Mapping[str, float] | None) -> dict[str, float] | None:
    if given is None:
        return None
    return read_mapping(given, what="shares of the judges", of="str to float")


@frozen
class Ahp:
    """Analytic hierarchy process: priorities from pairwise comparisons of one or more judges.

    Comparisons may be missing as long as the rest links all items. Details:

    - ``"consistency"``: `Consistency` by judge;
    - ``"group"``: `Consistency` of the aggregated judgements, `None` for aggregated priorities;
    - ``"priorities"``: weights by judge, each an ndarray of shape (n,).

    A judge whose ratio exceeds `acceptable` is named in the notes, with the judgement that
    is least consistent.

    Parameters
    ----------
    judges : Comparisons, mapping of str to Comparisons, or sequence of Comparisons
        One matrix is enough; several are aggregated.
    method : Priorities
    group : GroupOpinion
    random_index : RandomIndex
    shares : mapping of str to float, optional
        How much each judge counts; equally when omitted.
    acceptable : float
        The greatest consistency ratio that is not worth a note.

    References
    ----------
    T. L. Saaty (1977), A scaling method for priorities in hierarchical structures, Journal
    of Mathematical Psychology 15(3), 234-281 (``A w = λ w``, ``μ = (λ - n) / (n - 1)``).
    G. Crawford & C. Williams (1985), A note on the analysis of subjective judgment matrices,
    same journal 29(4), 387-405 (geometric means). P. T. Harker (1987), Incomplete pairwise
    comparisons in the analytic hierarchy process, Mathematical Modelling 9(11), 837-848.
    S. Bozóki, J. Fülöp & L. Rónyai (2010), On optimal completion of incomplete pairwise
    comparison matrices, Mathematical and Computer Modelling 52, 318-333 (least squares).
    E. Forman & K. Peniwati (1998), Aggregating individual judgments and priorities with the
    analytic hierarchy process, European Journal of Operational Research 108(1), 165-169.
    J. Aguarón & J. M. Moreno-Jiménez (2003), The geometric consistency index, same journal
    147(1), 137-145.

    Examples
    --------
    >>> from inovasi_index.weighting import Ahp, Comparisons, Criteria
    >>> comparisons = Comparisons.of({("a", "b"): 2, ("b", "c"): 3, ("a", "c"): 5})
    >>> weights = Ahp(comparisons).weigh(Criteria.of(["a", "b", "c"]))
    >>> weights
    <Weights AHP (eigenvector): a 0.5816, b 0.3090, c 0.1095>
    >>> round(weights.details["consistency"]["judge 1"].ratio, 4)
    0.0036
    """

    judges: Mapping[str, Comparisons] = field(converter=_judges, hash=False)
    method: Priorities = field(default=Priorities.EIGENVECTOR, converter=Priorities)
    group: GroupOpinion = field(default=GroupOpinion.JUDGEMENTS, converter=GroupOpinion)
    random_index: RandomIndex = field(default=RandomIndex.SAATY, converter=RandomIndex)
    shares: Mapping[str, float] | None = field(default=None, converter=_shares, hash=False)
    acceptable: float = 0.1

    def __attrs_post_init__(self) -> None:
        acceptable = as_number(self.acceptable, what="acceptable")
        if not acceptable >= 0:
            raise BadValueError(f"acceptable: {acceptable:g}; allowed: a ratio from 0 on")
        object.__setattr__(self, "acceptable", acceptable)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:  # noqa: ARG002 -- protocol
        """Return the priorities.

        Raises
        ------
        BadValueError
            Without judges, and when the comparisons of a judge (for aggregated judgements:
            of all together) do not link all items or are too far apart to be solved.
        FaultsError
            When judges compare other items than the indicators, all of them together, and when
            the shares are not those of the judges.
        """
        require_criteria(criteria)
        if not self.judges:
            raise BadValueError("AHP: there is no judge")
        judges = self._in_order(criteria.keys)
        shares = np.full(len(judges), 1 / len(judges))
        if self.shares is not None:
            shares = shares_of(
                named_amounts("shares of the judges", self.shares, tuple(judges), item="judge")
            )
        matrices = np.array([one.matrix for one in judges.values()])
        together = Comparisons(criteria.keys, kernels.mean_comparisons(matrices, shares))
        pooled = self.group is GroupOpinion.JUDGEMENTS
        linked = {name: one for name, one in judges.items() if one.is_linked}
        if not pooled and len(linked) < len(judges):
            apart = in_words(str(name) for name in judges if name not in linked)
            raise BadValueError(f"AHP: too few comparisons to link all items: {apart}")
        priorities = {name: one.priorities(self.method) for name, one in linked.items()}
        consistency = {name: one.consistency(self.random_index) for name, one in linked.items()}
        if pooled:
            values = together.priorities(self.method)
        else:
            values = kernels.mean_priorities(np.array(list(priorities.values())), shares)
        several = f", {self.group} of {len(judges)} judges" if len(judges) > 1 else ""
        return Weights(
            criteria.keys,
            values,
            f"AHP ({self.method}{several})",
            notes=tuple(self._notes(consistency)),
            details={
                "consistency": consistency,
                "group": together.consistency(self.random_index) if pooled else None,
                "priorities": priorities,
            },
        )

    def _in_order(self, keys: tuple[str, ...]) -> dict[str, Comparisons]:
        judges, faults = {}, []
        for name, one in self.judges.items():
            try:
                judges[name] = one.in_order(keys)
            except FaultsError as error:
                faults += [fault.inside(str(name)) for fault in error.faults]
        if faults:
            raise FaultsError("AHP", faults)
        return judges

    def _notes(self, consistency: Mapping[str, Consistency]) -> Iterable[str]:
        for name, one in consistency.items():
            if one.ratio is None:
                yield f"{name}: no consistency ratio, {self.random_index} has no index of this size"
            elif one.ratio > self.acceptable:
                yield (
                    f"{name}: consistency ratio {one.ratio:.3f} above {self.acceptable:g}; "
                    f"least consistent: {one.worst}"
                )


@frozen(repr=False)
class Rancom:
    """RANCOM: ranking comparison, for judgements that only say which of two matters more.

    With ``αᵢⱼ`` = 1 when i matters more than j, ½ when they matter the same and 0 otherwise,
    ``w ∝ Σⱼ αᵢⱼ``. The judgements need not be transitive.

    Attributes
    ----------
    keys : tuple of str
    matrix : ndarray of float64, shape (n, n), read-only
        α; ½ on the diagonal, and αᵢⱼ + αⱼᵢ = 1.

    References
    ----------
    J. Więckowski, B. Kizielewicz, A. Shekhovtsov & W. Sałabun (2023), RANCOM: a novel
    approach to identifying criteria relevance based on inaccuracy expert judgments,
    Engineering Applications of Artificial Intelligence 122, 106114.

    Examples
    --------
    >>> from inovasi_index.weighting import Criteria, Rancom
    >>> Rancom.of_ranking(["b", ("a", "c")]).weigh(Criteria.of(["a", "b", "c"]))
    <Weights RANCOM: b 0.5556, a 0.2222, c 0.2222>
    """

    keys: tuple[str, ...] = field(converter=_items)
    matrix: FloatArray = field(converter=_read_only_matrix, eq=lambda m: m.tobytes())

    def __attrs_post_init__(self) -> None:
        _require_square("RANCOM", self.keys, self.matrix)
        with np.errstate(invalid="ignore"):  # the sum of infinities of both signs
            allowed = np.isin(self.matrix, (0.0, 0.5, 1.0)) & (self.matrix + self.matrix.T == 1)
        pairs = np.argwhere(np.triu(~(allowed & allowed.T))).tolist()
        if pairs:
            named = (
                f"{self.keys[i]} to {self.keys[j]} is {self.matrix[i, j]:g} and "
                f"{self.matrix[j, i]:g} the other way"
                for i, j in pairs
            )
            raise BadValueError(
                f"RANCOM: {in_words(named, separator='; ')}; allowed: 1 and 0, 0 and 1, "
                "0.5 both ways"
            )

    def __repr__(self) -> str:
        return f"<Rancom of {len(self.keys)} items>"

    @classmethod
    def of_ranking(cls, ranking: Iterable[str | Iterable[str]]) -> Rancom:
        """Build the matrix from a ranking, most important first; groups are tied.

        Raises
        ------
        BadValueError
            For what is no ranking, and keys that are ranked twice.
        """
        places = read_ranking(ranking)
        rank = np.repeat(np.arange(len(places)), [len(place) for place in places])
        keys = [key for place in places for key in place]
        return cls(keys, (np.sign(rank - rank[:, None]) + 1) / 2)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:  # noqa: ARG002 -- protocol
        """Return the weights of the judgements.

        Raises
        ------
        FaultsError
            When the items are not the indicators.
        """
        require_criteria(criteria)
        amounts = dict(zip(self.keys, kernels.prevalence(self.matrix).tolist(), strict=True))
        return Weights(criteria.keys, named_amounts("RANCOM", amounts, criteria.keys), "RANCOM")
