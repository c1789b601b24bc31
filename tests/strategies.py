"""Strategies that any room's tests may draw from: records of every form, submissions of an edition.

`answers_standing` builds an answer *towards* a cause, without asking the library how it would
judge it, so it serves as an oracle for `assess`, gaps and whatever rests on them.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import settings
from hypothesis import strategies as st

from inovasi_index.errors import BadValueError
from inovasi_index.records import (
    Agency,
    AgencyKind,
    Answer,
    Cause,
    Cluster,
    Evidence,
    EvidenceStatus,
    Innovation,
    Region,
    RegionKind,
    Submission,
    Verdict,
    VerdictStatus,
)
from inovasi_index.rules.edition import (
    Affair,
    Bound,
    Citation,
    Direction,
    Edition,
    Eligibility,
    Formula,
    Indicator,
    Level,
    NumericRule,
    Part,
    Sourced,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = [
    "SMALL",
    "answers_standing",
    "answers_to",
    "causes_of",
    "examples",
    "innovations",
    "regions",
    "submissions",
    "submissions_of_any_form",
]


def examples(n: int) -> settings:
    """So many examples, in proportion where `HYPOTHESIS_PROFILE` asks for fewer or for more."""
    return settings(max_examples=max(5, n * settings().max_examples // 60))


# --- a small edition, by hand ---------------------------------------------------------------


def _levels(weight: int, *texts: str) -> tuple[Level, ...]:
    return tuple(Level(n, text, weight * n) for n, text in enumerate(texts, 1))


def _bounds(*ends: tuple[str | None, str | None]) -> tuple[Bound, ...]:
    return tuple(Bound(*(None if end is None else Decimal(end) for end in pair)) for pair in ends)


_L = ("satu", "dua", "tiga")
_CITED = tuple(Sourced(f, ("L",)) for f in ("levels", "mandatory", "numeric"))

#: An edition of our own with one row of each sort; nothing in it is official.
SMALL = Edition(
    id="small",
    title="A small contest",
    start=dt.date(2026, 1, 1),
    end=dt.date(2026, 12, 31),
    indicators=(
        Indicator(
            key="vision",
            code="1",
            part=Part.REGION,
            name="Visi",
            weight_hundredths=100,
            levels=_levels(100, *_L),
            sources=_CITED,
        ),
        Indicator(
            key="joblessness",
            code="2",
            part=Part.REGION,
            name="Pengangguran",
            weight_hundredths=75,
            levels=_levels(75, *_L),
            numeric=(
                NumericRule(
                    unit="persen",
                    direction=Direction.LOWER_IS_BETTER,
                    bounds=_bounds(("5.91", None), ("2.34", "5.92"), (None, "2.35")),
                    domain=Bound(Decimal(0), Decimal(100)),
                ),
            ),
            sources=_CITED,
        ),
        Indicator(
            key="regulation",
            code="16",
            part=Part.INNOVATION,
            name="Regulasi",
            weight_hundredths=300,
            levels=_levels(300, *_L),
            mandatory=True,
            file_types=("PDF",),
            sources=_CITED,
        ),
        Indicator(
            key="people",
            code="17",
            part=Part.INNOVATION,
            name="SDM",
            weight_hundredths=200,
            levels=_levels(200, *_L),
            file_types=("PDF", "JPEG"),
            numeric=(
                NumericRule(
                    unit="orang",
                    direction=Direction.HIGHER_IS_BETTER,
                    bounds=_bounds(("1", "10"), ("11", "30"), ("31", None)),
                    whole=True,
                    domain=Bound(Decimal(0), None),
                ),
            ),
            sources=_CITED,
        ),
        Indicator(
            key="benefits",
            code="33",
            part=Part.INNOVATION,
            name="Kemanfaatan",
            weight_hundredths=300,
            levels=_levels(300, *_L),
            mandatory=True,
            file_types=("PDF", "JPG", "PNG"),
            numeric=(
                NumericRule(
                    unit="orang",
                    direction=Direction.HIGHER_IS_BETTER,
                    bounds=_bounds(("1", "200"), ("201", "500"), ("501", None)),
                    basis="a",
                    name="Penerima manfaat",
                    whole=True,
                ),
                NumericRule(
                    unit="persen",
                    direction=Direction.HIGHER_IS_BETTER,
                    bounds=_bounds(("0.01", "10"), ("10.01", "20"), ("20.01", "30")),
                    basis="c",
                    name="Efisiensi belanja",
                ),
            ),
            sources=_CITED,
        ),
        Indicator(
            key="video",
            code="35",
            part=Part.INNOVATION,
            name="Video",
            weight_hundredths=400,
            levels=_levels(400, *_L),
            file_types=("MP4",),
            link_counts=True,
            sources=_CITED,
        ),
        Indicator(
            key="outreach",
            code="25",
            part=Part.INNOVATION,
            name="Sosialisasi",
            weight_hundredths=100,
            levels=_levels(100, "satu", "dua"),
            file_kinds=("Dokumen", "Foto"),
            sources=_CITED,
        ),
        Indicator(
            key="replication",
            code="31",
            part=Part.INNOVATION,
            name="Replikasi",
            weight_hundredths=300,
            sources=_CITED,
        ),
    ),
    formula=Formula(region_max_hundredths=525, sources=(Sourced("region_max", ("L",)),)),
    eligibility=Eligibility(
        stages=("application",),
        window_start=dt.date(2024, 1, 1),
        window_end=dt.date(2025, 12, 31),
        development_counts=True,
        design_min_words=300,
        mandatory_rows=True,
        max_reports=2,
        sources=(
            Sourced("stages", ("L",)),
            Sourced("window_start", ("L",)),
            Sourced("development_counts", ("M",)),
            Sourced("design_min_words", ("M",)),
            Sourced("mandatory_rows", ("M",)),
            Sourced("max_reports", ("M",)),
        ),
    ),
    affairs=(
        Affair("education", "Pendidikan", basic=True),
        Affair("health", "Kesehatan", basic=True),
        Affair("land", "Pertanahan", basic=False, aliases=("Pertahanan",)),
    ),
    terms=(
        Term("stage", "initiative", "Inisiatif"),
        Term("stage", "trial", "Uji Coba", ("Ujicoba",)),
        Term("stage", "application", "Penerapan"),
        Term("kind", "digital", "Digital"),
        Term("kind", "non_digital", "Non Digital"),
    ),
    citations=(
        Citation("L", "Letter of the contest", part="Annex II"),
        Citation("M", "Guideline of the contest"),
    ),
    sources=(Sourced("stage", ("M",)), Sourced("affairs", ("L",))),
)


# --- records of any form --------------------------------------------------------------------

texts = st.text(max_size=30)
keys = st.text(max_size=12).map(lambda t: "".join(c for c in t if c.isprintable()).strip() or "k")
titles = st.text(min_size=1, max_size=12).map(lambda t: t if t.strip() else "N")
days = st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31))


def _decimals(lowest: int, highest: int) -> SearchStrategy[Decimal]:
    return st.decimals(lowest, highest, allow_nan=False, allow_infinity=False, places=6)


def _maybe(strategy: SearchStrategy[object]) -> SearchStrategy[object | None]:
    return st.none() | strategy


regions = st.builds(
    Region,
    code=keys,
    name=titles,
    kind=st.sampled_from(RegionKind),
    clusters=st.frozensets(st.sampled_from(Cluster)),
)
_evidence = st.builds(
    Evidence,
    title=texts,
    file=_maybe(texts),
    url=_maybe(texts),
    status=st.sampled_from(EvidenceStatus),
    note=texts,
)
_verdicts = st.builds(
    Verdict,
    status=st.sampled_from(VerdictStatus),
    level=_maybe(st.integers(0, 9)),
    note=texts,
)


@st.composite
def _answers_of_any_form(draw: DrawFn, indicator: str) -> Answer:
    by_level = draw(st.booleans())
    return Answer(
        indicator,
        level=draw(st.integers(0, 9)) if by_level else None,
        value=None if by_level else draw(_decimals(-(10**9), 10**9)),
        measure=draw(_maybe(keys)),  # type: ignore[arg-type]
        evidence=draw(st.lists(_evidence, max_size=3)),
        verdict=draw(st.none() | _verdicts),
        survival=draw(st.none() | st.floats(0, 1)),
    )


@st.composite
def _many_answers_of_any_form(draw: DrawFn) -> list[Answer]:
    rows = draw(st.lists(keys, unique=True, max_size=3))
    return [draw(_answers_of_any_form(row)) for row in rows]


@st.composite
def submissions_of_any_form(draw: DrawFn) -> Submission:
    """Submissions with every field of every record in use, bound to no edition."""
    agencies: list[Agency] = []
    for key in draw(st.lists(keys, unique=True, max_size=4)):
        above = draw(st.none() | st.sampled_from(agencies)) if agencies else None
        kind = draw(st.sampled_from(AgencyKind))
        agencies.append(Agency(key, draw(titles), kind, above.id if above else None))
    reported = st.builds(
        Innovation,
        id=keys,
        name=titles,
        agency=st.sampled_from([a.id for a in agencies]) if agencies else st.nothing(),
        **{
            name: _maybe(keys)
            for name in ("stage", "initiator", "classification", "kind", "form", "affair")
        },
        **{name: _maybe(texts) for name in ("initiator_name", "design", "goals", "results")},
        **{name: _maybe(days) for name in ("trial_date", "application_date", "development_date")},
        intersecting_affairs=st.lists(keys, max_size=3),
        asta_cita=_maybe(st.integers(1, 8)),
        pkpn=_maybe(keys),
        theme=_maybe(keys),
        latitude=_maybe(_decimals(-90, 90)),
        longitude=_maybe(_decimals(-180, 180)),
        design_words=_maybe(st.integers(0, 10**6)),
        benefits=_maybe(texts),
        times_reported=_maybe(st.integers(1, 1000)),
        answers=_many_answers_of_any_form(),
    )
    return Submission(
        draw(regions),
        draw(st.integers(1000, 9999)),
        agencies=agencies,
        innovations=draw(st.lists(reported, unique_by=lambda i: i.id, max_size=3))
        if agencies
        else (),
        answers=draw(_many_answers_of_any_form()),
        region_points=draw(st.none() | _decimals(0, 1000)),
    )


# --- answers and submissions of an edition ---------------------------------------------------
#
# Answers are drawn from pools that are built once a row, since building strategies while
# drawing is what takes time.


def _raw_values(rule: NumericRule) -> list[tuple[Decimal, int]]:
    """Edges of a rule's bounds with the levels of at least 1 that they reach."""
    found = {}
    for edge in {edge for b in rule.bounds for edge in (b.lower, b.upper) if edge is not None}:
        try:
            found[edge] = rule.level_of(edge)
        except BadValueError:
            continue
    return sorted((edge, level) for edge, level in found.items() if level)


