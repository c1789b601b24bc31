"""Evidence and verdicts in one cell."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inovasi_index.io.notation import evidence_text, read_evidence, read_verdict, verdict_text
from inovasi_index.records import Evidence, EvidenceStatus, Verdict, VerdictStatus
from inovasi_index.records.forms import FormError

TEXTS = st.text(max_size=20).map(str.strip) | st.text("|<>[]\\: fileur/", max_size=8).map(str.strip)
TARGETS = st.none() | TEXTS.filter(bool)
EVIDENCE = st.builds(
    Evidence,
    title=TEXTS,
    file=TARGETS,
    url=TARGETS,
    status=st.sampled_from(EvidenceStatus),
    note=TEXTS,
)


@given(st.lists(EVIDENCE, max_size=4))
@example([Evidence(file="url:file:a://b"), Evidence(url="www.contoh.example")])
@example([Evidence(file=r"C:\berkas\sk [1].pdf", note="a|b")])
def test_evidence_is_read_back(evidence: list[Evidence]) -> None:
    assert [Evidence(**item) for item in read_evidence(evidence_text(evidence))] == evidence


@given(
    st.builds(
        Verdict,
        status=st.sampled_from(VerdictStatus),
        level=st.none() | st.integers(0, 9),
        note=TEXTS,
    )
)
def test_a_verdict_is_read_back(verdict: Verdict) -> None:
    assert Verdict(**read_verdict(verdict_text(verdict))) == verdict


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", []),
        ("sk.pdf", [{"file": "sk.pdf"}]),
        (r"C:\berkas\sk.pdf", [{"file": r"C:\berkas\sk.pdf"}]),
        (" sk.pdf [ Accepted ] ", [{"file": "sk.pdf", "status": "accepted"}]),
        ("sk.pdf[ditolak:buram]", [{"file": "sk.pdf", "status": "rejected", "note": "buram"}]),
        ("a.jpg|b.jpg", [{"file": "a.jpg"}, {"file": "b.jpg"}]),
        ("SK Tim <>", [{"title": "SK Tim"}]),
        ("<a.pdf> <https://x.example/a>", [{"file": "a.pdf", "url": "https://x.example/a"}]),
        ("[menunggu]", [{"status": "pending"}]),
    ],
)
def test_evidence_as_people_write_it(text: str, items: list[dict[str, str]]) -> None:
    assert read_evidence(text) == items


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sk.pdf [accepted", "bad-evidence"),
        ("sk.pdf] [accepted]", "bad-evidence"),
        ("[accepted] sk.pdf", "bad-evidence"),
        ("a.pdf | ", "bad-evidence"),
        ("| a.pdf", "bad-evidence"),
        ("<a.pdf> <b.pdf>", "bad-evidence"),
        ("a <b [c]", "bad-evidence"),
        ("a <b> [c", "bad-evidence"),
        ("<", "bad-evidence"),
        ("a <b> <c> <d> <e>", "bad-evidence"),
        ("a.pdf [ok]", "unknown-choice"),
    ],
)
def test_faulty_evidence_is_refused(text: str, code: str) -> None:
    with pytest.raises(FormError) as caught:
        read_evidence(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("diterima", {"status": "accepted"}),
        ("ACCEPTED 2", {"status": "accepted", "level": 2}),
        ("rejected: a: b", {"status": "rejected", "note": "a: b"}),
        ("accepted :", {"status": "accepted"}),
    ],
)
def test_verdicts_as_people_write_them(text: str, verdict: dict[str, object]) -> None:
    assert read_verdict(text) == verdict


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2", "bad-verdict"),
        ("accepted 2 3", "bad-verdict"),
        ("accepted -1", "bad-verdict"),
        ("pending", "unknown-choice"),
        ("yes", "unknown-choice"),
    ],
)
def test_faulty_verdicts_are_refused(text: str, code: str) -> None:
    with pytest.raises(FormError) as caught:
        read_verdict(text)
    assert caught.value.code == code


@given(st.text("ab|<>[]\\: \n", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        items = read_evidence(text)
    except FormError:
        return
    again = read_evidence(evidence_text(Evidence(**item) for item in items))
    assert [Evidence(**item) for item in again] == [Evidence(**item) for item in items]


def test_a_long_cell_takes_linear_time() -> None:
    assert read_evidence("\\" * 30_000)[0]["file"]
    with pytest.raises(FormError):
        read_evidence("<" * 30_000)
