"""What a plan is asked under, held against the edition and the submission; all faults at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from inovasi_index.analysis.planning.costs import Costs, Forbidden, Limit
from inovasi_index.analysis.planning.further import Template, growths, template_of
from inovasi_index.analysis.planning.model import Model, build_model
from inovasi_index.analysis.planning.open_rows import open_units
from inovasi_index.analysis.planning.steps import StepKind
from inovasi_index.errors import BadValueError, Fault, FaultsError, UnknownNameError
from inovasi_index.rules import Edition, Part

if TYPE_CHECKING:
    from inovasi_index.records import Submission
    from inovasi_index.scoring import RegionScore

__all__ = ["Constraints", "read_constraints"]


@frozen
class Constraints:
    """Costs and what restricts the steps, checked.

    Attributes
    ----------
    costs : Costs
    templates : tuple of Template
    forbid : tuple of Forbidden
    limits : mapping of str to Limit
    max_new_innovations : int or None
    """

    costs: Costs
    templates: tuple[Template, ...]
    forbid: tuple[Forbidden, ...]
    limits: Mapping[str, Limit]
    max_new_innovations: int | None

    def model(self, submission: Submission, base: RegionScore) -> Model:
        """Return the integer program of the steps that are open.

        Parameters
        ----------
        submission : Submission
        base : RegionScore
            Its score, on the basis of the plan.
        """
        if base.basis is None:
            raise BadValueError("a score from totals has no rows to plan with")
        edition = base.edition
        units = open_units(submission, edition, base.basis, costs=self.costs, forbid=self.forbid)
        reported = {innovation.affair for innovation in submission.innovations}
        possible = growths(
            base,
            [affair.key for affair in edition.basic_affairs if affair.key in reported],
            most=self.max_new_innovations,
            templates=self.templates,
            forbid=self.forbid,
        )
        return build_model(units, self.templates, self.limits, base=base, growths=possible)


def read_constraints(
    submission: Submission,
    edition: Edition,
    *,
    costs: Costs | Mapping[str, Any] | None,
    forbid: Sequence[Forbidden],
    limits: Mapping[str, Limit | int] | None,
    max_new_innovations: int | None,
) -> Constraints:
    """Check everything that a plan is asked under.

    Raises
    ------
    FaultsError
        With everything that is wrong.
    """
    faults: list[Fault] = []
    known = _Known(edition, submission)
    tariff = _costs(costs, faults)
    faults += known.strangers("costs.indicator_factors", "indicator", tariff.indicator_factors)
    faults += known.strangers("costs.agency_factors", "agency", tariff.agency_factors)
    banned = _forbidden(forbid, known, faults)
    templates = _templates(tariff, edition, known, faults)
    bounds = _limits(limits, known, faults)
    most = max_new_innovations
    if most is not None and (isinstance(most, bool) or not isinstance(most, int) or most < 0):
        message = f"{most!r} is not a whole number, 0 or more"
        faults.append(Fault("bad-amount", "max_new_innovations", message))
    if faults:
        raise FaultsError("the terms of the plan", faults)
    report = {"kind": StepKind.REPORT_INNOVATION, "part": Part.INNOVATION}
    allowed = (
        t
        for t in templates
        if not any(f.agency is not None and f.matches(**report, agency=t.agency) for f in banned)
    )
    return Constraints(tariff, tuple(allowed), banned, bounds, most)


class _Known:
    """The names that constraints may use."""

    def __init__(self, edition: Edition, submission: Submission) -> None:
        self.names: Mapping[str, tuple[str, ...]] = {
            "indicator": tuple(row.key for row in edition),
            "innovation": tuple(i.id for i in submission.innovations),
            "agency": tuple(a.id for a in submission.agencies),
            "affair": tuple(a.key for a in edition.basic_affairs),
        }

    def strangers(self, place: str, what: str, names: Iterable[str]) -> Iterator[Fault]:
        """Yield a fault for each name that is not known."""
        for name in names:
            if name not in self.names[what]:
                shown = "basic affair" if what == "affair" else what
                message = str(UnknownNameError.of(shown, name, self.names[what]))
                yield Fault(f"unknown-{what}", f"{place}.{name}", message)


def _costs(given: object, faults: list[Fault]) -> Costs:
    if given is None or isinstance(given, Costs):
        return given or Costs()
    if not isinstance(given, Mapping):
        message = f"Costs or a table is needed, not {given!r}"
        faults.append(Fault("wrong-type", "costs", message))
        return Costs()
    try:
        return Costs.from_dict(given)
    except FaultsError as error:
        faults += [fault.inside("costs") for fault in error.faults]
        return Costs()


def _forbidden(
    given: Iterable[object], known: _Known, faults: list[Fault]
) -> tuple[Forbidden, ...]:
    many = [given] if isinstance(given, Forbidden) else given
    found = []
    for n, one in enumerate(many):
        place = f"forbid[{n}]"
        if not isinstance(one, Forbidden):
            faults.append(Fault("wrong-type", place, f"{one!r} is not a Forbidden"))
            continue
        for what in known.names:
            if (name := getattr(one, what)) is not None:
                faults += known.strangers(place, what, [name])
        found.append(one)
    return tuple(found)


def _templates(
    costs: Costs, edition: Edition, known: _Known, faults: list[Fault]
) -> tuple[Template, ...]:
    found = []
    for n, given in enumerate(costs.further):
        place = f"costs.further[{n}]"
        if given.agency is not None:
            faults += known.strangers(place, "agency", [given.agency])
        try:
            found.append(template_of(given, edition, costs))
        except (BadValueError, UnknownNameError) as error:
            faults.append(Fault("bad-further-innovation", place, str(error)))
    return tuple(found)


def _limits(given: object, known: _Known, faults: list[Fault]) -> dict[str, Limit]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        message = f"a table of agencies is needed, not {given!r}"
        faults.append(Fault("wrong-type", "limits", message))
        return {}
    found = {}
    for agency, limit in given.items():
        place = f"limits.{agency}"
        faults += known.strangers("limits", "agency", [agency])
        try:
            found[agency] = limit if isinstance(limit, Limit) else Limit(steps=limit)
        except FaultsError as error:
            faults += [fault.inside(place) for fault in error.faults]
    return found
