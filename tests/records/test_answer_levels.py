"""How an answer counts on each basis and why a basis loses levels."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import SMALL, answers_standing, answers_to, causes_of, innovations, submissions

import inovasi_index as ii
from inovasi_index.errors import BadValueError, UnknownNameError
from inovasi_index.records import (
    Answer,
    AnswerStanding,
    Basis,
    Cause,
    Evidence,
    EvidenceStatus,
    Innovation,
    Region,
    Submission,
    Verdict,
    accepts,
    assess,
    claimed_level,
    level_on,
    standings,
)
from inovasi_index.rules.edition import Indicator, Part

IID_2026 = ii.load_edition("iid-2026")
ROWS = [*SMALL.indicators, *IID_2026.indicators]
rows = st.sampled_from(ROWS)


def row(**fields: Any) -> Indicator:
    return Indicator(key="row", part=Part.INNOVATION, name="Row", **fields)


@pytest.mark.parametrize("cause", Cause)
@given(data=st.data())
def test_answer_built_towards_a_cause_stands_so(cause: Cause, data: st.DataObject) -> None:
    indicator = data.draw(rows.filter(lambda r: cause in causes_of(r)))
    answer, (claimed, documented, verified) = data.draw(answers_standing(indicator, cause))
    standing = assess(answer, indicator)
    assert standing == AnswerStanding(indicator.key, claimed, documented, verified, cause)
    assert verified <= documented <= claimed <= indicator.top_level


@given(rows.flatmap(lambda r: st.tuples(st.just(r), answers_to(r))))
def test_level_on_a_basis_is_that_of_the_standing(drawn: tuple[Indicator, Answer]) -> None:
    indicator, answer = drawn
    standing = assess(answer, indicator)
    for basis in Basis:
        assert level_on(basis, answer, indicator) == standing.on(basis)
        assert standing.on(basis) == getattr(standing, basis)
    assert standing.on(Basis.CLAIMED) == claimed_level(answer, indicator)


evidence_of_any_sort = st.builds(
    Evidence,
    title=st.sampled_from(("", "Foto")),
    file=st.none() | st.sampled_from(("a.pdf", "a.JPEG", "a.mp4", "a.xyz", "a", "")),
    url=st.none() | st.just("https://example.org"),
    status=st.sampled_from(EvidenceStatus),
)


@given(
    rows.flatmap(lambda r: st.tuples(st.just(r), answers_to(r))),
    evidence_of_any_sort,
    st.integers(0, 3),
)
def test_more_evidence_never_lowers_a_level(
    drawn: tuple[Indicator, Answer], more: Evidence, at: int
) -> None:
    indicator, answer = drawn
    evidence = [*answer.evidence[:at], more, *answer.evidence[at:]]
    before = assess(answer, indicator)
    after = assess(attrs.evolve(answer, evidence=evidence), indicator)
    assert after.claimed == before.claimed
    assert after.documented >= before.documented
    assert after.verified >= before.verified


@given(rows.flatmap(lambda r: st.tuples(st.just(r), answers_to(r))), st.randoms())
def test_order_of_evidence_does_not_matter(drawn: tuple[Indicator, Answer], random: Any) -> None:
    indicator, answer = drawn
    assume(len(answer.evidence) > 1)
    evidence = list(answer.evidence)
    random.shuffle(evidence)
    assert assess(attrs.evolve(answer, evidence=evidence), indicator) == assess(answer, indicator)


def test_row_without_an_answer() -> None:
    assert assess(None, ROWS[0]) == AnswerStanding(ROWS[0].key, 0, 0, 0, Cause.NOT_ANSWERED)


@pytest.mark.parametrize(
    ("types", "kinds", "links", "accepted", "refused"),
    [
        (("PDF",), None, False, ("a.pdf", "a.PDF ", "b.tar.Pdf"), ("a.docx", "pdf", "a.", "L")),
        (("JPG",), None, False, ("a.jpeg", "a.JPG"), ("a.png", "L")),
        (("JPEG",), None, False, ("a.jpg", "a.jpeg"), ("a.pdf", "L")),
        (("MP4",), None, True, ("a.mp4", "L"), ("a.avi",)),
        (None, ("MP4 maks 100MB",), False, ("a.mp4", "L"), ("a.mb",)),
        (None, ("PDF", "Foto"), False, ("a.pdf", "a.jpeg", "a.heic", "L"), ("a.docx",)),
        (("PDF",), ("Foto", "Gambar"), False, ("a.pdf", "a.png", "a.jpeg"), ("a.docx", "L")),
        (None, ("Foto", "Gambar"), False, ("a.png", "a.jpeg", "L"), ("a.pdf", "a")),
        (None, ("Dokumen",), False, ("a.pdf", "a.docx", "a.ods"), ("a.png",)),
        (None, ("Lukisan",), False, ("a.xyz", "a", "L"), ()),
        (("PDF",), ("Lukisan",), False, ("a.xyz", "a"), ("L",)),
        (None, None, False, ("a.xyz", "a", "L"), ()),
        ((), None, False, ("a.xyz", "L"), ()),
    ],
)
def test_kinds_of_evidence(
    types: tuple[str, ...] | None,
    kinds: tuple[str, ...] | None,
    links: bool,
    accepted: tuple[str, ...],
    refused: tuple[str, ...],
) -> None:
    indicator = row(file_types=types, file_kinds=kinds, link_counts=links)
    for names, expected in ((accepted, True), (refused, False)):
        for name in names:
            link = name == "L"
            evidence = Evidence(
                file=None if link else name, url="https://example.org" if link else None
            )
            assert accepts(indicator, evidence) is expected, name
    assert not accepts(indicator, Evidence(title="a.pdf"))
    assert not accepts(indicator, Evidence(file="", url=""))


@pytest.mark.parametrize(
    ("edition", "key", "accepted", "refused"),
    [
        ("iid-2023", "integrated_services", ("a.jpg", "a.PNG"), ("a.pdf", "a.mp4")),
        ("iid-2023", "quality_video", ("a.mp4",), ("a.pdf",)),
        ("iid-2024", "work_tools", ("a.pdf", "a.jpeg"), ("a.mp4",)),
        ("iid-2024", "quality_video", ("a.MP4",), ("a.pdf",)),
        ("iid-2025", "benefits", ("a.docx", "a.png"), ("a.mp4",)),
        ("iid-2021", "regulation", ("a.pdf", "a.xyz"), ()),
    ],
)
def test_broad_words_of_older_editions(
    edition: str, key: str, accepted: tuple[str, ...], refused: tuple[str, ...]
) -> None:
    """The sheets print 'Foto', 'Gambar'; 'PDF', 'Foto', 'Gambar'; 'MP4 maks 100MB'; nothing."""
    indicator = ii.load_edition(edition)[key]
    assert [name for name in accepted if not accepts(indicator, Evidence(file=name))] == []
    assert [name for name in refused if accepts(indicator, Evidence(file=name))] == []


PDF = [Evidence(file="a.pdf")]
LATER = row(file_types=("PDF",))


@pytest.mark.parametrize(
    ("verdict", "verified", "cause"),
    [
        (None, 0, Cause.PENDING),
        (Verdict("accepted"), 2, Cause.ACCEPTED),
        (Verdict("accepted", 2), 2, Cause.ACCEPTED),
        (Verdict("accepted", 3), 2, Cause.ACCEPTED),
        (Verdict("accepted", 1), 1, Cause.DOWNGRADED),
        (Verdict("accepted", 0), 0, Cause.DOWNGRADED),
        (Verdict("rejected"), 0, Cause.REJECTED),
    ],
)
def test_verdicts(verdict: Verdict | None, verified: int, cause: Cause) -> None:
    answer = Answer("row", level=2, evidence=PDF, verdict=verdict)
    documented = 0 if cause is Cause.REJECTED else 2
    assert assess(answer, LATER) == AnswerStanding("row", 2, documented, verified, cause)
    lost = assess(attrs.evolve(answer, evidence=()), LATER)
    assert lost == AnswerStanding("row", 2, 0, 0, Cause.NO_EVIDENCE)


def test_measured_value_that_reaches_no_level_is_answered() -> None:
    people = SMALL["people"]
    answer = Answer("people", value=Decimal(0), evidence=PDF)
    assert assess(answer, people) == AnswerStanding("people", 0, 0, 0, Cause.PENDING)
    none = Answer("people", level=0, evidence=PDF)
    assert assess(none, people).cause is Cause.NOT_ANSWERED


@pytest.mark.parametrize(
    ("key", "value", "measure", "level"),
    [
        ("human_resources", "27", None, 2),
        ("human_resources", "30", None, 2),
        ("human_resources", "31", None, 3),
        ("complaint_resolution", "87.5", None, 2),
        ("replication", "3", None, 3),
        ("unemployment_rate", "4.1", None, 2),
        ("unemployment_rate", "2.35", None, 3),
        ("benefits", "501", "a", 3),
        ("benefits", "20", "b", 1),
        ("benefits", "20.01", "b", 2),
    ],
)
def test_raw_values_of_2026_reach_their_levels(
    key: str, value: str, measure: str | None, level: int
) -> None:
    answer = Answer(key, value=Decimal(value), measure=measure)
    assert claimed_level(answer, IID_2026[key]) == level


def test_answers_that_break_the_row_are_refused() -> None:
    with pytest.raises(BadValueError, match=r"regulation: level 4; allowed: 0 to 3"):
        claimed_level(Answer("regulation", level=4), IID_2026["regulation"])
    with pytest.raises(BadValueError, match="not numeric"):
        level_on(Basis.CLAIMED, Answer("regulation", value=Decimal(4)), IID_2026["regulation"])
    with pytest.raises(BadValueError, match="whole"):
        assess(Answer("people", value=Decimal("2.5")), SMALL["people"])


@given(innovations(SMALL))
def test_standings_are_one_a_row_in_official_order(innovation: Innovation) -> None:
    found = standings(innovation, SMALL)
    assert [s.indicator for s in found] == [r.key for r in SMALL.innovation_indicators]
    assert found == tuple(assess(innovation.answer(s.indicator), SMALL[s.indicator]) for s in found)


@given(submissions(SMALL, max_innovations=0))
def test_standings_of_the_region_part(submission: Submission) -> None:
    found = standings(submission, SMALL)
    assert [s.indicator for s in found] == ["vision", "joblessness"]
    assert found == tuple(assess(submission.answer(s.indicator), SMALL[s.indicator]) for s in found)


def test_standings_drop_no_answer_in_silence() -> None:
    region = Region("1", "K", "city")
    with pytest.raises(UnknownNameError, match="did you mean 'regulation'"):
        standings(Innovation("1", "N", "a", answers=[Answer("regulasion", level=1)]), SMALL)
    with pytest.raises(UnknownNameError, match="unknown region row in small 'regulation'"):
        standings(Submission(region, 2026, answers=[Answer("regulation", level=1)]), SMALL)
    twice = [Answer("vision", level=1), Answer("vision", level=2)]
    with pytest.raises(BadValueError, match="answered twice"):
        standings(Submission(region, 2026, answers=twice), SMALL)
