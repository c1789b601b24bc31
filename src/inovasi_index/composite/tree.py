"""An index as a tree of nodes, computed for all rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from attrs import evolve, field, frozen

from inovasi_index.composite.aggregation import Additive, Aggregation
from inovasi_index.composite.arrays import Table, read_array, read_number, read_table
from inovasi_index.composite.kernels.aggregate import scaled_to_one
from inovasi_index.composite.missing import MissingRule
from inovasi_index.composite.normalisation import Normalisation
from inovasi_index.composite.words import in_words, shown
from inovasi_index.errors import (
    BadValueError,
    FaultsError,
    InfeasibleError,
    UnknownNameError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from inovasi_index.composite.arrays import BoolArray, FloatArray, IntArray

__all__ = ["CompositeIndex", "CompositeResult", "MissingReport", "Node"]


def _nodes(given: Iterable[Node]) -> tuple[Node, ...]:
    if not isinstance(given, Iterable):
        raise BadValueError(f"children: several nodes are needed, not {shown(given)}")
    nodes = tuple(given)
    wrong = [shown(node) for node in nodes if not isinstance(node, Node)]
    if wrong:
        raise BadValueError(f"children: nodes are needed, not {in_words(wrong)}")
    return nodes


@frozen
class Node:
    """One number of an index: a column of the data, or what its children make together.

    Attributes
    ----------
    name : str
        Each name occurs once in a tree.
    children : tuple of Node
        Empty for a leaf.
    column : str or None
        Where a leaf has its values; its name unless told otherwise.
    weight : float
        Among the children of the same node, in any unit.
    direction : int
        1 where more is better, -1 where less is; told to the normalisation that comes first.
    aggregation : Aggregation or None
        How the children become one number; every node with children has one.
    missing : MissingRule or None
        What is done about missing values of children; every node with children has one.
    normalisation : Normalisation or None
        Of a leaf: what is done to its column. Of a node with children: what is done to
        their values, side by side, before they are aggregated.

    Raises
    ------
    BadValueError
        For a node that is neither, a weight that is none, and a direction of -1 that no
        normalisation can use.
    """

    name: str
    children: tuple[Node, ...] = field(default=(), converter=_nodes, kw_only=True)
    column: str | None = field(default=None, kw_only=True)
    weight: float = field(default=1.0, kw_only=True)
    direction: int = field(default=1, kw_only=True)
    aggregation: Aggregation | None = field(default=None, kw_only=True)
    missing: MissingRule | None = field(default=None, kw_only=True)
    normalisation: Normalisation | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise BadValueError(f"name: a text is needed, not {shown(self.name)}")
        weight = read_number(self.weight, what=f"{self.name}: weight", least=0)
        object.__setattr__(self, "weight", weight)
        if self.direction not in (-1, 1):
            raise BadValueError(
                f"{self.name}: direction {self.direction!r}; allowed: 1 (more is better) and -1"
            )
        for what, rule, kind in (
            ("aggregation", self.aggregation, Aggregation),
            ("missing", self.missing, MissingRule),
            ("normalisation", self.normalisation, Normalisation),
        ):
            if rule is not None and (isinstance(rule, type) or not isinstance(rule, kind)):
                raise BadValueError(f"{self.name}: {what} {rule!r} is no {kind.__name__}")
        if self.is_leaf:
            self._check_leaf()
        else:
            self._check_inner()

    def _check_leaf(self) -> None:
        if self.aggregation is not None or self.missing is not None:
            raise BadValueError(
                f"{self.name}: a leaf has no aggregation and no rule for missing values; "
                "its parent has them"
            )
        if self.column is None:
            object.__setattr__(self, "column", self.name)

    def _check_inner(self) -> None:
        if self.column is not None:
            raise BadValueError(f"{self.name}: a node has children or a column, not both")
        if self.aggregation is None or self.missing is None:
            raise BadValueError(
                f"{self.name}: a node with children needs an aggregation and a rule for "
                "missing values (Refuse, Zero or Renormalise)"
            )
        if self.aggregation.compares_rows and self.missing.weighs_rows:
            raise BadValueError(
                f"{self.name}: {self.aggregation!r} compares rows with each other, which needs "
                f"the same weights for all of them; {self.missing!r} changes them row by row"
            )
        for child in self.children:
            by_itself = child.is_leaf and child.normalisation is not None
            if child.direction == -1 and self.normalisation is None and not by_itself:
                raise BadValueError(
                    f"{child.name}: direction -1 needs a normalisation, here or in {self.name}"
                )
        if not sum(child.weight for child in self.children) > 0:
            raise BadValueError(f"{self.name}: the weights of its children sum to zero")

    @property
    def is_leaf(self) -> bool:
        """Whether the node is a column of the data."""
        return not self.children

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it, each before its children."""
        yield self
        for child in self.children:
            yield from child.walk()


