"""The risk of verification in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from textwrap import fill
from typing import TYPE_CHECKING

from inovasi_index.analysis.targets import index_and_band
from inovasi_index.language import Language, number, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inovasi_index.analysis.risk.distribution import AnswerRisk, RiskDistribution
    from inovasi_index.analysis.risk.survival import Probability
    from inovasi_index.rules import Band

__all__ = ["percent", "risk_text"]


def percent(share: float | Fraction, language: Language, *, sure: bool = True) -> str:
    """Write a probability so that what is not certain does not look certain.

    Parameters
    ----------
    share : float or fractions.Fraction
    language : Language
    sure : bool
        `False`: it is less than 1, however little a double can tell.

    Examples
    --------
    >>> percent(0.9999, Language.ENGLISH), percent(1.0, Language.ENGLISH)
    ('> 99.9 %', '100.0 %')
    >>> percent(0.0001, Language.INDONESIAN), percent(0.5, Language.INDONESIAN)
    ('< 0,1 %', '50,0 %')
    """
    exact = Fraction(share) * 100
    if 0 < exact < Fraction(1, 10):
        return f"< {number(Decimal('0.1'), language, 1)} %"
    if exact > Fraction(999, 10) and (exact < 100 or not sure):
        return f"> {number(Decimal('99.9'), language, 1)} %"
    return f"{number(exact, language, 1)} %"


def risk_text(
    risk: RiskDistribution,
    target: Band | str | Probability | None,
    language: Language,
    *,
    most: int,
    width: int,
) -> str:
    """Return lines that a person can read."""
    lines = _lines(risk, target, language, most)
    return "\n".join(fill(line, max(width, 40), subsequent_indent="    ") for line in lines)


def _lines(
    risk: RiskDistribution,
    target: Band | str | Probability | None,
    language: Language,
    most: int,
) -> Iterator[str]:
    yield text("risk.head", language, pending=risk.n_pending, open=len(risk.open_answers))
    yield text(
        "risk.before",
        language,
        documented=index_and_band(risk.documented, language),
        verified=number(risk.verified.index, language),
    )
    yield text(
        "risk.expected",
        language,
        expected=number(risk.expected, language),
        deviation=number(Fraction(risk.standard_deviation), language),
        lowest=number(risk.lowest, language),
        highest=number(risk.highest, language),
    )
    low, middle, high = (number(risk.quantile(q), language) for q in (0.05, 0.5, 0.95))
    yield text("risk.quantiles", language, low=low, middle=middle, high=high)
    bands = risk.bands_if_known or {}
    sure = sum(share > 0 for share in bands.values()) == 1
    for name, share in bands.items():
        yield f"  {name}: {percent(share, language, sure=sure)}"
    wanted = risk.target(target)
    if wanted is None:
        yield text("risk.no_bands", language, edition=risk.edition.id)
        return
    yield text(
        "risk.reach" if wanted.band is None else "risk.hold",
        language,
        target=number(wanted.index, language),
        band=wanted.band.name if wanted.band else "",
        share=percent(risk.at_least(wanted), language, sure=risk.lowest >= wanted.index),
    )
    carriers = risk.carriers(target, most=most)
    if carriers:
        yield text("risk.carriers", language)
    for one in carriers:
        yield _carrier(one, language)


def _carrier(one: AnswerRisk, language: Language) -> str:
    said = text(
        "risk.carrier",
        language,
        place=one.place,
        level=one.level,
        survival=percent(one.survival, language),
        loss=number(one.expected_loss, language, 3),
        secured=number(Fraction(one.secured or 0) * 100, language, 1),
    )
    return f"  {said}"
