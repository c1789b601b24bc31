"""Every kind of fault of an edition file is named, with its place, all of them at once."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from inovasi_index import errors
from inovasi_index.rules import Certainty, Part, load_edition, reading

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
id = "contest"
title = "A province's contest"
period = { start = 2026-01-01, end = 2026-12-31 }
notes = ["Found in a letter [L]."]

[sources]
period = ["L"]
affairs = ["L"]

[completeness]
formula = { status = "official", note = "as printed [L]" }

[formula]
total_max = 12
region_max = 3
maturity_max = 6
count_max = 3
minimum_divisor = 1
count_cap = 6
points_per_innovation = 0.5
basic_affairs_needed = 1
sources = { total_max = ["L"], region_max = ["L"], maturity_max = ["L"], count_max = ["L"], \
minimum_divisor = ["L"], count_cap = ["L"], points_per_innovation = ["L"], \
basic_affairs_needed = ["L"] }

[shared_sources.bands]
name = ["L"]
lower = ["L"]
upper = ["L"]

[bands.low]
name = "Rendah"
lower = 0
upper = 50

[bands.high]
name = "Tinggi"
lower = 50.01
upper = 100

[eligibility]
stages = ["application"]
window_start = 2025-01-01
window_end = 2025-12-31
sources = { stages = ["L"], window_start = ["L"], window_end = ["L"] }

[shared_sources.region]
name = ["L"]
code = ["L"]
weight = ["L"]
levels = ["L"]

[shared_sources.innovation]
name = ["L"]
code = ["L"]
weight = ["L"]
levels = ["L"]
numeric = ["L"]
mandatory = { certainty = "missing", note = "not printed" }

[region.vision_mission]
code = "1"
name = "Visi dan Misi"
weight = 1
levels = [{ points = 1 }, { points = 2 }, { points = 3 }]

[innovation.replication]
code = "2"
name = "Replikasi"
weight = 2
levels = [{ points = 2, text = "1 kali" }, { points = 4 }, { points = 6 }]

[[innovation.replication.numeric]]
unit = "kali"
direction = "higher"
whole = true
domain = { from = 0 }
bounds = [{ from = 1, to = 1 }, { from = 2, to = 2 }, { from = 3 }]

[vocabularies.stage]
trial = { name = "Uji Coba" }
application = { name = "Penerapan", aliases = ["penerapan inovasi"] }

[vocabularies.sources]
stage = ["L"]

[affairs]
health = { name = "Kesehatan", basic = true }
food = { name = "Pangan", basic = false }

[[conflicts]]
field = "weights"
readings = [{ cite = ["L"], says = "one" }]
resolution = "one"

[citations.L]
document = "A letter"
date = 2026-02-01
confidence = "high"
"""


def faults_of(file: Path) -> list[tuple[str, str]]:
    with pytest.raises(errors.EditionFileError) as caught:
        load_edition(file)
    assert str(file) in str(caught.value)
    assert all(fault.message for fault in caught.value.faults)
    return [(fault.code, fault.place) for fault in caught.value.faults]


@pytest.fixture
def write(tmp_path: Path) -> Path:
    return tmp_path / "contest.toml"


def test_the_good_file_is_good(write: Path) -> None:
    write.write_text(GOOD, encoding="utf-8")
    edition = load_edition(write)
    assert edition.id == "contest"
    assert edition == load_edition(str(write))
    assert edition.formula.points_per_innovation_hundredths == 50
    assert [row.part for row in edition] == [Part.REGION, Part.INNOVATION]
    assert edition["replication"].levels[0].text == "1 kali"
    said = {c.area: c.status for c in edition.completeness}
    assert said["formula"] == said["bands"] == said["raw_values"] == Certainty.OFFICIAL
    assert said["mandatory_rows"] == said["evidence"] == Certainty.MISSING