@frozen(eq=False)
class MissingReport:
    """What a node did about missing values of its children.

    Attributes
    ----------
    node : str
    rule : MissingRule
    by_child : mapping of str to int
        The number of missing values of each child that has any.
    changed : ndarray of int64
        Rows that have a result although values were missing.
    unscored : ndarray of int64
        Rows that have none.

    Examples
    --------
    >>> from inovasi_index.composite import Arithmetic, Zero
    >>> leaves = [Node("a"), Node("b")]
    >>> root = Node("r", children=leaves, aggregation=Arithmetic(), missing=Zero())
    >>> result = CompositeIndex(root).compute({"a": [2.0, float("nan")], "b": [4.0, 4.0]})
    >>> print(result.missing["r"])
    r: 1 value missing (a: 1); rule Zero(): 1 row changed, 0 rows without a result
    """

    node: str
    rule: MissingRule
    by_child: Mapping[str, int]
    changed: IntArray
    unscored: IntArray

    def __str__(self) -> str:
        def many(number: int, word: str) -> str:
            return f"{number} {word}{'' if number == 1 else 's'}"

        children = ", ".join(f"{name}: {n}" for name, n in self.by_child.items())
        return (
            f"{self.node}: {many(sum(self.by_child.values()), 'value')} missing ({children}); "
            f"rule {self.rule!r}: {many(len(self.changed), 'row')} changed, "
            f"{many(len(self.unscored), 'row')} without a result"
        )


@frozen(eq=False)
class _Combined:
    """What went into a node: its children's values, and the weights that were used."""

    values: FloatArray
    weights: FloatArray
    skipped: BoolArray | None = None  # places without a value that do not count
    report: MissingReport | None = None


