"""Filling in what no source gives: each value marked as assumed, none overwritten."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import evolve

from inovasi_index.errors import BadValueError, Fault, SupplyError, near_misses
from inovasi_index.exact import format_decimal, hundredths_of
from inovasi_index.rules.checking import area_certainty, band_faults, sum_faults
from inovasi_index.rules.edition import (
    Band,
    Certainty,
    Completeness,
    Edition,
    Formula,
    Indicator,
    Level,
    Sourced,
)
from inovasi_index.rules.grammar import FORMULA, MOST_POINTS_PER_LEVEL
from inovasi_index.rules.nodes import Amount, Whole

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["supplied"]

SUPPLIED = "supplied by the user"
FOLLOWS = "follows from a value supplied by the user"


def supplied(
    edition: Edition,
    weights: Mapping[str, object],
    bands: Mapping[str, object],
    constants: Mapping[str, object],
) -> Edition:
    """Return a copy of an edition in which missing values are filled in.

    See `Edition.supply`, which is the face of it.

    Raises
    ------
    SupplyError
        With every fault at once.
    """
    faults: list[Fault] = []
    filled = evolve(
        edition,
        indicators=_with_weights(edition, weights, faults),
        bands=_with_bands(edition, bands, faults),
        formula=_with_constants(edition, constants, faults),
    )
    if not faults:
        faults += sum_faults(filled)
        faults += band_faults(filled.bands)
    if faults:
        raise SupplyError(f"{edition.id} cannot be supplied with these values", faults)
    return evolve(filled, completeness=tuple(_restated(filled, c) for c in filled.completeness))


def _restated(filled: Edition, said: Completeness) -> Completeness:
    if said.status is not Certainty.MISSING:
        return said
    status = area_certainty(filled, said.area)
    if status is Certainty.MISSING:
        return said
    return evolve(said, status=status, note=f"{said.note}; {SUPPLIED}")


def _with_source(
    sources: tuple[Sourced, ...], name: str, note: str = SUPPLIED
) -> tuple[Sourced, ...]:
    kept = tuple(source for source in sources if source.field != name)
    return (*kept, Sourced(name, (), Certainty.ASSUMED, note))


def _unknown(what: str, name: str, known: tuple[str, ...]) -> Fault:
    hint = near_misses(name, known) or f"; known: {', '.join(known) or 'none'}"
    return Fault(f"unknown-{what}", name, f"is no {what} of this edition{hint}")


def _hundredths(value: object, place: str, highest: int, faults: list[Fault]) -> int | None:
    try:
        found = hundredths_of(value, what="the value")
    except BadValueError as error:
        faults.append(Fault("bad-value", place, str(error)))
        return None
    if not 0 <= found <= highest * 100:
        faults.append(Fault("out-of-range", place, f"{value} is not from 0 to {highest}"))
        return None
    return found


def _agree(place: str, known: int, given: int, faults: list[Fault]) -> None:
    if known != given:
        before, after = (format_decimal(Fraction(v, 100)) for v in (known, given))
        message = f"is {before} in this edition and cannot become {after}"
        faults.append(Fault("contradicts", place, message))


def _with_weights(
    edition: Edition, weights: Mapping[str, object], faults: list[Fault]
) -> tuple[Indicator, ...]:
    known = tuple(row.key for row in edition.indicators)
    faults += [_unknown("indicator", key, known) for key in weights if key not in known]
    return tuple(
        _with_weight(row, weights[row.key], faults) if row.key in weights else row
        for row in edition.indicators
    )


def _with_weight(row: Indicator, value: object, faults: list[Fault]) -> Indicator:
    weight = _hundredths(value, row.key, MOST_POINTS_PER_LEVEL, faults)
    if weight is None:
        return row
    if row.weight_hundredths is not None:
        _agree(row.key, row.weight_hundredths, weight, faults)
        return row
    return evolve(
        row,
        weight_hundredths=weight,
        levels=tuple(Level(v.number, v.text, weight * v.number) for v in row.levels),
        sources=_with_source(row.sources, "weight"),
    )


def _with_bands(
    edition: Edition, bands: Mapping[str, object], faults: list[Fault]
) -> tuple[Band, ...]:
    known = tuple(band.key for band in edition.bands)
    faults += [_unknown("band", key, known) for key in bands if key not in known]
    filled = [
        _with_lower(band, bands[band.key], faults) if band.key in bands else band
        for band in edition.bands
    ]
    if not bands:
        return tuple(filled)
    # Bands meet one hundredth apart, so one bound gives its neighbour's.
    starts = [band.lower_hundredths for band in filled] + [100_01]
    ends = [-1] + [band.upper_hundredths for band in filled]
    return tuple(_met(band, after=ends[n], before=starts[n + 1]) for n, band in enumerate(filled))


def _met(band: Band, *, after: int | None, before: int | None) -> Band:
    if band.lower_hundredths is None and after is not None:
        sources = _with_source(band.sources, "lower", FOLLOWS)
        band = evolve(band, lower_hundredths=after + 1, sources=sources)
    if band.upper_hundredths is None and before is not None:
        sources = _with_source(band.sources, "upper", FOLLOWS)
        band = evolve(band, upper_hundredths=before - 1, sources=sources)
    return band


def _with_lower(band: Band, value: object, faults: list[Fault]) -> Band:
    lower = _hundredths(value, band.key, 100, faults)
    if lower is None:
        return band
    if band.lower_hundredths is not None:
        _agree(band.key, band.lower_hundredths, lower, faults)
        return band
    return evolve(band, lower_hundredths=lower, sources=_with_source(band.sources, "lower"))


def _with_constants(
    edition: Edition, constants: Mapping[str, object], faults: list[Fault]
) -> Formula:
    nodes = {f.attribute or name: (name, f.node) for name, f in FORMULA.fields.items()}
    formula = edition.formula
    for attribute, value in constants.items():
        if attribute not in nodes:
            faults.append(_unknown("constant", attribute, tuple(nodes)))
            continue
        name, node = nodes[attribute]
        if isinstance(node, Amount):  # the attribute holds hundredths
            node = Whole(0, node.most * 100)
        given = node.read(value, attribute, faults)
        known = getattr(formula, attribute)
        if given is not None and known is None:
            changed: dict[str, Any] = {attribute: given}
            formula = evolve(formula, sources=_with_source(formula.sources, name), **changed)
        elif given not in (None, known):
            message = f"is {known} in this edition and cannot become {given}"
            faults.append(Fault("contradicts", attribute, message))
    return formula
