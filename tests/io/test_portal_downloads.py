"""The portal's downloads, with invented rows: every shape and oddity that was seen."""

from __future__ import annotations

import csv
import datetime as dt
import random
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

import inovasi_index as ii
from inovasi_index.errors import BadValueError, FileFormatError, IncompleteEditionError
from inovasi_index.io import MaturitySummary, PortalExport, PortalInnovation
from inovasi_index.records import Agency, Innovation

if TYPE_CHECKING:
    from pathlib import Path

E2023 = ii.load_edition("iid-2023")
E2025 = ii.load_edition("iid-2025")
E2026 = ii.load_edition("iid-2026")

# portal_export: the list of 2025, 19 columns in this order.
LIST_2025 = (
    "No",
    "Judul Inovasi",
    "Pemda",
    "Admin OPD",
    "Inisiator",
    "Nama Inisiator",
    "Bentuk Inovasi",
    "Jenis",
    "Asta Cipta",
    "Urusan Utama",
    "Urusan lain yang beririsan",
    "Kematangan",
    "Tahapan Inovasi",
    "Tanggal Input",
    "Tanggal Penerapan",
    "Tanggal Pengembangan",
    "Koordinat",
    "Video",
    "Link Video",
)
# The list of 2023.
LIST_2023 = (
    "Judul Inovasi",
    "Pemda",
    "Admin OPD",
    "Bentuk Inovasi",
    "Jenis",
    "Inisiator",
    "Urusan Pemerintah",
    "Kematangan",
    "Tahapan Inovasi",
    "Tanggal Uji Coba",
    "Tanggal Penerapan",
    "Youtube",
)
OTHER_FORM = (
    "Inovasi Daerah lainnya sesuai dengan Urusan Pemerintahan yang menjadi kewenangan Daerah"
)


def row_2025(**given: Any) -> dict[str, Any]:
    row = {
        "Judul Inovasi": "Sapa Warga",
        "Pemda": "Provinsi Contoh Timur",
        "Admin OPD": "Dinas Kesehatan (contohprov.dinas.kesehatan)",
        "Inisiator": "OPD",
        "Nama Inisiator": "Nama Karangan",
        "Bentuk Inovasi": "Inovasi pelayanan publik",
        "Jenis": "Digital",
        "Asta Cipta": "-",
        "Urusan Utama": "kesehatan",
        "Urusan lain yang beririsan": "",
        "Kematangan": "85.00",
        "Tahapan Inovasi": "Penerapan",
        "Tanggal Input": "03-02-2025",
        "Tanggal Penerapan": "15-01-2024",
        "Tanggal Pengembangan": "-",
        "Koordinat": "null",
        "Video": "Tidak Ada",
        "Link Video": "-",
    }
    assert set(given) <= set(row)
    return row | given


def write_xlsx(path: Path, rows: list[list[Any]], sheet: str = "Data") -> Path:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = page.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # everything is text, also what looks like a formula
    book.save(path)
    return path


def list_2025(folder: Path, *rows: dict[str, Any], headings: tuple[str, ...] = LIST_2025) -> Path:
    lines = [[n, *(row[h] for h in headings[1:])] for n, row in enumerate(rows, 1)]
    return write_xlsx(folder / "data_inovasi.xlsx", [list(headings), *lines])


def read(path: Path, edition: ii.Edition = E2025, **options: Any) -> PortalExport:
    return ii.read_portal_export(path, edition=edition, **options)


def faults_of(path: Path, edition: ii.Edition = E2025) -> list[tuple[str, str]]:
    with pytest.raises(FileFormatError) as caught:
        read(path, edition)
    collected: list[tuple[str, str]] = [(f.code, f.place) for f in caught.value.faults]
    return collected


