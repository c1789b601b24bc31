"""The JSON Schemas of all documents that go in and out, by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from inovasi_index.errors import UnknownNameError
from inovasi_index.records import submission_schema
from inovasi_index.rules import editions
from inovasi_index.scoring import explanation_schema, score_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["DOCUMENTS", "json_schema"]

_SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = MappingProxyType(
    {
        "submission": submission_schema,
        "score": score_schema,
        "explanation": explanation_schema,
        "edition": editions.schema,
    }
)

DOCUMENTS = tuple(_SCHEMAS)


def json_schema(document: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a kind of document.

    Parameters
    ----------
    document : str
        ``"submission"`` (what is read), ``"score"`` (`scoring.score_document`),
        ``"explanation"`` (`Explanation.to_dict`) or ``"edition"`` (an edition file).

    Raises
    ------
    UnknownNameError
        For another word.

    Examples
    --------
    >>> from inovasi_index.io import json_schema
    >>> json_schema("score")["title"], json_schema("submission")["title"]
    ('Score', 'Submission')
    """
    if document not in _SCHEMAS:
        raise UnknownNameError.of("document", document, _SCHEMAS)
    return _SCHEMAS[document]()
