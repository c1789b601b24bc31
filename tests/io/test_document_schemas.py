"""All schemas stand in one place."""

from __future__ import annotations

import jsonschema  # type: ignore[import-untyped]  # ships no types
import pytest

from inovasi_index.errors import UnknownNameError
from inovasi_index.io import json_schema
from inovasi_index.io.schemas import DOCUMENTS


@pytest.mark.parametrize("document", DOCUMENTS)
def test_schema_of_every_document(document: str) -> None:
    schema = json_schema(document)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert document in schema["title"].casefold()


def test_near_misses_of_documents_are_offered() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'explanation'"):
        json_schema("explanations")