def _claims(row: Indicator) -> list[tuple[dict[str, Any], int]]:
    """What claims say, and their level, which is at least 1."""
    found: list[tuple[dict[str, Any], int]] = [
        ({"level": level}, level) for level in range(1, row.top_level + 1)
    ]
    for rule in row.numeric:
        for value, level in _raw_values(rule):
            found.append(({"value": value, "measure": rule.basis}, level))
    return found


_TYPES_OF_KIND = {"Dokumen": ("pdf", "docx"), "Foto": ("jpg", "png"), "Gambar": ("jpeg", "png")}
_LINK = "https://example.org/video"


def _is_restricted(row: Indicator) -> bool:
    return bool(row.file_types or row.file_kinds)


def _accepted_evidence(row: Indicator) -> list[Evidence]:
    types = [t.lower() for t in row.file_types or ()]
    for kind in row.file_kinds or ():
        types.extend(_TYPES_OF_KIND.get(kind, (kind.split()[0],)))
    if {"jpg", "jpeg"} & set(types):
        types.extend(("JPG", "Jpeg"))
    found = [Evidence("Bukti", file=f"berkas.{t}") for t in types or ("pdf", "xyz")]
    if row.link_counts or not row.file_types:
        found.append(Evidence(url=_LINK))
    return found


