"""A web service that validates and scores submissions.

Every answer is plain data: faults carry stable codes for programs and sentences for people,
scores and explanations keep to the schemas that the service hands out.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import JSONResponse

import inovasi_index as ii
from inovasi_index.io import json_schema
from inovasi_index.language import Language
from inovasi_index.records import require_valid
from inovasi_index.scoring import ineligibility, score_document
from inovasi_index.untrusted import parse_json

LARGEST_BODY = 5_000_000  # bytes; a submission of 300 innovations takes about 1,000,000

app = FastAPI(title="Indeks Inovasi Daerah", version=ii.__version__)


class TooLargeError(Exception):
    """The body is larger than the service reads."""


async def body_of(request: Request) -> bytes:
    """Return the body, and stop reading once it is too large."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise TooLargeError
    return bytes(body)


def submission_of(body: Annotated[bytes, Depends(body_of)]) -> ii.Submission:
    """Read a submission from the body; numbers stay the decimals that were written.

    The parser of the standard library alone would take a key twice, and fail at some exponents.
    """
    try:
        plain = parse_json(body)
    except (ValueError, RecursionError) as error:
        fault = ii.errors.Fault("not-json", "", f"the body is no JSON: {error}")
        raise ii.errors.SubmissionError("submission", [fault]) from None
    return ii.Submission.from_dict(plain)


def edition_of(
    submission: Annotated[ii.Submission, Depends(submission_of)], edition: str | None = None
) -> ii.Edition:
    """Load the edition asked for, by its id only: a path from outside is not opened."""
    name = edition or f"iid-{submission.year}"
    if name not in ii.available_editions():
        raise ii.errors.UnknownNameError.of("edition", name, ii.available_editions())
    return ii.load_edition(name)


Given = Annotated[ii.Submission, Depends(submission_of)]
Rules = Annotated[ii.Edition, Depends(edition_of)]
Words = Annotated[Language, Query(description="language of the sentences")]


@app.exception_handler(ii.errors.FaultsError)
def answer_faults(_: Request, error: ii.errors.FaultsError) -> JSONResponse:
    """Answer with every fault: code, place and sentence."""
    faults = [
        {"code": f.code, "place": f.place, "message": f.message, "source": f.source}
        for f in error.faults
    ]
    return JSONResponse({"ok": False, "faults": faults}, status_code=422)


@app.exception_handler(ii.errors.UnknownNameError)
def answer_unknown(_: Request, error: ii.errors.UnknownNameError) -> JSONResponse:
    """Answer that a name is not known, with the near misses."""
    return JSONResponse({"ok": False, "error": str(error)}, status_code=404)


@app.exception_handler(ii.errors.IncompleteEditionError)
def answer_incomplete(_: Request, error: ii.errors.IncompleteEditionError) -> JSONResponse:
    """Answer that the rules of that year do not say enough, and what is missing."""
    return JSONResponse({"ok": False, "error": str(error)}, status_code=409)


@app.exception_handler(TooLargeError)
def answer_too_large(_: Request, __: TooLargeError) -> JSONResponse:
    """Answer that the body is too large."""
    error = f"the body is larger than {LARGEST_BODY} bytes"
    return JSONResponse({"ok": False, "error": error}, status_code=413)


@app.get("/editions")
def editions() -> list[dict[str, Any]]:
    """List the editions and how complete each of them is."""
    return [
        {
            "id": edition.id,
            "title": edition.title,
            "start": str(edition.start),
            "end": str(edition.end),
            "completeness": {c.area: str(c.status) for c in edition.completeness},
        }
        for edition in map(ii.load_edition, ii.available_editions())
    ]


@app.get("/schema/{document}")
def schema(document: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of document."""
    return json_schema(document)


@app.post("/validate")
def validate(submission: Given, edition: Rules, language: Words = Language.INDONESIAN) -> Any:
    """Say which innovations would not be scored, and why; faults are answered with 422."""
    require_valid(submission, edition)
    reasons = {i.id: ineligibility(i, edition) for i in submission.innovations}
    return {
        "ok": True,
        "edition": edition.id,
        "ineligible": {
            name: [{"code": r.key, "text": r.to_text(language)} for r in found]
            for name, found in reasons.items()
            if found
        },
    }


@app.post("/score")
def score(
    submission: Given,
    edition: Rules,
    language: Words = Language.INDONESIAN,
    basis: ii.Basis = ii.Basis.DOCUMENTED,
) -> Any:
    """Return the index on three bases, and where it comes from on one of them."""
    explanation = ii.score(submission, edition, basis=basis)[submission.region.code].explain()
    return {
        "ok": True,
        "score": score_document(submission, edition),
        "explanation": explanation.to_dict(language),
    }
