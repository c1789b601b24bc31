"""Where a score comes from: raw value → level → weight → points → share of the index.

An explanation is a tree. The shares of the children of a node add up to the share of the
node exactly, and the share of the root is the index before rounding.
"""

from __future__ import annotations

import json
import textwrap
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from inovasi_index.errors import BadValueError, UnknownNameError
from inovasi_index.language import Language, number, text
from inovasi_index.records import Answer, Basis, Innovation, eligibility
from inovasi_index.records.levels import assess
from inovasi_index.rules import Certainty, Edition, Indicator, Part, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inovasi_index.scoring.region_score import RegionScore

__all__ = ["EXPLANATION_FORMAT", "Cited", "Explanation", "Reason", "explain_score", "ineligibility"]

EXPLANATION_FORMAT = "inovasi_index.explanation/1"


@frozen
class Reason:
    """Why something counts as it does: the key of a message and what fills it."""

    key: str
    params: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, key: str, **params: object) -> Reason:
        """Build a reason from named parameters."""
        return cls(key, tuple(params.items()))

    def to_text(self, language: Language | str = Language.ENGLISH) -> str:
        """Return the reason as a sentence."""
        shown = {
            name: number(value, language) if isinstance(value, Decimal | Fraction) else value
            for name, value in self.params
        }
        return text(self.key, language, **shown)


@frozen
class Cited:
    """A source that a number rests on: its key in the edition, its words, how sure we are."""

    key: str
    words: str
    certainty: Certainty

    def __str__(self) -> str:
        sure = "" if self.certainty is Certainty.OFFICIAL else f" ({self.certainty})"
        return f"[{self.key}] {self.words}{sure}"


@frozen
class Explanation:
    """One number and where it comes from.

    Attributes
    ----------
    kind : str
        ``"index"``, ``"region_part"``, ``"mean_maturity"``, ``"count_points"``,
        ``"innovation"`` or ``"row"``.
    subject : str
        Region code, innovation id or indicator key.
    name : str
        Official or given name.
    points : fractions.Fraction
        Points on the scale of the node itself (the maturity of an innovation, say).
    most : fractions.Fraction or None
        The most that is possible on that scale.
    share : fractions.Fraction
        What the node contributes to the index, in points of the index (0 … 100).
    level : int or None
        The level that counts, for a row.
    claimed : int or None
        The level that is claimed, for a row.
    value : decimal.Decimal or None
        The raw value, where one was given, and its `unit`.
    level_text : str or None
        Official text of the level that counts.
    weight : fractions.Fraction or None
        Points per level, for a row.
    reasons : tuple of Reason
    citations : tuple of Cited
        The sources of the rules that were applied.
    below : callable
        Computes `children`, which nobody may ask for.
    """

    kind: str
    subject: str
    name: str
    points: Fraction
    most: Fraction | None
    share: Fraction
    level: int | None = None
    claimed: int | None = None
    value: Decimal | None = None
    unit: str | None = None
    level_text: str | None = None
    weight: Fraction | None = None
    reasons: tuple[Reason, ...] = ()
    citations: tuple[Cited, ...] = ()
    below: Callable[[], tuple[Explanation, ...]] = field(default=tuple, repr=False, eq=False)
    band: str | None = None

    @cached_property
    def children(self) -> tuple[Explanation, ...]:
        """What the node is made of; their shares add up to its own."""
        return self.below()

    def __iter__(self) -> Iterator[Explanation]:
        """Iterate over the node and all below it."""
        yield self
        for child in self.children:
            yield from child

    def find(self, kind: str, subject: str) -> Explanation:
        """Return a node of the tree by its kind and subject."""
        for node in self:
            if node.kind == kind and node.subject == subject:
                return node
        known = [n.subject for n in self if n.kind == kind]
        raise UnknownNameError.of(kind.replace("_", " "), subject, known)

    def to_dict(self, language: Language | str = Language.ENGLISH) -> dict[str, Any]:
        """Return plain data that JSON can hold, with the version of its form.

        Exact amounts are strings such as ``"19397/250"``; beside each stands the number
        with two decimals.
        """
        return {"format": EXPLANATION_FORMAT, **_plain(self, Language(language))}

    def to_json(self, language: Language | str = Language.ENGLISH) -> str:
        """Return `to_dict` as JSON text."""
        return json.dumps(self.to_dict(language), ensure_ascii=False, indent=2)

    def to_text(
        self,
        language: Language | str = Language.ENGLISH,
        *,
        width: int = 88,
        depth: int | None = None,
    ) -> str:
        """Return lines that a person can read.

        Parameters
        ----------
        language : Language or str
        width : int
            Columns of the terminal.
        depth : int, optional
            Levels of the tree below the node. Without it the rows of innovations are left
            out where many innovations are explained.
        """
        if depth is None:
            depth = 2 if self.kind == "index" else 1
        lines = list(_lines(self, Language(language), width=max(width, 40), depth=depth, at=0))
        cited = {c.key: c for node in _down_to(self, depth) for c in node.citations}
        if cited:
            lines += ["", f"{text('word.sources', language)}:"]
            for source in cited.values():
                lines += textwrap.wrap(
                    str(source), max(width, 40), initial_indent="  ", subsequent_indent="    "
                )
        return "\n".join(lines)

    def headline(self, language: Language | str = Language.ENGLISH) -> tuple[str, ...]:
        """Return what the node is and what it contributes, as lines."""
        return tuple(_headline(self, Language(language)))

    def to_html(self, language: Language | str = Language.ENGLISH) -> str:
        """Return the tree as HTML that unfolds; any text in it stays text."""
        from inovasi_index.scoring.notebook import explanation_html

        return explanation_html(self, language)

    def _repr_html_(self) -> str:
        return self.to_html()

    def __str__(self) -> str:
        return self.to_text()