@frozen(eq=False)
class CompositeResult:
    """The numbers of all nodes, and how they came about.

    Attributes
    ----------
    index : CompositeIndex
    scores : mapping of str to ndarray of float64, shape (rows,)
        By node. Of a leaf it is the value that its parent aggregates, after normalisation;
        of a node with children it is what they make together. NaN where there is none.
    missing : mapping of str to MissingReport
        Of each node in which values were missing.
    """

    index: CompositeIndex
    scores: Mapping[str, FloatArray]
    missing: Mapping[str, MissingReport]
    _combined: Mapping[str, _Combined] = field(alias="combined", repr=False)

    def __reduce__(self) -> tuple[object, ...]:
        # A mapping proxy cannot be pickled.
        return _result, (self.index, dict(self.scores), dict(self._combined))

    @property
    def root(self) -> FloatArray:
        """The index itself, shape (rows,)."""
        return self.scores[self.index.root.name]

    def aggregated(self, name: str | None = None) -> FloatArray:
        """Return the values that a node aggregates: normalised, gaps filled by its rule.

        Parameters
        ----------
        name : str, optional
            The node; the root when omitted.

        Returns
        -------
        ndarray of float64, shape (rows, children)
            More is better, where directions are told. NaN where a value is missing and
            does not count.

        Raises
        ------
        UnknownNameError
            When the tree has no such node.
        BadValueError
            When the node is a leaf.

        Examples
        --------
        >>> from inovasi_index.composite import Arithmetic, MinMax, Refuse
        >>> leaves = [Node("a"), Node("b", direction=-1)]
        >>> root = Node("r", children=leaves, normalisation=MinMax(), aggregation=Arithmetic(),
        ...             missing=Refuse())
        >>> CompositeIndex(root).compute({"a": [2, 4, 3], "b": [4, 8, 8]}).aggregated()
        array([[0. , 1. ],
               [1. , 0. ],
               [0.5, 0. ]])
        """
        combined = self._combined[self._inner(name).name]
        if combined.skipped is None:
            return combined.values.copy()
        return np.where(combined.skipped, np.nan, combined.values)

    def _inner(self, name: str | None) -> Node:
        """Return a node with children; the root without a name."""
        node = self.index.root if name is None else self.index.node(name)
        if node.is_leaf:
            raise BadValueError(f"{node.name} is a leaf and aggregates nothing")
        return node

    def contributions(self, name: str | None = None) -> dict[str, FloatArray]:
        """Return what each child of a node contributes to it; together they make the node.

        Parameters
        ----------
        name : str, optional
            The node; the root when omitted.

        Returns
        -------
        dict of str to ndarray of float64, shape (rows,)
            By child, in the unit of the node. A missing value contributes 0 where the node
            has a result, NaN where it has none.

        Raises
        ------
        UnknownNameError
            When the tree has no such node.
        BadValueError
            When the node is a leaf or its aggregation is no sum.

        Examples
        --------
        >>> from inovasi_index.composite import Arithmetic, Refuse
        >>> leaves = [Node("a", weight=3), Node("b")]
        >>> root = Node("r", children=leaves, aggregation=Arithmetic(), missing=Refuse())
        >>> result = CompositeIndex(root).compute({"a": [2.0, 4.0], "b": [4.0, 8.0]})
        >>> result.contributions()
        {'a': array([1.5, 3. ]), 'b': array([1., 2.])}
        """
        node = self._inner(name)
        if not isinstance(node.aggregation, Additive):
            raise BadValueError(
                f"{node.name}: {node.aggregation!r} is no sum, so nothing adds up to its result"
            )
        combined = self._combined[node.name]
        parts = node.aggregation.contributions(combined.values, combined.weights)
        parts[np.isnan(self.scores[node.name])] = np.nan
        return {child.name: parts[:, j] for j, child in enumerate(node.children)}

    def leaf_contributions(self) -> dict[str, FloatArray]:
        """Return what each leaf contributes to the root; together they make the root.

        Returns
        -------
        dict of str to ndarray of float64, shape (rows,)

        Raises
        ------
        BadValueError
            When an aggregation on the way is no sum, or the result of a node with children
            is normalised before it is aggregated.

        Examples
        --------
        >>> from inovasi_index.composite import Arithmetic, Refuse
        >>> rules = {"aggregation": Arithmetic(), "missing": Refuse()}
        >>> inner = Node("i", children=[Node("a"), Node("b")], **rules)
        >>> root = Node("r", children=[inner, Node("c")], **rules)
        >>> data = {"a": [2.0], "b": [4.0], "c": [1.0]}
        >>> CompositeIndex(root).compute(data).leaf_contributions()
        {'a': array([0.5]), 'b': array([1.]), 'c': array([0.5])}
        """
        root = self.index.root
        return dict(self._shares_below(root, np.ones(len(self.root))))

    def _shares_below(self, node: Node, factor: FloatArray) -> Iterator[tuple[str, FloatArray]]:
        """Yield what the leaves below a node contribute, `factor` times what they do to it."""
        parts = self.contributions(node.name)
        for child, slope in zip(node.children, self._slopes(node), strict=True):
            if child.is_leaf:
                # What does not count is 0 and not missing.
                yield child.name, np.where(factor == 0, 0.0, factor * parts[child.name])
            elif node.normalisation is not None:
                raise BadValueError(
                    f"{child.name} is normalised in {node.name}, so what its children contribute "
                    "does not add up there"
                )
            else:
                used = np.where(np.isnan(self.scores[child.name]), 0.0, slope)
                used[np.isnan(self.scores[node.name])] = np.nan
                yield from self._shares_below(child, factor * used)

    def _slopes(self, node: Node) -> FloatArray:
        """Return how often a node counts each unit of its children, shape (children, rows)."""
        combined = self._combined[node.name]
        aggregation = cast("Additive", node.aggregation)
        slopes = aggregation.contributions(np.ones_like(combined.values), combined.weights)
        return slopes.T