# (what is replaced, by what, the faults) – each a file with one thing wrong.
ONE_FAULT: list[tuple[str, str, str, str]] = [
    # unknown keys and tables, with near misses
    ("count_cap = 6", "count_capp = 6", "unknown-key", "formula.count_capp"),
    ("[formula]", "[colours]\nred = 1\n\n[formula]", "unknown-key", "colours"),
    (
        'unit = "kali"',
        'unit = "kali"\ncolour = "red"',
        "unknown-key",
        "innovation.replication.numeric[1].colour",
    ),
    (
        'stage = ["L"]',
        'stage = ["L"]\nstages = ["L"]',
        "unknown-key",
        "vocabularies.sources.stages",
    ),
    (
        "formula = { status",
        'formulas = { status = "official", note = "x" }\nformula = { status',
        "unknown-key",
        "completeness.formulas",
    ),
    ("date = 2026-02-01", 'date = 2026-02-01\nauthor = "x"', "unknown-key", "citations.L.author"),
    # wrong types
    ('title = "A province\'s contest"', "title = 5", "wrong-type", "title"),
    ("minimum_divisor = 1", 'minimum_divisor = "1"', "wrong-type", "formula.minimum_divisor"),
    ("minimum_divisor = 1", "minimum_divisor = true", "wrong-type", "formula.minimum_divisor"),
    ("minimum_divisor = 1", "minimum_divisor = 1.0", "wrong-type", "formula.minimum_divisor"),
    ("weight = 2", 'weight = "2"', "wrong-type", "innovation.replication.weight"),
    ("weight = 2", "weight = true", "wrong-type", "innovation.replication.weight"),
    ("whole = true", "whole = 1", "wrong-type", "innovation.replication.numeric[1].whole"),
    ("lower = 0", "lower = []", "wrong-type", "bands.low.lower"),
    (
        "window_start = 2025-01-01",
        'window_start = "2025-01-01"',
        "wrong-type",
        "eligibility.window_start",
    ),
    (
        "window_start = 2025-01-01",
        "window_start = 2025-01-01T00:00:00",
        "wrong-type",
        "eligibility.window_start",
    ),
    ("period = {", "period = 2026 # {", "wrong-type", "period"),
    ('stages = ["application"]', 'stages = "application"', "wrong-type", "eligibility.stages"),
    ('notes = ["Found in a letter [L]."]', "notes = [5]", "wrong-type", "notes[1]"),
    ("[citations.L]", "[citations]\nK = 5\n\n[citations.L]", "wrong-type", "citations.K"),
    ("[affairs]", "[affairs]\nx = 1", "wrong-type", "affairs.x"),
    # values out of range
    ("weight = 2", "weight = 10001", "out-of-range", "innovation.replication.weight"),
    ("weight = 2", "weight = -1", "out-of-range", "innovation.replication.weight"),
    ("weight = 2", "weight = nan", "out-of-range", "innovation.replication.weight"),
    ("weight = 2", "weight = inf", "out-of-range", "innovation.replication.weight"),
    ("weight = 2", "weight = 1e999999", "out-of-range", "innovation.replication.weight"),
    ("weight = 2", "weight = 2.005", "too-precise", "innovation.replication.weight"),
    ("weight = 2", "weight = 1e-999999", "too-precise", "innovation.replication.weight"),
    (
        "from = 3 }",
        "from = 3.0000000001 }",
        "too-precise",
        "innovation.replication.numeric[1].bounds[3].from",
    ),
    ("total_max = 12", "total_max = 1000001", "out-of-range", "formula.total_max"),
    ("count_cap = 6", "count_cap = 1000001", "out-of-range", "formula.count_cap"),
    ("count_cap = 6", f"count_cap = 1{'0' * 400}", "out-of-range", "formula.count_cap"),
    ("minimum_divisor = 1", "minimum_divisor = 0", "out-of-range", "formula.minimum_divisor"),
    ("upper = 100", "upper = 100.01", "out-of-range", "bands.high.upper"),
    (
        "levels = [{ points = 1 }, { points = 2 }, { points = 3 }]",
        f"levels = [{'{ points = 1 }, ' * 10}]",
        "out-of-range",
        "region.vision_mission.levels",
    ),
    (
        "levels = [{ points = 1 }, { points = 2 }, { points = 3 }]",
        "levels = []",
        "out-of-range",
        "region.vision_mission.levels",
    ),
    ('title = "A province\'s contest"', f'title = "{"x" * 201}"', "too-long", "title"),
    ('title = "A province\'s contest"', 'title = " spaced "', "bad-text", "title"),
    ('title = "A province\'s contest"', 'title = ""', "bad-text", "title"),
    ('id = "contest"', 'id = "Con test"', "bad-text", "id"),
    (
        'direction = "higher"',
        'direction = "highest"',
        "not-allowed",
        "innovation.replication.numeric[1].direction",
    ),
    (
        'certainty = "missing"',
        'certainty = "absent"',
        "not-allowed",
        "shared_sources.innovation.mandatory.certainty",
    ),
    (
        'stages = ["application"]',
        'stages = ["application", "application"]',
        "duplicate",
        "eligibility.stages",
    ),
    # keys
    ("[bands.low]", "[bands.LOW]", "bad-key", "bands.LOW"),
    ("[bands.low]", "[bands.sources]", "bad-key", "bands.sources"),
    (
        "[citations.L]",
        "[citations.l]\ndocument = 'x'\nconfidence = 'y'\n[citations.L]",
        "bad-key",
        "citations.l",
    ),
    ("[region.vision_mission]", "[region.regulation]", "moved-key", "region.regulation"),
    ("[region.vision_mission]", "[region.visionmission]", "misspelt-key", "region.visionmission"),
    (
        "[region.vision_mission]",
        "[region.vision_misssion]",
        "misspelt-key",
        "region.vision_misssion",
    ),
    # absent
    ('id = "contest"\n', "", "missing-key", "id"),
    ("start = 2026-01-01, ", "", "missing-key", "period.start"),
    ('unit = "kali"\n', "", "missing-key", "innovation.replication.numeric[1].unit"),
    ('confidence = "high"\n', "", "missing-key", "citations.L.confidence"),
    ('"Kesehatan", basic = true', '"Kesehatan"', "missing-key", "affairs.health.basic"),
    # citations
    (
        'code = ["L"]\nweight = ["L"]\nlevels = ["L"]\n\n[shared',
        'weight = ["L"]\nlevels = ["L"]\n\n[shared',
        "missing-citation",
        "region.vision_mission.code",
    ),
    ('affairs = ["L"]', "", "missing-citation", "affairs"),
    ('stage = ["L"]', "", "missing-citation", "vocabularies.stage"),
    ('affairs = ["L"]', "affairs = []", "missing-citation", "sources.affairs"),
    ('affairs = ["L"]', 'affairs = { note = "somewhere" }', "missing-citation", "sources.affairs"),
    ('affairs = ["L"]', 'affairs = ["M"]', "unresolved-citation", "sources.affairs"),
    (
        'affairs = ["L"]',
        'affairs = { cite = ["L"], note = "or so [N2]" }',
        "unresolved-citation",
        "sources.affairs",
    ),
    ("a letter [L]", "a letter [K]", "unresolved-citation", "notes"),
    ("as printed [L]", "as printed [K]", "unresolved-citation", "completeness.formula"),
    (
        'readings = [{ cite = ["L"]',
        'readings = [{ cite = ["K"]',
        "unresolved-citation",
        "conflicts.weights",
    ),
    (
        "[citations.L]",
        '[citations.K]\ndocument = "x"\nconfidence = "y"\n[citations.L]',
        "unused-citation",
        "citations.K",
    ),
    ('period = ["L"]', 'period = ["L", "L"]', "duplicate", "sources.period.cite"),
    (
        'mandatory = { certainty = "missing", note = "not printed" }',
        "mandatory = 5",
        "wrong-type",
        "shared_sources.innovation.mandatory.cite",
    ),
    ('affairs = ["L"]', 'affairs = { certainty = "missing" }', "contradiction", "sources.affairs"),
    (
        'sources = { stages = ["L"],',
        'sources = { max_reports = ["L"], stages = ["L"],',
        "contradiction",
        "eligibility.sources.max_reports",
    ),
    # levels and sums
    (
        "{ points = 2 }, { points = 3 }",
        "{ points = 2 }, { points = 4 }",
        "points-not-weight-times-level",
        "region.vision_mission.levels[3].points",
    ),
    ("region_max = 3", "region_max = 3.5", "sum-differs", "formula.region_max"),
    ("count_cap = 6", "count_cap = 7", "sum-differs", "formula.count_max"),
    ("total_max = 12", "total_max = 13", "sum-differs", "formula.total_max"),
    # bands
    ("lower = 50.01", "lower = 50.02", "bands-hole", "bands.high.lower"),
    ("lower = 50.01", "lower = 50", "bands-overlap", "bands.high.lower"),
    ("lower = 0\n", "lower = 0.01\n", "bands-hole", "bands.low.lower"),
    ("upper = 100", "upper = 99", "bands-hole", "bands.high.upper"),
    # numeric rules
    (
        "{ from = 2, to = 2 }, ",
        "",
        "bounds-not-as-many-as-levels",
        "innovation.replication.numeric[1].bounds",
    ),
    (
        "{ from = 3 }]",
        '{ from = 3 }]\ntexts = ["a", "b"]',
        "texts-not-as-many-as-levels",
        "innovation.replication.numeric[1].texts",
    ),
    (
        "{ from = 2, to = 2 }, { from = 3 }",
        "{ from = 2, to = 2 }, { from = 2 }",
        "bounds-not-ordered",
        "innovation.replication.numeric[1].bounds[3]",
    ),
    (
        "{ from = 2, to = 2 }",
        "{ from = 2, to = 1 }",
        "bounds-not-ordered",
        "innovation.replication.numeric[1].bounds[2]",
    ),
    (
        "{ from = 1, to = 1 }",
        "{ from = 0.5, to = 1 }",
        "bound-not-whole",
        "innovation.replication.numeric[1].bounds[1].from",
    ),
    (
        "domain = { from = 0 }",
        "domain = { from = 2 }",
        "bound-outside-domain",
        "innovation.replication.numeric[1].bounds[1].from",
    ),
    (
        "domain = { from = 0 }",
        "domain = { from = 0, to = 2 }",
        "bound-outside-domain",
        "innovation.replication.numeric[1].bounds[3].from",
    ),
    # dates, words, affairs
    ("end = 2026-12-31", "end = 2025-12-31", "dates-not-ordered", "period"),
    ("window_end = 2025-12-31", "window_end = 2024-12-31", "dates-not-ordered", "eligibility"),
    ('stages = ["application"]', 'stages = ["aplication"]', "unknown-stage", "eligibility.stages"),
    (
        "basic_affairs_needed = 1",
        "basic_affairs_needed = 2",
        "out-of-range",
        "formula.basic_affairs_needed",
    ),
    (
        "[affairs]",
        '[affairs]\nland = { name = "Pertanahan", basic = false }',
        "basic-affairs-not-first",
        "affairs",
    ),
    ('name = "Pangan"', 'name = "KESEHATAN"', "duplicate", "affairs"),
    (
        'aliases = ["penerapan inovasi"]',
        'aliases = ["uji coba"]',
        "duplicate",
        "vocabularies.stage",
    ),
    ('code = "2"', 'code = "1"', "duplicate", "region.vision_mission.code"),
    # completeness
    (
        "formula = { status",
        'evidence = { status = "candidate", note = "x" }\nformula = { status',
        "overstated",
        "completeness.evidence.status",
    ),
    # composition
    (
        "[formula]",
        '[inherited]\ncertainty = "inferred"\nnote = "x"\n\n[formula]',
        "not-allowed",
        "inherited",
    ),
    ('id = "contest"', 'id = "iid-2026"', "id-taken", "id"),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [pytest.param(*row, id=f"{row[2]}-{row[3]}-{n}") for n, row in enumerate(ONE_FAULT)],
)
def test_one_fault(write: Path, old: str, new: str, code: str, place: str) -> None:
    assert old in GOOD
    write.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    found = faults_of(write)
    assert (code, place) in found
    # What follows from the fault (a source without its value) may be named too, no more.
    follows = {"contradiction", "missing-key", "missing-citation", "unused-citation"}
    assert {c for c, _ in found} <= {code, *follows}


