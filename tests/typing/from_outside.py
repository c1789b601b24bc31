"""What type checkers see of the public names; ``.ci/matrix`` checks it beside the wheel.

The file runs as well, so that the types are those of the values.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_type

import numpy as np
from numpy.typing import NDArray

import inovasi_index as ii
from inovasi_index.composite import Arithmetic, MinMax
from inovasi_index.records import check
from inovasi_index.weighting import Criteria, Entropy, WeightingScheme, Weights

edition = ii.load_edition("iid-2026")
assert_type(edition, ii.Edition)
assert_type(edition["regulation"], ii.Indicator)
assert_type(edition["regulation"].weight_hundredths, int | None)
assert_type(ii.available_editions(), tuple[str, ...])

submission = ii.Submission(
    region=ii.Region(code="99.71", name="Kota Contoh", kind="city"),
    year=2026,
    agencies=[ii.Agency(id="dinkes", name="Dinas Kesehatan")],
    innovations=[
        ii.Innovation(
            id="1",
            name="Sapa",
            agency="dinkes",
            affair="health",
            stage="application",
            answers=[ii.Answer("regulation", level=2, evidence=[ii.Evidence(file="sk.pdf")])],
        )
    ],
    region_points=51,
)
assert_type(check(submission, edition), tuple[ii.errors.Fault, ...])

scores = ii.score(submission, edition, basis=ii.Basis.DOCUMENTED)
assert_type(scores, ii.Scores)
assert_type(scores.index, NDArray[np.float64])
assert_type(scores.index_hundredths, NDArray[np.int64])
assert_type(scores.to_columns("regions"), dict[str, NDArray[Any]])

one = scores["99.71"]
assert_type(one, ii.RegionScore)
assert_type(one.index, Decimal)
assert_type(one.exact, Fraction)
assert_type(one.band, str)
assert_type(one.explain().to_text("id"), str)
assert_type(ii.maturity(submission, edition), NDArray[np.float64])

scheme: WeightingScheme = Entropy()
data = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 3.5]])
assert_type(scheme.weigh(Criteria.of(["a", "b"]), data), Weights)
assert_type(ii.score(submission, edition), ii.Scores)
assert_type(ii.datasets.published_scores()[0].score, Decimal | None)

assert_type(MinMax(), MinMax)
assert_type(Arithmetic(), Arithmetic)


def wrong_calls_are_seen() -> None:
    """Hold that a checker refuses these; a remark on what it finds right is an error."""
    ii.score(submission, edition, ii.Basis.VERIFIED)  # type: ignore[call-overload]
    ii.Region(code="99.71", name="Kota Contoh", sort="city")  # type: ignore[call-arg]
    one.index = Decimal(1)  # type: ignore[misc]