def test_a_list_of_2025(tmp_path: Path) -> None:
    path = list_2025(
        tmp_path,
        row_2025(
            **{
                "Judul Inovasi": "  Sapa\u200b Warga \n",
                "Urusan lain yang beririsan": (
                    "kepemudaan dan olah raga,"
                    "ketenteraman, ketertiban umum, dan pelindungan masyarakat,sosial"
                ),
                "Tanggal Pengembangan": "28-02-2025",
                "Koordinat": "-7.2575, 112.7521",
                "Video": "Ada",
                "Link Video": "https://video.contoh.example/1",
            }
        ),
        row_2025(
            **{
                "Judul Inovasi": "=SUM(A1:A9) Hemat",
                "Admin OPD": "Badan Penanggulangan (BPBD) (iga2024.bpbd)",
                "Inisiator": "Masyarakat",
                "Bentuk Inovasi": OTHER_FORM,
                "Jenis": "Teknologi",
                "Asta Cipta": "Kalimat misi karangan.",
                "Urusan Utama": "Fungsi Penunjang lainnya sesuai dengan ketentuan "
                "peraturan perundang-undangan",
                "Kematangan": "0",
                "Tahapan Inovasi": "Uji Coba",
            }
        ),
    )
    first, second = read(path).rows
    assert first == PortalInnovation(
        row=2,
        title="Sapa Warga",
        agency="Dinas Kesehatan",
        account="contohprov.dinas.kesehatan",
        region="Provinsi Contoh Timur",
        stage="application",
        initiator="agency",
        initiator_name="Nama Karangan",
        kind="digital",
        form="public_service",
        affair="health",
        intersecting_affairs=("youth_and_sports", "public_order", "social"),
        maturity=Decimal("85.00"),
        input_date=dt.date(2025, 2, 3),
        application_date=dt.date(2024, 1, 15),
        development_date=dt.date(2025, 2, 28),
        coordinates="-7.2575, 112.7521",
        latitude=Decimal("-7.2575"),
        longitude=Decimal("112.7521"),
        video="https://video.contoh.example/1",
    )
    assert second.title == "=SUM(A1:A9) Hemat"
    assert (second.agency, second.account) == ("Badan Penanggulangan (BPBD)", "iga2024.bpbd")
    assert (second.kind, second.form, second.stage) == ("technology", "other", "trial")
    assert (second.affair, second.asta_cita) == ("other_functions", "Kalimat misi karangan.")
    assert (second.development_date, second.video, second.maturity) == (None, None, Decimal(0))
    assert (second.coordinates, second.latitude) == (None, None)


def test_a_list_of_2023_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "inovasi.csv"
    row = (
        "Sapa Warga;Kota Contoh;Dinas Sosial (dinsos.contoh);Inovasi pelayanan public;Non-Digital;"
        "Kepala Daerah;Sosial;111.00;Ujicoba;2021-03-01;2022-01-10;Tidak Ada"
    )
    path.write_text(";".join(LIST_2023) + "\n" + row + "\n")
    (innovation,) = read(path, E2023).innovations
    assert innovation == Innovation(
        id="row-2",
        name="Sapa Warga",
        agency="Dinas Sosial",
        stage="trial",
        initiator="regional_head",
        kind="non_digital",
        form="public_service",
        affair="social",
        trial_date=dt.date(2021, 3, 1),
        application_date=dt.date(2022, 1, 10),
    )


def test_order_capitals_blanks_and_other_columns_do_not_matter(tmp_path: Path) -> None:
    plain = row_2025(Koordinat="-7.1, 112.7")
    expected = read(list_2025(tmp_path, plain)).rows
    shuffled = list(plain)
    random.Random(1).shuffle(shuffled)
    headings = [f" {h.upper()} " for h in shuffled] + ["label_kematangan", "lat", ""]
    lines: list[list[Any]] = [headings, [*(plain[h] for h in shuffled), "Sangat Inovatif", -7.1]]
    export = read(write_xlsx(tmp_path / "salinan.xlsx", lines, "Lembar1"))
    assert export.rows == expected
    assert export.unknown_columns == ("VIDEO", "label_kematangan", "lat")


