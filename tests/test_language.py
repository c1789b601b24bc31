"""Both languages say the same: every text exists twice, with the same parameters."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

import pytest

from inovasi_index.errors import UnknownChoiceError, UnknownNameError
from inovasi_index.language import Language, messages, number, text
from inovasi_index.language.rule_notes import NOTES, area_name, field_name, note
from inovasi_index.records.eligible import ReasonCode
from inovasi_index.records.levels import Cause
from inovasi_index.rules import Certainty, available_editions, load_edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inovasi_index.rules import Edition

#: Keys of sources, which are the same in every language: "A, B", "SS23", "150".
CODES = re.compile(r"[A-Z0-9]+(, [A-Z0-9]+)*")


def parameters(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_the_two_texts_take_the_same_parameters() -> None:
    for key, (english, indonesian) in messages().items():
        assert english, key
        assert indonesian, key
        assert parameters(english) == parameters(indonesian), key


@pytest.mark.parametrize(
    "key",
    [
        *(f"ineligible.{code}" for code in ReasonCode),
        *(f"cause.{cause}" for cause in Cause),
        *(f"certainty.{certainty}" for certainty in Certainty),
    ],
)
def test_every_reason_has_a_text(key: str) -> None:
    assert key in messages()


def test_unknown_texts_and_languages_are_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean 'part.index'"):
        text("part.indeks")
    with pytest.raises(UnknownChoiceError, match="unknown Language 'jv'; known: en, id"):
        text("part.index", "jv")


def test_numbers_follow_the_language() -> None:
    assert number(12, Language.INDONESIAN) == "12,00"
    assert number(12, Language.ENGLISH) == "12.00"


def printed_notes(edition: Edition) -> Iterator[str]:
    """Yield the notes that reports and commands print."""
    yield from (area.note for area in edition.completeness)
    for conflict in edition.conflicts:
        yield from (conflict.field, conflict.resolution)
        yield from (says for _, says in conflict.readings)
    of_bands = (source for band in edition.bands for source in band.sources)
    for source in (*edition.formula.sources, *edition.eligibility.sources, *of_bands):
        if source.note and source.certainty is not Certainty.OFFICIAL:
            yield source.note


@pytest.mark.parametrize("edition", available_editions())
def test_notes_on_the_rules_are_there_in_indonesian(edition: str) -> None:
    loaded = load_edition(edition)
    without = {n for n in printed_notes(loaded) if n not in NOTES and not CODES.fullmatch(n)}
    assert without == set()
    for area in loaded.completeness:
        assert area_name(area.area, "id") != area.area.replace("_", " ")
    for source in (*loaded.formula.sources, *loaded.eligibility.sources):
        if source.note and source.certainty is not Certainty.OFFICIAL:
            assert field_name(source.field) != field_name(source.field, "id")


def test_no_note_is_left_that_nobody_prints() -> None:
    printed = {n for edition in available_editions() for n in printed_notes(load_edition(edition))}
    assert set(NOTES) <= printed


def test_notes_keep_their_numbers_and_sources() -> None:
    for english, indonesian in NOTES.items():
        numbers = sorted(re.findall(r"\d+(?:\.\d+)?", english))
        assert sorted(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", ".", indonesian))) == (
            numbers
        ), english
        assert sorted(re.findall(r"\[\w+\]", english)) == sorted(re.findall(r"\[\w+\]", indonesian))


def test_a_note_of_somebody_else_stays_as_it_is() -> None:
    assert note("never seen", "id") == ("never seen", Language.ENGLISH)
    assert area_name("never_seen", "id") == "never seen"
