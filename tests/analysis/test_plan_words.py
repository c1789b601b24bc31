"""Plans, selections and risks as text, as plain data and on the command line."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tiny_regions import Case, Claim, Row, Work

import inovasi_index as ii
from inovasi_index.analysis.planning import (
    Costs,
    Forbidden,
    NewInnovation,
    StepKind,
    UnreachableError,
    plan,
)
from inovasi_index.analysis.risk import risk
from inovasi_index.analysis.risk.wording import percent
from inovasi_index.analysis.selection import select_innovations
from inovasi_index.cli import main
from inovasi_index.errors import IncompleteEditionError
from inovasi_index.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "kota-contoh.toml")
CITY = ii.read_submission(EXAMPLE)
EDITION = ii.load_edition("iid-2026")

CASE = Case(
    region_rows=(Row("r0", 100, 3),),
    rows=(Row("i0", 100, 3, mandatory=True), Row("i1", 50, 2), Row("i2", 50, 1)),
    floor=1,
    cap=4,
    points=38,
    needed=2,
    decimals=2,
    total=1000,
    region_claims=(None,),
    works=(
        Work("x", "a", True, False, (None, Claim(1, "accepted"), None)),
        Work("y", "c", True, True, (Claim(1, "pending"), Claim(2, "refused"), Claim(1, "pending"))),
    ),
)


@pytest.fixture
def tell(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("INOVASI_INDEX_LANGUAGE", "en")

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_every_kind_of_step_is_said_in_both_languages() -> None:
    found = plan(
        CASE.submission,
        CASE.edition,
        target=90,
        basis=ii.Basis.VERIFIED,
        costs=Costs(further=[NewInnovation(levels=3, name="Idea", agency="x")]),
        max_new_innovations=3,
    )
    assert {step.kind for step in found.steps} == set(StepKind)
    assert found.to_dict()["steps"][-1]["levels"] == {"i0": 3, "i1": 2, "i2": 1}
    english, indonesian = found.to_text(width=60), found.to_text("id", width=60)
    for said in (
        "raise the level, with its paper: R0 [r0] 0 → 3",
        "complete it so that it is eligible: design",
        "bring it through verification: I2 [i2] 0 → 1",
        "supply the paper for level 2: I1 [i1] 0 → 2 (rejected by the verifier)",
        "report a further innovation “Idea” (x) of maturity 4.50 in B",
        "Work 1 [w1] · y",
        "Proven: no plan that reaches the target costs less.",
    ):
        assert said in " ".join(english.split()), said
    for said in (
        "naikkan level beserta data dukungnya",
        "lengkapi agar memenuhi syarat: rancang bangun paling sedikit 5 kata; I0 [i0] 0 →",
        "kawal sampai lolos verifikasi",
        "ditolak verifikator",
        "laporkan satu inovasi lagi “Idea” (x) dengan kematangan 4,50",
    ):
        assert said in " ".join(indonesian.split()), said
    for text in (english, indonesian):
        assert max(map(len, text.split("\n"))) <= 60


def test_plain_data_hold_the_plan() -> None:
    found = plan(
        CASE.submission, CASE.edition, target=60, basis=ii.Basis.VERIFIED, max_new_innovations=1
    )
    plain = json.loads(json.dumps(found.to_dict()))
    assert plain["format"] == "inovasi_index.plan/1"
    assert Fraction(plain["cost"]) == found.cost
    assert sum(Fraction(step["gain"]) for step in plain["steps"]) == (
        found.after.exact - found.before.exact
    )
    assert plain["target"] == {"index": "60.00", "band": None}
    assert plain["proven_optimal"] is True
    by_place = {step["place"]: step for step in plain["steps"]}
    assert by_place["w0"]["design"] is True
    assert by_place["w0"]["changes"][0]["indicator"] == "i0"
    new = [step for step in plain["steps"] if "levels" in step]
    assert [step["affair"] for step in new if "affair" in step] in ([], ["b"])
    band = plan(CASE.submission, CASE.edition, target="high").to_dict()
    assert band["target"] == {"index": "50.00", "band": "High"}


def test_a_claim_is_raised_without_a_paper() -> None:
    found = plan(CASE.submission, CASE.edition, target=20, basis=ii.Basis.CLAIMED)
    assert "raise the level: " in str(found)
    assert "its paper" not in str(found)
    many = plan(
        CASE.submission,
        CASE.edition,
        budget=2,
        costs=Costs(further=[NewInnovation(levels=3, cost="0.75")]),
        forbid=[Forbidden(part="region")],
        max_new_innovations=2,
    )
    assert "Best plan within a budget of 2" in str(many)
    assert "none that reaches this one costs less" in str(many)
    assert "2 × report a further innovation" in str(many) or "0.75" in str(many)


def test_the_command_prints_the_plan(tell: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = tell("plan", EXAMPLE, "--target", "Sangat Inovatif")
    found = plan(CITY, EDITION, target="Sangat Inovatif")
    assert (code, err) == (0, "")
    assert found.to_text(width=60) in out
    assert "not a fact" in " ".join(out.split())
    assert max(map(len, out.split("\n"))) <= 60
    code, out, _ = tell("plan", EXAMPLE, "--target", "65,01", "--json")
    assert json.loads(out)["cost"] == str(found.cost)


def test_the_command_takes_costs_bans_and_limits(
    tell: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    costs = tmp_path / "costs.toml"
    costs.write_text("raise_level = 3\n[level_costs]\n3 = 5\n", encoding="utf-8")
    words = ["--forbid", "part=region", "--forbid", "kind=raise_level,agency=dinkes"]
    words += ["--limit", "disdik=2", "--max-new", "0", "--basis", "verified", "--time-limit", "60"]
    code, out, _ = tell("plan", EXAMPLE, "--budget", "12", "--costs", str(costs), *words, "--json")
    found = plan(
        CITY,
        EDITION,
        budget=12,
        basis=ii.Basis.VERIFIED,
        costs={"raise_level": 3, "level_costs": {3: 5}},
        forbid=[Forbidden(part="region"), Forbidden(kind="raise_level", agency="dinkes")],
        limits={"disdik": 2},
        max_new_innovations=0,
    )
    assert code == 0
    assert json.loads(out) == json.loads(json.dumps(found.to_dict()))
    code, out, _ = tell("plan", EXAMPLE, "--budget", "1", "--basis", "verified")
    assert "Every step assumes that the verifier accepts it." in " ".join(out.split())


def test_the_command_shows_what_can_be_reached(
    tell: Callable[..., tuple[int, str, str]],
) -> None:
    words = ["plan", EXAMPLE, "--target", "99", "--max-new", "0", "--forbid", "part=region"]
    code, out, err = tell(*words)
    assert code == 3
    assert "cannot be reached; the best that can be reached is" in err
    assert "Best plan within" not in out
    assert "The most that can be reached" in out
    assert "steps, cost" in out
    code, out, _ = tell(*words, "--json")
    plain = json.loads(out)
    assert code == 3
    assert plain["faults"][0]["code"] == "unreachable"
    assert plain["best"]["highest"] == plain["best"]["after"]["index"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--target", "Sangat Inovativ"], "did you mean"),
        (["--target", "70", "--forbid", "regulation"], "write NAME=VALUE"),
        (["--target", "70", "--forbid", "indicater=regulation"], "did you mean 'indicator'"),
        (["--target", "70", "--limit", "dinkes=x"], "whole number"),
        (["--target", "70", "--limit", "dinkes=1,disdik=2"], "one agency each"),
        (["--target", "70", "--max-new", "-1"], "whole number"),
        ([], "give a target"),
    ],
)
def test_the_command_refuses_what_it_cannot_read(
    tell: Callable[..., tuple[int, str, str]], words: list[str], said: str
) -> None:
    code, _, err = tell("plan", EXAMPLE, *words)
    assert code == 1
    assert said in err


def test_costs_that_are_no_toml_are_refused(
    tell: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    costs = tmp_path / "costs.toml"
    costs.write_text("raise_level = = 3", encoding="utf-8")
    code, _, err = tell("plan", EXAMPLE, "--target", "70", "--costs", str(costs))
    assert code == 1
    assert "bad-toml" in err


def test_progress_is_shown_on_a_terminal_when_it_takes_long(
    tell: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from inovasi_index.cli.commands import plan as command

    monkeypatch.setattr(command, "_PATIENCE", -1.0)
    assert tell("plan", EXAMPLE, "--budget", "2")[2] == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    _, _, err = tell("plan", EXAMPLE, "--budget", "2")
    assert "searching: 0 of" in err
    assert err.endswith("\n")


def test_the_command_selects(tell: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = tell("select", EXAMPLE, "--basis", "verified")
    assert code == 0
    assert "not about the work" in " ".join(out.split())
    code, out, _ = tell("select", EXAMPLE, "--language", "id", "--json")
    assert json.loads(out)["format"] == "inovasi_index.selection/1"


def test_the_command_weighs_the_risk(tell: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = tell("risk", EXAMPLE, "--pending", "0,8", "--row", "quality_video=0.6")
    found = risk(CITY, EDITION, survival={"pending": 0.8, "indicators": {"quality_video": 0.6}})
    assert code == 0
    assert found.to_text(width=60) == out.rstrip("\n")
    assert f"Probability of at least {found.documented.band}" in out
    code, out, _ = tell(
        "risk", EXAMPLE, "--pending", "0.8", "--target", "50", "--most", "3", "--json"
    )
    plain = json.loads(out)
    assert plain["target"]["index"] == "50.00"
    assert len(plain["carriers"]) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "have no probability"),
        (["--pending", "1.5"], "not a probability"),
        (["--pending", "often"], "--pending: 'often' is not a number"),
        (["--pending", "0.5", "--row", "regulation"], "write KEY=PROBABILITY"),
        (["--pending", "0.5", "--row", "regulatio=0.5"], "did you mean 'regulation'"),
        (["--pending", "0.5", "--target", "101"], "0 to 100"),
    ],
)
def test_the_risk_command_refuses_what_it_cannot_read(
    tell: Callable[..., tuple[int, str, str]], words: list[str], said: str
) -> None:
    code, _, err = tell("risk", EXAMPLE, *words)
    assert code == 1
    assert said in err


def test_without_bands_everything_works_by_the_index() -> None:
    from attrs import evolve

    edition = ii.load_edition("iid-2027")
    city = evolve(CITY, year=2027)
    found = plan(city, edition, target=60)
    assert found.to_dict()["after"]["band"] is None
    assert "(" not in str(found).split("\n", maxsplit=1)[0]
    with pytest.raises(UnreachableError, match=r"is \d+\.\d+, at a cost"):
        plan(city, edition, target=99, max_new_innovations=0)
    chosen = select_innovations(city, edition)
    assert chosen.to_dict()["before"]["band"] is None
    weighed = risk(city, edition, survival=0.8)
    assert weighed.bands_if_known is None
    assert "No source gives the bands of iid-2027" in str(weighed)
    plain = weighed.to_dict(most=2)
    assert (plain["bands"], plain["target"]) == (None, None)
    assert [one["secured"] for one in plain["carriers"]] == [None, None]
    losses = [one.expected_loss for one in weighed.carriers()]
    assert losses == sorted(losses, reverse=True)
    assert "Probability of an index of at least 45.00" in weighed.to_text(target=45)
    with pytest.raises(IncompleteEditionError):
        weighed.held_band  # noqa: B018 - a property that refuses


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0.0 %"), (1, "100.0 %"), (0.5, "50.0 %"), (0.9995, "> 99.9 %"), (0.0004, "< 0.1 %")],
)
def test_what_is_not_certain_does_not_look_certain(share: float, said: str) -> None:
    assert percent(share, Language.ENGLISH) == said
    assert percent(1.0, Language.ENGLISH, sure=False) == "> 99.9 %"


def test_what_a_double_cannot_tell_from_certain_is_told() -> None:
    said = str(risk(CITY, EDITION, survival=0.8))
    assert "Inovatif: > 99.9 %" in said
    assert "Probability of at least Inovatif (40.01): > 99.9 %" in said