def test_copies_in_title_case_with_dates_of_screens(tmp_path: Path) -> None:
    path = list_2025(
        tmp_path,
        row_2025(
            **{
                "Inisiator": "Perangkat Daerah",
                "Bentuk Inovasi": "Inovasi Daerah Lainnya",
                "Jenis": "non-digital",
                "Urusan Utama": "Ketentraman, Ketertiban Umum, Dan Perlindungan Masyarakat",
                "Urusan lain yang beririsan": "Pendidikan, Koperasi, Usaha Kecil, Dan Menengah, "
                "Perumahan Rakyat Dan Kawasan Pemukiman",
                "Kematangan": "9,00",
                "Tahapan Inovasi": "uji_coba",
                "Tanggal Penerapan": "15/01/2024",
                "Tanggal Input": dt.datetime(2025, 2, 3),  # noqa: DTZ001
            }
        ),
    )
    (row,) = read(path).rows
    assert row.affair == "public_order"
    assert row.intersecting_affairs == ("education", "cooperatives", "housing")
    assert (row.initiator, row.form, row.kind, row.stage) == (
        "agency",
        "other",
        "non_digital",
        "trial",
    )
    assert (row.application_date, row.input_date) == (dt.date(2024, 1, 15), dt.date(2025, 2, 3))
    assert row.maturity == 9


def test_titles_repeat_and_offices_keep_their_name_when_the_account_changes(
    tmp_path: Path,
) -> None:
    offices = [
        "Dinas Sosial (a.2024)",
        "DINAS  SOSIAL (a.2025)",
        "RSUD (rsud)",
        "Kantor tanpa akun",
    ]
    export = read(list_2025(tmp_path, *(row_2025(**{"Admin OPD": o}) for o in offices)))
    assert [i.id for i in export.innovations] == ["row-2", "row-3", "row-4", "row-5"]
    assert [i.agency for i in export.innovations] == [
        "Dinas Sosial",
        "Dinas Sosial",
        "RSUD",
        "Kantor tanpa akun",
    ]
    names = ["Dinas Sosial", "RSUD", "Kantor tanpa akun"]
    assert export.agencies() == tuple(Agency(name, name) for name in names)
    assert [row.account for row in export.rows] == ["a.2024", "a.2025", "rsud", None]


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("-7.2575, 112.7521", ("-7.2575", "112.7521")),
        ("-7.2575,112.7521", ("-7.2575", "112.7521")),
        ("(-7.2575°, 112.7521°)", ("-7.2575", "112.7521")),
        ("3.59, 98.67", ("3.59", "98.67")),
        ("-7,2575, 112,7521", None),
        ("112.7521, -7.2575", None),
        ("-77.2575, 112.7521", None),
        ("-7.2575, 12.7521", None),
        ("-7.1, 112.7; -7.2, 112.8", None),
        ("https://peta.contoh.example/@-7.2575,112.7521", None),
        ("Jalan Karangan Nomor 1", None),
    ],
)
def test_coordinates_are_free_text(
    tmp_path: Path, text: str, point: tuple[str, str] | None
) -> None:
    (row,) = read(list_2025(tmp_path, row_2025(Koordinat=text))).rows
    expected = tuple(map(Decimal, point)) if point else (None, None)
    assert (row.latitude, row.longitude) == expected
    assert row.coordinates == text


@pytest.mark.parametrize("missing", ["Judul Inovasi", "Admin OPD", "Kematangan", "Urusan Utama"])
def test_a_missing_column_is_named_in_any_case(tmp_path: Path, missing: str) -> None:
    kept = tuple(h for h in LIST_2025 if h != missing)
    path = list_2025(tmp_path, row_2025(), headings=kept)
    assert faults_of(path) == [("missing-column", "sheet 'Data', row 1")]
    with pytest.raises(FileFormatError, match=f"'{missing}'"):
        read(path, errors="collect")


def test_a_misspelt_heading_is_offered(tmp_path: Path) -> None:
    lines: list[list[Any]] = [
        ["Kematngan" if h == "Kematangan" else h for h in LIST_2025],
        [1, *row_2025().values()],
    ]
    with pytest.raises(FileFormatError, match="is it 'Kematngan'"):
        read(write_xlsx(tmp_path / "salinan.xlsx", lines))


