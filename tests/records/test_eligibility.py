"""Whether an innovation may be scored, and every reason why not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SMALL, innovations

import inovasi_index as ii
from inovasi_index.records import (
    Answer,
    Eligible,
    Evidence,
    EvidenceStatus,
    Innovation,
    Reason,
    ReasonCode,
    Verdict,
    eligibility,
)
from inovasi_index.rules.edition import Edition, Eligibility

PAPER = [Evidence(file="a.pdf")]
GOOD = Innovation(
    "1",
    "Sapa",
    "dinkes",
    stage="application",
    application_date=dt.date(2024, 1, 1),
    design_words=300,
    answers=[
        Answer("regulation", level=1, evidence=PAPER),
        Answer("benefits", level=1, evidence=PAPER),
    ],
)


def codes(edition: Edition = SMALL, **changes: Any) -> list[str]:
    return [str(r.code) for r in eligibility(attrs.evolve(GOOD, **changes), edition).reasons]


def test_good_one_is_eligible() -> None:
    assert eligibility(GOOD, SMALL) == Eligible(())
    assert eligibility(GOOD, SMALL).eligible


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"stage": None}, "stage_not_given"),
        ({"stage": "trial"}, "stage_not_scored"),
        ({"application_date": None}, "application_not_given"),
        (
            {"application_date": None, "development_date": dt.date(2024, 5, 1)},
            "application_not_given",
        ),
        ({"application_date": dt.date(2023, 12, 31)}, "outside_window"),
        ({"application_date": dt.date(2026, 1, 1)}, "outside_window"),
        (
            {
                "application_date": dt.date(2019, 1, 1),
                "development_date": dt.date(2026, 1, 1),
            },
            "outside_window",
        ),
        (
            {
                "application_date": dt.date(2026, 1, 1),
                "development_date": dt.date(2025, 1, 1),
            },
            "outside_window",
        ),
        ({"design_words": None}, "design_not_given"),
        ({"design_words": 299}, "design_too_short"),
        ({"design": "kata " * 299}, "design_too_short"),
        ({"design": ""}, "design_too_short"),
        ({"times_reported": 3}, "reported_too_often"),
        ({"answers": GOOD.answers[:1]}, "mandatory_row_not_answered"),
        (
            {"answers": [GOOD.answers[0], Answer("benefits", level=0, evidence=PAPER)]},
            "mandatory_row_not_answered",
        ),
        (
            {
                "answers": [
                    GOOD.answers[0],
                    Answer("benefits", value=Decimal(0), measure="a", evidence=PAPER),
                ]
            },
            "mandatory_row_not_answered",
        ),
        (
            {"answers": [GOOD.answers[0], Answer("benefits", level=3)]},
            "mandatory_row_without_evidence",
        ),
        (
            {
                "answers": [
                    GOOD.answers[0],
                    Answer("benefits", level=3, evidence=[Evidence(title="Foto")]),
                ]
            },
            "mandatory_row_without_evidence",
        ),
    ],
)
def test_each_rule_has_its_own_reason(changes: dict[str, Any], expected: str) -> None:
    assert codes(**changes) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"application_date": dt.date(2025, 12, 31)},
        {"application_date": dt.date(2019, 1, 1), "development_date": dt.date(2024, 1, 1)},
        {"application_date": dt.date(2019, 1, 1), "development_date": dt.date(2025, 12, 31)},
        {"application_date": dt.date(2024, 5, 1), "development_date": dt.date(2026, 5, 1)},
        {"design": "kata " * 300, "design_words": None},
        {"times_reported": 2},
        {"times_reported": None},
    ],
)
def test_edges_that_are_still_eligible(changes: dict[str, Any]) -> None:
    assert codes(**changes) == []


@given(
    st.sampled_from([Evidence(file="a.xyz"), Evidence(url="https://example.org")]),
    st.sampled_from(EvidenceStatus),
    st.sampled_from([None, Verdict("rejected"), Verdict("accepted", 0)]),
)
def test_mandatory_row_stays_filled_whatever_becomes_of_its_evidence(
    evidence: Evidence, status: EvidenceStatus, verdict: Verdict | None
) -> None:
    attached = [attrs.evolve(evidence, status=status)]
    answers = [attrs.evolve(a, evidence=attached, verdict=verdict) for a in GOOD.answers]
    assert codes(answers=answers) == []


def test_all_reasons_come_together_with_what_they_say_and_cite() -> None:
    worst = Innovation("1", "Sapa", "dinkes", stage="trial", application_date=dt.date(2019, 2, 3),
        design="Pendek saja.", times_reported=5, answers=[Answer("benefits", level=2)])  # fmt: skip
    found = eligibility(worst, SMALL)
    assert not found.eligible
    assert [(str(r.code), r.citations) for r in found.reasons] == [
        ("stage_not_scored", ("L",)),
        ("outside_window", ("L", "M")),
        ("design_too_short", ("M",)),
        ("mandatory_row_not_answered", ("L", "M")),
        ("mandatory_row_without_evidence", ("L", "M")),
        ("reported_too_often", ("M",)),
    ]
    assert [str(r) for r in found.reasons] == [
        "stage 'trial' is not scored; scored: application",
        "first applied 2019-02-03, latest development -; the window is 2024-01-01 to 2025-12-31",
        "words of the design: 2; at least 300 are required",
        "mandatory row 'regulation' (Regulasi) is not answered with at least level 1",
        "mandatory row 'benefits' (Kemanfaatan) has no evidence attached",
        "reported 5 times; at most 2 are allowed",
    ]
    assert dict(found.reasons[2].params) == {"words": 2, "required": 300}
    nothing = eligibility(Innovation("1", "Sapa", "dinkes"), SMALL)
    assert [r.message for r in nothing.reasons][:3] == [
        "the stage is not given; scored: application",
        "the date of first application is not given; the window is 2024-01-01 to 2025-12-31",
        "the design is not given; at least 300 words are required",
    ]


def test_every_code_has_a_sentence() -> None:
    texts = ["stage", "scored", "start", "end", "application", "development", "indicator", "name"]
    params: dict[str, str | int] = dict.fromkeys(texts, "x")
    params |= {"words": 1, "required": 2, "times": 3, "allowed": 2}
    sentences = {Reason(code, tuple(params.items())).message for code in ReasonCode}
    assert len(sentences) == len(ReasonCode)


def ruled(**rules: Any) -> Edition:
    return attrs.evolve(SMALL, eligibility=Eligibility(**rules))


def test_rules_that_an_edition_does_not_know_are_not_applied() -> None:
    bare = Innovation("1", "Sapa", "dinkes", times_reported=9)
    assert eligibility(bare, ruled()).eligible
    assert eligibility(bare, ruled(mandatory_rows=False)).eligible


def test_window_may_be_open_at_either_end() -> None:
    late, early = dt.date(2030, 1, 1), dt.date(2000, 1, 1)
    since = ruled(window_start=dt.date(2024, 1, 1))
    until = ruled(window_end=dt.date(2025, 12, 31), development_counts=True)
    assert codes(since, application_date=late) == []
    assert codes(since, application_date=early) == ["outside_window"]
    assert codes(until, application_date=early) == []
    assert codes(until, application_date=late) == ["outside_window"]
    reason = eligibility(attrs.evolve(GOOD, application_date=None), until).reasons[0]
    assert dict(reason.params) == {"start": "…", "end": "2025-12-31"}
    reason = eligibility(attrs.evolve(GOOD, application_date=early), since).reasons[0]
    assert dict(reason.params)["end"] == "…"


@pytest.mark.parametrize("counts", [None, False])
def test_development_counts_only_where_the_edition_says_so(counts: bool | None) -> None:
    window = {"window_start": dt.date(2024, 1, 1), "window_end": dt.date(2025, 12, 31)}
    revived = {"application_date": dt.date(2019, 1, 1), "development_date": dt.date(2024, 6, 1)}
    assert codes(ruled(**window, development_counts=counts), **revived) == ["outside_window"]
    assert codes(ruled(**window, development_counts=True), **revived) == []


@given(innovations(SMALL, eligible=True))
def test_innovations_built_to_be_eligible_are(innovation: Innovation) -> None:
    assert eligibility(innovation, SMALL).eligible


@given(innovations(ii.load_edition("iid-2026"), eligible=True))
def test_the_same_under_the_edition_of_2026(innovation: Innovation) -> None:
    assert eligibility(innovation, ii.load_edition("iid-2026")).eligible


@given(innovations(SMALL))
def test_reasons_cite_what_the_edition_holds(innovation: Innovation) -> None:
    for reason in eligibility(innovation, SMALL).reasons:
        assert reason.citations
        assert all(SMALL.citation(key) for key in reason.citations)
        assert reason.message == str(reason)
