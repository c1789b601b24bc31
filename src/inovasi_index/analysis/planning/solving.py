"""The search for the best plan: one integer program for each number of further innovations.

Numbers of further innovations are taken up in the order of what can be hoped of them: first
by a bound that costs nothing, then by the bound of the relaxation to real numbers, then by
the integer program, which has to beat the best plan so far. When nothing is left that could,
the best plan is proven best.

The integer program is solved near the optimum of its relaxation first: with a ceiling on the
objective not far above the relaxed one, nearly all variables are fixed by what another value
would cost at least (see `near_optimal_box`). If there is no solution below the ceiling, the
ceiling is raised.
"""

from __future__ import annotations

import heapq
import math
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import Factory, define

from inovasi_index.analysis.kernels import programming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from inovasi_index.analysis.planning.model import Growth, Model, Pool

__all__ = ["Found", "Search"]

_FIRST_SLICE = 2.0  # seconds
_LONGEST_RELAXATION = 60.0


@define
class Found:
    """A solution.

    Attributes
    ----------
    growth : Growth
    x : ndarray of int64, shape (n_columns,)
    cost, gain : int
        In units of the model.
    """

    growth: Growth
    x: NDArray[np.int64]
    cost: int
    gain: int


@define
class _Program:
    """One integer program and what its relaxation told.

    Attributes
    ----------
    growth : Growth
    objective : ndarray of int64, shape (n_columns,)
    least_gain : int
    least : float
        Minimum of the relaxation.
    tilted : ndarray of float64, shape (n_columns,), or None
        The objective less what each column is worth to the rows that hold across pools
        (gain, budget, limits), at the prices of the relaxation.
    """

    growth: Growth
    objective: NDArray[np.int64]
    least_gain: int = 0
    least: float = -math.inf
    tilted: NDArray[np.float64] | None = None