def test_a_row_that_is_no_table(write: Path) -> None:
    text = GOOD.replace("[region.vision_mission]", "[region]\nx = 5\n\n[region.vision_mission]")
    write.write_text(text, encoding="utf-8")
    assert faults_of(write) == [("wrong-type", "region.x")]


def test_a_part_without_rows(write: Path) -> None:
    start, end = GOOD.index("[region.vision"), GOOD.index("[innovation.replication]")
    text = (GOOD[:start] + GOOD[end:]).replace("region_max = 3", "region_max = 0")
    write.write_text(text.replace("total_max = 12", "total_max = 9"), encoding="utf-8")
    assert load_edition(write).region_indicators == ()


def test_too_many_entries(write: Path) -> None:
    many = "".join(f"[bands.b{n}]\n" for n in range(21))
    write.write_text(GOOD.replace("[bands.low]", f"{many}[bands.low]"), encoding="utf-8")
    assert faults_of(write) == [("out-of-range", "bands")]


def test_a_number_of_hundreds_of_digits_is_not_printed(write: Path) -> None:
    write.write_text(GOOD.replace("total_max = 12", f"total_max = {'9' * 999}"), encoding="utf-8")
    with pytest.raises(errors.EditionFileError, match="a number of more than 30 digits") as caught:
        load_edition(write)
    assert len(str(caught.value)) < 1000


