"""Schemes weigh the nodes of an index tree, level by level from the leaves up."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from inovasi_index.composite import CompositeIndex
from inovasi_index.composite.words import shown
from inovasi_index.errors import BadValueError, FaultsError, InfeasibleError, UnknownNameError
from inovasi_index.weighting.scheme import Criteria, Weights, weights_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from inovasi_index.composite import Node
    from inovasi_index.weighting.scheme import WeightingScheme

__all__ = ["WeighedTree", "weigh_tree"]


@frozen(eq=False)
class WeighedTree:
    """An index with the weights that schemes gave its nodes, and where these come from.

    Attributes
    ----------
    index : CompositeIndex
        With the new weights.
    weights : mapping of str to Weights
        By node with children that was weighed, in the order of the tree: those of its children.
    """

    index: CompositeIndex
    weights: Mapping[str, Weights]

    def __reduce__(self) -> tuple[object, ...]:
        # A mapping proxy cannot be pickled.
        return _weighed, (self.index, dict(self.weights))


def _weighed(index: CompositeIndex, weights: Mapping[str, Weights]) -> WeighedTree:
    return WeighedTree(index, MappingProxyType(weights))


def weigh_tree(
    index: CompositeIndex,
    scheme: WeightingScheme | Mapping[str, WeightingScheme],
    data: Mapping[str, npt.ArrayLike] | npt.ArrayLike | None = None,
    *,
    columns: Sequence[str] | None = None,
) -> WeighedTree:
    """Weigh the children of each node by a scheme, from the leaves up.

    A scheme that weighs from data sees what the node aggregates: the values of its children
    side by side, normalised and with its rule for missing values applied, where more is
    better; a gap that is left there (as `Renormalise` leaves it) is a missing value for the
    scheme. Children with children of their own have been weighed before, so that their values
    are those of the new weights. `Official` keeps the weights that the tree has. The sum of
    the weights of the children of a node stays, as a `WeightedSum` depends on it.

    Parameters
    ----------
    index : CompositeIndex
    scheme : WeightingScheme, or mapping of str to WeightingScheme
        For all nodes with children, or by the name of the node; the other nodes keep the
        weights of their children.
    data, columns
        As `CompositeIndex.compute` takes them; not needed for schemes that weigh without.

    Returns
    -------
    WeighedTree

    Raises
    ------
    UnknownNameError
        When there is no node of such a name, or a leaf has no column.
    BadValueError
        For what is no index, and a scheme of a leaf.
    BadValueError, FaultsError, InfeasibleError
        Whatever the scheme or the rules of the nodes refuse, with the name of the node.

    Examples
    --------
    >>> from inovasi_index.composite import Arithmetic, CompositeIndex, Node, Refuse
    >>> from inovasi_index.weighting import Fixed, StandardDeviation, weigh_tree
    >>> rules = {"aggregation": Arithmetic(), "missing": Refuse()}
    >>> skills = Node("skills", children=[Node("school"), Node("work")], **rules)
    >>> index = CompositeIndex(Node("index", children=[skills, Node("wealth")], **rules))
    >>> data = {"school": [1, 3], "work": [2, 8], "wealth": [5, 9]}
    >>> schemes = {"index": Fixed({"skills": 3, "wealth": 1}), "skills": StandardDeviation()}
    >>> tree = weigh_tree(index, schemes, data)
    >>> tree.weights["skills"]
    <Weights standard deviation (as given): work 0.7500, school 0.2500>
    >>> tree.index.compute(data).root
    array([2.5625, 7.3125])
    """
    if not isinstance(index, CompositeIndex):
        raise BadValueError(f"index: a CompositeIndex is needed, not {shown(index)}")
    nodes = [node for node in index.root.walk() if not node.is_leaf]
    schemes = _by_node(index, scheme, nodes)
    found: dict[str, Weights] = {}
    # Backwards, every node comes after those below it.
    for name in (node.name for node in reversed(nodes) if node.name in schemes):
        node = index.node(name)
        values = None
        if data is not None:
            values = CompositeIndex(node).compute(data, columns).aggregated(name)
        criteria = Criteria(
            keys=tuple(child.name for child in node.children),
            official=np.array([child.weight for child in node.children]),
            what=f"the children of {name}",
        )
        try:
            found[name] = weights_by(schemes[name], criteria, values)
        except FaultsError as error:
            raise FaultsError(f"{name}: {error.what}", error.faults) from None
        except (BadValueError, InfeasibleError) as error:
            raise type(error)(f"{name}: {error}") from None
        total = sum(child.weight for child in node.children)
        index = index.reweighted({k: total * w for k, w in found[name].to_dict().items()})
    return _weighed(index, {node.name: found[node.name] for node in nodes if node.name in found})


def _by_node(
    index: CompositeIndex,
    scheme: WeightingScheme | Mapping[str, WeightingScheme],
    nodes: Sequence[Node],
) -> Mapping[str, WeightingScheme]:
    if not isinstance(scheme, Mapping):
        return {node.name: scheme for node in nodes}
    inner = [node.name for node in nodes]
    for name in scheme:
        if name not in inner:
            if any(name == leaf.name for leaf in index.leaves):
                raise BadValueError(f"{name} is a leaf and has no children to weigh")
            raise UnknownNameError.of("node", name, inner)
    return scheme
