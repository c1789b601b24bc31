"""An edition that extends another changes what it says and marks what it takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inovasi_index import errors
from inovasi_index.rules import Certainty, Edition, editions, load_edition, source_of

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
id = "{id}"
title = "Our {id}"
extends = "{extends}"
period = {{ start = 2027-01-01, end = 2027-12-31 }}
"""
OWN = """
[sources]
period = ["O"]

[citations.O]
document = "Our own letter"
confidence = "high"
"""


def edition(
    folder: Path, body: str = "", *, top: str = "", name: str = "own", extends: str = "iid-2026"
) -> Edition:
    file = folder / f"{name}.toml"
    file.write_text(HEAD.format(id=name, extends=extends) + top + body + OWN, encoding="utf-8")
    return load_edition(file)


def places(
    folder: Path, body: str = "", *, top: str = "", extends: str = "iid-2026"
) -> list[tuple[str, str]]:
    with pytest.raises(errors.EditionFileError) as caught:
        edition(folder, body, top=top, extends=extends)
    return [(fault.code, fault.place) for fault in caught.value.faults]


def test_what_is_not_said_is_taken_over(tmp_path: Path) -> None:
    own, old = edition(tmp_path), load_edition("iid-2026")
    assert own.indicators == old.indicators
    assert (own.formula, own.bands, own.affairs) == (old.formula, old.bands, old.affairs)
    assert own.extends == "iid-2026"
    assert own.citation("O").document == "Our own letter"
    assert own.citation("A") == old.citation("A")
    assert list(editions.compare(old, own)) == []


def test_one_field_of_one_row_is_changed(tmp_path: Path) -> None:
    own = edition(
        tmp_path,
        '[innovation.regulation]\nname = "Regulasi"\nsources.name = ["O"]\n',
    )
    assert own["regulation"].name == "Regulasi"
    assert own["regulation"].levels == load_edition("iid-2026")["regulation"].levels
    source = source_of(own["regulation"], "name")
    assert source is not None
    assert source.citations == ("O",)
    assert [r.key for r in own] == [r.key for r in load_edition("iid-2026")]


def test_a_changed_value_needs_a_source_of_its_own(tmp_path: Path) -> None:
    assert places(tmp_path, "[formula]\nminimum_divisor = 13\n") == [
        ("missing-citation", "formula.minimum_divisor")
    ]
    body = '[innovation.regulation]\nname = "Regulasi"\n'
    assert places(tmp_path, body) == [("missing-citation", "innovation.regulation.name")]


def test_shared_sources_of_the_child_reach_its_own_values_only(tmp_path: Path) -> None:
    own = edition(
        tmp_path,
        '[shared_sources.innovation]\nname = ["O"]\n\n[innovation.regulation]\nname = "R"\n',
    )
    assert source_of(own["regulation"], "name").citations == ("O",)  # type: ignore[union-attr]
    assert source_of(own["benefits"], "name").citations == ("A",)  # type: ignore[union-attr]


def test_rules_are_checked_on_the_whole(tmp_path: Path) -> None:
    body = '[formula]\ncount_cap = 100\nsources.count_cap = ["O"]\n'
    assert places(tmp_path, body) == [("sum-differs", "formula.count_max")]
    body = '[bands.innovative]\nlower = 41\nsources.lower = ["O"]\n'
    assert places(tmp_path, body) == [("bands-hole", "bands.innovative.lower")]


def test_a_row_is_added_and_one_left_out(tmp_path: Path) -> None:
    own = edition(
        tmp_path,
        '[innovation.halal]\nname = "Sertifikat halal"\nweight = 3\n'
        'sources = { name = ["O"], weight = ["O"] }\n',
        top='without = ["innovation.regulation"]\n',
    )
    assert "regulation" not in own
    assert own.innovation_indicators[-1].key == "halal"
    comparison = editions.compare("iid-2026", own)
    assert comparison.added == ("halal",)
    assert comparison.removed == ("regulation",)


def test_without_takes_the_source_along(tmp_path: Path) -> None:
    top = 'without = ["formula.count_max", "bands.*.lower"]\n'
    assert places(tmp_path, top=top) == [("overstated", "completeness.bands.status")]
    stated = '[completeness]\nbands = { status = "missing", note = "left out" }\n'
    own = edition(tmp_path, stated, top=top)
    assert own.formula.count_max_hundredths is None
    assert source_of(own.formula, "count_max") is None
    assert {band.lower_hundredths for band in own.bands} == {None}
    assert all(band.upper_hundredths is not None for band in own.bands)


def test_without_must_hit_something(tmp_path: Path) -> None:
    top = 'without = ["formula.count_maxx", "bands.*.colour", "id.x", "region"]\n'
    assert places(tmp_path, top=top)[:3] == [("nothing-there", "without")] * 3