def test_rows_in_both_parts(write: Path) -> None:
    extra = '[innovation.own_row]\nname = "a"\n\n[region.own_row]\nname = "b"\n\n[vocab'
    text = GOOD.replace("[vocab", extra, 1)
    # Rows without weights make no sum, so the doubled key is the only fault.
    write.write_text(text, encoding="utf-8")
    assert faults_of(write) == [("duplicate", "innovation.own_row")]


def test_points_must_rise(write: Path) -> None:
    text = GOOD.replace("weight = 1\n", "").replace("{ points = 3 }]", "{ points = 2 }]", 1)
    write.write_text(text.replace("region_max = 3\n", "", 1), encoding="utf-8")
    assert ("points-not-rising", "region.vision_mission.levels") in faults_of(write)


def test_half_a_window(write: Path) -> None:
    text = GOOD.replace("window_end = 2025-12-31\n", "").replace(', window_end = ["L"]', "")
    write.write_text(text, encoding="utf-8")
    assert faults_of(write) == [("half-window", "eligibility")]


def test_bands_upside_down(write: Path) -> None:
    text = GOOD.replace("lower = 0\nupper = 50", "lower = 50\nupper = 0")
    write.write_text(text, encoding="utf-8")
    assert ("bands-not-ordered", "bands.low") in faults_of(write)


@pytest.mark.parametrize(
    "bases", [("a", "a"), ("a", None), (None, None)], ids=["same", "one-without", "none"]
)
def test_several_rules_need_different_bases(write: Path, bases: tuple[str | None, ...]) -> None:
    rule = GOOD[GOOD.index("[[innovation") : GOOD.index("[vocabularies.stage]")]
    rules = "".join(rule + (f'basis = "{b}"\n\n' if b else "\n") for b in bases)
    write.write_text(GOOD.replace(rule, rules), encoding="utf-8")
    assert faults_of(write) == [("duplicate", "innovation.replication.numeric")]


def test_lower_is_better_is_ordered_the_other_way(write: Path) -> None:
    good = GOOD.replace('"higher"', '"lower"').replace(
        "bounds = [{ from = 1, to = 1 }, { from = 2, to = 2 }, { from = 3 }]",
        "bounds = [{ from = 3 }, { from = 2, to = 2 }, { to = 1 }]",
    )
    write.write_text(good, encoding="utf-8")
    assert load_edition(write)["replication"].rule_for().level_of(2) == 2
    bad = good.replace("{ from = 2, to = 2 }, { to = 1 }", "{ from = 2, to = 2 }, { to = 2 }")
    write.write_text(bad, encoding="utf-8")
    place = "innovation.replication.numeric[1].bounds[3]"
    assert faults_of(write) == [("bounds-not-ordered", place)]
    worse = good.replace("{ to = 1 }]", "{ }]")
    write.write_text(worse, encoding="utf-8")
    assert faults_of(write) == [("bounds-not-ordered", place)] * 2


def test_a_key_of_its_own_is_allowed(write: Path) -> None:
    for key in ("halal_certificates", "poverty_rate_rural", "tour", "network"):
        text = GOOD.replace("[region.vision_mission]", f"[region.{key}]")
        write.write_text(text, encoding="utf-8")
        if key == "network":  # 'networks' with a letter dropped
            assert faults_of(write) == [("misspelt-key", "region.network")]
        else:
            assert key in load_edition(write)


def test_all_faults_at_once_in_the_order_of_the_file(write: Path) -> None:
    text = (
        GOOD.replace("minimum_divisor = 1", "minimum_divisor = 0")
        .replace("lower = 50.01", "lower = 51")
        .replace('code = "2"', 'code = "1"')
        .replace('direction = "higher"', 'direction = "up"')
        .replace("window_end = 2025-12-31", "window_end = 2020-12-31")
        .replace("{ points = 4 }", "{ points = 5 }")
        .replace('affairs = ["L"]', 'affairs = ["L", "M"]')
    )
    write.write_text(text + "\n[surplus]\n", encoding="utf-8")
    assert faults_of(write) == [
        ("out-of-range", "formula.minimum_divisor"),
        ("not-allowed", "innovation.replication.numeric[1].direction"),
        ("unknown-key", "surplus"),
        ("points-not-weight-times-level", "innovation.replication.levels[2].points"),
        ("dates-not-ordered", "eligibility"),
        ("duplicate", "region.vision_mission.code"),
        ("bands-hole", "bands.high.lower"),
        ("unresolved-citation", "sources.affairs"),
    ]