def _plain(node: Explanation, language: Language) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "kind": node.kind,
        "subject": node.subject,
        "name": node.name,
        "points": float(number(node.points)),
        "points_exact": str(node.points),
        "most": None if node.most is None else str(node.most),
        "share": float(number(node.share)),
        "share_exact": str(node.share),
    }
    for name in ("band", "level", "claimed", "unit", "level_text"):
        if (value := getattr(node, name)) is not None:
            plain[name] = value
    if node.value is not None:
        plain["value"] = str(node.value)
    if node.weight is not None:
        plain["weight"] = str(node.weight)
    plain["reasons"] = [{"code": r.key, "text": r.to_text(language)} for r in node.reasons]
    plain["citations"] = [
        {"key": c.key, "words": c.words, "certainty": c.certainty.value} for c in node.citations
    ]
    plain["children"] = [_plain(child, language) for child in node.children]
    return plain


def _down_to(node: Explanation, depth: int) -> Iterator[Explanation]:
    yield node
    if depth > 0:
        for child in node.children:
            yield from _down_to(child, depth - 1)


def _lines(
    node: Explanation, language: Language, *, width: int, depth: int, at: int
) -> Iterator[str]:
    def wrapped(line: str, extra: int = 0) -> list[str]:
        pad = " " * (2 * at + extra)
        if len(pad) + len(line) <= width:
            return [pad + line]
        return textwrap.wrap(line, width, initial_indent=pad, subsequent_indent=pad + "  ")

    for n, line in enumerate(node.headline(language)):
        yield from wrapped(line, 2 * bool(n))
    for reason in node.reasons:
        yield from wrapped(f"· {reason.to_text(language)}", 2)
    if node.citations:
        keys = " ".join(f"[{c.key}]" for c in node.citations)
        yield from wrapped(f"{text('word.source', language)}: {keys}", 2)
    if depth > 0:
        for child in node.children:
            yield from _lines(child, language, width=width, depth=depth - 1, at=at + 1)


def _headline(node: Explanation, language: Language) -> Iterator[str]:
    """Yield what the node is and what it contributes."""
    points = number(node.points, language)
    share = f"{number(node.share, language)} {text('word.of_index', language)}"
    if node.kind == "index":
        title = f"{node.name}: {text('part.index', language)} {number(node.share, language)}"
        yield f"{title} ({node.band})" if node.band else title
        return
    if node.kind != "row":
        most = f" {text('word.of', language)} {number(node.most, language)}" if node.most else ""
        innovation = node.kind == "innovation"
        name = (
            f"{node.name} [{node.subject}]" if innovation else text(f"part.{node.kind}", language)
        )
        yield f"{name}: {points}{most} {text('word.points', language)} → {share}"
        return
    yield f"{node.name} [{node.subject}]"
    level = f"{text('word.level', language)} {node.level}"
    if node.claimed != node.level:
        level = f"{text('word.claimed_level', language, level=node.claimed)} → {level}"
    if node.value is not None:
        raw = str(node.value)
        raw = raw.replace(".", ",") if language is Language.INDONESIAN else raw
        level = f"{text('word.value', language)} {raw} {node.unit} → {level}"
    weight = number(node.weight or 0, language)
    yield f"{level} × {weight} = {points} {text('word.points', language)} → {share}"
    if node.level_text:
        yield f"“{node.level_text}”"