def _evidence_of_wrong_kind(row: Indicator) -> list[Evidence]:
    found = [Evidence(file="berkas.xyz"), Evidence(file="berkas")] if _is_restricted(row) else []
    if row.file_types and not row.link_counts:
        found.append(Evidence(url=_LINK))
    return found


def _with(status: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    return [attrs.evolve(one, status=EvidenceStatus(status)) for one in evidence]


def causes_of(row: Indicator) -> tuple[Cause, ...]:
    """The causes that an answer to a row can have: no kind is wrong where any kind counts."""
    return tuple(c for c in Cause if c is not Cause.EVIDENCE_KIND or _is_restricted(row))


def _evidence_lists(row: Indicator) -> dict[Cause | None, list[list[Evidence]]]:
    """Lists of evidence that break the chain at a cause, and those (`None`) that count."""
    title, good, bad = Evidence("Bukti"), _accepted_evidence(row), _evidence_of_wrong_kind(row)
    refused = _with("rejected", good)
    lists: dict[Cause | None, list[list[Evidence]]] = {
        None: [
            *([one] for one in (*good, *_with("accepted", good))),
            *([title, refused[0], *bad[:1], one] for one in good),
        ],
        Cause.NO_EVIDENCE: [[], [title], [title, attrs.evolve(title, status="accepted")]],
        Cause.EVIDENCE_KIND: [[one] for one in (*bad, *_with("accepted", bad))],
        Cause.EVIDENCE_REJECTED: [*([one] for one in refused), [*bad, refused[-1], title]],
    }
    lists[Cause.NOT_ANSWERED] = [found for cause in list(lists) for found in lists[cause][:2]]
    return lists


def _verdicts_to(cause: Cause, level: int) -> list[tuple[Verdict | None, int]]:
    """Verdicts that may stand beside a cause, with the level that they leave."""
    rejected = [Verdict(VerdictStatus.REJECTED), Verdict(VerdictStatus.REJECTED, 0)]
    accepted = [Verdict(VerdictStatus.ACCEPTED), Verdict(VerdictStatus.ACCEPTED, level)]
    match cause:
        case Cause.PENDING:
            return [(None, 0)]
        case Cause.REJECTED:
            return [(verdict, 0) for verdict in rejected]
        case Cause.DOWNGRADED:
            return [(Verdict(VerdictStatus.ACCEPTED, lower), lower) for lower in range(level)]
        case Cause.ACCEPTED:
            return [(verdict, level) for verdict in accepted]
        case _:
            return [(verdict, 0) for verdict in (None, rejected[0], accepted[0], accepted[1])]


Standing = tuple[int, int, int]


def _pool_of(row: Indicator, cause: Cause) -> list[tuple[Answer, Standing]]:
    """Answers that stand as `cause` says, with their claimed, documented, verified levels."""
    lists = _evidence_lists(row)
    evidence = lists.get(cause, lists[None])
    claims = [({"level": 0}, 0)] if cause is Cause.NOT_ANSWERED else _claims(row)
    documented = cause in {Cause.PENDING, Cause.DOWNGRADED, Cause.ACCEPTED}
    return [
        (
            Answer(row.key, **claim, evidence=attached, verdict=verdict),
            (level, level if documented else 0, verified),
        )
        for claim, level in claims
        for verdict, verified in _verdicts_to(cause, level)
        for attached in evidence
    ]


@lru_cache(maxsize=4096)
def answers_standing(row: Indicator, cause: Cause) -> SearchStrategy[tuple[Answer, Standing]]:
    """Answers that stand as `cause` says, with their claimed, documented, verified levels."""
    return st.sampled_from(_pool_of(row, cause))


@lru_cache(maxsize=1024)
def answers_to(row: Indicator) -> SearchStrategy[Answer]:
    """Answers to one row, in every state."""
    drawn = st.one_of([answers_standing(row, cause) for cause in causes_of(row)])
    return drawn.map(lambda one: one[0])


@lru_cache(maxsize=1024)
def _filled(row: Indicator) -> SearchStrategy[Answer]:
    filled = [c for c in causes_of(row) if c not in {Cause.NOT_ANSWERED, Cause.NO_EVIDENCE}]
    return st.one_of([answers_standing(row, cause) for cause in filled]).map(lambda one: one[0])


@lru_cache(maxsize=256)
def _answers_to_rows(
    rows: tuple[Indicator, ...], *, fill_mandatory: bool = False
) -> SearchStrategy[list[Answer]]:
    some = [
        _filled(row) if fill_mandatory and row.mandatory else st.none() | answers_to(row)
        for row in rows
    ]
    found = st.tuples(*some).map(lambda drawn: [answer for answer in drawn if answer is not None])
    return found | found.map(lambda answers: answers[::-1])


@lru_cache(maxsize=256)
def _term(edition: Edition, vocabulary: str) -> SearchStrategy[str | None]:
    terms = [term.key for term in edition.vocabulary(vocabulary)]
    return st.none() | st.sampled_from(terms) if terms else st.none() | keys


@st.composite
def innovations(
    draw: DrawFn,
    edition: Edition,
    *,
    key: str = "inn-1",
    agency: str = "a-1",
    eligible: bool = False,
) -> Innovation:
    """Innovations that keep to an edition; `eligible` ones only, or of any sort."""
    rules = edition.eligibility
    affairs = [a.key for a in edition.affairs]
    affair = st.none() | st.sampled_from(affairs) if affairs else st.none() | keys
    start = rules.window_start or dt.date(2010, 1, 1)
    end = rules.window_end or start + dt.timedelta(days=700)
    application = draw(st.dates(start, end) if eligible else st.none() | days)
    trial = st.dates(dt.date(1980, 1, 1), application) if application else days
    stages = st.sampled_from(rules.stages) if eligible and rules.stages else _term(edition, "stage")
    fewest, most = (rules.design_min_words or 0, rules.max_reports or 3) if eligible else (0, 5)
    fields: dict[str, str | None] = {
        name: draw(_term(edition, name))
        for name in ("initiator", "classification", "kind", "form", "pkpn", "theme")
    }
    return Innovation(
        key,
        draw(titles),
        agency,
        stage=draw(stages),
        affair=draw(affair),
        intersecting_affairs=draw(st.lists(affair.filter(bool), max_size=2)),  # type: ignore[arg-type]
        asta_cita=draw(st.none() | st.integers(1, 8)),
        trial_date=draw(st.none() | trial),
        application_date=application,
        development_date=draw(st.none() | days),
        design_words=draw(
            st.integers(fewest, 900) if eligible else st.none() | st.integers(0, 900)
        ),
        times_reported=draw(st.none() | st.integers(1, most)),
        answers=draw(_answers_to_rows(edition.innovation_indicators, fill_mandatory=eligible)),
        **fields,
    )


@st.composite
def submissions(
    draw: DrawFn,
    edition: Edition,
    *,
    max_innovations: int = 4,
    code: str | None = None,
) -> Submission:
    """Submissions that keep to an edition, with answers in every state."""
    region = (
        draw(regions)
        if code is None
        else Region(code, draw(titles), draw(st.sampled_from(RegionKind)))
    )
    agencies = [Agency(f"a-{n}", f"Dinas {n}") for n in range(draw(st.integers(1, 3)))]
    found = [
        draw(
            innovations(
                edition,
                key=f"inn-{n}",
                agency=draw(st.sampled_from([a.id for a in agencies])),
                eligible=draw(st.booleans()),
            )
        )
        for n in range(draw(st.integers(0, max_innovations)))
    ]
    points: Decimal | None = None
    answers: list[Answer] = []
    most = edition.formula.region_max_hundredths
    if not edition.region_indicators or draw(st.integers(0, 3)) == 0:
        points = Decimal(draw(st.integers(0, 6300 if most is None else most))).scaleb(-2)
    else:
        answers = draw(_answers_to_rows(edition.region_indicators))
    return Submission(
        region,
        edition.start.year,
        agencies=agencies,
        innovations=found,
        answers=answers,
        region_points=points,
    )