def test_near_misses_are_offered(write: Path) -> None:
    write.write_text(GOOD.replace("count_cap = 6", "count_capp = 6"), encoding="utf-8")
    with pytest.raises(errors.EditionFileError, match="did you mean 'count_cap'"):
        load_edition(write)
    write.write_text(GOOD.replace('"higher"', '"highr"'), encoding="utf-8")
    with pytest.raises(ValueError, match="did you mean 'higher'"):
        load_edition(write)


# -- files that cannot be read at all --------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (b"", "empty-file", ""),
        (b" \n\n ", "empty-file", ""),
        (b"\xef\xbb\xbfid = 'x'", "byte-order-mark", "byte 0"),
        ("title = 'Inovasi'".encode("utf-16"), "not-utf-8", "byte 0"),
        (b"id = '\xe9'", "not-utf-8", "byte 6"),
        (b"id = 'x'\ntitle = = 5", "toml-syntax", "line 2, column 9"),
        (b"id = 'x'\nid = 'y'\nz = 1", "toml-syntax", "line 2, column"),
        (b"[region.a]\n[region.a]", "toml-syntax", "line 2, column"),
        (b"id = 'x", "toml-syntax", "end of document"),
        (b"a = " + b"[" * 100_000, "too-deep", ""),
        (b"a = " + b"9" * 5000, "toml-syntax", ""),
        (b"a = 2026-13-45", "toml-syntax", "line 1, column"),
        (b"#" * 1_000_001, "too-large", ""),
    ],
    ids=lambda value: value if isinstance(value, str) and value else None,
)
def test_unreadable(write: Path, content: bytes, code: str, place: str) -> None:
    write.write_bytes(content)
    found = faults_of(write)
    assert [c for c, _ in found] == [code]
    assert found[0][1].startswith(place) if place else found[0][1] == ""


def test_a_comment_of_the_largest_size_is_read(write: Path) -> None:
    padding = "#" * (1_000_000 - len(GOOD.encode()) - 1)
    write.write_text(f"{GOOD}{padding}\n", encoding="utf-8")
    assert load_edition(write).id == "contest"


def test_no_such_file_and_no_file(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "absent.toml") == [("unreadable-file", "")]
    assert faults_of(tmp_path) == [("unreadable-file", "")]


def test_unknown_names_offer_what_is_near() -> None:
    with pytest.raises(errors.UnknownNameError, match="did you mean 'iid-2026'"):
        load_edition("iid-26")
    with pytest.raises(LookupError, match="unknown edition"):
        load_edition("")


def test_a_path_without_suffix_is_a_path(tmp_path: Path) -> None:
    file = tmp_path / "contest"
    file.write_text(GOOD, encoding="utf-8")
    assert load_edition(str(file)).id == load_edition(file).id == "contest"


@pytest.mark.parametrize(
    "nothing", ["id = 1", "a.b.c = 1", "[citations]", "region = []", "sources = 1", "extends = 5"]
)
def test_a_file_of_nothing_lists_what_is_missing(write: Path, nothing: str) -> None:
    write.write_text(nothing, encoding="utf-8")
    assert faults_of(write)


# What is said, to the letter.