def test_inherited_values_are_lowered_but_not_raised(tmp_path: Path) -> None:
    top = '\n[inherited]\ncertainty = "candidate"\nnote = "from 2026"\n\n'
    own = edition(tmp_path, top=top)
    name = source_of(own["regulation"], "name")
    assert name is not None
    assert name.certainty is Certainty.CANDIDATE
    assert name.note == "from 2026"
    evidence = source_of(own["vision_mission"], "evidence")
    assert evidence is not None
    assert evidence.certainty is Certainty.MISSING
    weight = source_of(own["vision_mission"], "weight")
    assert weight is not None
    assert weight.note.endswith("; from 2026")
    period = next(s for s in own.sources if s.field == "period")
    assert period.certainty is Certainty.OFFICIAL
    statuses = {c.area: c.status for c in own.completeness}
    assert set(statuses.values()) == {Certainty.CANDIDATE}


def test_a_sibling_file_is_extended(tmp_path: Path) -> None:
    edition(tmp_path, '[formula]\nminimum_divisor = 13\nsources.minimum_divisor = ["O"]\n')
    second = edition(tmp_path, name="second", extends="own.toml")
    assert second.constant("minimum_divisor") == 13
    assert second.id == "second"


def test_an_outlook_can_be_extended(tmp_path: Path) -> None:
    own = edition(tmp_path, extends="iid-2027")
    assert own.constant("minimum_divisor") == 14
    assert own.bands[0].lower_hundredths is None


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_cycle_is_a_fault(tmp_path: Path, length: int) -> None:
    for n in range(length):
        text = HEAD.format(id=f"e{n}", extends=f"e{(n + 1) % length}.toml")
        (tmp_path / f"e{n}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(errors.EditionFileError) as caught:
        load_edition(tmp_path / "e0.toml")
    (fault,) = (f for f in caught.value.faults if f.code == "extends-cycle")
    assert fault.place == "extends"
    assert fault.message.count("→") == length
    assert f"e{length - 1}.toml" in str(caught.value)


def test_an_unknown_parent_is_named_with_the_other_faults(tmp_path: Path) -> None:
    found = places(tmp_path, "[formula]\ncount_cap = -1\n", extends="iid-2062")
    assert ("unknown-edition", "extends") in found
    assert ("out-of-range", "formula.count_cap") in found
    assert "missing-key" not in {code for code, _ in found}


@pytest.mark.parametrize("extends", ["iid-2062", "../other.toml"])
def test_what_is_left_to_an_unknown_parent_is_not_missing(tmp_path: Path, extends: str) -> None:
    body = '[bands.innovative]\nlower = 41\nsources.lower = ["O"]\n'
    ((_, place),) = places(tmp_path, body, extends=extends)
    assert place == "extends"


def test_only_papers_that_are_cited_are_taken_over(tmp_path: Path) -> None:
    other = '[citations.P]\ndocument = "Another letter"\nconfidence = "high"\n'
    top = 'notes = ["said in [P]"]\n'
    assert edition(tmp_path, other, top=top).citation("P").document == "Another letter"
    again = edition(tmp_path, name="again", extends="own.toml")
    assert {"O", "P"} < {citation.key for citation in again.citations}
    silent = edition(tmp_path, top="notes = []\n", name="silent", extends="own.toml")
    assert "P" not in {citation.key for citation in silent.citations}


def test_a_child_may_cite_the_papers_of_its_parent_alone(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    head = HEAD.format(id="own", extends="iid-2026")
    file.write_text(f'{head}sources.period = ["A"]\n', encoding="utf-8")
    assert load_edition(file).citations == load_edition("iid-2026").citations


def test_twenty_editions_may_each_extend_the_next(tmp_path: Path) -> None:
    first = HEAD.replace('extends = "{extends}"\n', "").format(id="e0")
    (tmp_path / "e0.toml").write_text(first + OWN, encoding="utf-8")
    for n in range(1, 22):
        text = HEAD.format(id=f"e{n}", extends=f"e{n - 1}.toml") + OWN
        (tmp_path / f"e{n}.toml").write_text(text, encoding="utf-8")
    assert load_edition(tmp_path / "e20.toml").id == "e20"
    with pytest.raises(errors.EditionFileError, match="more than 20 editions") as caught:
        load_edition(tmp_path / "e21.toml")
    assert [fault.code for fault in caught.value.faults] == ["too-deep"]


def test_faults_of_the_parent_are_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "parent.toml").write_text("id = 5", encoding="utf-8")
    with pytest.raises(errors.EditionFileError, match=r"parent\.toml: \d faults"):
        edition(tmp_path, extends="parent.toml")


def test_an_absent_parent(tmp_path: Path) -> None:
    with pytest.raises(errors.EditionFileError, match="unreadable-file"):
        edition(tmp_path, extends="nowhere.toml")


def test_id_title_and_period_are_not_inherited(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('extends = "iid-2026"\n', encoding="utf-8")
    with pytest.raises(errors.EditionFileError) as caught:
        load_edition(file)
    missing = {f.place for f in caught.value.faults if f.code == "missing-key"}
    assert missing == {"id", "title", "period"}


def test_conflicting_kinds_of_tables_are_faults(tmp_path: Path) -> None:
    assert ("wrong-type", "formula") in places(tmp_path, top="formula = 5\n")
    assert ("wrong-type", "formula.sources") in places(tmp_path, "[formula]\nsources = 5\n")
    found = places(tmp_path, top="innovation.regulation = 5\n")
    assert ("wrong-type", "innovation.regulation") in found
