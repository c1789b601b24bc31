"""The shipped editions say what the guidelines and transcriptions say, and no more."""

from __future__ import annotations

import datetime as dt
import pickle
import re
import tomllib
import warnings
from pathlib import Path
from typing import Any

import pytest

from inovasi_index import errors
from inovasi_index.rules import (
    Certainty,
    Edition,
    Part,
    available_editions,
    load_edition,
    reading,
    source_of,
)
from inovasi_index.rules.checking import area_certainty
from inovasi_index.rules.composing import CERTAINTIES
from inovasi_index.rules.grammar import AREAS
from inovasi_index.rules.keys import PART_OF

YEARS = range(2021, 2030)
OUTLOOKS = range(2027, 2030)
D = dt.date


def of(year: int) -> Edition:
    return load_edition(f"iid-{year}")


@pytest.fixture(params=YEARS, ids=str)
def edition(request: pytest.FixtureRequest) -> Edition:
    return of(request.param)


def test_nine_editions_are_shipped() -> None:
    assert available_editions() == tuple(f"iid-{year}" for year in YEARS)


def test_a_shipped_edition_is_read_once() -> None:
    assert of(2026) is of(2026)


# Points per level, in the order of the rows of 2026 (README: "What changed from year to year").
REGION_2026 = {
    "vision_mission": "1",
    "budget_on_time": "1",
    "mandatory_spending": "1",
    "licensing_growth": "1",
    "income_per_capita_growth": "1",
    "unemployment_reduction": "0.75",
    "unemployment_rate": "0.75",
    "investment_growth": "1.5",
    "own_source_revenue_growth": "1.5",
    "audit_opinion": "1.5",
    "accountability_grade": "1",
    "poverty_reduction": "0.75",
    "poverty_rate": "0.75",
    "hdi_gain": "0.75",
    "hdi_level": "0.75",
    "innovator_awards": "2",
    "policy_recommendations": "1",
    "policy_quality_index": "1",
    "science_technology_masterplan": "1",
    "ip_facilitation": "1",
}
INNOVATION_FROM_2023 = {
    "regulation": 3,
    "human_resources": 2,
    "budget_support": 2,
    "work_tools": 2,
    "technical_guidance": 1,
    "planning_integration": 2,
    "actor_involvement": 1,
    "implementers": 1,
    "networks": 1,
    "outreach": 1,
    "technical_manual": 1,
    "information_access": 1,
    "process_ease": 2,
    "complaint_resolution": 1,
    "integrated_services": 2,
    "replication": 3,
    "creation_speed": 2,
    "benefits": 3,
    "monitoring_evaluation": 2,
    "quality_video": 4,
}
INNOVATION_2021 = INNOVATION_FROM_2023 | {
    "regulation": 4,
    "budget_support": 4,
    "technical_guidance": 2,
    "implementers": 2,
    "outreach": 2,
    "technical_manual": 2,
    "information_access": 2,
    "complaint_resolution": 2,
    "replication": 2,
    "creation_speed": 3,
    "benefits": 5,
    "monitoring_evaluation": 3,
    "quality_video": 5,
}


@pytest.mark.parametrize("year", range(2023, 2030))
def test_innovation_weights_from_2023_add_up_to_37(year: int) -> None:
    weights = {r.key: r.weight_hundredths for r in of(year).innovation_indicators}
    assert weights == {key: 100 * w for key, w in INNOVATION_FROM_2023.items()}
    assert sum(of(year).weights_hundredths(Part.INNOVATION)) == 37_00
    assert sum(r.max_hundredths or 0 for r in of(year).innovation_indicators) == 111_00


def test_innovation_weights_of_2021_add_up_to_50() -> None:
    weights = {r.key: r.weight_hundredths for r in of(2021).innovation_indicators}
    assert weights == {key: 100 * w for key, w in INNOVATION_2021.items()}
    assert sum(r.max_hundredths or 0 for r in of(2021).innovation_indicators) == 150_00