SAID: list[tuple[str, str, str]] = [
    (
        "notes = [",
        'without = ["formula.count_cap"]\nnotes = [',
        "without: only with 'extends' [not-allowed]",
    ),
    (
        "notes = [",
        'inherited = { certainty = "inferred", note = "x" }\nnotes = [',
        "inherited: only with 'extends' [not-allowed]",
    ),
    (
        "{ points = 4 }",
        "{ points = 4.5 }",
        "innovation.replication.levels[2].points: 4.50 points, but weight times level is 4.00 "
        "[points-not-weight-times-level]",
    ),
    (
        "total_max = 12",
        "total_max = 12.5",
        "formula.total_max: is 12.50, but the parts add up to 12.00 [sum-differs]",
    ),
    (
        "points_per_innovation = 0.5",
        "points_per_innovation = 0.25",
        "formula.count_max: is 3.00, but the cap add up to 1.50 [sum-differs]",
    ),
    (
        "lower = 50.01",
        "lower = 51",
        "bands.high.lower: a hole: low ends at 50.00, this one starts at 51.00; bands are listed "
        "from the lowest and meet one hundredth apart [bands-hole]",
    ),
    (
        "lower = 50.01",
        "lower = 50",
        "bands.high.lower: an overlap: low ends at 50.00, this one starts at 50.00; bands are "
        "listed from the lowest and meet one hundredth apart [bands-overlap]",
    ),
    (
        "{ from = 2, to = 2 }, { from = 3 }",
        "{ from = 3, to = 3 }, { from = 3 }",
        "innovation.replication.numeric[1].bounds[3]: 'from' must rise with the level "
        "[bounds-not-ordered]",
    ),
    (
        "{ from = 1, to = 1 }",
        "{ from = 1, to = 1.5 }",
        "innovation.replication.numeric[1].bounds[1].to: 1.5, but the value is a whole number "
        "[bound-not-whole]",
    ),
    (
        "{ from = 3 }]",
        "{ to = 3.5 }]",
        "innovation.replication.numeric[1].bounds[3].to: 3.5, but the value is a whole number "
        "[bound-not-whole]",
    ),
    (
        "domain = { from = 0 }",
        "domain = { from = 2 }",
        "innovation.replication.numeric[1].bounds[1].from: 1: the domain is ≥ 2 "
        "[bound-outside-domain]\n  innovation.replication.numeric[1].bounds[1].to: 1: the domain "
        "is ≥ 2 [bound-outside-domain]",
    ),
    (
        "domain = { from = 0 }",
        "domain = { from = 0, to = 2.5 }",
        "innovation.replication.numeric[1].domain.to: 2.5, but the value is a whole number "
        "[bound-not-whole]\n  innovation.replication.numeric[1].bounds[3].from: 3: the domain is "
        "0 … 2.5 [bound-outside-domain]",
    ),
    (
        "[innovation.replication]",
        "[innovation.repliction]",
        "innovation.repliction: 'repliction' is almost a key of other editions; did you mean "
        "'replication'? [misspelt-key]",
    ),
    (
        "region.vision_mission]",
        "region.visionmission]",
        "region.visionmission: 'visionmission' is almost a key of other editions; did you mean "
        "'vision_mission'? [misspelt-key]",
    ),
    (
        "region.vision_mission]",
        "region.policyqualityindex]",
        "region.policyqualityindex: 'policyqualityindex' is almost a key of other editions; did "
        "you mean 'policy_quality_index'? [misspelt-key]",
    ),
    (
        "region.vision_mission]",
        "region.visi_on_miss_ion]",
        "region.visi_on_miss_ion: 'visi_on_miss_ion' is almost a key of other editions; did you "
        "mean 'vision_mission'? [misspelt-key]",
    ),
    (
        'code = "2"',
        'code = "1"',
        "region.vision_mission.code: number 1 is given to vision_mission and replication "
        "[duplicate]",
    ),
    (
        'stages = ["application"]',
        'stages = ["aplication"]',
        "eligibility.stages: 'aplication' is no stage; did you mean 'application'? [unknown-stage]",
    ),
    (
        'stages = ["application"]',
        'stages = ["xyz"]',
        "eligibility.stages: 'xyz' is no stage; known: trial, application [unknown-stage]",
    ),
    (
        'resolution = "one"',
        'resolution = "one [K]"',
        "conflicts: cites 'K', which is not given [unresolved-citation]",
    ),
    (
        '[shared_sources.region]\nname = ["L"]',
        '[shared_sources.region]\nname = ["L"]\nnotes = ["L"]',
        "shared_sources.region.notes: unknown key",
    ),
    (
        'total_max = ["L"]',
        'total_max = ["K"]',
        "formula.sources.total_max: cites 'K', which is not given [unresolved-citation]",
    ),
    (
        'stages = ["L"]',
        'stages = ["K"]',
        "eligibility.sources.stages: cites 'K', which is not given [unresolved-citation]",
    ),
    (
        'total_max = ["L"], ',
        'total_max = { certainty = "missing", note = "x" }, ',
        "formula.sources.total_max: is the source of a value that is called missing "
        "[contradiction]",
    ),
    (
        "total_max = 12\n",
        "",
        "formula.sources.total_max: is the source of no value [contradiction]",
    ),
    (
        'sources = { stages = ["L"]',
        'notes = ["x"]\nsources = { stages = ["L"]',
        "eligibility.notes: unknown key; known: stages, window_start, window_end, "
        "development_counts, design_min_words, mandatory_rows, max_reports, sources [unknown-key]",
    ),
    # the form of a text
    ('id = "contest"', 'id = "Con test"', "id: must be an id, not 'Con test' [bad-text]"),
    (
        'code = "2"',
        'code = "2 b"',
        "innovation.replication.code: must be a number, not '2 b' [bad-text]",
    ),
    (
        'unit = "kali"',
        'unit = "kali"\nbasis = "A"',
        "innovation.replication.numeric[1].basis: must be one small letter, not 'A' [bad-text]",
    ),
    (
        'code = "2"',
        'code = "2"\nfile_types = ["PDF", "jpg"]\nsources = { file_types = ["L"] }',
        "innovation.replication.file_types[2]: must be a file type in capitals, not 'jpg' "
        "[bad-text]",
    ),
    (
        'stages = ["application"]',
        'stages = ["application", "Uji Coba"]',
        "eligibility.stages[2]: must be a key of small letters, digits and underscores, not "
        "'Uji Coba' [bad-text]",
    ),
    (
        'readings = [{ cite = ["L"]',
        'readings = [{ cite = ["L", "l"]',
        "conflicts[1].readings[1].cite[2]: must be the key of a citation, not 'l' [bad-text]",
    ),
    (
        'period = ["L"]',
        'period = ["L", "l"]',
        "sources.period.cite[2]: must be the key of a citation, not 'l' [bad-text]",
    ),
    (
        "notes = [",
        'without = ["formula count"]\nnotes = [',
        "without[1]: must be a path of keys, not 'formula count' [bad-text]",
    ),
    (
        "date = 2026-02-01",
        'date = 2026-02-01\ncolour = "red"',
        "citations.L.colour: unknown key; known: document, number, date, part, transcribed_in, "
        "confidence [unknown-key]",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), SAID)