@define
class Search:
    """One search in a model.

    Attributes
    ----------
    model : Model
    budget : int or None
        Most cost, in units of the model.
    deadline : float
        By `time.monotonic`.
    progress : callable or None
        ``progress(done, total)`` over the numbers of further innovations.
    best : Found or None
        The best solution so far.
    bound : float
        While and after `cheapest`: no plan is cheaper. After `furthest`: no rounded index is
        higher, in hundredths.
    """

    model: Model
    budget: int | None = None
    deadline: float = math.inf
    progress: Callable[[int, int], object] | None = None
    best: Found | None = None
    bound: float = 0
    _steps: tuple[int, int] = Factory(lambda: (0, 0))

    @property
    def index_hundredths(self) -> int:
        """Rounded index of the best solution so far."""
        best = self.best or self._nothing()
        return self.model.rounded_index(best.growth, best.gain)

    def cheapest(self, target_hundredths: int) -> None:
        """Look for the cheapest plan that reaches a rounded index.

        What is the best solution so far, if there is one, has to reach it.
        """
        model = self.model
        missing = [model.missing(g, target_hundredths) for g in model.growths]
        if missing[0] == 0:
            self.best = self._nothing()
        programs = [
            (g.number * self._least_new, _Program(g, model.costs, gain))
            for g, gain in zip(model.growths, missing, strict=True)
            if self._most_gain(g) >= gain and not self._too_dear(g.number * self._least_new)
        ]

        def cost_of(least: float, _: Growth) -> float:
            return math.ceil(least - _slack(least)) if math.isfinite(least) else least

        def ceiling(_: Growth) -> float:
            return math.inf if self.best is None else self.best.cost - 1

        self._run(programs, score_of=cost_of, ceiling=ceiling, value=lambda best: best.cost)
        if self.best is not None:
            self.best = self._without_surplus(self.best, target_hundredths)

    def furthest(self) -> None:
        """Look for the plan with the highest rounded index."""
        model = self.model
        self.best = self.best or self._nothing()
        programs = [
            (
                -model.rounded_index(g, self._most_gain(g)),
                _Program(g, -model.gains(g) // model.gain_unit(g)),
            )
            for g in model.growths
            if not self._too_dear(g.number * self._least_new)
        ]

        def index_of(least: float, growth: Growth) -> float:
            if not math.isfinite(least):
                return least
            most = math.floor(-least + _slack(least))
            return -model.rounded_index(growth, most * model.gain_unit(growth))

        def ceiling(growth: Growth) -> float:
            missing = model.missing(growth, self.index_hundredths + 1)
            return missing // -model.gain_unit(growth)

        self._run(
            programs,
            score_of=index_of,
            ceiling=ceiling,
            value=lambda best: -model.rounded_index(best.growth, best.gain),
        )
        self.bound = -self.bound

    def _run(
        self,
        programs: Sequence[tuple[float, _Program]],
        *,
        score_of: Callable[[float, Growth], float],
        ceiling: Callable[[Growth], float],
        value: Callable[[Found], float],
    ) -> None:
        """Take up what is most promising until nothing can beat the best solution.

        `score_of` turns a minimum of the objective into what programs are compared by,
        `ceiling` is the largest objective that would beat the best solution.
        """
        waiting = [(bound, 0, n) for n, (bound, _) in enumerate(programs)]
        heapq.heapify(waiting)
        self._steps = (0, len(waiting))
        left_open = math.inf  # the least of what the deadline cut short
        while waiting:
            bound, stage, n = waiting[0]
            self.bound = min(bound, left_open)
            self._report()
            if self.best is not None and bound >= value(self.best):
                break
            if time.monotonic() > self.deadline:
                left_open = min(left_open, bound)
                break
            program = programs[n][1]
            if stage == 0:
                self._relax(program)
                if program.least < math.inf:
                    relaxed = score_of(program.least, program.growth)
                    heapq.heapreplace(waiting, (max(bound, relaxed), 1, n))
                    continue
            else:
                proven = max(bound, score_of(self._solve(program, ceiling), program.growth))
                if self.best is None or proven < value(self.best):
                    left_open = min(left_open, proven)
            heapq.heappop(waiting)
            self._steps = (self._steps[0] + 1, self._steps[1])
        self.bound = left_open if self.best is None else min(left_open, value(self.best))
        self._steps = (self._steps[1], self._steps[1])
        self._report()

    def _report(self) -> None:
        if self.progress is not None:
            self.progress(*self._steps)

    def _relax(self, program: _Program) -> None:
        """Solve the relaxation and keep what it tells about the integer program."""
        seconds = max(0.1, min(_LONGEST_RELAXATION, self.deadline - time.monotonic()))
        rows = self._rows(program.growth, gain=program.least_gain)
        status, program.least, duals = programming.relaxation(
            program.objective, rows, self.model.upper, seconds=seconds
        )
        if status == programming.OPTIMAL:
            duals[: self.model.n_own] = 0
            program.tilted = program.objective - rows[0].T @ duals

    def _solve(self, program: _Program, ceiling: Callable[[Growth], float]) -> float:
        """Solve an integer program for better than the best; return a bound of its objective."""
        proven, gain = program.least, program.least_gain
        room = max(1.0, abs(program.least) / 10_000)
        widest = float(np.abs(program.objective) @ self.model.upper)
        for seconds in self._slices():
            beating = most = ceiling(program.growth)
            box = np.zeros(len(self.model.upper)), self.model.upper.astype(np.float64)
            if program.tilted is not None and room <= widest:
                most = min(beating, program.least + room)
                box = near_optimal_box(
                    self.model, program.tilted, room=most - program.least + _slack(most)
                )
            rows = self._rows(program.growth, gain=gain, objective=program.objective, most=most)
            status, x, bound = programming.integer_minimum(
                program.objective, rows, box, seconds=seconds
            )
            self._report()
            if status == programming.INFEASIBLE:
                if gain > program.least_gain:
                    return proven  # more was asked than the target
                if most >= beating:
                    return math.inf
                proven = max(proven, most)
                room *= 8
                continue
            if gain == program.least_gain:
                proven = max(proven, min(bound, most))
            found = None if x is None else self._found(program, x)
            if found is not None and int(program.objective @ found.x) <= beating:
                self.best = found
            elif status == programming.OPTIMAL:
                # The tolerance of the solver let pass what does not hold: ask for more.
                gain += self.model.gain_unit(program.growth)
                continue
            if status == programming.OPTIMAL:
                return proven
        return proven

    def _rows(
        self,
        growth: Growth,
        *,
        gain: int,
        objective: NDArray[np.int64] | None = None,
        most: float = math.inf,
    ) -> tuple[Any, NDArray[np.float64], NDArray[np.float64]]:
        """Return the constraints with a least gain, a most objective and the budget.

        Both sides of these are whole numbers, so half a unit may be given away: then a true
        solution keeps a distance from the bound, a false one from the other side, and the
        tolerance of the solver cannot mistake one for the other.
        """
        from scipy.sparse import csr_array, vstack

        model = self.model
        blocks, low, high = [model.rows], [*model.low[:-1], growth.number], [*model.high[:-1]]
        high.append(growth.number)

        def add(coefficients: NDArray[np.int64], least: float, most: float) -> None:
            blocks.append(csr_array(coefficients[np.newaxis]))
            low.append(least)
            high.append(most)

        if gain > 0:
            unit = model.gain_unit(growth)
            add(model.gains(growth) // unit, -(-gain // unit) - 0.5, math.inf)
        if objective is not None and math.isfinite(most):
            add(objective, -math.inf, math.floor(most) + 0.5)
        if self.budget is not None:
            add(model.costs, -math.inf, self.budget + 0.5)
        return vstack(blocks, format="csr"), np.array(low), np.array(high)

    def _found(self, program: _Program, x: NDArray[np.int64]) -> Found | None:
        """Return a solution if it holds in whole numbers, whatever the solver's tolerance."""
        model, growth = self.model, program.growth
        sums = model.rows @ x
        low, high = model.low.copy(), model.high.copy()
        low[-1] = high[-1] = growth.number
        found = Found(growth, x, int(model.costs @ x), int(model.gains(growth) @ x))
        holds = (
            (x >= 0).all()
            and (x <= model.upper).all()
            and (sums >= low).all()
            and (sums <= high).all()
            and found.gain >= program.least_gain
            and not self._too_dear(found.cost)
        )
        return found if holds else None

    @property
    def _least_new(self) -> int:
        """Cost of the cheapest further innovation."""
        model = self.model
        new = model.costs[len(model.costs) - len(model.templates) :]
        return int(new.min()) if new.size else 0

    def _nothing(self) -> Found:
        return Found(self.model.growths[0], np.zeros(len(self.model.costs), np.int64), 0, 0)

    def _too_dear(self, cost: int) -> bool:
        return self.budget is not None and cost > self.budget

    def _most_gain(self, growth: Growth) -> int:
        """Return a gain that no plan exceeds: every row at its best move, whatever it costs."""
        model = self.model
        gains = model.gains(growth)
        most = 0
        for pool in model.pools:
            if pool.gate is not None:
                most += int(gains[pool.gate]) * len(pool.units)
            for group in pool.groups:
                most += int(gains[group.columns].max()) * sum(map(len, group.rows_of))
        new = gains[len(gains) - len(model.templates) :]
        return most + int(new.max(initial=0)) * growth.number

    def _without_surplus(self, found: Found, target_hundredths: int) -> Found:
        """Leave out moves that cost nothing and are not needed."""
        surplus = found.gain - self.model.missing(found.growth, target_hundredths)
        gains = self.model.gains(found.growth)
        x = found.x.copy()
        for group in (g for pool in self.model.pools for g in pool.groups if not g.required):
            for n in range(group.first, group.first + group.n_moves):
                if self.model.costs[n] == 0:
                    fewer = min(int(x[n]), surplus // int(gains[n]))
                    x[n] -= fewer
                    surplus -= fewer * int(gains[n])
        return Found(found.growth, x, found.cost, int(gains @ x))

    def _slices(self) -> Iterator[float]:
        """Yield time limits until the deadline, so that an interruption is noticed.

        The solver cannot be asked how far it is while it runs. So it runs for a while, is
        asked, and starts again with what it found, for twice as long.
        """
        seconds = _FIRST_SLICE
        while (left := self.deadline - time.monotonic()) > 0:
            yield min(seconds, left)
            seconds *= 2


def _slack(bound: float) -> float:
    """Return how much a bound of the solver may be off; far less than one unit of cost."""
    return 1e-6 * max(1.0, abs(bound))


def near_optimal_box(
    model: Model, tilted: NDArray[np.float64], *, room: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return bounds of the columns that every solution with a small objective keeps.

    At fixed prices of the rows that hold across pools, the relaxation falls apart into units
    and rows, each of which takes what is cheapest for it alone. The sum of these is the
    minimum of the relaxation. A row that does something else costs so and so much more, and
    more than `room` in all is not of interest.

    Parameters
    ----------
    model : Model
    tilted : ndarray of float64, shape (n_columns,)
    room : float
        From the minimum of the relaxation to the largest objective that is of interest.

    Returns
    -------
    low, high : ndarray of float64, shape (n_columns,)

    References
    ----------
    Kellerer, H., Pferschy, U., Pisinger, D. (2004). Knapsack Problems, section 11.3 (upper
    bounds of the multiple-choice knapsack problem that fix variables).
    """
    low, high = np.zeros(len(tilted)), model.upper.astype(np.float64)
    for pool in model.pools:
        _narrow(pool, tilted, room, low, high)
    return low, high


def _narrow(
    pool: Pool,
    tilted: NDArray[np.float64],
    room: float,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> None:
    tilted = np.where(high > 0, tilted, np.inf)  # what a limit rules out is no choice
    cheapest = [
        min([0.0] * (not group.required) + tilted[group.columns].tolist()) for group in pool.groups
    ]
    n_open = float(len(pool.units))
    # A limit that allows a column for some rows only makes the pool dearer than it looks
    # here: then what it does at its cheapest is not sure, only what it does not.
    partly = [
        bool(((high[g.columns] > 0) & (high[g.columns] < sum(map(len, g.rows_of)))).any())
        for g in pool.groups
    ]
    worth = 0.0  # of a unit that is open, at its cheapest
    if pool.gate is not None:
        sizes = [float(len(group.rows_of[0])) for group in pool.groups]
        worth = float(tilted[pool.gate]) + sum(map(float.__mul__, sizes, cheapest))
        if worth > 0:
            high[pool.gate] = min(high[pool.gate], room // worth)
        elif worth < 0 and not any(partly):
            low[pool.gate] = max(0.0, high[pool.gate] - room // -worth)
        n_open = high[pool.gate]
        if n_open == 0:
            for group in pool.groups:
                high[group.columns] = 0
            return
    sure = n_open if pool.gate is None else low[pool.gate]
    for group, best, mixed in zip(pool.groups, cheapest, partly, strict=True):
        columns, size = group.columns, len(group.rows_of[0])
        high[columns] = np.minimum(high[columns], size * n_open)
        if mixed:
            continue
        extra = tilted[columns] - best
        with np.errstate(divide="ignore"):
            most = np.where(extra > 0, np.floor((room - max(worth, 0.0)) / extra), np.inf)
        high[columns] = np.minimum(high[columns], np.maximum(most, 0))
        if not group.required:
            extra = np.append(extra, -best)  # to stay
        order = np.argsort(extra, kind="stable")
        second = extra[order[1]] if len(extra) > 1 else np.inf
        if order[0] < group.n_moves and second > 0:
            low[group.first + order[0]] = max(0.0, size * sure - room // second)
