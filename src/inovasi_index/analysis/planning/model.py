"""The steps that are open to a region as columns of an integer program.

Rows that can move in the same ways, at the same costs and with the same gains, are counted
together, so that the program stays small: 200 innovations of 20 rows are some dozens of
columns. For a given number of further innovations the divisor is a constant and everything
is linear in whole numbers: costs in the common unit of all costs, gains in hundredths of a
point times the divisor.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from inovasi_index.errors import BadValueError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from inovasi_index.analysis.planning.costs import Limit
    from inovasi_index.analysis.planning.further import Template
    from inovasi_index.analysis.planning.open_rows import Move, Row, Unit
    from inovasi_index.scoring import RegionScore

__all__ = ["Group", "Growth", "Model", "Pick", "Pool", "build_model"]

# Sums of costs over all rows stay whole numbers that a double holds.
_MOST_UNITS = 10**11

_Signature = tuple[bool, bool, str | None, tuple[tuple[Fraction, int], ...]]


@frozen
class Growth:
    """What the number of further innovations does to the formula.

    Attributes
    ----------
    number : int
        Further innovations.
    divisor : int
    count_hundredths : int
        Count points of all innovations.
    affairs : tuple of str
        Basic affairs that the first of them cover.
    """

    number: int
    divisor: int
    count_hundredths: int
    affairs: tuple[str, ...]


@frozen
class Pick:
    """What a solution takes."""

    moves: tuple[tuple[Row, Move], ...]
    completed: tuple[Unit, ...]
    further: tuple[Template, ...]


@frozen(eq=False)
class Group:
    """Rows that move alike, by unit, and the first of their columns: one column a move."""

    first: int
    n_moves: int
    rows_of: tuple[tuple[Row, ...], ...]
    required: bool

    @property
    def columns(self) -> slice:
        """The columns of the group."""
        return slice(self.first, self.first + self.n_moves)


@frozen(eq=False)
class Pool:
    """Units that are alike, and the column that counts how many of them are completed."""

    units: tuple[Unit, ...]
    groups: tuple[Group, ...]
    gate: int | None


@frozen(eq=False)
class Model:
    """The integer program, but for the row of the gain and the number of innovations.

    Attributes
    ----------
    costs : ndarray of int64, shape (n_columns,)
        In units of `cost_unit`.
    cost_unit : fractions.Fraction
    innovation_gain, region_gain : ndarray of int64, shape (n_columns,)
        Hundredths of maturity, and of the region part.
    upper : ndarray of int64, shape (n_columns,)
    rows : sparse array, shape (n_constraints, n_columns)
        Whole numbers; the last row counts the further innovations.
    n_own : int
        The first of the rows hold within one pool, the others across pools.
    low, high : ndarray of int64, shape (n_constraints,)
        Bounds of ``rows @ x``; those of the last row depend on the growth.
    base : RegionScore
        The score before any step.
    growths : tuple of Growth
        What numbers of further innovations are possible.
    """

    costs: NDArray[np.int64]
    cost_unit: Fraction
    innovation_gain: NDArray[np.int64]
    region_gain: NDArray[np.int64]
    upper: NDArray[np.int64]
    rows: Any
    n_own: int
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    pools: tuple[Pool, ...]
    templates: tuple[Template, ...]
    base: RegionScore
    growths: tuple[Growth, ...]

    @cached_property
    def total(self) -> int:
        """Points of the maximum, in hundredths."""
        return int(self.base.edition.constant("total_max_hundredths"))

    @cached_property
    def _maturity(self) -> int:
        return int(self.base.parts.mean_maturity * 100 * self.base.divisor)

    def numerator(self, growth: Growth, gain: int = 0) -> int:
        """Return the points times the divisor, in hundredths, after a gain in the same unit."""
        fixed = int(self.base.parts.region_part * 100) + growth.count_hundredths
        return growth.divisor * fixed + self._maturity + gain

    def gains(self, growth: Growth) -> NDArray[np.int64]:
        """Return what each column adds to the numerator, int64 (n_columns,)."""
        return self.innovation_gain + growth.divisor * self.region_gain

    def gain_unit(self, growth: Growth) -> int:
        """Return the largest whole number of which all gains are multiples."""
        return int(np.gcd.reduce(self.gains(growth), initial=0)) or 1

    def exact_index(self, growth: Growth, gain: int) -> Fraction:
        """Return the index before rounding."""
        return Fraction(100 * self.numerator(growth, gain), growth.divisor * self.total)

    def rounded_index(self, growth: Growth, gain: int) -> int:
        """Return the rounded index in hundredths."""
        scale = self._scale
        whole = growth.divisor * self.total
        steps = (2 * scale * self.numerator(growth, gain) + whole) // (2 * whole)
        return steps * (10_000 // scale)

    def missing(self, growth: Growth, target_hundredths: int) -> int:
        """Return the least gain for which the rounded index reaches a target.

        The index, rounded half up to steps of ``100 / scale``, is at least t of these steps
        when ``2 × scale × numerator ≥ divisor × total × (2 t − 1)``.
        """
        scale = self._scale
        steps = -(-target_hundredths * scale // 10_000)
        least = -(-growth.divisor * self.total * (2 * steps - 1) // (2 * scale))
        return max(0, least - self.numerator(growth))

    @cached_property
    def _scale(self) -> int:
        return 100 * int(10**self.base.edition.formula.decimals)

    def pick(self, x: NDArray[np.int64]) -> Pick:
        """Return what a solution takes: of rows and units that are alike, the first."""
        taken: list[tuple[Row, Move]] = []
        completed: list[Unit] = []
        for pool in self.pools:
            n_open = len(pool.units) if pool.gate is None else int(x[pool.gate])
            if pool.gate is not None:
                completed += pool.units[:n_open]
            for group in pool.groups:
                rows = (row for unit in group.rows_of[:n_open] for row in unit)
                for n in range(group.n_moves):
                    some = islice(rows, int(x[group.first + n]))
                    taken += ((row, row.moves[n]) for row in some)
        first = len(x) - len(self.templates)
        further = (t for n, t in enumerate(self.templates) for _ in range(int(x[first + n])))
        return Pick(tuple(taken), tuple(completed), tuple(further))


class _Columns:
    """Columns and constraints as they are put together."""

    def __init__(self) -> None:
        self.cost: list[Fraction] = []
        self.innovation_gain: list[int] = []
        self.region_gain: list[int] = []
        self.upper: list[int] = []
        self.agency: list[str | None] = []
        self.n_steps: list[int] = []
        self.entries: list[tuple[int, int, int]] = []  # constraint, column, coefficient
        self.bounds: list[tuple[float, float]] = []

    def column(
        self,
        *,
        cost: Fraction,
        gain: int,
        upper: int,
        agency: str | None,
        n_steps: int = 1,
        region: bool = False,
    ) -> int:
        self.cost.append(cost)
        self.innovation_gain.append(0 if region else gain)
        self.region_gain.append(gain if region else 0)
        self.upper.append(upper)
        self.agency.append(agency)
        self.n_steps.append(n_steps)
        return len(self.cost) - 1

    def constraint(self, terms: Sequence[tuple[int, int]], low: float, high: float) -> None:
        self.entries += [(len(self.bounds), column, factor) for column, factor in terms]
        self.bounds.append((low, high))


def _signature(row: Row, limited: Mapping[str, Limit]) -> _Signature:
    agency = row.innovation.agency if row.innovation else None
    return (
        row.required,
        row.innovation is None,
        agency if agency in limited else None,
        tuple((move.cost, row.gain(move)) for move in row.moves),
    )


def _pools(
    units: Sequence[Unit], limited: Mapping[str, Limit], columns: _Columns
) -> tuple[Pool, ...]:
    alike: dict[object, list[tuple[Unit, dict[_Signature, list[Row]]]]] = defaultdict(list)
    for unit in units:
        rows_of: dict[_Signature, list[Row]] = defaultdict(list)
        for row in unit.rows:
            rows_of[_signature(row, limited)].append(row)
        agency = unit.agency if unit.agency in limited else None
        kind = (
            unit.innovation is None,
            unit.design_cost,
            unit.released,
            agency,
            frozenset(Counter({s: len(rows) for s, rows in rows_of.items()}).items()),
        )
        alike[kind].append((unit, rows_of))
    pools = []
    for members in alike.values():
        unit, pattern = members[0]
        gate = None
        if unit.innovation is not None:
            gate = columns.column(
                cost=unit.design_cost or Fraction(0),
                gain=unit.released,
                upper=len(members),
                agency=unit.agency,
                n_steps=0 if unit.design_cost is None else 1,
            )
        groups = tuple(
            _group(signature, [rows_of[signature] for _, rows_of in members], gate, columns)
            for signature in pattern
        )
        pools.append(Pool(tuple(unit for unit, _ in members), groups, gate))
    return tuple(pools)


def _group(
    signature: _Signature, rows_of: Sequence[Sequence[Row]], gate: int | None, columns: _Columns
) -> Group:
    required, region, agency, moves = signature
    n_each, n_all = len(rows_of[0]), sum(map(len, rows_of))
    first = len(columns.cost)
    for cost, gain in moves:
        columns.column(cost=cost, gain=gain, upper=n_all, agency=agency, region=region)
    terms = [(first + n, 1) for n in range(len(moves))]
    if gate is None:
        columns.constraint(terms, -np.inf, n_all)
    else:
        columns.constraint([*terms, (gate, -n_each)], 0 if required else -np.inf, 0)
    return Group(first, len(moves), tuple(map(tuple, rows_of)), required)


def _limit(
    columns: _Columns, pools: Sequence[Pool], limits: Mapping[str, Limit], unit: Fraction
) -> None:
    """Add what an agency can take on, and leave out what alone is too much for it."""
    costs = [int(cost / unit) for cost in columns.cost]
    for agency, limit in limits.items():
        mine = [n for n, a in enumerate(columns.agency) if a == agency]
        for uses, most in (
            (columns.n_steps, limit.steps),
            (costs, None if limit.cost is None else limit.cost // unit),
        ):
            if most is None:
                continue
            columns.constraint([(n, uses[n]) for n in mine], -np.inf, most)
            for n in mine:
                if uses[n]:
                    columns.upper[n] = min(columns.upper[n], most // uses[n])
            for pool in pools:
                if pool.gate in mine and (use := _least_use(pool, uses)):
                    columns.upper[pool.gate] = min(columns.upper[pool.gate], most // use)


def _least_use(pool: Pool, uses: Sequence[int]) -> int:
    """Return what completing one unit takes at least."""
    rows = sum(
        len(group.rows_of[0]) * min(uses[group.columns]) for group in pool.groups if group.required
    )
    return rows + (0 if pool.gate is None else uses[pool.gate])


def _cost_unit(costs: Sequence[Fraction]) -> Fraction:
    """Return the largest amount of which all costs are multiples."""
    given = [cost for cost in costs if cost]
    if not given:
        return Fraction(1)
    unit = Fraction(
        math.gcd(*(c.numerator for c in given)), math.lcm(*(c.denominator for c in given))
    )
    if max(given) / unit > _MOST_UNITS:
        raise BadValueError(
            f"the costs range from {float(min(given)):g} to {float(max(given)):g} in steps of "
            f"{float(unit):g}; that is too fine to add them exactly: round them"
        )
    return unit


def build_model(
    units: Sequence[Unit],
    templates: Sequence[Template],
    limits: Mapping[str, Limit],
    *,
    base: RegionScore,
    growths: Sequence[Growth],
) -> Model:
    """Put the integer program together.

    Parameters
    ----------
    units : sequence of Unit
        Rows that can move, and what has to be completed for them.
    templates : sequence of Template
        Further innovations.
    limits : mapping of str to Limit
        By agency.
    base : RegionScore
    growths : sequence of Growth
    """
    from scipy.sparse import coo_array

    columns = _Columns()
    pools = _pools(units, limits, columns)
    most = max(growth.number for growth in growths)
    n_rows_first = len(columns.cost)
    for template in templates:
        upper = most if template.most is None else min(template.most, most)
        columns.column(
            cost=template.cost, gain=template.maturity, upper=upper, agency=template.agency
        )
    unit = _cost_unit(columns.cost)
    n_own = len(columns.bounds)
    _limit(columns, pools, limits, unit)
    columns.constraint([(n_rows_first + n, 1) for n in range(len(templates))], 0, 0)
    at, of, factors = zip(*columns.entries, strict=True) if columns.entries else ((), (), ())
    shape = (len(columns.bounds), len(columns.cost))
    low, high = np.array(columns.bounds).T
    return Model(
        costs=np.array([int(cost / unit) for cost in columns.cost], np.int64),
        cost_unit=unit,
        innovation_gain=np.array(columns.innovation_gain, np.int64),
        region_gain=np.array(columns.region_gain, np.int64),
        upper=np.array(columns.upper, np.int64),
        rows=coo_array((np.array(factors, np.int64), (at, of)), shape=shape).tocsr(),
        n_own=n_own,
        low=low,
        high=high,
        pools=pools,
        templates=tuple(templates),
        base=base,
        growths=tuple(growths),
    )