def test_what_faults_say(write: Path, old: str, new: str, said: str) -> None:
    assert GOOD.count(old) >= 1
    write.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(errors.EditionFileError) as caught:
        load_edition(write)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('name = "Visi dan Misi"', "name = 5", "region.vision_mission.name"),
        ('name = "Replikasi"', "name = 5", "innovation.replication.name"),
        ("weight = 2", 'weight = "2"', "innovation.replication.weight"),
        ("{ points = 4 }, { points = 6 }]", '"x"]', "innovation.replication.levels[2]"),
        ("{ points = 4 }, {", '"x", {', "innovation.replication.levels[2]"),
        ("{ from = 2, to = 2 }", '"x"', "innovation.replication.numeric[1].bounds[2]"),
        ("window_start = 2025-01-01", 'window_start = "x"', "eligibility.window_start"),
        ("total_max = 12", 'total_max = "12"', "formula.total_max"),
        ("basic_affairs_needed = 1", 'basic_affairs_needed = "1"', "formula.basic_affairs_needed"),
        ('name = "Kesehatan"', "name = 5", "affairs.health.name"),
        ('name = "Penerapan"', "name = 5", "vocabularies.stage.application.name"),
        ('name = "Tinggi"', "name = 5", "bands.high.name"),
    ],
)
def test_what_cannot_be_read_is_told_once(write: Path, old: str, new: str, place: str) -> None:
    rows = (f'\n[{row}]\nname = "N"\nweight = 0\n' for row in ("region.mine", "innovation.ours"))
    text = "".join([GOOD.replace(old, new, 1), *rows])
    if new == '"x"]':  # rows have three levels where they are not known
        text = text.replace(", { from = 3 }]", "]")
    write.write_text(text, encoding="utf-8")
    assert faults_of(write) == [("wrong-type", place)]


def test_each_unknown_key_of_a_table_is_named(write: Path) -> None:
    text = GOOD.replace("total_max = 12", 'aa = 1\ntotal_max = "x"\nbb = 2', 1)
    write.write_text(text, encoding="utf-8")
    assert faults_of(write) == [
        ("unknown-key", "formula.aa"),
        ("wrong-type", "formula.total_max"),
        ("unknown-key", "formula.bb"),
    ]


@pytest.mark.parametrize("key", ["replicati", "replica", "reputation", "own"])
def test_keys_of_ones_own_are_no_slips(write: Path, key: str) -> None:
    write.write_text(GOOD.replace("innovation.replication", f"innovation.{key}"), encoding="utf-8")
    assert load_edition(write)[key].part is Part.INNOVATION


def test_one_day_is_a_period_and_a_window(write: Path) -> None:
    text = GOOD.replace("end = 2026-12-31", "end = 2026-01-01")
    text = text.replace("window_end = 2025-12-31", "window_end = 2025-01-01")
    write.write_text(text, encoding="utf-8")
    edition = load_edition(write)
    assert edition.start == edition.end
    assert edition.eligibility.window_start == edition.eligibility.window_end


def test_places_of_what_cannot_be_read(tmp_path: Path) -> None:
    def only(content: bytes) -> errors.Fault:
        file = tmp_path / "mine.toml"
        file.write_bytes(content)
        with pytest.raises(errors.EditionFileError) as caught:
            load_edition(file)
        (fault,) = caught.value.faults
        return fault

    assert only(b"").place == only(b" \n").place == ""
    assert only(b"\xef\xbb\xbfid = 1").place == "byte 0"
    assert only(b"id = '\xff'").place == "byte 6"
    syntax = only(b"id = \n")
    assert (syntax.code, syntax.place) == ("toml-syntax", "line 1, column 6")
    gone = tmp_path / "gone.toml"
    with pytest.raises(errors.EditionFileError) as caught:
        load_edition(gone)
    assert str(caught.value) == (f"{gone}: 1 fault\n  No such file or directory [unreadable-file]")
    with pytest.raises(errors.EditionFileError) as caught:
        load_edition("no\0thing.toml")
    assert [(f.code, f.place) for f in caught.value.faults] == [("unreadable-file", "")]


def test_tables_of_tables_are_tables(write: Path) -> None:
    affairs = GOOD[GOOD.index("[affairs]") : GOOD.index("[[conflicts]]")]
    text = GOOD.replace(affairs, "").replace('affairs = ["L"]\n', "")
    write.write_text(f"affairs = 5\n{text}", encoding="utf-8")
    assert faults_of(write) == [("wrong-type", "affairs"), ("missing-citation", "affairs")]
    citations = GOOD[GOOD.index("[citations.L]") :]
    write.write_text(f"citations = 5\n{GOOD.replace(citations, '')}", encoding="utf-8")
    assert ("wrong-type", "citations") in faults_of(write)


def test_each_key_that_is_none_is_named(write: Path) -> None:
    text = GOOD.replace("health = {", '"a b" = { name = "A", basic = true }\nhealth = { x = 1,')
    write.write_text(text.replace("food =", '"c d" = 5\nfood ='), encoding="utf-8")
    assert faults_of(write) == [
        ("bad-key", "affairs.a b"),
        ("unknown-key", "affairs.health.x"),
        ("bad-key", "affairs.c d"),
    ]


def bands_of(n: int) -> str:
    """A file with so many bands."""
    first, last = GOOD.index("[bands.low]"), GOOD.index("[eligibility]")
    bands = [
        f'[bands.b{k}]\nname = "B{k}"\nlower = {k}{".01" if k else ""}\n'
        f"upper = {100 if k == n - 1 else k + 1}\n"
        for k in range(n)
    ]
    return GOOD[:first] + "\n".join(bands) + "\n" + GOOD[last:]


