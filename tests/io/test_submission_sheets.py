"""What a sheet may say, and what it then means."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

import inovasi_index as ii
from inovasi_index.io.cells import day_of, degrees_of, number_of, share_of, text_of, whole_of
from inovasi_index.io.sheets import Refused, column_letters
from inovasi_index.io.words import Words
from inovasi_index.records import Agency, Answer, Cluster, Evidence, Innovation, Submission, Verdict
from inovasi_index.records.forms import FormError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REGION = (
    "item;value\nyear;2026\nregion.code;99.71\nregion.name;Kota Contoh\nregion.kind;city\n"
    "region.clusters;border | underdeveloped\n"
)


def read(folder: Path, innovations: str, region: str = REGION, **options: object) -> Submission:
    path = folder / "kota.csv"
    path.write_text(innovations)
    path.with_name("kota.region.csv").write_text(region)
    return ii.read_submission(path, **options)  # type: ignore[arg-type]


def only(submission: Submission) -> Innovation:
    (innovation,) = submission.innovations
    return innovation


def test_official_headings_and_words_are_understood(tmp_path: Path) -> None:
    text = (
        "ID;Judul Inovasi; admin opd ;Tahapan Inovasi;Jenis;Bentuk Inovasi;Inisiator;"
        "Urusan Utama;Urusan lain yang beririsan;Tanggal Penerapan;Tujuan;pkpn\n"
        "1;Sapa;Dinas Kesehatan;Ujicoba;NON DIGITAL;Inovasi pelayanan publik;OPD;kesehatan;"
        "sosial,ketenteraman, ketertiban umum, dan pelindungan masyarakat;01-03-2024;Lekas;"
        "Kesehatan\n"
    )
    assert only(read(tmp_path, text)) == Innovation(
        id="1",
        name="Sapa",
        agency="Dinas Kesehatan",
        stage="trial",
        kind="non_digital",
        form="public_service",
        initiator="agency",
        affair="health",
        intersecting_affairs=("social", "public_order"),
        application_date=dt.date(2024, 3, 1),
        goals="Lekas",
        pkpn="health",
    )


def test_numbers_and_keys_name_the_same_rows(tmp_path: Path) -> None:
    by_number = read(tmp_path, "id;name;agency;16;33.value;33.measure\n1;Sapa;a;2;87,5;b\n")
    by_key = read(
        tmp_path,
        "id;name;agency;regulation.level;benefits.value;benefits.measure\n1;Sapa;a;2;87.5;b\n",
    )
    assert by_number == by_key
    assert only(by_key).answers == (
        Answer("regulation", level=2),
        Answer("benefits", value=Decimal("87.5"), measure="b"),
    )


def test_numbers_are_those_of_the_edition(tmp_path: Path) -> None:
    text = "id;name;agency;19\n1;Sapa;a;2\n"
    rows = {
        year: only(read(tmp_path, text, edition=ii.load_edition(f"iid-{year}"))).answers[0]
        for year in (2024, 2026)
    }
    keys = {y: ii.load_edition(f"iid-{y}").by_code("19").key for y in rows}
    assert {year: answer.indicator for year, answer in rows.items()} == keys
    assert keys[2024] != keys[2026]


def test_words_that_the_edition_does_not_have_stay_as_they_are(tmp_path: Path) -> None:
    text = "id;name;agency;stage;affair;intersecting_affairs\n1;Sapa;a;Selesai;Sihir;Sosial,Sihir\n"
    innovation = only(read(tmp_path, text))
    assert (innovation.stage, innovation.affair) == ("Selesai", "Sihir")
    assert innovation.intersecting_affairs == ("social", "Sihir")


def test_an_innovation_has_one_main_affair(tmp_path: Path) -> None:
    text = 'id;name;agency;affair\n1;Sapa;a;"Sosial, Kesehatan"\n'
    assert only(read(tmp_path, text)).affair == "Sosial, Kesehatan"


def test_without_an_edition_keys_are_taken_as_they_are(tmp_path: Path) -> None:
    region = REGION.replace("2026", "2040") + "ours;\n"
    text = "id;name;agency;stage;intersecting_affairs;benefits;profile.benefits;baris_kami\n"
    row = "1;Sapa;a;Penerapan;social | health;3;Lekas;2\n"
    innovation = only(read(tmp_path, text + row, region))
    assert innovation.stage == "Penerapan"
    assert innovation.intersecting_affairs == ("social", "health")
    assert innovation.benefits == "Lekas"
    assert innovation.answers == (Answer("benefits", level=3), Answer("baris_kami", level=2))


def test_the_region_sheet(tmp_path: Path) -> None:
    region = (
        "item;value;level;evidence;verdict;survival;# catatan\n"
        "YEAR;2026;;;;;\n\nregion.code;99.71;;;;;\nregion.name;Kota Contoh;;;;;\n"
        "region.kind;city;;;;;lihat peta\nregion.clusters;border | underdeveloped;;;;;\n"
        "Vision_Mission;;3;rpjmd.pdf [diterima];diterima;0,9;\n"
        "5a;0,41;;;;;\nbudget_on_time;;;;;;\n"
    )
    submission = read(tmp_path, "id;name;agency\n", region)
    assert submission.region.clusters == {Cluster.BORDER, Cluster.UNDERDEVELOPED}
    assert submission.answers == (
        Answer(
            "vision_mission",
            level=3,
            evidence=[Evidence(file="rpjmd.pdf", status="accepted")],
            verdict=Verdict("accepted"),
            survival=0.9,
        ),
        Answer("unemployment_reduction", value=Decimal("0.41")),
    )


def test_rows_that_hold_a_remark_only_are_passed_over(tmp_path: Path) -> None:
    region = REGION.replace("item;value", "item;value;# catatan") + ";;dari sini daftar isian\n"
    text = "id;name;agency;# catatan\n;;;judul bagian\n1;Sapa;a;\n"
    assert only(read(tmp_path, text, region)).name == "Sapa"


def test_region_points_take_the_place_of_rows(tmp_path: Path) -> None:
    submission = read(tmp_path, "id;name;agency\n", REGION + "region_points;51,5\n")
    assert submission.region_points == Decimal("51.5")


def test_agencies_come_from_their_file_or_else_from_the_innovations(tmp_path: Path) -> None:
    text = "id;name;agency\n1;Satu;pkm\n2;Dua;dinkes\n3;Tiga;pkm\n"
    assert read(tmp_path, text).agencies == (Agency("pkm", "pkm"), Agency("dinkes", "dinkes"))
    agencies = "id;name;kind;parent\ndinkes;Dinas Kesehatan;;\npkm;Puskesmas;puskesmas;dinkes\n"
    (tmp_path / "kota.agencies.csv").write_text(agencies)
    assert read(tmp_path, text).agencies == (
        Agency("dinkes", "Dinas Kesehatan"),
        Agency("pkm", "Puskesmas", "puskesmas", "dinkes"),
    )


@pytest.mark.parametrize(
    ("reading", "text", "value"),
    [
        (whole_of, "3", 3),
        (whole_of, "3,0", 3),
        (whole_of, Decimal("4.0"), 4),
        (number_of, "1.234,5", Decimal("1234.5")),
        (degrees_of, "-3.319", Decimal("-3.319")),
        (degrees_of, "114,591", Decimal("114.591")),
        (degrees_of, Decimal("114.591"), Decimal("114.591")),
        (degrees_of, "\N{MINUS SIGN}3,3", Decimal("-3.3")),
        (share_of, "0,123", 0.123),
        (share_of, "1e-5", 1e-5),
        (share_of, Decimal("0.5"), 0.5),
        (text_of, Decimal("1E+3"), "1000"),
        (text_of, dt.date(2024, 3, 1), "2024-03-01"),
        (day_of, "2024-3-1", dt.date(2024, 3, 1)),
        (day_of, "2024-03-01 00:00:00", dt.date(2024, 3, 1)),
        (day_of, "1/3/2024", dt.date(2024, 3, 1)),
        (day_of, "01.03.2024", dt.date(2024, 3, 1)),
        (day_of, dt.date(2024, 3, 1), dt.date(2024, 3, 1)),
    ],
)
def test_cells_as_people_write_them(
    reading: Callable[[object], object], text: object, value: object
) -> None:
    assert reading(text) == value


@pytest.mark.parametrize(
    ("reading", "cell", "code"),
    [
        (whole_of, "2,5", "wrong-type"),
        (whole_of, "", "not-a-number"),
        (number_of, "=1", "formula"),
        (number_of, "1.234", "not-a-number"),
        (number_of, dt.date(2024, 3, 1), "wrong-type"),
        (degrees_of, "1.234.567x", "not-a-number"),
        (share_of, "mungkin", "not-a-number"),
        (text_of, Decimal("99.71"), "wrong-type"),
        (day_of, "31/04/2024", "impossible-date"),
        (day_of, "04-13-2024", "impossible-date"),
        (day_of, "01-03/2024", "bad-date"),
        (day_of, "1 Maret 2024", "bad-date"),
        (day_of, Decimal(45000), "wrong-type"),
    ],
)
def test_cells_that_say_something_else_are_refused(
    reading: Callable[[object], object], cell: object, code: str
) -> None:
    with pytest.raises(FormError) as caught:
        reading(cell)
    assert caught.value.code == code


@pytest.mark.parametrize("reading", [whole_of, number_of, degrees_of, share_of, text_of, day_of])
def test_no_field_takes_a_refused_cell(reading: Callable[[object], object]) -> None:
    with pytest.raises(FormError, match="holds a formula") as caught:
        reading(Refused("formula", "holds a formula"))
    assert caught.value.code == "formula"


def test_letters_of_columns() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    letters = [column_letters(n) for n in range(800)]
    assert letters == [openpyxl.utils.get_column_letter(n + 1) for n in range(800)]


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_any_list_of_affairs_is_taken_apart(year: int) -> None:
    edition = ii.load_edition(f"iid-{year}")
    words = Words(edition)
    keys = [affair.key for affair in edition.affairs]
    names = [affair.name for affair in edition.affairs]
    for joined in (
        ",".join(names),
        ",".join(name.lower() for name in names),
        ", ".join(name.title() for name in names),
        " , ".join(names),
        ";".join(names),
        " | ".join(keys),
    ):
        assert words.affairs(joined) == (keys, [])
    for affair in edition.affairs:
        for alias in affair.aliases:
            assert words.affairs(f"{alias}, {alias}") == ([affair.key] * 2, [])


def test_unknown_affairs_are_named_whole() -> None:
    words = Words(ii.load_edition("iid-2026"))
    text = "kesehatan,sihir, ramal, dan jampi,sosial, gaib, pendidikan,"
    assert words.affairs(text) == (
        ["health", "social", "education"],
        ["sihir, ramal, dan jampi", "gaib"],
    )


def test_the_first_words_of_a_long_name_will_do() -> None:
    words = Words(ii.load_edition("iid-2025"))
    assert words.term("form", "Inovasi Daerah lainnya") == "other"
    assert words.term("form", "Inovasi") is None
    assert words.term("form", "Inovasi Daerah") is None
    assert words.term("form", "inovasi daerah lain") is None
    assert words.term("theme", "apa saja boleh") is None