@frozen
class CompositeIndex:
    """An index that a tree of nodes describes.

    Attributes
    ----------
    root : Node

    Raises
    ------
    BadValueError
        When the root is a leaf or a name occurs twice.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, chapter 1.
    .. [2] Becker, W., Caperna, G., Del Sorbo, M., Norlén, H., Papadimitriou, E. and Saisana,
       M. (2022), COINr: an R package for developing composite indicators, Journal of Open
       Source Software 7, 4567.

    Examples
    --------
    >>> from inovasi_index.composite import Arithmetic, Geometric, MinMax, Refuse
    >>> skills = Node("skills", children=[Node("schooling"), Node("unemployment", direction=-1)],
    ...               normalisation=MinMax(1, 100), aggregation=Arithmetic(), missing=Refuse())
    >>> wealth = Node("wealth", weight=2)
    >>> root = Node("index", children=[skills, wealth], aggregation=Geometric(), missing=Refuse())
    >>> data = {"schooling": [6, 12], "unemployment": [9, 3], "wealth": [27, 10]}
    >>> CompositeIndex(root).compute(data).root.round(3)
    array([ 9.   , 21.544])
    """

    root: Node

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.root, Node):
            raise BadValueError(f"root: a node is needed, not {shown(self.root)}")
        if self.root.is_leaf:
            raise BadValueError(f"{self.root.name}: the root of an index needs children")
        names = [node.name for node in self.root.walk()]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise BadValueError(f"names of nodes occur more than once: {', '.join(twice)}")

    @property
    def leaves(self) -> tuple[Node, ...]:
        """The leaves, in order."""
        return tuple(node for node in self.root.walk() if node.is_leaf)

    def node(self, name: str) -> Node:
        """Return a node by its name.

        Raises
        ------
        UnknownNameError
            When there is none of that name.
        """
        found = next((node for node in self.root.walk() if node.name == name), None)
        if found is None:
            raise UnknownNameError.of("node", name, [node.name for node in self.root.walk()])
        return found

    @property
    def effective_weights(self) -> Mapping[str, float]:
        """Share of each node in the root if every aggregation were an arithmetic mean.

        It is the product of the shares of the weights on the way down from the root. What
        an indicator really decides depends on the data as well, see
        `inovasi_index.composite.statistics`.
        """
        weights: dict[str, float] = {self.root.name: 1.0}
        for node in self.root.walk():
            if node.children:
                shares = scaled_to_one(np.array([child.weight for child in node.children]))
                for child, share in zip(node.children, shares.tolist(), strict=True):
                    weights[child.name] = weights[node.name] * share
        return MappingProxyType(weights)

    def reweighted(self, weights: Mapping[str, float]) -> CompositeIndex:
        """Return the same index with other weights.

        Parameters
        ----------
        weights : mapping of str to float
            By node; the others keep theirs.

        Raises
        ------
        UnknownNameError
            When there is no node of such a name.
        BadValueError
            For a weight that is none.

        Examples
        --------
        >>> from inovasi_index.composite import Arithmetic, Refuse
        >>> leaves = [Node("a"), Node("b")]
        >>> root = Node("r", children=leaves, aggregation=Arithmetic(), missing=Refuse())
        >>> CompositeIndex(root).reweighted({"a": 3}).compute({"a": [4.0], "b": [0.0]}).root
        array([3.])
        """
        if not isinstance(weights, Mapping):
            raise BadValueError(f"weights: a mapping by node is needed, not {shown(weights)}")
        known = [node.name for node in self.root.walk()]
        for name in weights:
            if name not in known:
                raise UnknownNameError.of("node", name, known)

        def renewed(node: Node) -> Node:
            children = tuple(renewed(child) for child in node.children)
            return evolve(node, children=children, weight=weights.get(node.name, node.weight))

        return CompositeIndex(renewed(self.root))

    def compute(
        self,
        data: Mapping[str, npt.ArrayLike] | npt.ArrayLike,
        columns: Sequence[str] | None = None,
    ) -> CompositeResult:
        """Compute all nodes for all rows.

        Parameters
        ----------
        data : mapping of str to array_like, shape (rows,), or array_like, shape (rows, columns)
            Columns by name (a dict, a data frame of pandas, Polars or PyArrow), or an array
            with the names beside it. Columns that are no leaf's are passed over; NaN and null
            are missing values.
        columns : sequence of str, optional
            Names of the columns of an array.

        Returns
        -------
        CompositeResult

        Raises
        ------
        UnknownNameError
            When a leaf has no column.
        BadValueError, FaultsError
            For data that are no numbers or infinite, and for what the rules of the nodes do
            not take, by row and by name.
        """
        table = _read_columns(data, columns, [cast("str", leaf.column) for leaf in self.leaves])
        places = {leaf.name: j for j, leaf in enumerate(self.leaves)}
        scores: dict[str, FloatArray] = {}
        combined: dict[str, _Combined] = {}
        scores[self.root.name] = _compute(self.root, _Leaves(table, places), scores, combined)
        return _result(self, scores, combined)