def explain_score(
    one: RegionScore, *, innovation: str | None = None, indicator: str | None = None
) -> Explanation:
    """Explain the score of a region, or of one innovation or one row of it.

    Parameters
    ----------
    one : RegionScore
    innovation : str, optional
        Id of an innovation.
    indicator : str, optional
        Key of a row: of the innovation, or of the region part when no innovation is named.

    Raises
    ------
    BadValueError
        When details are asked for that totals do not hold.
    UnknownNameError
        For an innovation or a row that does not exist.
    """
    whole = _explain_region(one)
    if innovation is None and indicator is None:
        return whole
    if one.submission is None:
        raise BadValueError(
            "the score came from totals or arrays and knows no innovations or rows; "
            "score a submission to explain them"
        )
    node = whole if innovation is None else whole.find("innovation", innovation)
    if indicator is None:
        return node
    row = one.edition[indicator]
    part = Part.REGION if innovation is None else Part.INNOVATION
    if row.part is not part:
        raise BadValueError(
            f"{indicator} is a row of the {row.part} part; "
            f"{'name an innovation' if innovation is None else 'leave the innovation out'}"
        )
    return node.find("row", indicator)


def _explain_region(one: RegionScore) -> Explanation:
    edition, parts = one.edition, one.parts
    formula, submission = edition.formula, one.submission
    total = Fraction(edition.constant("total_max_hundredths"), 100)
    by_rows = submission is not None and submission.region_points is None
    if one.region is None:
        mean_reason = Reason.of("how.mean_total", innovations=one.innovations)
    else:
        mean_reason = Reason.of(
            "how.mean",
            sum=parts.mean_maturity * one.divisor,
            divisor=one.divisor,
            innovations=one.innovations,
            empty=one.empty_seats,
        )
    unknown_band = () if one.band_if_known else (Reason.of("how.no_band"),)

    def part(
        kind: str,
        most_hundredths: int | None,
        reasons: tuple[Reason, ...],
        fields: tuple[str, ...],
        below: Callable[[], tuple[Explanation, ...]] = tuple,
    ) -> Explanation:
        points: Fraction = getattr(parts, kind)
        return Explanation(
            kind=kind,
            subject=kind,
            name=text(f"part.{kind}", Language.INDONESIAN),
            points=points,
            most=_points(most_hundredths),
            share=points / total * 100,
            reasons=reasons,
            citations=_cited(edition, formula, fields),
            below=below,
        )

    return Explanation(
        kind="index",
        subject=_where(one, "code"),
        name=_title(one),
        points=parts.total,
        most=total,
        share=one.exact,
        band=one.band_if_known,
        reasons=(
            Reason.of(f"basis.{one.basis or 'none'}"),
            Reason.of("how.rounding", decimals=formula.decimals),
            *unknown_band,
        ),
        citations=_cited(edition, formula, ("total_max", "decimals")),
        below=partial(
            _together,
            part(
                "region_part",
                formula.region_max_hundredths,
                () if by_rows else (Reason.of("how.region_points"),),
                ("region_max",),
                partial(_explain_region_rows, one),
            ),
            part(
                "mean_maturity",
                formula.maturity_max_hundredths,
                (mean_reason,),
                ("minimum_divisor",),
                partial(_explain_innovations, one),
            ),
            part(
                "count_points",
                formula.count_max_hundredths,
                (_count_reason(one),),
                ("points_per_innovation", "basic_affairs_needed"),
            ),
        ),
    )


def _together(*children: Explanation) -> tuple[Explanation, ...]:
    return children


def _explain_region_rows(one: RegionScore) -> tuple[Explanation, ...]:
    if one.submission is None or one.submission.region_points is not None:
        return ()
    answers = {a.indicator: a for a in one.submission.answers}
    scale = Fraction(10_000, one.edition.constant("total_max_hundredths"))
    return tuple(
        _explain_row(row, answers.get(row.key), one, scale=scale)
        for row in one.edition.region_indicators
    )


def _explain_innovations(one: RegionScore) -> tuple[Explanation, ...]:
    if one.submission is None:
        return ()
    reported = zip(one.submission.innovations, one.maturity_hundredths, strict=True)
    return tuple(_explain_innovation(i, one, Fraction(points, 100)) for i, points in reported)


def _title(one: RegionScore) -> str:
    return " · ".join(filter(None, (_where(one, "name"), one.edition.id)))


def _where(one: RegionScore, name: str) -> str:
    # A region of a table or of totals is known by its code alone.
    return "" if one.region is None else getattr(one.region, name, str(one.region))


def _points(hundredths: int | None) -> Fraction | None:
    return None if hundredths is None else Fraction(hundredths, 100)


def _count_reason(one: RegionScore) -> Reason:
    formula = one.edition.formula
    basic = len(one.edition.basic_affairs)
    needed = formula.basic_affairs_needed
    facts = {
        "covered": one.basic_affairs,
        "basic": basic,
        "needed": needed if needed is not None else f"≤ {basic}",
    }
    if one.parts.count_points == 0 and one.innovations:
        return Reason.of("how.count_zero", **facts)
    return Reason.of(
        "how.count",
        counted=min(one.innovations, one.edition.constant("count_cap")),
        points=Fraction(one.edition.constant("points_per_innovation_hundredths"), 100),
        **facts,
    )


