"""``gaps``, ``compare`` and ``rank`` print what the library finds, in both languages and JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from running_commands import EXAMPLE, run

import inovasi_index as ii
from inovasi_index.analysis import (
    compare_years,
    distance,
    gaps,
    rank_agencies,
    rank_innovations,
)

if TYPE_CHECKING:
    from pathlib import Path

CITY = ii.read_submission(EXAMPLE)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    code, out, _ = run(capsys, *words)
    assert code == 0
    return out


def test_gaps_are_told_by_cause_with_the_distance(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "gaps", EXAMPLE)
    found = gaps(CITY, "iid-2026")
    assert str(found) in out
    assert f"cost {float(found.missing_papers):.2f} of these points" in out
    assert "Verification has" not in out
    assert f"The largest of {len(found)} single gaps" in out
    assert "53.21 (Inovatif) to 65.01 (Sangat Inovatif): 11.7920 points" in out
    verified = told(capsys, "gaps", EXAMPLE, "--basis", "verified", "--language", "id")
    assert "Verifikasi mengurangi, atau belum memberi, 19,11 poin" in verified


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("part", "25.38  Number of innovations"),
        ("indicator", "1.80  7. Jumlah peningkatan PAD"),
        ("innovation", "0.33  Izin Sehari [izin-sehari]"),
        ("agency", "Dinas Kesehatan [dinkes]"),
    ],
)
def test_gaps_are_added_up_as_asked(capsys: pytest.CaptureFixture[str], by: str, said: str) -> None:
    out = told(capsys, "gaps", EXAMPLE, "--by", by, "--largest", "0")
    assert said in out
    assert "single gaps" not in out
    if by in {"innovation", "agency"}:
        assert "5.50  Region part" in out
        assert "25.38  fewer innovations than count" in out


def test_gaps_as_json_hold_the_distance(capsys: pytest.CaptureFixture[str]) -> None:
    plain = json.loads(told(capsys, "gaps", EXAMPLE, "--target", "54", "--json"))
    expected = distance(CITY, "iid-2026", target=54)
    assert plain["format"] == "inovasi_index.gaps/1"
    assert plain["total"] == str(gaps(CITY, "iid-2026").total)
    assert plain["distance"] == expected.to_dict()
    assert len(plain["distance"]["steps"]) == len(expected.steps) > 0


def test_gaps_go_without_a_distance_where_bands_are_not_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["gaps", EXAMPLE, "--edition", "iid-2027"]
    assert "iid-2027: an index of 48.20 cannot be classified" in " ".join(
        told(capsys, *words).split()
    )
    assert json.loads(told(capsys, *words, "--json"))["distance"] is None
    code, _, err = run(capsys, *words, "--target", "inovatif")
    assert code == 3
    assert "lower bound" in err


def test_other_editions_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["compare", EXAMPLE, "--under", "iid-2027", "--under", "iid-2029"]
    out = told(capsys, *words)
    assert "                       iid-2026  iid-2027  iid-2029\n" in out
    assert "Index                     53.21     48.20     48.20\n" in out
    assert "difference                          -5.02     -5.02\n" in out
    plain = json.loads(told(capsys, *words, "--json"))
    assert [one["edition"] for one in plain["scores"]] == ["iid-2026", "iid-2027", "iid-2029"]
    assert plain["differences"]["iid-2027"]["by_part"]["count_points"] == "-627/125"


@pytest.fixture
def later(tmp_path: Path) -> str:
    path = tmp_path / "later.toml"
    submission = evolve(CITY, year=2027, innovations=CITY.innovations[:20])
    ii.write_submission(submission, path)
    return str(path)


def test_another_year_is_split_by_cause(capsys: pytest.CaptureFixture[str], later: str) -> None:
    expected = compare_years(CITY, "iid-2026", ii.read_submission(later), "iid-2027")
    out = told(capsys, "compare", EXAMPLE, later)
    assert out.startswith("Kota Contoh (99.71)\ndocumented levels\n")
    assert expected.to_text(width=80) in out
    assert "seluruhnya" in told(capsys, "compare", EXAMPLE, later, "--language", "id")
    plain = json.loads(told(capsys, "compare", EXAMPLE, later, "--json"))
    assert plain == json.loads(json.dumps(expected.to_dict()))
    words = ["--other-edition", "iid-2026", "--supply", "minimum_divisor=12"]
    same = json.loads(told(capsys, "compare", EXAMPLE, later, *words, "--json"))
    assert same["by_cause"]["rules"] == "0"
    supplied = ["--other-supply", "bands.innovative=40.01", "--other-supply"]
    supplied += ["bands.very_innovative=65.01", "--other-supply", "bands.less_innovative=0.01"]
    said = told(capsys, "compare", EXAMPLE, later, *supplied)
    assert "· assumed for iid-2027, in no source" in said


def test_innovations_are_ranked_with_their_ties(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "rank", EXAMPLE, "--by", "maturity", "--take", "3")
    assert "3= Duta TB" in out
    assert "3= Pustaka Ketinting" in out
    assert "A shortlist of 3 would cut through rank 3" in out
    plain = json.loads(told(capsys, "rank", EXAMPLE, "--by", "maturity", "--take", "3", "--json"))
    places = [place["id"] for place in plain["places"]]
    assert places == ["jemput-sehat", "siap-lapor", "duta-tb", "pustaka-ketinting"]
    assert plain["tied_on_edge"] == ["duta-tb", "pustaka-ketinting"]
    assert (plain["k"], plain["seats_on_edge"]) == (3, 1)
    expected = rank_innovations(CITY, "iid-2026", eligible_only=True)
    eligible = json.loads(told(capsys, "rank", EXAMPLE, "--eligible-only", "--json"))
    assert eligible == expected.to_dict()


def test_agencies_are_ranked_and_those_without_named(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["rank", EXAMPLE, "--what", "agencies", "--basis", "verified"]
    out = told(capsys, *words, "--with-units", "--language", "id")
    expected = rank_agencies(CITY, "iid-2026", with_units=True, basis=ii.Basis.VERIFIED)
    assert out == f"{expected.to_text('id', width=80)}\n"
    kinds = told(capsys, *words, "--kinds", "puskesmas, school", "--by", "innovations")
    assert "1= Puskesmas" not in kinds
    assert "SD Negeri" in kinds
    assert "Dinas" not in kinds


def test_regions_are_ranked_year_by_year(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, later: str
) -> None:
    other = tmp_path / "other.toml"
    region = ii.Region("99.01", "Kabupaten Contoh", "regency", frozenset({"border"}))
    ii.write_submission(evolve(CITY, region=region, innovations=CITY.innovations[:8]), other)
    words = ["rank", EXAMPLE, str(other), later, "--what", "regions"]
    out = told(capsys, *words)
    assert "2026                    0                1         1                0" in out
    assert "   2  Kabupaten Contoh" in out
    assert "regency 1/1, border 1/1" in out
    plain = json.loads(told(capsys, *words, "--json"))
    assert [one["region"] for one in plain["ranks"]["2026"]] == ["99.71", "99.01"]
    assert plain["ranks"]["2026"][1]["groups"] == [["regency", 1, 1], ["border", 1, 1]]
    assert plain["by_band"]["2027"]["unknown"] == ["99.71", "99.01"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["gaps", EXAMPLE, "--largest", "x"], 1, "--largest: 'x' is not a whole number from 0"),
        (["gaps", EXAMPLE, "--largest", "9" * 5000], 1, "--largest: '999"),
        (["gaps", EXAMPLE, "--target", "inovativ"], 1, "or 'Inovatif'?"),
        (["compare", EXAMPLE], 1, "give another submission, or other editions"),
        (["compare", EXAMPLE, EXAMPLE, "--under", "iid-2027"], 1, "not both"),
        (["compare", EXAMPLE, "--under", "iid-2072"], 1, "or 'iid-2027'?"),
        (["compare", EXAMPLE, "--under", "iid-2022"], 1, "iid-2022 has no rows"),
        (["rank", EXAMPLE, "--by", "maturiti"], 1, "did you mean 'maturity'"),
        (["rank", EXAMPLE, "--by", ","], 1, "--by: name at least one, several"),
        (["rank", EXAMPLE, "--take", "0"], 1, "--take: '0' is not a whole number from 1"),
        (["rank", EXAMPLE, "--what", "agencies", "--kinds", ""], 1, "--kinds: name at least one"),
        (["rank", EXAMPLE, "--kinds", "school"], 1, "--kinds is for --what agencies"),
        (["rank", EXAMPLE, "--what", "regions", "--by", "maturity"], 1, "--by is for"),
        (["rank", EXAMPLE, EXAMPLE], 1, "occurs twice"),
        (["rank", EXAMPLE, "--what", "agencies", "--kinds", "skpdd"], 1, "did you mean 'skpd'"),
    ],
)
def test_trouble_is_told_with_an_exit_code(
    capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    found, out, err = run(capsys, *words)
    assert found == code
    assert said in err
    assert "Traceback" not in out + err