def test_as_many_as_are_allowed(write: Path) -> None:
    write.write_text(bands_of(20), encoding="utf-8")
    assert len(load_edition(write).bands) == 20
    write.write_text(bands_of(21), encoding="utf-8")
    assert faults_of(write) == [("out-of-range", "bands")]
    names = [f"a{n}" for n in range(50)]
    text = GOOD.replace('["penerapan inovasi"]', str(names))
    write.write_text(text, encoding="utf-8")
    assert load_edition(write).terms[1].aliases == tuple(names)


def test_the_longest_text_and_the_smallest_number(write: Path) -> None:
    text = GOOD.replace("from = 1, to = 1 }", "from = 0.000000001, to = 1 }")
    text = text.replace("whole = true", "whole = false").replace("lower = 0\n", "lower = 0e-99\n")
    write.write_text(text.replace("Found in", "x" * 2000 + '", "Found in'), encoding="utf-8")
    edition = load_edition(write)
    assert len(edition.notes[0]) == 2000
    assert str(edition["replication"].numeric[0].bounds[0].lower) == "1E-9"
    assert edition.bands[0].lower_hundredths == 0
    write.write_text(text.replace("Found in", "x" * 2001 + '", "Found in'), encoding="utf-8")
    with pytest.raises(errors.EditionFileError) as caught:
        load_edition(write)
    assert [str(fault) for fault in caught.value.faults] == [
        "notes[1]: 2001 characters; at most 2000 allowed [too-long]"
    ]


def test_what_a_file_may_extend(tmp_path: Path) -> None:
    def faults(extends: str, name: str = "child.toml") -> list[str]:
        file = tmp_path / name
        file.write_text(
            f'extends = "{extends}"\nid = "mine"\ntitle = "T"\n'
            "period = { start = 2030-01-01, end = 2030-12-31 }\n"
            'sources = { period = ["D"] }\n[citations.D]\ndocument = "D"\nconfidence = "high"\n',
            encoding="utf-8",
        )
        try:
            load_edition(file)
        except errors.EditionFileError as error:
            return [f"{f.code} {f.place}: {f.message}" for f in error.faults]
        return []

    assert faults("iid-2026") == []
    assert faults("iid-2062")[0].startswith(
        "unknown-edition extends: 'iid-2062' is neither a shipped edition nor the path of a .toml "
        "file; did you mean 'iid-20"
    )
    (said,) = faults("xyz")
    assert "; shipped: iid-2021, iid-2022" in said
    for path in ("../other.toml", "below/other.toml", "/etc/other.toml"):
        (said,) = faults(path)
        assert said == f"not-beside extends: '{path}' is not the name of a file beside this one"
    (said,) = faults("a\\u0000.toml")
    assert said.startswith("not-beside extends: ")
    names = [f"e{n}.toml" for n in range(reading.MOST_PARENTS + 3)]
    for name, after in pairwise(names):
        faults(after, name)
    deep = faults(names[1], names[0])
    assert [text.partition(":")[0] for text in deep] == ["too-deep extends"]
    assert deep[0].endswith("more than 20 editions, each extending the next")


CHILD = """\
extends = "iid-2026"
id = "mine"
title = "T"
period = { start = 2030-01-01, end = 2030-12-31 }
without = ["region", "completeness.region_rows", "completeness.region_weights"]
inherited = { certainty = "candidate", note = "from 2026" }
sources = { period = ["D"] }
[citations.D]
document = "D"
confidence = "high"
"""


def test_what_is_inherited_is_less_sure_and_cites_no_more_than_it_uses(tmp_path: Path) -> None:
    from inovasi_index.rules import source_of
    from inovasi_index.rules.checking import cited_keys

    file = tmp_path / "mine.toml"
    file.write_text(CHILD, encoding="utf-8")
    edition, parent = load_edition(file), load_edition("iid-2026")
    assert edition.region_indicators == ()
    assert edition.innovation_indicators[0].name == parent.innovation_indicators[0].name
    source = source_of(edition.formula, "count_cap")
    assert source is not None
    assert (source.certainty, source.note.endswith("from 2026")) == (Certainty.CANDIDATE, True)
    keys = {citation.key for citation in edition.citations}
    assert keys == set(cited_keys(edition))
    assert keys - {"D"} < {citation.key for citation in parent.citations}
    file.write_text(CHILD.replace("completeness.region_rows", "region.nothing"), encoding="utf-8")
    assert faults_of(file) == [("nothing-there", "without")]


@pytest.mark.parametrize("sort", ["keys", "mentions"])
def test_a_file_full_of_faults_is_refused_soon(write: Path, sort: str) -> None:
    shipped = (reading.SHIPPED / "iid-2026.toml").read_text(encoding="utf-8")
    own = shipped.replace('id = "iid-2026"', 'id = "own"', 1)
    if sort == "keys":
        text = "".join(f"region{n} = 1\n" for n in range(60_000)) + own
    else:
        notes = [" ".join(f"[K{n}X{m}]" for m in range(200)) for n in range(80)]
        known = (f'[citations.K{n}]\ndocument = "D"\nconfidence = "high"\n' for n in range(400))
        text = own.replace("notes = [", f"notes = {str(notes)[:-1]}, ", 1) + "".join(known)
    write.write_text(text, encoding="utf-8")
    start = time.process_time()
    codes = {code for code, _ in faults_of(write)}
    assert time.process_time() - start < 3
    assert codes == {"unknown-key" if sort == "keys" else "unresolved-citation", "more-faults"}
