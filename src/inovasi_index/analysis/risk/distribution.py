"""The distribution of the index after verification, and what it hangs on."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from inovasi_index.analysis.kernels import convolving
from inovasi_index.analysis.rescoring import rescored
from inovasi_index.analysis.risk.survival import Probability, read_probability
from inovasi_index.analysis.targets import Target, read_target
from inovasi_index.errors import IncompleteEditionError
from inovasi_index.exact import EXACT
from inovasi_index.language import Language
from inovasi_index.records import Basis
from inovasi_index.rules import Band, Edition, Indicator, Part
from inovasi_index.scoring import RegionScore, band_of
from inovasi_index.scoring.kernels import index_hundredths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from numpy.typing import NDArray

    from inovasi_index.records import Innovation, Submission

__all__ = ["RISK_FORMAT", "AnswerRisk", "OpenAnswer", "RiskDistribution"]

RISK_FORMAT = "inovasi_index.risk/1"


@frozen
class AnswerRisk:
    """One answer that may or may not survive, and what hangs on it.

    Attributes
    ----------
    innovation, name : str or None
        Id and name of the innovation; `None` for rows of the region part.
    agency : str or None
    indicator : str
    level : int
        The level that counts if it survives.
    survival : fractions.Fraction
    gain : fractions.Fraction
        Points of the index that it is worth.
    expected_loss : fractions.Fraction
        Points of the index that are lost on average: ``(1 − survival) × gain``.
    variance_share : float
        Its share of the variance of the index.
    secured : float or None
        By how much the probability of the target grows when it surely survives; `None` where
        no target is given and no source gives the bands.
    """

    innovation: str | None
    name: str | None
    agency: str | None
    indicator: str
    level: int
    survival: Fraction
    gain: Fraction
    expected_loss: Fraction
    variance_share: float
    secured: float | None

    @property
    def place(self) -> str:
        """Row, or row of an innovation."""
        return f"{self.innovation}.{self.indicator}" if self.innovation else self.indicator


@frozen(eq=False)
class OpenAnswer:
    """An answer that is open: whose it is, its level and its probability, as it was given."""

    innovation: Innovation | None
    indicator: Indicator
    level: int
    chance: float | Fraction

    @property
    def survival(self) -> Fraction:
        """The probability, exactly as it was written."""
        return read_probability(self.chance)

    @property
    def hundredths(self) -> int:
        """What it is worth in the region part or the maturity, in hundredths of a point."""
        return (self.indicator.weight_hundredths or 0) * self.level


@frozen(eq=False)
class RiskDistribution:
    """The distribution of the index after verification.

    Attributes
    ----------
    edition : Edition
    submission : Submission
    divisor : int
        What the sum of maturities is divided by.
    certain : int
        Hundredths of a point, times the divisor, that count in any case.
    open_answers : tuple
        The answers whose probability is neither 0 nor 1 and which are worth something.
    n_pending : int
        Answers that wait for their verdict, of innovations that are eligible and of the region.
    exact : bool
        Whether probabilities are fractions.

    Notes
    -----
    Probabilities are sums of products of positive doubles: with S points of support each
    carries a relative error of at most ``S × 2**-52``, far less in practice, and their sum
    differs from 1 by less than 1e-12 for a region with 200 innovations. Values that are less
    likely than 1e-40 at the ends may be left out. Only where the weights of a custom edition
    have no common unit to speak of, is the error absolute instead (below 1e-12) and what is
    less likely than 1e-19 left out.
    """

    edition: Edition
    submission: Submission
    divisor: int
    certain: int
    open_answers: tuple[OpenAnswer, ...]
    n_pending: int
    exact: bool

    @cached_property
    def documented(self) -> RegionScore:
        """The score on the documented basis: what verification starts from."""
        return rescored(self.submission, self.edition, basis=Basis.DOCUMENTED)

    @cached_property
    def verified(self) -> RegionScore:
        """The score on the verified basis as it stands, where what is open counts nothing."""
        return rescored(self.submission, self.edition, basis=Basis.VERIFIED)

    @cached_property
    def _scale(self) -> Fraction:
        """Points of the index for one hundredth in the sum over the divisor."""
        total = self.edition.constant("total_max_hundredths")
        return Fraction(100, total * self.divisor)

    def _worth(self, answer: OpenAnswer) -> int:
        """Return what an answer adds to the sum over the divisor, in hundredths."""
        region = answer.indicator.part is Part.REGION
        return answer.hundredths * (self.divisor if region else 1)

    @cached_property
    def _parts(self) -> tuple[tuple[int, list[convolving.Node]], ...]:
        """Unit and tree of the innovation part and of the region part."""
        parts = []
        for part in (Part.INNOVATION, Part.REGION):
            mine = [a for a in self.open_answers if a.indicator.part is part]
            worths = [self._worth(a) for a in mine]
            unit = math.gcd(*worths) or 1
            survival = [self._key(a) for a in mine]
            steps = np.array([worth // unit for worth in worths], np.int64)
            probabilities = np.array(survival, object if self.exact else np.float64)
            parts.append((unit, convolving.sum_tree(steps, probabilities)))
        return tuple(parts)

    @cached_property
    def _points(self) -> tuple[int, int, NDArray[Any], NDArray[np.int64]]:
        """Lowest sum over the divisor, spacing, probabilities, rounded index of each."""
        (first_unit, first), (second_unit, second) = self._parts
        lowest, spacing, masses = convolving.joined(
            first[-1][:2], second[-1][:2], spacings=(first_unit, second_unit)
        )
        lowest += self.certain
        points = lowest + spacing * np.arange(len(masses), dtype=np.int64)
        index = index_hundredths(
            np.zeros(len(points), np.int64),
            points,
            np.full(len(points), self.divisor, np.int64),
            total_hundredths=self.edition.constant("total_max_hundredths"),
            decimals=self.edition.formula.decimals,
        )
        return lowest, spacing, masses, index

    @cached_property
    def _classes(self) -> tuple[NDArray[np.int64], NDArray[Any]]:
        _, _, masses, index = self._points
        values, first = np.unique(index, return_index=True)
        chances = np.add.reduceat(masses, first)
        possible = chances > 0
        return values[possible], chances[possible]

    @property
    def index_hundredths(self) -> NDArray[np.int64]:
        """The values that the rounded index can take, ascending, in hundredths, int64 (n,)."""
        return self._classes[0]

    @property
    def probabilities(self) -> NDArray[Any]:
        """Probability of each value; float64 (n,), or fractions where these were asked for."""
        return self._classes[1]

    @property
    def expected(self) -> Fraction:
        """Expected index before rounding, exact."""
        open_worth = sum((p * worth for p, worth in self._by_chance(power=1)), Fraction(0))
        return self._scale * (self.certain + open_worth)

    @cached_property
    def _variance(self) -> Fraction:
        """Variance of the sum over the divisor; positive where an answer is open."""
        squares = self._by_chance(power=2)
        return sum((p * (1 - p) * square for p, square in squares), Fraction(0))

    def _by_chance(self, *, power: int) -> Iterator[tuple[Fraction, int]]:
        """Yield each probability, and the sum of a power of what its answers are worth."""
        sums: dict[float | Fraction, int] = defaultdict(int)
        for answer in self.open_answers:
            sums[answer.chance] += self._worth(answer) ** power
        return ((read_probability(chance), worth) for chance, worth in sums.items())

    @property
    def standard_deviation(self) -> float:
        """Standard deviation of the index before rounding."""
        return math.sqrt(float(self._variance)) * float(self._scale)

    @property
    def lowest(self) -> Decimal:
        """The lowest index that is possible."""
        return EXACT.scaleb(int(self.index_hundredths[0]), -2)

    @property
    def highest(self) -> Decimal:
        """The highest index that is possible."""
        return EXACT.scaleb(int(self.index_hundredths[-1]), -2)

    def quantile(self, share: float | Fraction) -> Decimal:
        """Return the lowest index that is not exceeded with a given probability.

        Parameters
        ----------
        share : float or fractions.Fraction
            0 to 1. Doubles are compared with a tolerance of 1e-12.

        Raises
        ------
        BadValueError
            When it is no probability.
        """
        wanted = read_probability(share)
        least: Any = wanted if self.exact else float(wanted) - 1e-12
        enough = np.flatnonzero(np.cumsum(self.probabilities) >= least)
        n = int(enough[0]) if enough.size else len(self.probabilities) - 1
        return EXACT.scaleb(int(self.index_hundredths[n]), -2)

    def probability_at_least(self, target: Band | str | Probability) -> float | Fraction:
        """Return the probability that the rounded index reaches a band or an index.

        Parameters
        ----------
        target : Band, str or number
            As for `inovasi_index.analysis.planning.plan`.
        """
        return self.at_least(read_target(target, self.edition))

    def at_least(self, target: Target) -> float | Fraction:
        """Return the probability of a target that was read already."""
        n = int(np.searchsorted(self.index_hundredths, target.hundredths))
        if self.exact:
            return sum(self.probabilities[n:].tolist(), Fraction(0))
        return float(min(1.0, self.probabilities[n:].sum()))

    @property
    def bands(self) -> dict[str, float | Fraction]:
        """Probability of each band by its official name, from the highest down.

        Raises
        ------
        IncompleteEditionError
            When a bound that decides was not found.
        """
        found: dict[str, float | Fraction] = {}
        above = len(self.index_hundredths)
        for band in reversed(self.edition.bands):
            lower = band.lower_hundredths
            if lower is None:
                if above > 0:  # something is possible below all bounds that are known
                    band_of(self.edition, int(self.index_hundredths[0]))  # says what is missing
                continue
            n = int(np.searchsorted(self.index_hundredths, lower))
            some = self.probabilities[n:above].tolist()
            share = sum(some, Fraction(0)) if self.exact else min(1.0, math.fsum(some))
            found[band.name] = share
            above = n
        return found

    @property
    def bands_if_known(self) -> dict[str, float | Fraction] | None:
        """Probability of each band; `None` where a bound that decides was not found."""
        try:
            return self.bands
        except IncompleteEditionError:
            return None

    @property
    def held_band(self) -> Target:
        """The band of the documented score: what there is to hold.

        Raises
        ------
        IncompleteEditionError
            When no source gives it.
        """
        return read_target(self.documented.band, self.edition)

    @property
    def hold(self) -> float | Fraction:
        """Probability that the verified index keeps the band of the documented score."""
        return self.at_least(self.held_band)

    def carriers(
        self, target: Band | str | Probability | None = None, *, most: int | None = None
    ) -> tuple[AnswerRisk, ...]:
        """Return the open answers, those first on which the target hangs most.

        Parameters
        ----------
        target : Band, str or number, optional
            The band of the documented score if not given.
        most : int, optional
            How many; all if not given.

        Returns
        -------
        tuple of AnswerRisk
            By `secured`, then by expected loss, then in the order of the submission.
        """
        wanted = self.target(target)
        effects = None if wanted is None else self._effects(wanted)
        found = []
        for answer in self.open_answers:
            worth, survival = self._worth(answer), answer.survival
            lost = 1 - survival
            unit = self._parts[answer.indicator.part is Part.REGION][0]
            secured = None
            if effects is not None:
                effect = effects[answer.indicator.part][worth // unit, self._key(answer)]
                secured = float(lost) * max(0.0, effect)
            innovation = answer.innovation
            found.append(
                AnswerRisk(
                    innovation=innovation.id if innovation else None,
                    name=innovation.name if innovation else None,
                    agency=innovation.agency if innovation else None,
                    indicator=answer.indicator.key,
                    level=answer.level,
                    survival=survival,
                    gain=worth * self._scale,
                    expected_loss=lost * worth * self._scale,
                    variance_share=float(survival * lost * worth**2 / self._variance),
                    secured=secured,
                )
            )
        # Differences below the accuracy of the probabilities are no reason for an order.
        found.sort(key=lambda one: (-round(one.secured or 0, 12), -one.expected_loss))
        return tuple(found[:most])

    def target(self, given: Band | str | Probability | None) -> Target | None:
        """Return what was asked for, else the band to hold; `None` where it is not known."""
        if given is not None:
            return read_target(given, self.edition)
        return None if self.documented.band_if_known is None else self.held_band

    def _key(self, answer: OpenAnswer) -> float | Fraction:
        return answer.survival if self.exact else float(answer.chance)

    def _effects(self, target: Target) -> dict[Part, dict[tuple[int, float | Fraction], float]]:
        """Return what the target gains when an answer survives rather than not, by its step."""
        lowest, spacing, _, index = self._points
        n = int(np.searchsorted(index, target.hundredths))
        missing = lowest + spacing * n - self.certain  # sums of the two parts from here on
        found: dict[Part, dict[tuple[int, float | Fraction], float]] = {}
        order = ((Part.INNOVATION, 0, 1), (Part.REGION, 1, 0))
        for part, own, other in order:
            (unit, tree), (other_unit, other_tree) = self._parts[own], self._parts[other]
            start, masses = tree[-1][:2]
            other_start, other_masses = other_tree[-1][:2]
            values = unit * (start + np.arange(len(masses), dtype=np.int64))
            least = -((values - missing) // other_unit) - other_start
            reached = convolving.upper_tail(other_masses, least)
            effects = convolving.leaf_effects(tree, reached)
            found[part] = {
                (len(leaf) - 1, leaf[-1]): float(effect)
                for (_, leaf, _, _), effect in zip(tree, effects, strict=False)
            }
        return found

    def to_dict(
        self, *, target: Band | str | Probability | None = None, most: int | None = 20
    ) -> dict[str, Any]:
        """Return plain data that JSON can hold.

        Parameters
        ----------
        target : Band, str or number, optional
            What the carriers are judged by; the band of the documented score if not given.
        most : int, optional
            How many carriers.
        """
        wanted = self.target(target)
        bands = self.bands_if_known
        return {
            "format": RISK_FORMAT,
            "edition": self.edition.id,
            "documented": {
                "index": str(self.documented.index),
                "band": self.documented.band_if_known,
            },
            "verified": {"index": str(self.verified.index), "band": self.verified.band_if_known},
            "pending_answers": self.n_pending,
            "open_answers": len(self.open_answers),
            "expected": float(self.expected),
            "expected_exact": str(self.expected),
            "standard_deviation": self.standard_deviation,
            "lowest": str(self.lowest),
            "highest": str(self.highest),
            "quantiles": {str(q): str(self.quantile(q)) for q in _QUANTILES},
            "bands": None if bands is None else {name: float(p) for name, p in bands.items()},
            "target": None
            if wanted is None
            else {**wanted.to_dict(), "probability": float(self.at_least(wanted))},
            "carriers": [
                {
                    "place": one.place,
                    "agency": one.agency,
                    "level": one.level,
                    "survival": float(one.survival),
                    "gain": str(one.gain),
                    "expected_loss": str(one.expected_loss),
                    "variance_share": one.variance_share,
                    "secured": one.secured,
                }
                for one in self.carriers(target, most=most)
            ],
            "distribution": {
                "index": [str(EXACT.scaleb(int(x), -2)) for x in self.index_hundredths],
                "probability": [float(p) for p in self.probabilities],
            },
        }

    def to_text(
        self,
        language: Language | str = Language.ENGLISH,
        *,
        target: Band | str | Probability | None = None,
        most: int = 10,
        width: int = 88,
    ) -> str:
        """Return lines that a person can read.

        Parameters
        ----------
        language : Language or str
        target : Band, str or number, optional
            What the carriers are judged by; the band of the documented score if not given.
        most : int
            How many carriers.
        width : int
            Columns of the terminal.
        """
        from inovasi_index.analysis.risk.wording import risk_text

        return risk_text(self, target, Language(language), most=most, width=width)

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return (
            f"<RiskDistribution {self.edition.id}: {len(self.open_answers)} open answers, "
            f"{self.lowest} … {self.highest}, expected {float(self.expected):.2f}>"
        )


_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