def _result(
    index: CompositeIndex,
    scores: Mapping[str, FloatArray],
    combined: Mapping[str, _Combined],
) -> CompositeResult:
    """Put results in the order of the tree, where they cannot be replaced."""
    names = [node.name for node in index.root.walk()]
    reports = {name: combined[name].report for name in names if name in combined}
    return CompositeResult(
        index=index,
        scores=MappingProxyType({name: scores[name] for name in names}),
        missing=MappingProxyType({n: report for n, report in reports.items() if report}),
        combined=MappingProxyType(combined),
    )


def _read_columns(
    data: Mapping[str, npt.ArrayLike] | npt.ArrayLike,
    columns: Sequence[str] | None,
    wanted: Sequence[str],
) -> Table:
    """Return the wanted columns side by side."""
    known = None if columns is not None else _column_names(data)
    if known is not None:
        given = cast("Mapping[str, npt.ArrayLike]", data)
        _refuse_unknown(wanted, known)
        parts = [read_array(given[name], what=name) for name in wanted]
        if any(part.ndim != 1 or len(part) != len(parts[0]) for part in parts):
            shapes = ", ".join(f"{n}: {p.shape}" for n, p in zip(wanted, parts, strict=True))
            raise BadValueError(f"data: columns must be of one length, not {shapes}")
        return Table(np.column_stack(parts), tuple(wanted))
    names = getattr(data, "columns", None) if columns is None else columns
    if names is None or not all(isinstance(name, str) for name in names):
        raise BadValueError("columns: an array needs the names of its columns")
    names = list(names)
    table = read_table(data)
    if len(names) != len(table.names):
        raise BadValueError(f"columns: {len(names)} names for {len(table.names)} columns")
    _refuse_unknown(wanted, names)
    if names == list(wanted):
        return table
    return Table(table.values[:, [names.index(name) for name in wanted]], tuple(wanted))


def _column_names(data: Any) -> list[str] | None:
    """Return the names by which data give their columns; `None` when they do not."""
    if not hasattr(data, "__getitem__"):
        return None
    if hasattr(data, "keys"):  # mappings, pandas
        return [str(name) for name in data.keys()]  # noqa: SIM118 (data frames iterate otherwise)
    names = getattr(data, "column_names", getattr(data, "columns", None))  # PyArrow, Polars
    return list(names) if names is not None and all(isinstance(n, str) for n in names) else None


