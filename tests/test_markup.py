"""HTML in which everything that was given is seen, and nothing that was given acts."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

import inovasi_index as ii
from inovasi_index.errors import BadValueError
from inovasi_index.language import text as ii_text
from inovasi_index.markup import Markup, badge, bar, element, escape, joined, table, visible

if TYPE_CHECKING:
    from collections.abc import Callable

anything = st.text(st.characters(exclude_categories=()))


class Reader(HTMLParser):
    """What a browser sees: elements, and the text between them."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def require_well_formed(markup: str) -> None:
    ET.fromstring(markup)  # noqa: S314 - it is ours


@given(anything)
def test_text_comes_out_as_text(given_text: str) -> None:
    read = Reader(element("p", given_text, title=given_text))
    assert read.tags == ["p"]
    assert "".join(read.texts) == visible(given_text)
    assert read.attributes == [("title", visible(given_text))]


@given(anything)
def test_what_is_visible_can_be_written_and_hides_nothing(given_text: str) -> None:
    shown = visible(given_text)
    shown.encode("utf-8")
    require_well_formed(f"<a>{escape(given_text)}</a>")
    assert visible(shown) == shown
    if given_text.isascii() and given_text.isprintable():
        assert shown == given_text


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("\x00", "␀"),
        ("\x1b[31m", "␛[31m"),
        ("\x7f", "␡"),
        ("\x85", "⟨0085⟩"),
        ("\u202egnp.exe", "⟨202E⟩gnp.exe"),
        ("\u2066", "⟨2066⟩"),
        ("\u200f", "⟨200F⟩"),
        ("\u2028", "⟨2028⟩"),
        ("\ufeff", "⟨FEFF⟩"),
        ("\ud800", "⟨D800⟩"),
        ("\uffff", "⟨FFFF⟩"),
        ("\U0001fffe", "⟨1FFFE⟩"),
        ("a\nb\tc", "a\nb\tc"),
        ("नि\u200dय", "नि\u200dय"),
        ("\ue000", "\ue000"),
        ("Kota Ḥalab حلب", "Kota Ḥalab حلب"),
        (12, "12"),
    ],
)
def test_hidden_characters_are_shown(hidden: object, shown: str) -> None:
    assert visible(hidden) == shown


def test_markup_is_not_escaped_twice() -> None:
    assert element("p", element("b", "<"), "&") == "<p><b>&lt;</b>&amp;</p>"
    assert joined(["<", Markup("<")]) == "&lt;<"


def test_attributes() -> None:
    assert element("td", class_="a", title=None, data_x=1) == '<td class="a" data-x="1"></td>'


def test_a_table_has_its_cells() -> None:
    found = Reader(table(["a", "b"], [["<i>", 1], [Markup("<b>x</b>"), 2]], right=[1], caption="c"))
    assert found.tags.count("td") == 4
    assert found.tags.count("th") == 2
    assert found.texts == ["c", "a", "b", "<i>", "1", "x", "2"]
    assert "caption" not in Reader(table(["a"], [])).tags


def test_badges_are_darker_the_higher() -> None:
    grounds = [badge("x", position=n, of=4) for n in range(4)]
    assert len(set(grounds)) == 4
    assert badge("x", position=0, of=1) == grounds[0]
    assert badge("x", position=1, of=2) == grounds[3]


@pytest.mark.parametrize(
    ("share", "of", "width"), [(0.5, 1, 50), (3, 4, 75), (-1, 1, 0), (9, 1, 100), (1, 0, 0)]
)
def test_bars_stay_in_their_room(share: float, of: float, width: float) -> None:
    assert f"width:{width:.1f}%" in bar(share, of=of)


# --- what notebooks show --------------------------------------------------------------------

HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(2)>\u202e\x00&amp;'
EXAMPLE = Path(__file__).parents[1] / "examples" / "kota-contoh.toml"
EDITION = ii.load_edition("iid-2026")


def submission(name: str) -> ii.Submission:
    return ii.Submission(
        ii.Region("99.71", name, "city"),
        2026,
        agencies=[ii.Agency("a", name)],
        innovations=[
            ii.Innovation(
                f"i{n}", name, "a", affair="health", answers=[ii.Answer("regulation", level=2)]
            )
            for n in range(30)
        ],
        answers=[ii.Answer("vision_mission", level=3)],
    )


