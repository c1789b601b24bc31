"""Rules one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from inovasi_index.composite.arrays import Table, read_table
from inovasi_index.composite.normalisation.rule import Normalisation
from inovasi_index.composite.words import in_words, shown
from inovasi_index.errors import BadValueError

if TYPE_CHECKING:
    import numpy.typing as npt

    from inovasi_index.composite.arrays import FloatArray

__all__ = [
    "Chain",
]


@frozen(init=False)
class Chain:
    """Several rules, one after the other; directions are told to the last one.

    Attributes
    ----------
    rules : tuple of Normalisation

    Raises
    ------
    BadValueError
        Without a rule, and for what is none, by its place.

    Examples
    --------
    >>> from inovasi_index.composite import LogTransform, MinMax
    >>> Chain(LogTransform(), MinMax()).apply([1.0, 10.0, 100.0])
    array([0. , 0.5, 1. ])
    """

    rules: tuple[Normalisation, ...]

    def __init__(self, *rules: Normalisation) -> None:
        if not rules:
            raise BadValueError("a chain needs at least one rule")
        wrong = [
            f"{shown(rule)} at {place}"
            for place, rule in enumerate(rules)
            if isinstance(rule, type) or not isinstance(rule, Normalisation)
        ]
        if wrong:
            raise BadValueError(f"chain: no rule of normalisation: {in_words(wrong)}")
        object.__setattr__(self, "rules", rules)

    def fit(self, data: npt.ArrayLike) -> Chain:
        """Return the chain with each rule fitted to what the rules before it make of `data`.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)
        """
        table = read_table(data)
        fitted = []
        for rule in self.rules:
            fitted.append(rule.fit(table))
            table = _renewed(table, fitted[-1].apply(table))
        return Chain(*fitted)

    def apply(self, data: npt.ArrayLike, directions: npt.ArrayLike | None = None) -> FloatArray:
        """Return the values after all the rules.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)
        directions : array_like of int, shape (columns,) or (), optional
        """
        table = read_table(data)
        for rule in self.rules[:-1]:
            table = _renewed(table, rule.apply(table))
        return self.rules[-1].apply(table, directions)


def _renewed(table: Table, values: FloatArray) -> Table:
    return Table(values.reshape(table.values.shape), table.names, table.is_flat)
