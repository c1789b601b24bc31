"""Scores and explanations as documents for other programs, and the schemas of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inovasi_index.records import Basis
from inovasi_index.rules import Certainty
from inovasi_index.scoring.explanation import EXPLANATION_FORMAT, ineligibility
from inovasi_index.scoring.score import score

if TYPE_CHECKING:
    from inovasi_index.records import Submission
    from inovasi_index.rules import Edition
    from inovasi_index.scoring.region_score import RegionScore

__all__ = ["SCORE_FORMAT", "explanation_schema", "plain_score", "score_document", "score_schema"]

SCORE_FORMAT = "inovasi_index.score/1"

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_KINDS = ["index", "region_part", "mean_maturity", "count_points", "innovation", "row"]

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_DECIMAL = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_EXACT = {
    "type": "string",
    "pattern": r"^[0-9]+(/[1-9][0-9]*)?$",
    "description": "an exact amount: a whole number, or numerator and denominator",
}


def score_document(submission: Submission, edition: Edition) -> dict[str, Any]:
    """Return the scores of a submission on the three bases as plain data.

    Parameters
    ----------
    submission : Submission
    edition : Edition

    Returns
    -------
    dict
        Of the form that `score_schema` describes; exact amounts are strings.

    Raises
    ------
    SubmissionError
        With every fault of the submission.
    IncompleteEditionError
        When the edition lacks what the index needs.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> edition = ii.load_edition("iid-2026")
    >>> region = ii.Region(code="99.71", name="Kota Contoh", kind="city")
    >>> empty = ii.Submission(region=region, year=2026, region_points=51)
    >>> document = ii.scoring.score_document(empty, edition)
    >>> document["format"], document["bases"]["verified"]["index"]
    ('inovasi_index.score/1', '20.40')
    """
    code = submission.region.code
    scores = {basis: score(submission, edition, basis=basis)[code] for basis in Basis}
    return {
        "format": SCORE_FORMAT,
        "edition": edition.id,
        "region": {"code": code, "name": submission.region.name},
        "innovations": len(submission.innovations),
        "ineligible": sum(bool(ineligibility(i, edition)) for i in submission.innovations),
        "bases": {basis.value: plain_score(one) for basis, one in scores.items()},
    }


def plain_score(one: RegionScore) -> dict[str, Any]:
    """Return one score as plain data; exact amounts are strings."""
    return {
        "index": str(one.index),
        "index_exact": str(one.exact),
        "band": one.band_if_known,
        "region_part": str(one.parts.region_part),
        "mean_maturity": str(one.parts.mean_maturity),
        "count_points": str(one.parts.count_points),
        "divisor": one.divisor,
        "empty_seats": one.empty_seats,
        "basic_affairs": one.basic_affairs,
    }


def _closed(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def score_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what `score_document` returns.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> list(ii.scoring.score_schema()["properties"]["bases"]["properties"])
    ['claimed', 'documented', 'verified']
    """
    basis = _closed(
        {
            "index": _DECIMAL | {"description": "rounded by the edition's rule"},
            "index_exact": _EXACT,
            "band": _or_null(
                _TEXT | {"description": "official name; null where no bound is known"}
            ),
            "region_part": _EXACT,
            "mean_maturity": _EXACT,
            "count_points": _EXACT,
            "divisor": _COUNT,
            "empty_seats": _COUNT,
            "basic_affairs": _COUNT,
        }
    )
    return {
        "$schema": _DIALECT,
        "title": "Score",
        "description": "The index of one submission on the three bases",
        **_closed(
            {
                "format": {"const": SCORE_FORMAT},
                "edition": _TEXT,
                "region": _closed({"code": _TEXT, "name": _TEXT}),
                "innovations": _COUNT,
                "ineligible": _COUNT,
                "bases": _closed({b.value: {"$ref": "#/$defs/Basis"} for b in Basis}),
            }
        ),
        "$defs": {"Basis": basis},
    }


def explanation_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what `Explanation.to_dict` returns.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> schema = ii.scoring.explanation_schema()
    >>> schema["properties"]["format"], sorted(schema["$defs"])
    ({'const': 'inovasi_index.explanation/1'}, ['Citation', 'Node', 'Reason'])
    """
    node = {
        "kind": {"enum": _KINDS},
        "subject": _TEXT,
        "name": _TEXT,
        "points": {"type": "number", "minimum": 0},
        "points_exact": _EXACT,
        "most": _or_null(_EXACT),
        "share": {"type": "number", "minimum": 0},
        "share_exact": _EXACT,
        "band": _TEXT,
        "level": _COUNT,
        "claimed": _COUNT,
        "unit": _TEXT,
        "level_text": _TEXT,
        "value": _DECIMAL,
        "weight": _EXACT,
        "reasons": {"type": "array", "items": {"$ref": "#/$defs/Reason"}},
        "citations": {"type": "array", "items": {"$ref": "#/$defs/Citation"}},
        "children": {"type": "array", "items": {"$ref": "#/$defs/Node"}},
    }
    optional = ("band", "level", "claimed", "unit", "level_text", "value", "weight")
    return {
        "$schema": _DIALECT,
        "title": "Explanation",
        "description": "Where a number comes from; the shares of children add up to that above",
        **_closed({"format": {"const": EXPLANATION_FORMAT}, **node}, optional=optional),
        "$defs": {
            "Node": _closed(node, optional=optional),
            "Reason": _closed({"code": _TEXT, "text": _TEXT}),
            "Citation": _closed(
                {"key": _TEXT, "words": _TEXT, "certainty": {"enum": [c.value for c in Certainty]}}
            ),
        },
    }