def test_doubled_columns_are_refused(tmp_path: Path) -> None:
    lines: list[list[Any]] = [[*LIST_2025, "Nama Inovasi"], [1, *row_2025().values(), "Lain"]]
    assert faults_of(write_xlsx(tmp_path / "salinan.xlsx", lines)) == [
        ("doubled-column", "sheet 'Data', row 1")
    ]


FAULTY = {
    "Judul Inovasi": "-",
    "Urusan Utama": "kesehatn",
    "Urusan lain yang beririsan": "sosial,sihir, dan jampi",
    "Kematangan": "111.01",
    "Tahapan Inovasi": "Selesai",
    "Jenis": "Analog",
    "Tanggal Penerapan": "31-02-2024",
}


def test_what_cannot_be_read_is_named_all_at_once(tmp_path: Path) -> None:
    path = list_2025(tmp_path, row_2025(), row_2025(**FAULTY), row_2025(Kematangan=""))
    assert faults_of(path) == [
        ("missing-value", "sheet 'Data', cell B3, column 'Judul Inovasi'"),
        ("unknown-word", "sheet 'Data', cell H3, column 'Jenis'"),
        ("unknown-affair", "sheet 'Data', cell J3, column 'Urusan Utama'"),
        ("unknown-affair", "sheet 'Data', cell K3, column 'Urusan lain yang beririsan'"),
        ("out-of-range", "sheet 'Data', cell L3, column 'Kematangan'"),
        ("unknown-word", "sheet 'Data', cell M3, column 'Tahapan Inovasi'"),
        ("impossible-date", "sheet 'Data', cell O3, column 'Tanggal Penerapan'"),
        ("missing-value", "sheet 'Data', cell L4, column 'Kematangan'"),
    ]
    with pytest.raises(FileFormatError) as caught:
        read(path)
    text = str(caught.value)
    assert "'kesehatn'; did you mean 'Kesehatan'?" in text
    assert "'sihir, dan jampi'" in text
    assert "a maturity is 0 to 111 points" in text


def test_only_the_first_of_many_unknown_affairs_are_named(tmp_path: Path) -> None:
    names = "|".join(f"sihir {n}" for n in range(1, 9))
    with pytest.raises(FileFormatError, match=r"edition: 'sihir 1', .*'sihir 5' and 3 more"):
        read(list_2025(tmp_path, row_2025(**{"Urusan Utama": names})))


def test_faults_may_be_collected_and_the_rest_used(tmp_path: Path) -> None:
    path = list_2025(tmp_path, row_2025(), row_2025(**FAULTY), row_2025(Kematangan="x"))
    export = read(path, errors="collect")
    assert len(export.rows) == len(export.innovations) == 3
    assert len(export.faults) == 8
    second = export.rows[1]
    assert (second.title, second.affair, second.maturity, second.stage) == ("", None, None, None)
    assert second.agency == "Dinas Kesehatan"
    assert export.innovations[1].name == "row-3"
    assert export.by_agency() == {"Dinas Kesehatan": MaturitySummary(1, Decimal(85))}
    edition = E2025.supply(minimum_divisor=12)
    with pytest.raises(BadValueError, match="maturity of 2 innovations is unknown: row 3, 4"):
        export.project(edition, region_points=51)


def test_an_office_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    path = list_2025(tmp_path, row_2025(**{"Admin OPD": "-"}))
    assert faults_of(path) == [("missing-value", "sheet 'Data', cell D2, column 'Admin OPD'")]
    export = read(path, errors="collect")
    assert export.agencies() == ()
    assert export.innovations[0].agency == "-"
    assert export.by_agency() == {None: MaturitySummary(1, Decimal(85))}