@pytest.mark.parametrize("year", [2026, *OUTLOOKS])
def test_region_weights_from_2026_add_up_to_21(year: int) -> None:
    weights = {r.key: r.weight_hundredths for r in of(year).region_indicators}
    assert weights == {key: int(float(w) * 100) for key, w in REGION_2026.items()}
    assert list(weights) == list(REGION_2026)
    assert sum(of(year).weights_hundredths(Part.REGION)) == 21_00


@pytest.mark.parametrize(("year", "n"), [(2021, 0), (2022, 0), (2023, 15), (2024, 15), (2025, 0)])
def test_region_rows_before_2026_have_names_at_most(year: int, n: int) -> None:
    rows = of(year).region_indicators
    assert len(rows) == n
    assert all(r.weight_hundredths is None and not r.levels and r.code is None for r in rows)
    with pytest.raises(errors.IncompleteEditionError, match="region_points"):
        of(year).weights_hundredths(Part.REGION)


def test_weights_of_2022_are_missing() -> None:
    assert all(r.weight_hundredths is None for r in of(2022).innovation_indicators)
    with pytest.raises(errors.IncompleteEditionError, match="supply"):
        of(2022).weights_hundredths(Part.INNOVATION)


REGION_CODES_2026 = "1 2a 2b 3 4 5a 5b 6 7 8 9 10a 10b 11a 11b 12 13a 13b 14 15"


def test_numbers_of_2026() -> None:
    assert [r.code for r in of(2026).region_indicators] == REGION_CODES_2026.split()
    assert [r.code for r in of(2026).innovation_indicators] == [str(n) for n in range(16, 36)]
    assert of(2026).by_code("5a").key == "unemployment_reduction"
    assert of(2026).by_code("19").key == "work_tools"
    assert of(2024).by_code("19").key == "technical_guidance"
    with pytest.raises(errors.UnknownNameError, match="number"):
        of(2026).by_code("36")


MANDATORY_REGION_CODES = set(REGION_CODES_2026.split()) - {
    "2a",
    "2b",
    "12",
    "13a",
    "13b",
    "14",
    "15",
}
MANDATORY_INNOVATION = {
    "regulation",
    "human_resources",
    "creation_speed",
    "benefits",
    "quality_video",
}


def test_mandatory_rows() -> None:
    required = {r.code for r in of(2026).region_indicators if r.mandatory}
    assert required == MANDATORY_REGION_CODES
    assert len({re.sub(r"\D", "", code) for code in MANDATORY_REGION_CODES}) == 10
    for year in (2023, 2024, 2025, 2026):
        found = {r.key for r in of(year).innovation_indicators if r.mandatory}
        assert found == MANDATORY_INNOVATION
    assert sum(bool(r.mandatory) for r in of(2023).region_indicators) == 10
    for year in (2021, 2022):
        assert {r.mandatory for r in of(year)} == {None}
    assert {r.mandatory for r in of(2024).region_indicators} == {None}


FORMULAS: dict[int, dict[str, int | None]] = {
    2023: {"total": 250, "region": 63, "divisor": 10, "cap": None, "points": None, "affairs": 2},
    2024: {"total": 250, "region": 63, "divisor": None, "cap": 200, "points": 38, "affairs": None},
    2025: {
        "total": 250,
        "region": None,
        "divisor": None,
        "cap": 200,
        "points": 38,
        "affairs": None,
    },
    2026: {"total": 250, "region": 63, "divisor": 12, "cap": 200, "points": 38, "affairs": 5},
    2027: {"total": 250, "region": 63, "divisor": 14, "cap": 200, "points": 38, "affairs": 6},
    2028: {"total": 250, "region": 63, "divisor": 16, "cap": 200, "points": 38, "affairs": 6},
    2029: {"total": 250, "region": 63, "divisor": 18, "cap": 200, "points": 38, "affairs": 6},
}


@pytest.mark.parametrize("year", FORMULAS)
def test_constants_of_the_formula(year: int) -> None:
    expected, formula = FORMULAS[year], of(year).formula
    total, region = expected["total"], expected["region"]
    assert formula.total_max_hundredths == (total and total * 100)
    assert formula.region_max_hundredths == (region and region * 100)
    assert formula.maturity_max_hundredths == 111_00
    assert formula.minimum_divisor == expected["divisor"]
    assert formula.count_cap == expected["cap"]
    assert formula.points_per_innovation_hundredths == expected["points"]
    assert formula.basic_affairs_needed == expected["affairs"]
    assert formula.decimals == 2


