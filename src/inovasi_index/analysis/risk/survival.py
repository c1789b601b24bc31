"""How likely answers are to survive verification: the user's judgement."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import field, fields_dict, frozen

from inovasi_index.errors import BadValueError, Fault, FaultsError, UnknownNameError

__all__ = ["Probability", "Survival", "read_probability"]

Probability = int | float | Decimal | Fraction


# These tell type checkers what callers may pass; `Survival` reads all fields together.
def _number(value: Probability) -> Fraction:
    return value  # type: ignore[return-value] # read after all fields are set


def _number_or_none(value: Probability | None) -> Fraction | None:
    return value  # type: ignore[return-value] # likewise


def _table(value: Mapping[str, Probability]) -> Mapping[str, Fraction]:
    return value  # type: ignore[return-value] # likewise


def read_probability(given: object) -> Fraction:
    """Return a probability exactly; a float is taken as it prints.

    Raises
    ------
    BadValueError
        When it is no number from 0 to 1.
    """
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal | Fraction):
        raise BadValueError(f"{given!r} is not a probability; allowed: 0 to 1")
    if isinstance(given, float | Decimal):
        given = Decimal(repr(given)) if isinstance(given, float) else given
        if not given.is_finite() or abs(given.adjusted()) > 400:
            raise BadValueError(f"{given} is not a probability; allowed: 0 to 1")
    if not 0 <= given <= 1:
        raise BadValueError(f"{given} is not a probability; allowed: 0 to 1")
    return Fraction(given)


@frozen
class Survival:
    """How likely an answer is to count in the end, by how it stands now.

    Only an answer that waits for its verdict is truly open, and no default is given for it:
    that judgement is yours. What is decided stays as it is and what has no paper counts
    nothing, unless you say otherwise.

    The probability of a pending answer is, in this order, the one that the answer carries
    itself (``Answer.survival``), that of its row in `indicators`, or `pending`.

    Attributes
    ----------
    pending : fractions.Fraction or None
        Documented, no verdict yet.
    accepted, downgraded : fractions.Fraction
        That a verdict holds, at its level; 1.
    rejected, evidence_rejected, evidence_kind, no_evidence : fractions.Fraction
        That the answer will count at the claimed level after all; 0.
    indicators : mapping of str to number
        Of pending answers, by key of the row.

    Raises
    ------
    FaultsError
        With everything that is no probability.

    Examples
    --------
    >>> Survival(pending=0.8, indicators={"quality_video": 0.6}).pending
    Fraction(4, 5)
    >>> Survival(pending=1.2, rejected=float("nan"))
    Traceback (most recent call last):
    inovasi_index.errors.FaultsError: survival: 2 faults
      pending: 1.2 is not a probability; allowed: 0 to 1 [bad-probability]
      rejected: NaN is not a probability; allowed: 0 to 1 [bad-probability]
    """

    pending: Fraction | None = field(default=None, converter=_number_or_none)
    accepted: Fraction = field(default=Fraction(1), converter=_number)
    downgraded: Fraction = field(default=Fraction(1), converter=_number)
    rejected: Fraction = field(default=Fraction(0), converter=_number)
    evidence_rejected: Fraction = field(default=Fraction(0), converter=_number)
    evidence_kind: Fraction = field(default=Fraction(0), converter=_number)
    no_evidence: Fraction = field(default=Fraction(0), converter=_number)
    indicators: Mapping[str, Fraction] = field(factory=dict, converter=_table)

    def __attrs_post_init__(self) -> None:
        faults: list[Fault] = []

        def read(place: str, given: object) -> Fraction | None:
            try:
                return read_probability(given)
            except BadValueError as error:
                faults.append(Fault("bad-probability", place, str(error)))
                return None

        for name in fields_dict(Survival):
            given = getattr(self, name)
            if name == "indicators":
                if not isinstance(given, Mapping):
                    message = f"a table of rows and probabilities is needed, not {given!r}"
                    faults.append(Fault("wrong-type", name, message))
                    continue
                given = {key: read(f"indicators.{key}", p) for key, p in given.items()}
            elif not (name == "pending" and given is None):
                given = read(name, given)
            object.__setattr__(self, name, given)
        if faults:
            raise FaultsError("survival", faults)

    @classmethod
    def of(cls, given: Survival | Mapping[str, Any] | Probability | None) -> Survival:
        """Return survival from what `risk` takes: a number is for all pending answers."""
        if isinstance(given, Survival):
            return given
        if not isinstance(given, Mapping):
            return cls(pending=given)
        known = fields_dict(cls)
        for name in given:
            if name not in known:
                raise UnknownNameError.of("kind of answer", name, known)
        return cls(**given)