THINGS: dict[str, Callable[[str], Any]] = {
    "scores": lambda name: ii.score(submission(name), EDITION),
    "score": lambda name: ii.score(submission(name), EDITION)["99.71"],
    "projection": lambda _: ii.project_index(
        EDITION, region_points=0, mean_maturity=0, innovations=0, basic_affairs=0
    ),
    "explanation": lambda name: ii.score(submission(name), EDITION)["99.71"].explain(),
    "innovation": lambda name: ii.score(submission(name), EDITION)["99.71"].explain("i3"),
    "gaps": lambda name: ii.gaps(submission(name), EDITION),
    "gap table": lambda name: ii.gaps(ii.score(submission(name), EDITION).table),
    "level table": lambda name: ii.score(submission(name), EDITION).table,
    "edition": lambda name: evolve(EDITION, title=name),
    "edition without bounds": lambda _: ii.load_edition("iid-2021"),
    "indicator": lambda name: evolve(EDITION["regulation"], name=name, evidence=(name,)),
    "indicator without levels": lambda _: ii.load_edition("iid-2022")["regulation"],
}


ALLOWED = {
    *("div", "span", "table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary"),
    *("code", "ul", "li"),
}


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("what", THINGS)
def test_hostile_names_stay_text(what: str, language: str) -> None:
    markup = THINGS[what](HOSTILE).to_html(language)
    read = Reader(markup)
    assert set(read.tags) <= ALLOWED
    assert {name for name, _ in read.attributes} <= {"style", "title", "open"}
    require_well_formed(markup)
    if visible(HOSTILE) in "".join(read.texts):
        assert "\u202e" not in markup
    else:
        assert what in {"projection", "level table", "edition without bounds"} | {
            "indicator without levels"
        }


@pytest.mark.parametrize("what", THINGS)
def test_a_notebook_shows_english(what: str) -> None:
    thing = THINGS[what]("x")
    assert thing._repr_html_() == thing.to_html() == thing.to_html("en")
    assert thing.to_html("id") != thing.to_html("en") or "table" not in thing.to_html()


def texts(thing: Any, language: str = "en") -> list[str]:
    return Reader(thing.to_html(language)).texts


def test_a_score_shows_its_parts_and_its_band() -> None:
    example = ii.read_submission(EXAMPLE)
    one = ii.score(example, EDITION)["99.71"]
    found = texts(one)
    assert found[0] == str(one.index)
    assert one.band in found
    assert "Kota Contoh (99.71) · iid-2026 · documented levels" in found
    shares = [x for x in found if x.replace(".", "").isdigit()][1:]
    assert len(shares) == 9  # points, most and share of three parts
    assert "53,21" in texts(one, "id") or str(one.index).replace(".", ",") in texts(one, "id")


def test_many_are_cut_and_counted() -> None:
    explained = THINGS["explanation"]("x")
    assert "… and 5 more" in texts(explained)
    assert "… dan 5 lagi" in texts(explained, "id")
    assert not any("more" in t for t in texts(THINGS["scores"]("x")))


def test_an_innovation_without_more_to_say_does_not_unfold() -> None:
    explained = ii.score(ii.read_submission(EXAMPLE), EDITION)["99.71"].explain()
    markup = explained.to_html()
    read = Reader(markup)
    assert read.tags.count("summary") == read.tags.count("details") < 33
    for name in [i.name for i in ii.read_submission(EXAMPLE).innovations[:25]]:
        assert any(text.startswith(name) for text in read.texts)


def test_gaps_show_causes_that_add_up() -> None:
    gaps = ii.gaps(ii.read_submission(EXAMPLE), EDITION)
    found = texts(gaps)
    for cause, share in gaps.by_cause().items():
        at = found.index(ii_text(f"gap.{cause}"))
        assert abs(float(found[at + 1]) - float(share)) <= 0.005


def test_a_band_that_is_not_known_is_a_question_mark() -> None:
    edition = evolve(EDITION, bands=())
    one = ii.project_index(
        edition, region_points=50, mean_maturity=90, innovations=137, basic_affairs=6
    )
    assert "?" in texts(one)


def test_a_level_table_counts_levels() -> None:
    found = texts(THINGS["level table"]("x"))
    at = found.index("regulation")
    assert found[at + 1 : at + 6] == ["30", "0", "0", "0", "0.00"]  # documented: no evidence


@pytest.mark.parametrize("what", ["scores", "score", "gaps", "explanation"])
@examples(10)
@given(name=anything.filter(lambda name: bool(name.strip())))
def test_any_name_at_all(what: str, name: str) -> None:
    try:
        thing = THINGS[what](name)
    except BadValueError:
        return  # half a character is no name
    require_well_formed(thing.to_html())
