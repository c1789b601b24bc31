"""What changed from year to year is listed by key."""

from __future__ import annotations

from itertools import pairwise

import pytest

from inovasi_index import errors
from inovasi_index.rules import available_editions, editions, load_edition
from inovasi_index.rules.comparing import Change


def test_an_edition_does_not_differ_from_itself() -> None:
    for name in available_editions():
        same = editions.compare(name, load_edition(name))
        assert len(same) == 0
        assert str(same) == f"{name} → {name}: no changes"


def test_the_outlook_of_2027_line_by_line() -> None:
    comparison = editions.compare("iid-2026", "iid-2027")
    assert [str(change) for change in comparison] == [
        "formula.minimum_divisor: 12 → 14",
        "formula.basic_affairs_needed: 5 → 6",
        "bands.not_assessable.lower: 0.00 → (none)",
        "bands.not_assessable.upper: 0.00 → (none)",
        "bands.less_innovative.lower: 0.01 → (none)",
        "bands.less_innovative.upper: 40.00 → (none)",
        "bands.innovative.lower: 40.01 → (none)",
        "bands.innovative.upper: 65.00 → (none)",
        "bands.very_innovative.lower: 65.01 → (none)",
        "bands.very_innovative.upper: 100.00 → (none)",
        "eligibility.window_start: 2024-01-01 → (none)",
        "eligibility.window_end: 2025-12-31 → (none)",
    ]
    assert str(comparison).startswith("iid-2026 → iid-2027: 12 changes\n  formula.minimum_div")


def test_one_change_is_counted_as_one() -> None:
    comparison = editions.compare("iid-2027", "iid-2028")
    assert [(c.place, c.before, c.after) for c in comparison] == [
        ("formula.minimum_divisor", "14", "16")
    ]
    assert str(comparison).startswith("iid-2027 → iid-2028: 1 change\n")


def test_from_2025_to_2026() -> None:
    comparison = editions.compare("iid-2025", "iid-2026")
    assert comparison.added == tuple(r.key for r in load_edition("iid-2026").region_indicators)
    assert comparison.removed == ()
    added = comparison.under("region.audit_opinion")
    assert added == (Change("region.audit_opinion", None, "Opini BPK"),)
    changed = {c.place: (c.before, c.after) for c in comparison}
    assert changed["innovation.work_tools.code"] == ("32", "19")
    assert changed["innovation.quality_video.name"] == (
        "Kualitas inovasi daerah",
        "Video inovasi daerah",
    )
    assert changed["innovation.networks.numeric.bounds[1]"] == ("1 … 2", "2 … 2")
    assert changed["innovation.benefits.numeric.a.bounds[3]"] == ("≥ 201", "≥ 501")
    assert changed["innovation.benefits.numeric.f.unit"] == (None, "periode")
    assert changed["bands.innovative.lower"] == (None, "40.01")
    assert changed["eligibility.window_start"] == ("2023-01-01", "2024-01-01")
    assert changed["formula.minimum_divisor"] == (None, "12")
    assert "innovation.regulation.weight" not in changed
    assert "innovation.regulation.levels[1]" in changed


def test_rows_that_go() -> None:
    comparison = editions.compare("iid-2024", "iid-2026")
    assert comparison.removed == ("sipd_adoption",)
    assert "mandatory_spending" in comparison.added
    assert comparison.under("region.sipd_adoption")[0].after is None


def test_weights_of_2021_and_later() -> None:
    changes = {c.place: c for c in editions.compare("iid-2021", "iid-2023")}
    assert str(changes["innovation.benefits.weight"]) == "innovation.benefits.weight: 5.00 → 3.00"


def test_the_other_way_round_is_the_mirror_image() -> None:
    for before, after in pairwise(available_editions()):
        there, back = editions.compare(before, after), editions.compare(after, before)
        assert {(c.place, c.before, c.after) for c in there} == {
            (c.place, c.after, c.before) for c in back
        }
        assert (there.added, there.removed) == (back.removed, back.added)


def test_unknown_editions() -> None:
    with pytest.raises(errors.UnknownNameError, match="iid-2026"):
        editions.compare("iid-2026", "iid-2206")


def test_the_namespace() -> None:
    assert editions.available() == available_editions()
    assert editions.load("iid-2024") is load_edition("iid-2024")
