"""Both languages say the same: every text exists twice, with the same parameters."""

from __future__ import annotations

import string

import pytest

from inovasi_index.errors import UnknownNameError
from inovasi_index.language import Language, messages, number, text
from inovasi_index.records.eligible import ReasonCode
from inovasi_index.records.levels import Cause
from inovasi_index.rules import Certainty


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
    with pytest.raises(ValueError, match="jv"):
        text("part.index", "jv")


def test_numbers_follow_the_language() -> None:
    assert number(12, Language.INDONESIAN) == "12,00"
    assert number(12, Language.ENGLISH) == "12.00"
