"""Editions and submissions small enough to try everything out, and how they count.

What a case is, is said twice: as records for the library, and as plain facts (`Case`) from
which the oracles of the tests work without it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from hypothesis import strategies as st

import inovasi_index as ii
from inovasi_index.records import VerdictStatus
from inovasi_index.rules import Affair, Band, Eligibility, Formula, Indicator, Level, Part

# How an answer stands: what is attached, what became of it.
STATES = (
    "unproved",  # no paper
    "unsuitable",  # a paper of a kind that does not count
    "paper_rejected",
    "pending",
    "refused",  # by the verifier
    "lowered",  # by the verifier, by one level
    "accepted",
)


class Row(NamedTuple):
    key: str
    weight: int
    top: int
    mandatory: bool = False


class Claim(NamedTuple):
    level: int
    state: str


class Work(NamedTuple):
    """One innovation."""

    agency: str
    affair: str | None
    scored: bool  # its stage is
    designed: bool
    claims: tuple[Claim | None, ...]


class Case(NamedTuple):
    region_rows: tuple[Row, ...]
    rows: tuple[Row, ...]
    floor: int
    cap: int
    points: int
    needed: int
    decimals: int
    total: int
    region_claims: tuple[Claim | None, ...]
    works: tuple[Work, ...]
    region_points: int = 0  # hundredths, where there are no rows of the region part

    @property
    def edition(self) -> ii.Edition:
        def indicator(row: Row, part: Part) -> Indicator:
            levels = tuple(Level(n, f"level {n}", row.weight * n) for n in range(1, row.top + 1))
            return Indicator(
                row.key,
                part,
                row.key.title(),
                weight_hundredths=row.weight,
                levels=levels,
                mandatory=row.mandatory,
                file_types=("PDF",),
            )

        bands = ((0, "low"), (2000, "middle"), (5000, "high"))
        uppers = (1999, 4999, 10_000)
        return ii.Edition(
            "tiny",
            "A tiny contest",
            dt.date(2026, 1, 1),
            dt.date(2026, 12, 31),
            (
                *(indicator(row, Part.REGION) for row in self.region_rows),
                *(indicator(row, Part.INNOVATION) for row in self.rows),
            ),
            Formula(
                total_max_hundredths=self.total,
                minimum_divisor=self.floor,
                count_cap=self.cap,
                points_per_innovation_hundredths=self.points,
                basic_affairs_needed=self.needed,
                decimals=self.decimals,
            ),
            tuple(
                Band(name, name.title(), lower, upper)
                for (lower, name), upper in zip(bands, uppers, strict=True)
            ),
            Eligibility(stages=("application",), design_min_words=5, mandatory_rows=True),
            (
                Affair("a", "A", basic=True),
                Affair("b", "B", basic=True),
                Affair("c", "C", basic=False),
            ),
        )

    @property
    def submission(self) -> ii.Submission:
        return ii.Submission(
            ii.Region("00.00", "Tiny", "city"),
            2026,
            [ii.Agency("x", "X"), ii.Agency("y", "Y")],
            [
                ii.Innovation(
                    f"w{n}",
                    f"Work {n}",
                    work.agency,
                    stage="application" if work.scored else "trial",
                    design_words=5 if work.designed else 4,
                    affair=work.affair,
                    answers=answers(self.rows, work.claims),
                )
                for n, work in enumerate(self.works)
            ],
            answers(self.region_rows, self.region_claims),
            None if self.region_rows else decimal_index(self.region_points),
        )

    def index_hundredths(self, region: int, maturity: int, n: int, affairs: set[str | None]) -> int:
        """The rounded index in hundredths, from sums in hundredths."""
        exact = self.exact(region, maturity, n, affairs)
        unit = 10 ** (2 - self.decimals)
        return int(exact * 100 / unit + Fraction(1, 2)) * int(unit)

    def exact(self, region: int, maturity: int, n: int, affairs: set[str | None]) -> Fraction:
        """The index before rounding."""
        covers = len(affairs & {"a", "b"}) >= self.needed
        count = min(n, self.cap) * self.points * covers
        return (Fraction(maturity, max(self.floor, n)) + region + count) / self.total * 100


def decimal_index(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)


def answers(rows: tuple[Row, ...], claims: tuple[Claim | None, ...]) -> list[ii.Answer]:
    return [answer(row, claim) for row, claim in zip(rows, claims, strict=True) if claim]


def answer(row: Row, claim: Claim) -> ii.Answer:
    status = "rejected" if claim.state == "paper_rejected" else "pending"
    file = "x.jpg" if claim.state == "unsuitable" else "x.pdf"
    verdict = {
        "refused": ii.Verdict(VerdictStatus.REJECTED),
        "lowered": ii.Verdict(VerdictStatus.ACCEPTED, level=max(0, claim.level - 1)),
        "accepted": ii.Verdict(VerdictStatus.ACCEPTED),
    }.get(claim.state)
    evidence = [] if claim.state == "unproved" else [ii.Evidence(file=file, status=status)]
    return ii.Answer(row.key, level=claim.level, evidence=evidence, verdict=verdict)


def counted(claim: Claim | None, basis: str) -> int:
    """The level that counts, from the definition of the bases."""
    if claim is None:
        return 0
    if basis == "claimed":
        return claim.level
    if claim.state == "accepted":
        return claim.level
    if claim.state == "lowered":
        return claim.level if basis == "documented" else max(0, claim.level - 1)
    return claim.level if claim.state == "pending" and basis == "documented" else 0


def unfilled(row: Row, claim: Claim | None) -> bool:
    """Whether a mandatory row keeps its innovation from being eligible."""
    return row.mandatory and (claim is None or claim.level < 1 or claim.state == "unproved")


def claims(rows: tuple[Row, ...]) -> st.SearchStrategy[tuple[Claim | None, ...]]:
    def claim(row: Row) -> st.SearchStrategy[Claim | None]:
        given = st.builds(Claim, st.integers(1, row.top), st.sampled_from(STATES))
        return st.none() | given

    return st.tuples(*(claim(row) for row in rows))


@st.composite
def incomplete_cases(draw: st.DrawFn) -> Case:
    """Cases whose innovations are accepted in part and lack what makes them eligible."""
    case = draw(cases(most_works=3))
    rows = (
        Row("i0", draw(st.sampled_from([25, 100])), 2, mandatory=True),
        Row("i1", draw(st.sampled_from([50, 75])), draw(st.sampled_from([2, 3]))),
    )
    states = st.sampled_from(["accepted", "accepted", "pending", "lowered", "unproved"])
    works = tuple(
        work._replace(
            scored=True,
            designed=designed,
            claims=(
                Claim(1, draw(states)) if draw(st.booleans()) else None,
                Claim(draw(st.integers(1, 2)), draw(states)),
            ),
        )
        for work in case.works
        for designed in [draw(st.booleans())]
    )
    return case._replace(rows=rows, works=works)


@st.composite
def cases(draw: st.DrawFn, *, most_works: int = 2, most_region_rows: int = 1) -> Case:
    """Small cases of every kind."""
    weights = st.sampled_from([25, 50, 75, 100])
    tops = st.sampled_from([1, 2, 3])
    region_rows = tuple(
        Row(f"r{n}", draw(weights), draw(tops))
        for n in range(draw(st.integers(0, most_region_rows)))
    )
    rows = tuple(
        Row(f"i{n}", draw(weights), draw(tops), draw(st.booleans()))
        for n in range(draw(st.integers(1, 2)))
    )
    works = tuple(
        Work(
            draw(st.sampled_from("xy")),
            draw(st.sampled_from(["a", "b", "c", None])),
            draw(st.sampled_from([True, True, True, False])),
            draw(st.booleans()),
            draw(claims(rows)),
        )
        for _ in range(draw(st.integers(0, most_works)))
    )
    return Case(
        region_rows=region_rows,
        rows=rows,
        floor=draw(st.integers(1, 3)),
        cap=draw(st.integers(1, 4)),
        points=draw(st.sampled_from([0, 10, 38, 150])),
        needed=draw(st.integers(0, 2)),
        decimals=draw(st.sampled_from([2, 2, 1, 0])),
        total=draw(st.sampled_from([1000, 1300, 2500])),
        region_claims=draw(claims(region_rows)),
        works=works,
        region_points=draw(st.integers(0, 300)),
    )
