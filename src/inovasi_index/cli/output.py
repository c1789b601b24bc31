"""What commands print: paragraphs, tables that fit the terminal, JSON, and faults."""

from __future__ import annotations

import io
import json
import shutil
import sys
import textwrap
import unicodedata
from typing import TYPE_CHECKING, Any

from inovasi_index.errors import FaultsError, InovasiIndexError
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Output", "printable", "table_lines"]


def printable(value: object) -> str:
    """Return text whose control and direction characters cannot disturb a terminal."""
    return "".join(
        c if c == " " or unicodedata.category(c) not in {"Cc", "Cf", "Zl", "Zp", "Cs"} else "·"
        for c in str(value)
    )


def _printable_lines(lines: str) -> str:
    return "\n".join(map(printable, lines.split("\n")))


def table_lines(
    head: Sequence[str], rows: Iterable[Sequence[object]], *, width: int, right: Sequence[int] = ()
) -> list[str]:
    """Lay out a table in the given width; long cells are folded, none is cut.

    Parameters
    ----------
    head : sequence of str
    rows : iterable of sequences
    width : int
        Columns of the terminal.
    right : sequence of int
        Columns that are set flush right (numbers); these are never folded.
    """
    cells = [[printable(c) for c in row] for row in rows]
    columns = list(zip(head, *cells, strict=True))
    widths = [max(map(len, column)) for column in columns]
    # A column that folds keeps room for its longest word, within reason.
    least = [
        width if n in right else min(width, max(6, min(24, _longest_word(column))))
        for n, (width, column) in enumerate(zip(widths, columns, strict=True))
    ]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        slack = [have - need for have, need in zip(widths, least, strict=True)]
        if not any(slack):
            break
        widths[max(range(len(widths)), key=lambda n: (slack[n] > 0, widths[n]))] -= 1
    lines = _folded(head, widths, right)
    lines.append("  ".join("─" * w for w in widths))
    for row in cells:
        lines += _folded(row, widths, right)
    return lines


def _longest_word(cells: Iterable[str]) -> int:
    return max((len(word) for cell in cells for word in cell.split()), default=0)


def _folded(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> list[str]:
    folded = [textwrap.wrap(cell, w) or [""] for cell, w in zip(row, widths, strict=True)]
    lines = []
    for n in range(max(map(len, folded))):
        parts = [lines_[n] if n < len(lines_) else "" for lines_ in folded]
        lines.append(
            "  ".join(
                p.rjust(w) if m in right else p.ljust(w)
                for m, (p, w) in enumerate(zip(parts, widths, strict=True))
            ).rstrip()
        )
    return lines


class Output:
    """Where a command writes: text or JSON on standard output, trouble on standard error."""

    def __init__(self, language: Language, *, as_json: bool) -> None:
        self.language = language
        self.as_json = as_json
        self.width = max(40, shutil.get_terminal_size((88, 24)).columns)

    def text(self, key: str, **params: object) -> str:
        """Return a text in the language of the command."""
        return text(key, self.language, **params)

    def line(self, given: str = "", *, indent: int = 0) -> None:
        """Print a paragraph, folded to the terminal."""
        pad = " " * indent
        for line in given.split("\n"):
            print(
                "\n".join(
                    textwrap.wrap(
                        printable(line), self.width, initial_indent=pad, subsequent_indent=pad
                    )
                )
            )

    def block(self, lines: str) -> None:
        """Print lines that are laid out already."""
        print(_printable_lines(lines))

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[object]],
        *,
        right: Sequence[int] = (),
    ) -> None:
        """Print a table."""
        print("\n".join(table_lines(head, rows, width=self.width, right=right)))

    def json(self, plain: Any) -> None:
        """Print JSON; with escapes where the output could not hold a character.

        Such are half characters, in names of files, and most in a code page of Windows.
        """
        document = json.dumps(plain, ensure_ascii=False, indent=2, default=str)
        try:
            document.encode(sys.stdout.encoding or "utf-8")
        except UnicodeEncodeError:
            document = json.dumps(plain, indent=2, default=str)
        print(document)

    def page(self, page: str) -> None:
        """Write a page of HTML, which is UTF-8 wherever it is written to."""
        sys.stdout.flush()
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.buffer.write(page.encode())
        else:
            sys.stdout.write(page)

    def written(self, path: object, form: str) -> None:
        """Say where a file was written.

        Parameters
        ----------
        path : str or path
        form : str
            Name and version of what JSON says.
        """
        if self.as_json:
            self.json({"format": form, "file": str(path)})
        else:
            self.line(self.text("cli.written", path=printable(path)))

    def warn(self, message: str) -> None:
        """Print a warning on standard error."""
        print(_printable_lines(f"{self.text('cli.warning')}: {message}"), file=sys.stderr)

    def fail(self, message: str, *, code: int, fault: BaseException | None = None) -> int:
        """Print what went wrong and return the exit code."""
        if self.as_json:
            faults = (
                [
                    {"code": f.code, "place": f.place, "message": f.message, "source": f.source}
                    for f in fault.faults
                ]
                if isinstance(fault, FaultsError)
                else [{"code": _code_of(fault), "place": "", "message": message, "source": ""}]
            )
            self.json({"ok": False, "faults": faults})
        else:
            print(_printable_lines(f"{self.text('cli.error')}: {message}"), file=sys.stderr)
        return code


def _code_of(fault: BaseException | None) -> str:
    if isinstance(fault, OSError):
        return "cannot-read-file"
    return "refused" if fault is None or not isinstance(fault, InovasiIndexError) else "bad-value"