@pytest.mark.parametrize(("year", "maturity"), [(2021, 150_00), (2022, 111_00)])
def test_formula_before_2023_was_not_found(year: int, maturity: int) -> None:
    formula = of(year).formula
    # Stated apart from any formula: the maximum of one innovation.
    assert formula.maturity_max_hundredths == maturity
    for name in ("total_max_hundredths", "minimum_divisor", "count_cap", "basic_affairs_needed"):
        assert getattr(formula, name) is None
        with pytest.raises(errors.IncompleteEditionError, match=f"supply\\({name}="):
            of(year).constant(name)


INFERRED = {
    2023: {"total_max", "region_max", "count_max", "basic_affairs_needed", "decimals"},
    2024: {"total_max", "maturity_max", "count_max", "count_cap", "points_per_innovation"},
    2025: {"total_max", "maturity_max", "count_cap", "points_per_innovation", "decimals"},
    2026: {"decimals"},
}


@pytest.mark.parametrize("year", INFERRED)
def test_inferred_constants_say_so(year: int) -> None:
    found = {s.field for s in of(year).formula.sources if s.certainty is Certainty.INFERRED}
    assert found == INFERRED[year] | {"decimals"}
    for source in of(year).formula.sources:
        if source.certainty is Certainty.INFERRED:
            assert source.note


BANDS: dict[int, list[tuple[int | None, int | None]]] = {
    2021: [(0, 0), (1, 2999), (3000, 5999), (6000, 10000)],
    2022: [(0, 0), (1, 3499), (3500, 6000), (6001, 10000)],
    2023: [(0, 0), (1, 3499), (3500, 6000), (6001, 10000)],
    2024: [(0, 0), (1, 3499), (3500, 6000), (6001, 10000)],
    2025: [(0, 0), (None, None), (None, 6500), (6501, 10000)],
    2026: [(0, 0), (1, 4000), (4001, 6500), (6501, 10000)],
    2027: [(None, None)] * 4,
    2028: [(None, None)] * 4,
    2029: [(None, None)] * 4,
}
NAMES = ["Tidak Dapat Dinilai", "Kurang Inovatif", "Inovatif", "Sangat Inovatif"]
KEYS = ["not_assessable", "less_innovative", "innovative", "very_innovative"]


def test_bands(edition: Edition) -> None:
    bounds = [(b.lower_hundredths, b.upper_hundredths) for b in edition.bands]
    assert bounds == BANDS[edition.start.year]
    assert [b.name for b in edition.bands] == NAMES
    assert [b.key for b in edition.bands] == KEYS


@pytest.mark.parametrize("year", [2021, 2022])
def test_bands_never_printed_are_candidates(year: int) -> None:
    certainties = {s.certainty for band in of(year).bands for s in band.sources}
    assert certainties == {Certainty.CANDIDATE}


WINDOWS = {
    2021: (D(2019, 1, 1), D(2020, 12, 31)),
    2023: (D(2021, 1, 1), D(2022, 12, 31)),
    2025: (D(2023, 1, 1), D(2024, 12, 31)),
    2026: (D(2024, 1, 1), D(2025, 12, 31)),
}


def test_windows(edition: Edition) -> None:
    rule = edition.eligibility
    expected = WINDOWS.get(edition.start.year, (None, None))
    assert (rule.window_start, rule.window_end) == expected


def test_eligibility_of_2026() -> None:
    rule = of(2026).eligibility
    assert rule.stages == ("application",)
    assert rule.design_min_words == 300
    assert rule.development_counts is True
    assert rule.mandatory_rows is True
    assert of(2024).eligibility.max_reports == 2
    assert of(2024).eligibility.design_min_words == 300


BASIC = ["education", "health", "public_works", "housing", "public_order", "social"]


@pytest.mark.parametrize("year", range(2023, 2030))
def test_thirty_eight_affairs_the_basic_ones_first(year: int) -> None:
    edition = of(year)
    assert len(edition.affairs) == 38
    assert [a.key for a in edition.basic_affairs] == BASIC
    assert edition.affairs[3].name == "Perumahan Rakyat dan Kawasan Permukiman"
    assert edition.affair_index("land") == 9
    assert edition.affair_index("nowhere") == edition.affair_index(None) == -1


