"""Columns found by their headings, and the cells below them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

from inovasi_index.errors import Fault, near_misses
from inovasi_index.io.limits import MAX_NOTED_FAULTS
from inovasi_index.io.sheets import Cell, Row, Sheet, column_letters
from inovasi_index.io.words import folded
from inovasi_index.records.forms import FormError, shown
from inovasi_index.records.places import Hints

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

__all__ = ["SPELLINGS", "Table", "heading_text", "perhaps"]

T = TypeVar("T")

#: Official headings by the name of the field that they hold: those of the portal's list
#: downloads of 2023 and 2025, of its download of one innovation, of its tables on screen, and
#: of the copies of local-government applications.
SPELLINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "registration": ("Nomor Registrasi",),
    "name": ("Judul Inovasi", "Nama Inovasi"),
    "region": ("Pemda", "Nama Pemda"),
    "agency": ("Admin OPD", "Dibuat Oleh", "Nama Akun", "OPD / Unit Kerja"),
    "stage": ("Tahapan Inovasi", "Tahapan"),
    "initiator": ("Inisiator", "Inisiator Inovasi", "Inisiator Daerah"),
    "initiator_name": ("Nama Inisiator",),
    "classification": ("Klasifikasi",),
    "kind": ("Jenis", "Jenis Inovasi"),
    "form": ("Bentuk Inovasi", "Bentuk Inovasi Daerah"),
    "theme": ("Tematik",),
    "asta_cita": ("Asta Cipta", "Asta Cita"),
    "affair": (
        "Urusan Utama",
        "Urusan Pemerintah",
        "Urusan Pemerintahan Utama",
        "Urusan Inovasi Daerah",
    ),
    "intersecting_affairs": ("Urusan lain yang beririsan", "Urusan Irisan"),
    "maturity": ("Kematangan", "Estimasi Skor Kematangan", "Skor/Kematangan"),
    "input_date": ("Tanggal Input",),
    "trial_date": (
        "Tanggal Uji Coba",
        "Waktu Uji Coba",
        "Waktu Uji Coba Inovasi Daerah",
        "Waktu Uji",
    ),
    "application_date": (
        "Tanggal Penerapan",
        "Waktu Penerapan",
        "Waktu Penerapan Inovasi Daerah",
        "Waktu Implementasi Inovasi Daerah",
    ),
    "development_date": ("Tanggal Pengembangan", "Waktu Pengembangan"),
    "coordinates": ("Koordinat",),
    "video": ("Link Video", "Youtube"),
    "design": ("Rancang Bangun", "Rancang Bangun dan Pokok Perubahan Yang Dilakukan"),
    "goals": ("Tujuan", "Tujuan Inovasi Daerah"),
    "benefits": ("Manfaat", "Manfaat Yang Diperoleh"),
    "results": ("Hasil Inovasi",),
    "budget": ("Anggaran",),
    "business_profile": ("Profil Bisnis",),
}


def heading_text(cell: Cell | None) -> str:
    """Return a heading as text; official numbers may stand in cells as numbers."""
    match cell:
        case str():
            return cell
        case Decimal():
            return f"{cell:f}"
        case _:
            return ""


def perhaps(names: Iterable[str], others: Collection[str]) -> str:
    """Return which of the others may be what is missing by any of its names, for a message."""
    hints = (near_misses(name, others) for name in names)
    return next(filter(None, hints), "").replace("did you mean", "is it")


class Table:
    """A sheet whose columns were found; collects what is wrong in it.

    Parameters
    ----------
    sheet : Sheet
        Its first row holds the headings.
    known : mapping of str to str
        What a column holds, by its folded heading.
    needed : iterable of str
        What there has to be a column for.
    others_allowed : bool
        Whether columns may be there that are not known. If not, only those are whose heading
        begins with ``#``.

    Attributes
    ----------
    rows : list of Row
        The rows below the headings that hold something in a column that is known.
    columns : dict of str to int
        Position of a column by what it holds.
    unknown : dict of int to str
        Headings that are not known, by position.
    hints : Hints
        Gives the near misses of what is unknown, as long as that is soon done.
    """

    def __init__(
        self,
        sheet: Sheet,
        known: Mapping[str, str],
        *,
        needed: Iterable[str],
        others_allowed: bool = False,
    ) -> None:
        self.sheet = sheet
        self.headings, *rows = sheet.rows
        self.columns: dict[str, int] = {}
        self.unknown: dict[int, str] = {}
        self.hints = Hints()
        self._faults: dict[tuple[int, int], list[Fault]] = {}
        self._n_faults = 0
        for position, cell in sorted(self.headings.cells.items()):
            self._find(position, heading_text(cell), known)
        for target in needed:
            if target not in self.columns:
                self._note_missing(target, known)
        if not others_allowed:
            self._note_strangers(known, rows)
        found = set(self.columns.values())
        self.rows = [row for row in rows if not found.isdisjoint(row.cells)]

    def _find(self, position: int, text: str, known: Mapping[str, str]) -> None:
        target = known.get(folded(text))
        if target is None:
            self.unknown[position] = text
        elif target in self.columns:
            first = self.columns[target]
            message = (
                f"columns {column_letters(first)} ({shown(self.heading(first))}) and "
                f"{column_letters(position)} ({shown(text)}) hold the same; keep one"
            )
            self.note("doubled-column", message, row=self.headings.number)
        else:
            self.columns[target] = position

    def _note_missing(self, target: str, known: Mapping[str, str]) -> None:
        names = [n for n in (target, *SPELLINGS.get(target, ())) if known.get(folded(n)) == target]
        message = f"there is no column {' or '.join(map(repr, names))}"
        message += perhaps(names, self.unknown.values())
        self.note("missing-column", message, row=self.headings.number)

    def _note_strangers(self, known: Mapping[str, str], rows: Iterable[Row]) -> None:
        for position, text in self.unknown.items():
            if not text.startswith("#"):
                hint = self.hints.near(text, known)
                message = f"there is no such column{hint}; begin the heading of a remark with #"
                self.note("unknown-column", message, row=self.headings.number, column=position)
        for row in rows:
            for position in sorted(row.cells.keys() - self.headings.cells.keys()):
                message = "the cell stands in a column without a heading"
                self.note("no-heading", message, row=row.number, column=position)

    def heading(self, column: int) -> str:
        """Return the heading of a column, or its letters where it has none."""
        return heading_text(self.headings.cells.get(column)) or column_letters(column)

    def note(self, code: str, message: str, *, row: int, column: int | None = None) -> None:
        """Note a fault of a row or of a cell, as long as there are not too many."""
        self._n_faults += 1
        if self._n_faults > MAX_NOTED_FAULTS:
            return
        heading = None if column is None else self.heading(column)
        fault = Fault(code, self.sheet.place(row, column, heading), message)
        self._faults.setdefault((row, -1 if column is None else column), []).append(fault)

    @property
    def faults(self) -> list[Fault]:
        """The faults, from the upper left to the lower right."""
        return [fault for at in sorted(self._faults) for fault in self._faults[at]]

    @property
    def rows_at_fault(self) -> set[int]:
        """The numbers of the rows in which something is wrong."""
        return {row for row, _ in self._faults}

    def read(self, row: Row, target: str, reading: Callable[[Cell], T]) -> T | None:
        """Return what a cell holds; `None` when it is empty, or at fault, which is noted."""
        column = self.columns.get(target, -1)
        cell = row.cells.get(column)
        if cell is None:
            return None
        try:
            return reading(cell)
        except FormError as error:
            self.note(error.code, str(error), row=row.number, column=column)
            return None

    def has(self, row: Row, target: str) -> bool:
        """Return whether something stands in a cell."""
        return self.columns.get(target, -1) in row.cells