def test_a_formula_is_refused_and_a_text_like_one_is_not(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = list_2025(tmp_path, row_2025(**{"Judul Inovasi": "=HYPERLINK(1)"}))
    assert read(path).rows[0].title == "=HYPERLINK(1)"
    book = load_workbook(path)
    book["Data"]["B2"] = "=HYPERLINK(1)"
    book["Data"]["L2"] = "=50+35"
    book.save(path)
    assert faults_of(path) == [
        ("formula", "sheet 'Data', cell B2, column 'Judul Inovasi'"),
        ("formula", "sheet 'Data', cell L2, column 'Kematangan'"),
    ]


@pytest.mark.parametrize("text", ["-1.00", "112", "1.234", "delapan"])
def test_a_maturity_is_a_number_of_points(tmp_path: Path, text: str) -> None:
    assert len(faults_of(list_2025(tmp_path, row_2025(Kematangan=text)))) == 1


def test_a_title_may_be_long_and_the_name_of_an_office_not(tmp_path: Path) -> None:
    long = "x" * 501
    path = list_2025(tmp_path, row_2025(**{"Judul Inovasi": long, "Admin OPD": long}))
    assert faults_of(path) == [("text-too-long", "sheet 'Data', cell D2, column 'Admin OPD'")]
    assert read(path, errors="collect").innovations[0].name == long


def test_a_title_of_invisible_characters_is_none(tmp_path: Path) -> None:
    path = list_2025(tmp_path, row_2025(**{"Judul Inovasi": "\u200b\u200b"}))
    assert faults_of(path) == [("missing-value", "sheet 'Data', cell B2, column 'Judul Inovasi'")]


def test_an_edition_without_words_keeps_what_is_written(tmp_path: Path) -> None:
    edition = ii.load_edition("iid-2021")
    assert not edition.affairs
    (row,) = read(list_2025(tmp_path, row_2025(Kematangan="140")), edition).rows
    assert (row.stage, row.affair, row.maturity) == ("Penerapan", "kesehatan", Decimal(140))


def test_the_third_kind_is_of_2025(tmp_path: Path) -> None:
    path = list_2025(tmp_path, row_2025(Jenis="Teknologi"))
    assert read(path, E2025).rows[0].kind == "technology"
    assert faults_of(path, E2026) == [("unknown-word", "sheet 'Data', cell H2, column 'Jenis'")]


ONE = [
    ("Data", "Deskripsi"),
    ("Nomor Registrasi", "99.71.00001"),
    ("Nama Inovasi", "Sapa Warga"),
    ("Dibuat Oleh", "Dinas Kesehatan"),
    ("Tahapan Inovasi", "Penerapan"),
    ("Inisiator Inovasi", "OPD"),
    ("Jenis Inovasi", "Digital"),
    ("Bentuk Inovasi Daerah", "Inovasi pelayanan publik"),
    ("Kalster Covid 19", "-"),
    ("Urusan Inovasi Daerah", "kesehatan,sosial"),
    ("Rancang Bangun dan Pokok Perubahan Yang Dilakukan", "satu dua tiga"),
    ("Tujuan Inovasi Daerah", "-"),
    ("Manfaat Yang Diperoleh", "Lekas"),
    ("Hasil Inovasi", ""),
    ("Waktu Uji Coba Inovasi Daerah", "2021-03-01"),
    ("Waktu Implementasi Inovasi Daerah", "2022-01-10"),
    ("Anggaran", "-"),
    ("Profil Bisnis", "-"),
    ("Kematangan", "9.00"),
]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_download_of_one_innovation(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"inovasi.{ending}"
    if ending == "csv":
        with path.open("w", newline="") as file:
            csv.writer(file).writerows(ONE)
    else:
        write_xlsx(path, [list(line) for line in ONE])
    export = read(path, E2023)
    (row,) = export.rows
    assert (row.registration, row.maturity) == ("99.71.00001", Decimal("9.00"))
    assert (row.affair, row.intersecting_affairs) == ("health", ("social",))
    assert export.unknown_columns == ("Kalster Covid 19",)
    (innovation,) = export.innovations
    assert innovation.n_design_words == 3
    assert (innovation.benefits, innovation.goals, innovation.results) == ("Lekas", None, None)
    assert innovation.application_date == dt.date(2022, 1, 10)


def test_one_innovation_without_a_field_is_refused(tmp_path: Path) -> None:
    lines: list[list[Any]] = [list(line) for line in ONE if line[0] != "Kematangan"]
    assert faults_of(write_xlsx(tmp_path / "satu.xlsx", lines), E2023) == [
        ("missing-column", "sheet 'Data', row 1")
    ]


@pytest.mark.parametrize("name", ["data.xls", "data.toml", "data"])
def test_other_files_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    assert faults_of(path) == [("unknown-suffix", "")]


def test_maturity_by_stage_and_agency_is_exact(tmp_path: Path) -> None:
    export = read(
        list_2025(
            tmp_path,
            row_2025(Kematangan="111.00"),
            row_2025(Kematangan="9.00", **{"Admin OPD": "RSUD (rsud)"}),
            row_2025(Kematangan="0", **{"Tahapan Inovasi": "Inisiatif"}),
            row_2025(Kematangan="100.50"),
        )
    )
    assert export.by_stage() == {
        "application": MaturitySummary(3, Decimal("220.50")),
        "initiative": MaturitySummary(1, Decimal(0)),
    }
    assert export.by_stage()["application"].mean == Fraction(147, 2)
    assert export.by_agency() == {
        "Dinas Kesehatan": MaturitySummary(3, Decimal("211.50")),
        "RSUD": MaturitySummary(1, Decimal(9)),
    }


def expected_index(
    maturities: list[int], affairs: set[str], *, region: Fraction, divisor: int, needed: int
) -> Fraction:
    """The formula of the letter, with 0.38 points an innovation up to 200."""
    mean = Fraction(sum(maturities), max(divisor, len(maturities)))
    basic = {"education", "health", "public_works", "housing", "public_order", "social"}
    enough = len(affairs & basic) >= needed
    count = Fraction(38, 100) * min(len(maturities), 200) * enough
    return (region + mean + count) / Fraction(5, 2)


@pytest.mark.parametrize("n", [1, 5, 40, 230])
@pytest.mark.parametrize("only_stage", [None, "application"])
def test_a_projection_follows_the_formula(tmp_path: Path, n: int, only_stage: str | None) -> None:
    rng = random.Random(n)
    basic = ["pendidikan", "kesehatan", "pekerjaan umum dan penataan ruang", "sosial"]
    basic += ["perumahan rakyat dan kawasan permukiman", "statistik"]
    basic += ["ketenteraman, ketertiban umum, dan pelindungan masyarakat"]
    stages = ["Penerapan", "Penerapan", "Uji Coba"]
    rows = [
        row_2025(
            **{
                "Kematangan": f"{rng.randint(0, 111)}.00",
                "Urusan Utama": basic[i % len(basic)],
                "Tahapan Inovasi": stages[i % len(stages)],
            }
        )
        for i in range(n)
    ]
    export = read(list_2025(tmp_path, *rows), E2026)
    score = export.project(E2026, region_points="51.25", only_stage=only_stage)
    chosen = [row for row in rows if only_stage is None or row["Tahapan Inovasi"] == "Penerapan"]
    keys = {affair.name.casefold(): affair.key for affair in E2026.affairs}
    exact = expected_index(
        [int(row["Kematangan"][:-3]) for row in chosen],
        {keys[row["Urusan Utama"]] for row in chosen},
        region=Fraction(205, 4),
        divisor=12,
        needed=5,
    )
    assert score.exact == exact


def test_a_projection_of_a_stage_that_nothing_has_is_refused(tmp_path: Path) -> None:
    export = read(list_2025(tmp_path, row_2025()))
    with pytest.raises(BadValueError, match="at stage 'aplication'; there are: application"):
        export.project(E2026, region_points=51, only_stage="aplication")


def test_a_projection_needs_the_constants_of_the_edition(tmp_path: Path) -> None:
    export = read(list_2025(tmp_path, row_2025()))
    with pytest.raises(IncompleteEditionError, match="minimum divisor"):
        export.project(E2025, region_points=51)


def test_an_empty_list_is_projected_from_the_region_part(tmp_path: Path) -> None:
    export = read(list_2025(tmp_path))
    assert export.rows == ()
    assert export.project(E2026, region_points=50).exact == 20
