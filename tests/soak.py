"""A soak: submissions drawn at random go through score, gaps and explain, and every law is checked.

    python tests/soak.py --submissions 1000000 --seed 1 --processes 2

draws submissions of all editions (what an edition lacks is supplied), mostly of few innovations,
now and then of hundreds. What an answer is worth on each basis is known from how it was built
(`strategies`), what an innovation is worth from the reading of its rules below, and the index
from the formula as fractions; `oracle` is asked as well under the edition of 2026.

Every submission is scored on the three bases, and its index, parts, divisor, affairs, band and
maturities, the numerators of its gaps and the merged tallies are compared with what is expected.
Each is also explained, down to the rows of one innovation, and its gaps are itemised, on one
basis in turn. Every ``--dear``-th goes through all that takes longer: every node on each basis,
the oracle, documents, other orders, less evidence.
The first difference stops the soak and says how to draw the same submission again.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import random
import sys
import time
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import oracle
from attrs import frozen
from strategies import Standing, _pool_of, causes_of

import inovasi_index as ii
from inovasi_index.records import Answer, Basis, Evidence, Innovation, Submission
from inovasi_index.rules import Part
from inovasi_index.scoring import Tally, score_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inovasi_index.rules import Edition, Indicator
    from inovasi_index.scoring import Scores

BATCH = 200
CONSTANTS = {
    "minimum_divisor": 12,
    "basic_affairs_needed": 5,
    "count_cap": 200,
    "points_per_innovation_hundredths": 38,
    "region_max_hundredths": 6300,
    "maturity_max_hundredths": 11100,
    "count_max_hundredths": 7600,
}
BOUNDS = {
    "not_assessable": 0,
    "less_innovative": "0.01",
    "innovative": "40.01",
    "very_innovative": "65.01",
}


@lru_cache
def editions() -> dict[str, Edition]:
    """Every shipped edition, with what no source gives supplied from that of 2026."""
    weights = {r.key: r.weight_hundredths for r in ii.load_edition("iid-2026").indicators}
    found = {}
    for name in ii.available_editions():
        bare = ii.load_edition(name)
        constants: dict[str, int] = {
            key: value for key, value in CONSTANTS.items() if getattr(bare.formula, key) is None
        }
        if bare.formula.total_max_hundredths is None:
            maturity = bare.formula.maturity_max_hundredths or 11100
            constants["total_max_hundredths"] = 6300 + maturity + 7600
        found[name] = bare.supply(
            weights={
                row.key: Decimal(weights[row.key] or 0) / 100
                if row.part is Part.INNOVATION
                else Decimal("1.4")
                for row in bare.indicators
                if row.weight_hundredths is None
            },
            bands={b.key: BOUNDS[b.key] for b in bare.bands if b.lower_hundredths is None},
            **constants,
        )
    return found


# -- drawing ---------------------------------------------------------------------------------


@frozen
class Known:
    """An answer and what it is worth, from how it was built."""

    answer: Answer
    worth: Standing
    fills: bool


@lru_cache(maxsize=1024)
def answers_of(row: Indicator) -> tuple[Known, ...]:
    """Answers to a row in every state."""
    found = []
    for cause in causes_of(row):
        for answer, worth in _pool_of(row, cause):
            attached = any(e.file or e.url for e in answer.evidence)
            found.append(Known(answer, worth, fills=worth[0] > 0 and attached))
    return tuple(found)


@lru_cache(maxsize=1024)
def filling(row: Indicator) -> tuple[Known, ...]:
    return tuple(known for known in answers_of(row) if known.fills)


@lru_cache(maxsize=1024)
def best(row: Indicator) -> tuple[Known, ...]:
    top = row.top_level
    return tuple(known for known in answers_of(row) if known.worth == (top, top, top))


@frozen(eq=False)
class Drawn:
    """A submission and what it is worth; levels are (claimed, documented, verified)."""

    submission: Submission
    region_levels: Sequence[Standing]
    levels: Sequence[Sequence[Standing]]
    affairs: Sequence[int]


def draw(rng: random.Random, edition: Edition, code: str) -> Drawn:
    """Draw one submission."""
    agencies = [ii.Agency(f"a{n}", f"Dinas {n}") for n in range(rng.randint(1, 3))]
    size = rng.random()
    if size < 0.999:
        n = rng.choice((0, 0, 1, 1, 1, 1, 2, 2, 3, 5) if size < 0.99 else (9, 13, 17, 21))
    else:
        n = rng.choice((40, 120, 199, 200, 201, 260))
    fullness = rng.random()
    if rng.random() < 0.04:  # many good answers, for the upper bands
        n, fullness = rng.choice((9, 12, 14, 19)), rng.uniform(1, 1.4)
    drawn = [_innovation(rng, edition, k, rng.choice(agencies).id, fullness) for k in range(n)]
    points, region = None, _rows(rng, edition.region_indicators, fullness)
    if not edition.region_indicators or rng.random() < 0.2:
        points, region = Decimal(rng.randint(0, 6300)).scaleb(-2), []
    worth = {k.answer.indicator: k.worth for k in region}
    submission = Submission(
        ii.Region(code, f"Daerah {code}", rng.choice(("province", "regency", "city"))),
        edition.start.year,
        agencies=agencies,
        innovations=[innovation for innovation, _, _ in drawn],
        answers=[k.answer for k in region],
        region_points=points,
    )
    return Drawn(
        submission,
        [worth.get(row.key, (0, 0, 0)) for row in edition.region_indicators],
        [levels for _, levels, _ in drawn],
        [affair for _, _, affair in drawn],
    )


def _rows(rng: random.Random, rows: Sequence[Indicator], fullness: float) -> list[Known]:
    found = [
        rng.choice(best(row) if rng.random() < fullness - 0.7 else answers_of(row))
        for row in rows
        if rng.random() < fullness
    ]
    if rng.random() < 0.1:
        rng.shuffle(found)
    return found


def _innovation(
    rng: random.Random, edition: Edition, k: int, agency: str, fullness: float
) -> tuple[Innovation, list[Standing], int]:
    rules, may = edition.eligibility, True
    rows = edition.innovation_indicators
    good = rng.random() < 0.7
    found = {known.answer.indicator: known for known in _rows(rng, rows, fullness)}
    if good:
        found |= {row.key: rng.choice(filling(row)) for row in rows if row.mandatory}
    start, end = rules.window_start or dt.date(2020, 1, 1), rules.window_end or dt.date(2030, 1, 1)
    days = (end - start).days
    applied: dt.date | None = start + dt.timedelta(days=rng.randint(0, days))
    developed = None
    if not good:
        applied = rng.choice((None, applied, start, end, start - _DAY, end + _DAY))
        developed = rng.choice((None, start - _DAY, start, end, end + _DAY))
    least, most = rules.design_min_words or 0, rules.max_reports or 5
    words = least + 1 if good else rng.choice((None, max(least - 1, 0), least, 900))
    stages = (*(term.key for term in edition.vocabulary("stage")), None)
    stage = rng.choice(rules.stages if good and rules.stages else stages)
    times = rng.choice((None, 1, most)) if good else rng.choice((None, most, most + 1))
    affair = rng.randint(-1, len(edition.affairs) - 1)

    if rules.stages:
        may &= stage in rules.stages
    if rules.window_start is not None or rules.window_end is not None:
        inside = applied is not None and start <= applied <= end
        older = applied is not None and applied < start
        revived = older and developed is not None and start <= developed <= end
        may &= inside or bool(rules.development_counts and revived)
    if rules.design_min_words is not None:
        may &= words is not None and words >= least
    if rules.mandatory_rows:
        may &= all(row.key in found and found[row.key].fills for row in rows if row.mandatory)
    if rules.max_reports is not None:
        may &= times is None or times <= most

    innovation = Innovation(
        f"i{k}",
        f"Inovasi {k}",
        agency,
        stage=stage,
        affair=None if affair < 0 else edition.affairs[affair].key,
        application_date=applied,
        development_date=developed,
        design_words=words,
        times_reported=times,
        answers=[known.answer for known in found.values()],
    )
    levels = []
    for row in rows:
        known = found.get(row.key)
        claimed, documented, verified = (0, 0, 0) if known is None else known.worth
        levels.append((claimed, documented, verified if may else 0))
    return innovation, levels, affair


_DAY = dt.timedelta(days=1)


# -- what is expected ------------------------------------------------------------------------


@frozen
class Expected:
    """The score of one submission on one basis."""

    index_hundredths: int
    region_hundredths: int
    maturities: tuple[int, ...]
    count_hundredths: int
    divisor: int
    basic_affairs: int
    exact: tuple[int, int]

    @classmethod
    def of(cls, drawn: Drawn, edition: Edition, basis: int) -> Expected:
        formula = edition.formula
        weights = edition.weights_hundredths(Part.INNOVATION)
        maturities = tuple(
            sum(w * row[basis] for w, row in zip(weights, levels, strict=True))
            for levels in drawn.levels
        )
        given = drawn.submission.region_points
        if given is None:
            each = edition.weights_hundredths(Part.REGION)
            region = sum(w * r[basis] for w, r in zip(each, drawn.region_levels, strict=True))
        else:
            region = int(given * 100)
        basic = len({a for a in drawn.affairs if a >= 0 and edition.affairs[a].basic})
        n = len(maturities)
        count = min(n, formula.count_cap or 0) * (formula.points_per_innovation_hundredths or 0)
        count *= basic >= (formula.basic_affairs_needed or 0)
        divisor = max(n, formula.minimum_divisor or 0)
        over = 100 * ((region + count) * divisor + sum(maturities))
        under = divisor * (formula.total_max_hundredths or 0)
        rounded = (2 * 100 * over + under) // (2 * under)
        return cls(rounded, region, maturities, count, divisor, basic, (over, under))

    @property
    def fraction(self) -> Fraction:
        return Fraction(*self.exact)


class Difference(AssertionError):  # noqa: N818 - of what is found from what is expected
    """A law that does not hold."""


def require(holds: object, what: str, *about: object) -> None:
    if not holds:
        raise Difference(f"{what}: {about}")


# -- checks on all ---------------------------------------------------------------------------


def check_batch(batch: Sequence[Drawn], edition: Edition) -> list[Scores]:
    """Check what a whole batch is checked for, and return its scores on the three bases."""
    lower = [b.lower_hundredths or 0 for b in edition.bands]
    names = [b.name for b in edition.bands]
    before: Any = None
    results = []
    for n, basis in enumerate(Basis):
        scores = ii.score([d.submission for d in batch], edition, basis=basis)
        expected = [Expected.of(d, edition, n) for d in batch]
        index = scores.index_hundredths.tolist()
        for name, found in (
            ("index_hundredths", index),
            ("region_hundredths", scores.region_hundredths.tolist()),
            ("count_hundredths", scores.count_hundredths.tolist()),
            ("divisor", scores.divisor.tolist()),
            ("basic_affairs", scores.basic_affairs.tolist()),
        ):
            wanted = [getattr(e, name) for e in expected]
            require(found == wanted, f"{name} on {basis}", found, wanted)
        maturities = [m for e in expected for m in e.maturities]
        require(scores.maturity_hundredths.tolist() == maturities, "maturities", basis)
        require(all(0 <= i <= 10_000 for i in index), "index within 0 and 100", index)
        require(before is None or all(i <= j for i, j in zip(index, before, strict=True)), "bases")
        before = index
        bands = [names[max(k for k, low in enumerate(lower) if low <= i)] for i in index]
        require(scores.bands.tolist() == bands, "bands", index)
        _check_arrays(batch, edition, scores, n)
        table = ii.gaps(scores.table)
        sums = table.numerators.sum(axis=1).tolist()
        for e, missing in zip(expected, sums, strict=True):
            over, under = e.exact
            require(100 * under - over == 100 * missing, "numerators of gaps", basis)
        require((table.numerators >= 0).all(), "no gap is negative", basis)
        results.append(scores)
    return results


def _check_arrays(batch: Sequence[Drawn], edition: Edition, scores: Scores, basis: int) -> None:
    """The same from arrays, and from tallies of three parts."""
    levels = np.array(
        [[row[basis] for row in one] for d in batch for one in d.levels], np.uint8
    ).reshape(-1, len(edition.innovation_indicators))
    owner = np.repeat(np.arange(len(batch)), [len(d.levels) for d in batch])
    affairs = np.array([a for d in batch for a in d.affairs], int)
    part_of = np.arange(len(owner)) * 7 % 3
    tallies = []
    for part in (slice(None), part_of == 0, part_of == 1, part_of == 2):
        table = ii.LevelTable.from_arrays(
            edition,
            levels[part],
            region_of=owner[part],
            region_points=[Decimal(h).scaleb(-2) for h in scores.region_hundredths.tolist()],
            affair_of=affairs[part],
            regions=scores.table.region_codes,
        )
        tallies.append(Tally.of(table, levels=True))
        if len(tallies) == 1:
            again = ii.score(table)
            require(
                again.index.tobytes() == scores.index.tobytes(), "arrays and records agree", basis
            )
    whole, *parts = tallies
    merged = Tally.merged(parts[::-1], edition, levels=True)
    require(merged == whole == Tally.of(scores.table, levels=True), "tallies merge", basis)
    if basis == 0:
        again_said = json.loads(json.dumps(merged.to_dict()))
        require(Tally.from_dict(again_said, edition) == whole, "tallies survive JSON")


# -- checks of one submission ----------------------------------------------------------------


def check_explanation(drawn: Drawn, scores: Scores, edition: Edition, basis: int) -> None:
    """The explanation adds up to the index at every node."""
    one = scores[drawn.submission.region.code]
    expected = Expected.of(drawn, edition, basis)
    require(one.exact == expected.fraction, "exact index", one.exact, expected)
    require(one.index == Decimal(expected.index_hundredths).scaleb(-2), "rounded", one.index)
    whole = one.explain()
    require(whole.share == one.exact, "explanation adds up to the index")
    require(len(whole.children) == 3, "three parts")
    region, mean, count = whole.children
    require(region.share + mean.share + count.share == whole.share, "parts add up")
    below = [node for node in (region, mean, *mean.children[-1:]) if node.children]
    for node in below:
        require(sum(c.share for c in node.children) == node.share, "children", node.subject)
    for node, points in zip(mean.children, expected.maturities, strict=True):
        require(node.points == Fraction(points, 100), "maturity explained", node.subject)
    for node, levels in zip(mean.children[-1:], drawn.levels[-1:], strict=True):
        require([c.level for c in node.children] == [row[basis] for row in levels], "levels")


def check_gaps(drawn: Drawn, edition: Edition, basis: int) -> ii.Gaps:
    """The gaps add up to what is missing from 100."""
    found = ii.gaps(drawn.submission, edition, basis=tuple(Basis)[basis])
    missing = 100 - Expected.of(drawn, edition, basis).fraction
    require(found.total == missing, "total of gaps", found.total, missing)
    require(sum(g.share for g in found) == missing, "gaps add up", missing)
    require(all(g.share > 0 for g in found), "gaps are positive")
    return found


def check_dearly(drawn: Drawn, all_scores: Sequence[Scores], edition: Edition, seed: int) -> None:
    """Check what takes longer."""
    given, rng = drawn.submission, random.Random(seed)
    claimed, documented, verified = (Expected.of(drawn, edition, n) for n in range(3))
    all_gaps = [check_gaps(drawn, edition, n) for n in range(3)]
    for n, (scores, found) in enumerate(zip(all_scores, all_gaps, strict=True)):
        check_explanation(drawn, scores, edition, n)
        for name in ("by_cause", "by_part", "by_indicator", "by_innovation", "by_agency"):
            shares = list(getattr(found, name)().values())
            require(sum(shares) == found.total, "sums of gaps", name)
            require(shares == sorted(shares, reverse=True), "largest first", name)
    last = all_gaps[2]
    require(last.missing_papers == claimed.fraction - documented.fraction, "papers")
    require(last.verification == documented.fraction - verified.fraction, "verification")
    if edition.id == "iid-2026" and given.region_points is None:
        for n, expected in enumerate((claimed, documented, verified)):
            exact = oracle.index(
                [row[n] for row in drawn.region_levels],
                [[row[n] for row in one] for one in drawn.levels],
                drawn.affairs,
            )
            require(exact == expected.fraction, "oracle", exact, expected)
            one = all_scores[n][given.region.code]
            require(one.band == oracle.band(oracle.hundredths(exact)), "band of the oracle", exact)
    said = json.dumps(given.to_dict(), default=str)
    require(Submission.from_dict(json.loads(said)) == given, "documents survive JSON")
    document = json.loads(json.dumps(score_document(given, edition)))
    require(
        [document["bases"][b]["index_exact"] for b in Basis]
        == [str(e.fraction) for e in (claimed, documented, verified)],
        "score documents",
    )
    shuffled = attrs.evolve(
        given,
        innovations=_shuffled(rng, given.innovations),
        answers=_shuffled(rng, given.answers),
        agencies=_shuffled(rng, given.agencies),
    )
    for n, expected in enumerate((claimed, documented, verified)):
        one = ii.score(shuffled, edition, basis=tuple(Basis)[n])[given.region.code]
        require(one.exact == expected.fraction, "the order changes nothing", n)
    less = attrs.evolve(
        given,
        innovations=[
            attrs.evolve(i, answers=_with_less_evidence(rng, i.answers)) for i in given.innovations
        ],
        answers=_with_less_evidence(rng, given.answers),
    )
    for n, expected in enumerate((claimed, documented, verified)):
        one = ii.score(less, edition, basis=tuple(Basis)[n])[given.region.code]
        require(one.exact <= expected.fraction, "less evidence never raises", n)
        require(n > 0 or one.exact == expected.fraction, "evidence is no part of a claim")
    whole = all_scores[2][given.region.code].explain()
    for node in whole:
        if node.children:
            require(sum(c.share for c in node.children) == node.share, "every node", node.subject)
    plain = json.loads(whole.to_json("id"))
    require(Fraction(plain["share_exact"]) == verified.fraction, "explanation as JSON")


def _shuffled(rng: random.Random, items: Sequence[Any]) -> list[Any]:
    return rng.sample(items, len(items))


def _with_less_evidence(rng: random.Random, answers: Sequence[Answer]) -> list[Answer]:
    def kept(evidence: Sequence[Evidence]) -> list[Evidence]:
        return [one for one in evidence if rng.random() < 0.5]

    return [attrs.evolve(a, evidence=kept(a.evidence)) for a in answers]


# -- the command -----------------------------------------------------------------------------


def check(batch: Sequence[Drawn], edition: Edition, *, dear: int, turn: int = 0) -> Counter[str]:
    """Check a batch in every way, each `dear`-th submission dearly, and return counts."""
    scores = check_batch(batch, edition)
    counts: Counter[str] = Counter({edition.id: len(batch), "submissions": len(batch)})
    for n, drawn in enumerate(batch):
        check_explanation(drawn, scores[n % 3], edition, n % 3)
        check_gaps(drawn, edition, (n + 1) % 3)
        if n % dear == turn % dear:
            check_dearly(drawn, scores, edition, n)
            counts["dearly"] += 1
        counts["innovations"] += len(drawn.levels)
    return counts + Counter(scores[0].bands.tolist())


def soak(submissions: int, *, seed: int, dear: int) -> Iterator[Counter[str]]:
    """Draw and check; yield counts after each batch.

    Raises
    ------
    Difference
        At the first law that does not hold.
    """
    # The edition of 2026 is drawn half of the time.
    choices = [*editions().values(), *[editions()["iid-2026"]] * (len(editions()) - 2)]
    for turn, start in enumerate(range(0, submissions, BATCH)):
        rng = random.Random(f"{seed}-{turn}")
        edition = rng.choice(choices)
        batch = [draw(rng, edition, f"{n:04d}") for n in range(min(BATCH, submissions - start))]
        try:
            yield check(batch, edition, dear=dear, turn=turn)
        except Exception as error:
            error.add_note(f"seed {seed}, batch {turn} of {BATCH}, {edition.id}")
            raise


def _work(given: tuple[int, int, int]) -> Counter[str]:
    submissions, seed, dear = given
    total: Counter[str] = Counter()
    start = said = time.monotonic()
    for counts in soak(submissions, seed=seed, dear=dear):
        total += counts
        if time.monotonic() - said > 60:
            said = time.monotonic()
            rate = total["submissions"] / (said - start)
            _say(f"seed {seed}: {total['submissions']:,} submissions, {rate:.0f} a second")
    return total


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a command


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--submissions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1, help="of the first process; the next add 1")
    parser.add_argument("--dear", type=int, default=50, help="every so many are checked dearly")
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    share = -(-given.submissions // given.processes)
    tasks = [(share, given.seed + n, given.dear) for n in range(given.processes)]
    start = time.monotonic()
    if given.processes == 1:
        total = _work(tasks[0])
    else:
        with multiprocessing.get_context("spawn").Pool(given.processes) as pool:
            total = sum(pool.map(_work, tasks, chunksize=1), Counter())
    _say(
        f"{total['submissions']:,} submissions in {time.monotonic() - start:.0f} s: every law holds"
    )
    for name, n in sorted(total.items()):
        _say(f"  {name}: {n:,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