@pytest.mark.parametrize("year", [2021, 2022])
def test_affairs_and_words_were_not_found_before_2023(year: int) -> None:
    assert of(year).affairs == ()
    assert of(year).terms == ()


def test_words_of_the_profile() -> None:
    def words(year: int, name: str) -> list[str]:
        return [term.key for term in of(year).vocabulary(name)]

    for year in range(2023, 2030):
        assert words(year, "stage") == ["initiative", "trial", "application"]
        assert words(year, "form") == ["governance", "public_service", "other"]
        assert set(words(year, "initiator")) == {
            "regional_head",
            "council_member",
            "agency",
            "civil_servant",
            "community",
        }
    assert words(2025, "kind") == ["digital", "non_digital", "technology"]
    assert words(2026, "kind") == ["digital", "non_digital"]
    assert words(2026, "classification") == ["agency", "village", "community"]
    assert len(words(2026, "pkpn")) == 9
    assert len(words(2023, "theme")) == len(words(2024, "theme")) == 5
    assert words(2025, "theme") == words(2026, "theme") == []


# Spellings of the portal's downloads and of copies (portal_export.md).
SPELLINGS = [
    "kepemudaan dan olah raga",
    "pemberdayaan masyarakat dan Desa",
    "ketenteraman, ketertiban umum, dan pelindungan masyarakat",
    "Fungsi Penunjang lainnya sesuai dengan ketentuan peraturan perundang-undangan",
    "Pendidikan dan Pelatihan (Diklat)",
    "Penelitian dan Pengembangan (Litbang)",
    "Ketentraman, Ketertiban Umum, dan Perlindungan Masyarakat",
    "Pertahanan",
    "Kepegawalan",
    "Adminitrasi Kependudukan dan Pencatatan Sipil",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spellings_that_circulate_are_known(spelling: str) -> None:
    known = {s.casefold() for a in of(2025).affairs for s in (a.name, *a.aliases)}
    assert spelling.casefold() in known


@pytest.mark.parametrize(
    ("vocabulary", "spelling"),
    [
        ("stage", "Ujicoba"),
        ("kind", "Non-Digital"),
        ("initiator", "Perangkat Daerah"),
        ("initiator", "OPD"),
        ("form", "Inovasi pelayanan public"),
        (
            "form",
            "Inovasi Daerah lainnya sesuai dengan Urusan Pemerintahan yang menjadi "
            "kewenangan Daerah",
        ),
    ],
)
@pytest.mark.parametrize("year", [2023, 2025, 2026])
def test_spellings_of_terms(year: int, vocabulary: str, spelling: str) -> None:
    terms = of(year).vocabulary(vocabulary)
    assert spelling.casefold() in {s.casefold() for t in terms for s in (t.name, *t.aliases)}


LADDER_TEXTS = {
    2021: ("<=30%", "31% s.d. 60%", ">=61%"),
    2022: ("<=40% / tidak ada pengaduan", "41%-70%", ">=71%"),
    2023: ("<=40% atau tidak ada pengaduan", "40,01% s.d. 70,99%", ">=71,00%"),
    2024: ("<=50% atau tidak ada pengaduan", "51% s.d. 85%", ">=86%"),
    2025: ("<=50% atau tidak ada pengaduan", "51% s.d. 85%", ">=86%"),
    2026: ("≤ 50% atau tidak ada pengaduan", "51% s.d. 90%", "≥ 91%"),
}


@pytest.mark.parametrize("year", LADDER_TEXTS)
def test_official_level_texts(year: int) -> None:
    row = of(year)["complaint_resolution"]
    assert tuple(level.text for level in row.levels) == LADDER_TEXTS[year]
    assert row.text_of(3) == LADDER_TEXTS[year][2]
    assert row.text_of(0) is row.text_of(4) is None


def test_texts_that_were_not_found_stay_absent() -> None:
    assert of(2021)["budget_support"].levels[2].text is None
    assert of(2021)["budget_support"].levels[2].points_hundredths == 12_00
    assert of(2022)["regulation"].levels == ()
    assert of(2022)["regulation"].top_level == 3
    assert of(2022)["regulation"].max_hundredths is None
    assert of(2022)["regulation"].text_of(1) is None


def test_regulation_changed_in_2026() -> None:
    assert of(2025)["regulation"].text_of(3) == "Peraturan Kepala Daerah/Peraturan Daerah"
    assert of(2026)["regulation"].text_of(3) == "Peraturan Daerah"


def test_names_of_one_key_over_the_years() -> None:
    assert of(2023)["work_tools"].name == "Penggunaan IT"
    assert of(2024)["work_tools"].name == "Alat Kerja"
    assert of(2023)["integrated_services"].name == "Online Sistem"
    assert of(2025)["quality_video"].name == "Kualitas inovasi daerah"
    assert of(2026)["quality_video"].name == "Video inovasi daerah"


def test_evidence_of_2026() -> None:
    edition = of(2026)
    assert edition["replication"].evidence == (
        "PKS/MoU",
        "dokumen replikasi/surat korespondensi",
        "surat pernyataan telah mereplikasi",
    )
    assert edition["replication"].file_types == ("PDF",)
    assert edition["quality_video"].link_counts
    assert not edition["regulation"].link_counts
    assert all(r.evidence and r.file_types for r in edition.innovation_indicators)
    assert all(r.evidence is None for r in edition.region_indicators)


def test_file_types_are_endings_and_kinds_are_kept_apart(edition: Edition) -> None:
    for row in edition:
        assert all(re.fullmatch("[A-Z0-9]+", t) for t in row.file_types or ())
        assert not (row.file_types and row.file_kinds)
    assert of(2024)["work_tools"].file_kinds == ("PDF", "Foto", "Gambar")


def test_the_count_of_innovations_is_no_row(edition: Edition) -> None:
    assert "innovation_count" not in edition
    with pytest.raises(errors.UnknownNameError, match="innovation_count"):
        edition["innovation_count"]


# -- what every edition owes -----------------------------------------------------------


def test_keys_are_the_registered_ones_in_their_parts(edition: Edition) -> None:
    assert all(PART_OF[row.key] is row.part for row in edition)


def test_every_registered_key_is_used() -> None:
    assert {row.key for year in YEARS for row in of(year)} == set(PART_OF)


def test_keys_of_words_do_not_change_their_meaning() -> None:
    names: dict[tuple[str, str], set[str]] = {}
    for year in YEARS:
        for affair in of(year).affairs:
            names.setdefault(("affair", affair.key), set()).add(affair.name)
    assert all(len(found) == 1 for found in names.values())


FIELDS = {
    "code": "code",
    "variable": "variable",
    "name": "name",
    "weight": "weight_hundredths",
    "mandatory": "mandatory",
    "definition": "definition",
    "levels": "levels",
    "numeric": "numeric",
    "evidence": "evidence",
    "evidence_note": "evidence_note",
    "file_types": "file_types",
    "file_kinds": "file_kinds",
}


def test_every_value_has_a_source_and_every_source_a_citation(edition: Edition) -> None:
    for row in edition:
        for name, attribute in FIELDS.items():
            source, value = source_of(row, name), getattr(row, attribute)
            if value in (None, ()):
                assert source is None or source.certainty is Certainty.MISSING
            else:
                assert source is not None
                assert source.citations
                assert source.certainty is not Certainty.MISSING
                for key in source.citations:
                    assert edition.citation(key).confidence
    assert source_of(edition["regulation"], "weight_hundredths") == source_of(
        edition["regulation"], "weight"
    )
    with pytest.raises(errors.UnknownNameError, match="citation"):
        edition.citation("nobody")


def test_citations_are_typed() -> None:
    letter = of(2026).citation("A")
    assert letter.number == "400.10.11/1887/BSKDN"
    assert letter.date == D(2026, 4, 29)
    assert str(letter).endswith("400.10.11/1887/BSKDN, 2026-04-29, Lampiran I and II, indicators")


def test_completeness_names_every_area_and_does_not_overstate(edition: Edition) -> None:
    assert tuple(said.area for said in edition.completeness) == AREAS
    for said in edition.completeness:
        assert said.note
        worst = area_certainty(edition, said.area)
        assert CERTAINTIES.index(said.status) >= CERTAINTIES.index(worst)


def test_shipped_files_state_every_area_themselves() -> None:
    for year in (2021, 2022, 2023, 2024, 2025, 2026):
        tree = tomllib.loads((reading.SHIPPED / f"iid-{year}.toml").read_text(encoding="utf-8"))
        assert set(tree["completeness"]) == set(AREAS)


def test_status_of_areas() -> None:
    def status(year: int) -> dict[str, str]:
        return {c.area: str(c.status) for c in of(year).completeness}

    assert status(2021)["bands"] == status(2022)["bands"] == "candidate"
    assert status(2025)["bands"] == status(2027)["bands"] == "missing"
    assert status(2026)["formula"] == status(2023)["bands"] == "official"
    assert {status(year)["formula"] for year in (2021, 2022, 2023, 2024, 2025)} == {"missing"}
    assert status(2025)["innovation_weights"] == "inferred"
    assert status(2022)["innovation_weights"] == "missing"


@pytest.mark.parametrize("year", OUTLOOKS)
def test_what_an_outlook_inherits_is_never_official(year: int) -> None:
    edition = of(year)
    sources = [
        *edition.sources,
        *edition.formula.sources,
        *edition.eligibility.sources,
        *(s for row in edition for s in row.sources),
        *(s for band in edition.bands for s in band.sources),
    ]
    assert {s.certainty for s in sources} == {Certainty.INFERRED, Certainty.MISSING}
    assert all(c.status is not Certainty.OFFICIAL for c in edition.completeness)
    assert edition.extends == "iid-2026"
    divisor = source_of(edition.formula, "minimum_divisor")
    assert divisor is not None
    assert divisor.citations == ("OUT",)


def test_an_outlook_changes_only_what_the_letter_foresees() -> None:
    for year in OUTLOOKS:
        for row in of(year):
            old = of(2026)[row.key]
            assert (row.name, row.levels, row.numeric) == (old.name, old.levels, old.numeric)


def test_conflicts_stand_beside_the_values() -> None:
    fields = {c.field for c in of(2026).conflicts}
    assert "weights of the region part" in fields
    assert len(of(2026).conflicts) == 7
    assert len(of(2024).conflicts) == 3
    assert all(c.readings and c.resolution for year in YEARS for c in of(year).conflicts)


def test_periods_and_ids(edition: Edition) -> None:
    year = edition.start.year
    assert edition.id == f"iid-{year}"
    assert (edition.start, edition.end) == (D(year, 1, 1), D(year, 12, 31))
    assert repr(edition).startswith(f"<Edition iid-{year}: ")
    edition.check_year(year)
    with pytest.warns(errors.PeriodWarning, match=f"used for {year - 1}"):
        edition.check_year(year - 1)


def test_the_period_warning_can_be_an_error_and_points_at_the_caller() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", errors.PeriodWarning)
        with pytest.raises(errors.PeriodWarning):
            of(2026).check_year(2030)
    two_years = load_edition("iid-2026")
    with pytest.warns(errors.PeriodWarning, match="the edition of 2026;"):
        two_years.check_year(1999)


def test_editions_are_values(edition: Edition) -> None:
    again = pickle.loads(pickle.dumps(edition))  # noqa: S301 - our own bytes
    assert again == edition
    assert hash(again) == hash(edition)
    assert len(edition) == len(list(edition)) == len(edition.indicators)


def test_files_read_as_written_by_hand() -> None:
    for file in Path(reading.SHIPPED).glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        assert text.startswith("# The index of ")
        assert text.endswith("\n")
        assert "\t" not in text
        assert len(text.encode()) < 60_000


def test_parts_go_by_their_names_too() -> None:
    by_name: Any = of(2026).part_indicators
    assert by_name("region") == of(2026).region_indicators
    assert by_name("innovation") == of(2026).innovation_indicators
    with pytest.raises(errors.UnknownChoiceError, match="did you mean 'innovation'"):
        by_name("inovation")