def _explain_innovation(innovation: Innovation, one: RegionScore, points: Fraction) -> Explanation:
    reasons = ineligibility(innovation, one.edition)
    total = Fraction(one.edition.constant("total_max_hundredths"), 100)
    return Explanation(
        kind="innovation",
        subject=innovation.id,
        name=innovation.name,
        points=points,
        most=_points(one.edition.formula.maturity_max_hundredths),
        share=points * 100 / (one.divisor * total),
        reasons=(Reason.of("cause.not_eligible"), *reasons) if reasons else (),
        below=partial(_explain_innovation_rows, innovation, one),
    )


def _explain_innovation_rows(innovation: Innovation, one: RegionScore) -> tuple[Explanation, ...]:
    answers = {a.indicator: a for a in innovation.answers}
    scale = Fraction(10_000, one.divisor * one.edition.constant("total_max_hundredths"))
    out = one.basis is Basis.VERIFIED and not eligibility(innovation, one.edition).eligible
    return tuple(
        _explain_row(row, answers.get(row.key), one, scale=scale, ineligible=out)
        for row in one.edition.innovation_indicators
    )


def ineligibility(innovation: Innovation, edition: Edition) -> tuple[Reason, ...]:
    """Return why an innovation is not eligible, in official words; empty when it is.

    Parameters
    ----------
    innovation : Innovation
    edition : Edition

    Examples
    --------
    >>> import inovasi_index as ii
    >>> trial = ii.Innovation("1", "Sapa", "dinkes", stage="trial")
    >>> print(ineligibility(trial, ii.load_edition("iid-2026"))[0].to_text("id"))
    tahapan Uji Coba tidak dinilai; yang dinilai: Penerapan
    """
    reasons = eligibility(innovation, edition).reasons
    if not reasons:
        return ()
    names = {term.key: term.name for term in edition.vocabulary("stage")}
    found = []
    for reason in reasons:
        params: dict[str, object] = dict(reason.params)
        for key in params.keys() & {"stage", "scored"}:
            params[key] = ", ".join(names.get(s, s) for s in str(params[key]).split(", "))
        found.append(Reason.of(f"ineligible.{reason.code}", **params))
    return tuple(found)


def _explain_row(
    row: Indicator,
    answer: Answer | None,
    one: RegionScore,
    *,
    scale: Fraction,
    ineligible: bool = False,
) -> Explanation:
    standing = assess(answer, row)
    counted = 0 if ineligible else standing.on(_basis(one))
    weight = Fraction(row.weight_hundredths or 0, 100)
    measure = None if answer is None else answer.measure
    raw = answer is not None and answer.value is not None
    return Explanation(
        kind="row",
        subject=row.key,
        name=row.title,
        points=weight * counted,
        most=weight * row.top_level,
        share=weight * counted * scale,
        level=counted,
        claimed=standing.claimed,
        value=answer.value if answer is not None else None,
        unit=row.rule_for(measure).unit if raw else None,
        level_text=row.text_of(counted, measure),
        weight=weight,
        reasons=_row_reasons(row, answer, standing.cause, standing.verified),
        citations=_cited(one.edition, row, ("weight", "levels", *(("numeric",) if raw else ()))),
    )


def _basis(one: RegionScore) -> Basis:
    return one.basis if one.basis is not None else Basis.CLAIMED


def _row_reasons(
    row: Indicator, answer: Answer | None, cause: str, verified: int
) -> tuple[Reason, ...]:
    if answer is None:
        return (Reason.of("cause.not_answered"),)
    params: dict[str, object] = {}
    if cause == "evidence_kind":
        links = ("LINK",) if row.link_counts else ()
        params["accepted"] = ", ".join((*(row.file_types or ()), *links))
    elif cause == "downgraded":
        params["level"] = verified
    notes = [answer.verdict.note] if answer.verdict and answer.verdict.note else []
    return (
        Reason.of(f"cause.{cause}", **params),
        *(Reason.of("cause.note", note=note) for note in notes),
    )


def _cited(edition: Edition, owner: Any, fields: tuple[str, ...]) -> tuple[Cited, ...]:
    """Return the sources of some fields, each once."""
    cited: dict[str, Cited] = {}
    for name in fields:
        sourced = source_of(owner, name)
        if sourced is None:
            continue
        for key in sourced.citations:
            words = str(edition.citation(key))
            cited.setdefault(key, Cited(key, words, sourced.certainty))
    return tuple(cited.values())
