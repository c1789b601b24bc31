"""What `examples/README.md` says of Kota Contoh is so."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import oracle
import pytest
from attrs import evolve

import inovasi_index as ii
from inovasi_index.records import AgencyKind, Cause, ReasonCode, eligibility, standings

FOLDER = Path(__file__).parents[2] / "examples"
EDITION = ii.load_edition("iid-2026")


@pytest.fixture(scope="module")
def city() -> ii.Submission:
    return ii.read_submission(FOLDER / "kota-contoh.toml")


def test_both_forms_are_the_same_submission(city: ii.Submission) -> None:
    assert ii.read_submission(FOLDER / "kota-contoh.csv") == city
    assert ii.read_submission(FOLDER / "kota-contoh.csv", edition=EDITION) == city


def test_it_says_that_it_is_made_up(city: ii.Submission) -> None:
    assert (city.region.code, city.region.name) == ("99.71", "Kota Contoh")
    assert "does not exist" in (FOLDER / "kota-contoh.toml").read_text()
    assert "fictional" in (FOLDER / "kota-contoh.region.csv").read_text()
    links = re.findall(r"https?://[^\s\"]*", (FOLDER / "kota-contoh.toml").read_text())
    assert links
    assert all(re.fullmatch(r"https://\w+\.contoh\.example/[\w/-]+", link) for link in links)


def test_counts(city: ii.Submission) -> None:
    assert len(city.innovations) == 33
    reporting = {innovation.agency for innovation in city.innovations}
    assert len(reporting) == 26
    assert {agency.id for agency in city.agencies} - reporting == {"perkim"}
    kinds = Counter(agency.kind for agency in city.agencies)
    assert kinds[AgencyKind.PUSKESMAS] == 5
    assert kinds[AgencyKind.SCHOOL] == 2
    assert kinds[AgencyKind.VILLAGE] == 1
    parents = {a.parent for a in city.agencies if a.kind is AgencyKind.PUSKESMAS}
    assert parents == {"dinkes"}
    assert {i.form for i in city.innovations} == {"public_service", "governance"}
    assert {i.kind for i in city.innovations} == {"digital", "non_digital"}


def test_exactly_one_basic_affair_is_not_covered(city: ii.Submission) -> None:
    covered = {innovation.affair for innovation in city.innovations}
    assert {a.key for a in EDITION.basic_affairs} - covered == {"housing"}


def test_four_innovations_are_not_eligible(city: ii.Submission) -> None:
    reasons = {
        innovation.id: {reason.code for reason in eligibility(innovation, EDITION).reasons}
        for innovation in city.innovations
    }
    assert {key: found for key, found in reasons.items() if found} == {
        "angkot-pelajar": {ReasonCode.STAGE_NOT_SCORED, ReasonCode.APPLICATION_NOT_GIVEN},
        "arsip-kita": {ReasonCode.OUTSIDE_WINDOW},
        "kebun-sains": {ReasonCode.DESIGN_TOO_SHORT},
        "pasar-tani": {ReasonCode.MANDATORY_ROW_NOT_ANSWERED},
    }
    older = {i.id for i in city.innovations if i.development_date is not None}
    assert older == {"antre-yuk", "izin-sehari"}


def test_answers_stand_in_every_way(city: ii.Submission) -> None:
    rows = [row for i in city.innovations for row in standings(i, EDITION)]
    counts = Counter(row.cause for row in rows)
    assert set(counts) == set(Cause)
    assert min(counts.values()) >= 10
    region = Counter(row.cause for row in standings(city, EDITION))
    assert {Cause.ACCEPTED, Cause.DOWNGRADED, Cause.PENDING, Cause.NO_EVIDENCE} < set(region)


def test_rows_are_answered_with_levels_and_with_raw_values(city: ii.Submission) -> None:
    assert {a.indicator for a in city.answers} == {i.key for i in EDITION.region_indicators}
    for answers in (city.answers, [a for i in city.innovations for a in i.answers]):
        by_value = sum(answer.value is not None for answer in answers)
        assert 0.1 < by_value / len(answers) < 0.9
    measures = {a.measure for i in city.innovations for a in i.answers if a.value is not None}
    assert measures == {None, "a", "b"}


INELIGIBLE = {"angkot-pelajar", "arsip-kita", "kebun-sains", "pasar-tani"}


def exact(basis: str) -> Fraction:
    """The index, from the TOML and the formula of the letter alone.

    Only the levels that raw values reach, and the endings that rows accept, are taken from
    the edition.
    """
    plain = tomllib.loads((FOLDER / "kota-contoh.toml").read_text(), parse_float=Decimal)

    def level(answer: dict[str, Any]) -> int:
        row = EDITION[answer["indicator"]]
        claimed: int = (
            answer["level"]
            if "level" in answer
            else row.rule_for(answer.get("measure")).level_of(answer["value"])
        )
        if basis == "claimed":
            return claimed
        good = [
            e
            for e in answer.get("evidence", ())
            if e.get("status") != "rejected"
            and (
                not row.file_types
                or ("url" in e and row.link_counts)
                or e.get("file", "").rpartition(".")[2].upper() in row.file_types
            )
        ]
        verdict = answer.get("verdict", {})
        if not good or verdict.get("status") == "rejected":
            return 0
        if basis == "documented":
            return claimed
        return min(claimed, verdict.get("level", 9)) if verdict else 0

    def levels(answers: list[dict[str, Any]], rows: tuple[ii.Indicator, ...]) -> list[int]:
        found = {answer["indicator"]: level(answer) for answer in answers}
        return [found.get(row.key, 0) for row in rows]

    nothing = [0] * 20
    affairs = [affair.key for affair in EDITION.affairs]
    return oracle.index(
        levels(plain["answers"], EDITION.region_indicators),
        [
            nothing
            if basis == "verified" and innovation["id"] in INELIGIBLE
            else levels(innovation["answers"], EDITION.innovation_indicators)
            for innovation in plain["innovations"]
        ],
        [affairs.index(i["affair"]) if "affair" in i else -1 for i in plain["innovations"]],
    )


@pytest.mark.parametrize(
    ("basis", "index", "band"),
    [
        ("claimed", "65.64", "Sangat Inovatif"),
        ("documented", "53.21", "Inovatif"),
        ("verified", "34.10", "Kurang Inovatif"),
    ],
)
def test_three_bases_give_three_bands(
    city: ii.Submission, basis: str, index: str, band: str
) -> None:
    one = ii.score(city, EDITION, basis=ii.Basis(basis))["99.71"]
    assert one.exact == exact(basis)
    assert (str(one.index), one.band) == (index, band)
    assert f"| {basis} | {index} | {band} |" in (FOLDER / "README.md").read_text()


def test_the_rules_of_2027_would_take_the_count_points(city: ii.Submission) -> None:
    later = evolve(city, year=2027)
    after = ii.score(later, ii.load_edition("iid-2027"), basis=ii.Basis.CLAIMED)["99.71"]
    before = ii.score(city, EDITION, basis=ii.Basis.CLAIMED)["99.71"]
    assert before.exact - after.exact == Fraction(38 * 33, 250)


def test_it_reads_as_if_by_hand(city: ii.Submission) -> None:
    lines = (FOLDER / "kota-contoh.toml").read_text().splitlines()
    assert len(lines) < 1500
    assert max(map(len, lines)) <= 320
