"""The report is one sound document that loads nothing, runs nothing and lets nothing break out."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

import inovasi_index as ii
from inovasi_index.errors import UnknownChoiceError
from inovasi_index.language import messages
from inovasi_index.markup import visible
from inovasi_index.records.forms import FormError
from inovasi_index.reporting import html_report, write_report

ROOT = Path(__file__).resolve().parents[2]
CITY = ii.read_submission(ROOT / "examples" / "kota-contoh.toml")
EDITION = ii.load_edition("iid-2026")
VOID = {"br", "meta"}
# What HTML lets stand open at its end; we write every end, so none may be left open.
BLOCKS = {"div", "dl", "figure", "h2", "h3", "h4", "ol", "p", "section", "table", "ul"}


class Document(HTMLParser):
    """Reads strictly: every element is closed where it was opened, attributes occur once."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self.style = ""
        self.comments: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        if tag in BLOCKS:
            assert "p" not in self.open, f"{tag} would end a paragraph"
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def values(self, name: str) -> list[str]:
        return [value for _, given, value in self.attributes if given == name]


@pytest.fixture(scope="module", params=["id", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=list(ii.Basis))
def document(request: pytest.FixtureRequest, language: str) -> Document:
    return Document(html_report(CITY, EDITION, language=language, basis=request.param))


def test_the_document_is_sound(document: Document, language: str) -> None:
    assert document.page.startswith("<!doctype html>\n<html lang=")
    assert ("html", "lang", language) in document.attributes
    assert document.tags.count("h1") == document.tags.count("main") == 1
    ids = document.values("id")
    assert len(ids) == len(set(ids)) == 8
    assert set(document.values("href")) == {f"#{name}" for name in ids}
    assert not document.comments


def test_nothing_is_loaded_and_nothing_runs(document: Document) -> None:
    forbidden = {"script", "link", "img", "iframe", "object", "embed", "form", "base", "audio"}
    assert not forbidden & set(document.tags)
    names = {name for _, name, _ in document.attributes}
    assert not names & {"src", "srcset", "style", "action", "background", "xlink:href", "ping"}
    assert not [name for name in names if name.startswith("on")]
    assert not re.search(r"url\(|@import|expression\(|https?:", document.style)
    assert "refresh" not in document.values("http-equiv")


def test_the_policy_allows_the_style_and_no_more(document: Document) -> None:
    (policy,) = (
        v for t, n, v in document.attributes if (t, n) == ("meta", "content") and "-src" in v
    )
    digest = base64.b64encode(hashlib.sha256(document.style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_every_text_is_filled_in(document: Document) -> None:
    assert "{" not in document.text
    assert "}" not in document.text
    assert "None" not in document.text
    assert not [key for key in messages() if key.startswith("report.") and key in document.text]


def test_every_row_of_a_table_has_a_cell_for_every_column(document: Document) -> None:
    tables = re.findall(r"<table.*?</table>", document.page, flags=re.DOTALL)
    assert len(tables) > 6
    for table in tables:
        head, body = table.split("<tbody>")
        n = head.count('scope="col"')
        rows = re.findall(r"<tr>(.*?)</tr>", body.split("</tbody>")[0], flags=re.DOTALL)
        assert rows
        assert {len(re.findall(r"<t[dh][ >]", row)) for row in rows} == {n}


def test_every_class_has_a_rule_and_every_rule_a_use(language: str) -> None:
    pages = [html_report(CITY, EDITION, language=language, basis=basis) for basis in ii.Basis]
    classes = {name for page in pages for name in re.findall(r'class="([^"]+)"', page)}
    (style,) = {Document(page).style for page in pages}
    ruled = set(re.findall(r"\.([a-z]+)\b(?=[^;]*\{)", style))
    # An index that is long enough to hold its number is drawn by the test below.
    assert {word for name in classes for word in name.split()} | {"inside"} == ruled


def test_the_number_of_a_long_bar_stands_light_inside_it() -> None:
    rows = [ii.Answer(row.key, level=row.top_level) for row in EDITION.region_indicators]
    best = max(CITY.innovations, key=lambda one: len(one.answers))
    affairs = [affair.key for affair in EDITION.basic_affairs]
    many = [attrs.evolve(best, id=str(n), affair=affairs[n % 6]) for n in range(200)]
    high = attrs.evolve(CITY, answers=rows, innovations=many)
    assert ii.score(high, EDITION, basis=ii.Basis.CLAIMED).index[0] > 78
    page = html_report(high, EDITION, basis=ii.Basis.CLAIMED)
    assert 'class="value inside"' in page
    assert re.search(r"svg \.inside \{ fill: #fff; \}", Document(page).style)


def test_lengths_of_pictures_stay_inside(document: Document) -> None:
    for _, name, value in document.attributes:
        if name in {"x", "width"} and value.endswith("%"):
            assert 0 <= float(value[:-1]) <= 100


def test_the_same_arguments_give_the_same_document(language: str) -> None:
    first, second = (html_report(CITY, EDITION, language=language) for _ in range(2))
    assert first == second


# --- text that tries to break out ------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</bdi></td></tr></table></style><h1>besar</h1>",
    "&lt;b&gt; &amp; {kosong} {0} %s",
    "<!-- komentar",
    "]]></title>",
    "a\x00b\x1bc\x7f",
    "\u202emembalik\u2066",
    "W" * 2000,
    "مدينة الابتكار",
    "=1+1",
]


def small(name: str) -> ii.Submission:
    """Return a submission in which every free text is the same."""
    paper = [ii.Evidence(title=name, file="x.pdf", status="rejected", note=name)]
    innovations = [
        ii.Innovation(
            str(n),
            name,
            "a",
            stage=stage,
            design=name,
            answers=[
                ii.Answer("regulation", level=2),
                ii.Answer("replication", level=1, evidence=paper),
            ],
        )
        for n, stage in enumerate(("application", "trial"))
    ]
    verdict = ii.Verdict("rejected", note=name)
    return ii.Submission(
        ii.Region("99.71", name, "city"),
        2026,
        [ii.Agency("a", name), ii.Agency("b", name)],
        innovations,
        answers=[ii.Answer("vision_mission", level=3, evidence=paper, verdict=verdict)],
    )


PLAIN = Document(html_report(small("Nama"), EDITION))


def shown_safely(name: str) -> None:
    page = html_report(small(name), EDITION)
    found = Document(page)
    assert found.tags == PLAIN.tags
    assert [a[:2] for a in found.attributes] == [a[:2] for a in PLAIN.attributes]
    assert found.text.count(visible(name)) >= 6
    assert not set(page) & set(map(chr, [*range(9), *range(11, 32), 0x7F, 0x202E, 0x2066, 0xFFFE]))


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_shown_as_text(name: str) -> None:
    shown_safely(name)


@given(st.text(min_size=1, max_size=60).filter(lambda name: bool(name.strip())))
@examples(40)
def test_any_name_is_shown_as_text(name: str) -> None:
    try:
        small(name)
    except FormError:
        return  # the records do not take it
    # Line ends of another system are read as line ends; the rest is shown to the letter.
    shown_safely(name.replace("\r", "r"))


# --- files -----------------------------------------------------------------------------------


def test_the_file_holds_the_report(tmp_path: Path) -> None:
    path = write_report(tmp_path / "laporan.html", CITY, "iid-2026", language="id")
    assert path == tmp_path / "laporan.html"
    assert path.read_text(encoding="utf-8") == html_report(CITY, EDITION, language="id")
    assert [p.name for p in tmp_path.iterdir()] == ["laporan.html"]


def test_a_file_that_cannot_be_replaced_stays(tmp_path: Path) -> None:
    path = tmp_path / "laporan.html"
    path.write_text("old", encoding="utf-8")
    broken = attrs.evolve(CITY, answers=[ii.Answer("regulasion", level=1)])
    with pytest.raises(ii.errors.SubmissionError):
        write_report(path, broken, EDITION)
    with pytest.raises(OSError, match=r"missing|No such file"):
        write_report(tmp_path / "missing" / "x.html", CITY, EDITION)
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["laporan.html"]


def test_neither_matplotlib_nor_scipy_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("matplotlib", "matplotlib.figure", "scipy", "scipy.optimize"):
        monkeypatch.setitem(sys.modules, name, None)
    page = html_report(CITY, EDITION)
    assert "inovasi_index[optimise]" in Document(page).text


@pytest.mark.parametrize("wrong", ["jv", "ID", ""])
def test_an_unknown_language_is_refused(wrong: str) -> None:
    with pytest.raises(UnknownChoiceError, match="unknown Language"):
        html_report(CITY, EDITION, language=wrong)


def test_an_unknown_basis_is_refused() -> None:
    with pytest.raises(UnknownChoiceError, match="unknown Basis 'verify'; did you mean 'verified'"):
        html_report(CITY, EDITION, basis="verify")  # type: ignore[arg-type]