def _refuse_unknown(wanted: Sequence[str], known: Sequence[str]) -> None:
    for name in wanted:
        if name not in known:
            raise UnknownNameError.of("column", name, known)
        if list(known).count(name) > 1:
            raise BadValueError(f"data: the column {name!r} occurs more than once")


@frozen(eq=False)
class _Leaves:
    """The columns of the leaves, in the order in which the tree has them."""

    table: Table
    places: Mapping[str, int]

    def __getitem__(self, name: str) -> FloatArray:
        return self.table.values[:, self.places[name]]

    def of(self, node: Node) -> FloatArray | None:
        """Return the columns of the children as one piece, if they are leaves as they stand."""
        if any(child.children or child.normalisation for child in node.children):
            return None
        first = self.places[node.children[0].name]
        values = self.table.values[:, first : first + len(node.children)]
        if node.normalisation is None:
            return values.copy()  # results must not change with the array that was given
        return np.ascontiguousarray(values)


def _compute(
    node: Node,
    leaves: _Leaves,
    scores: dict[str, FloatArray],
    combined: dict[str, _Combined],
) -> FloatArray:
    """Compute a node with children, and all below it first."""
    for child in node.children:
        if not child.is_leaf:
            scores[child.name] = _compute(child, leaves, scores, combined)
    try:
        values = _comparable(node, leaves, scores)
        for j, child in enumerate(node.children):
            if child.is_leaf:
                scores[child.name] = values.values[:, j]
        return _combine(node, values, combined)
    except FaultsError as error:
        raise FaultsError(node.name, error.faults) from None
    except (BadValueError, InfeasibleError) as error:
        raise type(error)(f"{node.name}: {error}") from None


def _comparable(node: Node, leaves: _Leaves, scores: Mapping[str, FloatArray]) -> Table:
    """Return the values of the children side by side, normalised."""
    names = tuple(child.name for child in node.children)
    directions = [child.direction for child in node.children]
    values = leaves.of(node)
    if values is None:
        columns = []
        for j, child in enumerate(node.children):
            column = leaves[child.name] if child.is_leaf else scores[child.name]
            if child.is_leaf and child.normalisation is not None:
                alone = Table(column[:, None], (child.name,))
                column = child.normalisation.apply(alone, child.direction)[:, 0]
                directions[j] = 1
            columns.append(column)
        values = np.column_stack(columns)
    table = Table(values, names)
    if node.normalisation is None:
        return table
    return Table(node.normalisation.apply(table, directions), names)


def _combine(node: Node, table: Table, combined: dict[str, _Combined]) -> FloatArray:
    """Aggregate the values of the children by the rules of the node."""
    aggregation = cast("Aggregation", node.aggregation)
    rule = cast("MissingRule", node.missing)
    weights = np.array([child.weight for child in node.children], dtype=np.float64)
    if not table.has_gaps:
        combined[node.name] = _Combined(table.values, weights)
        return aggregation.aggregate(table, weights)
    done = rule.complete(table, weights)
    found = aggregation.aggregate(Table(done.values, table.names), done.weights)
    result = np.where(done.unscored, np.nan, found)
    gaps = np.isnan(table.values)
    counts = dict(zip(table.names, gaps.sum(axis=0).tolist(), strict=True))
    report = MissingReport(
        node=node.name,
        rule=rule,
        by_child={child: count for child, count in counts.items() if count},
        changed=np.flatnonzero(done.changed),
        unscored=np.flatnonzero(done.unscored),
    )
    skipped = gaps & done.unscored[:, None]
    if done.weights.ndim > 1:
        skipped |= gaps & (done.weights == 0)
    combined[node.name] = _Combined(done.values, done.weights, skipped, report)
    return result
