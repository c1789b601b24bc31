"""The distribution of the index against enumeration with fractions."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples
from tiny_regions import STATES, Case, Claim, Row, cases, incomplete_cases, unfilled

import inovasi_index as ii
from inovasi_index.analysis.kernels import convolving
from inovasi_index.analysis.risk import Survival, risk

EDITION = ii.load_edition("iid-2026")

shares = st.sampled_from([0, 0.1, 0.25, 0.5, 0.5, 0.8, 1])
survivals = st.fixed_dictionaries(
    {
        "pending": shares,
        "accepted": st.sampled_from([1, 1, 0.9]),
        "downgraded": st.sampled_from([1, 0.5]),
        "rejected": st.sampled_from([0, 0, 0.2]),
        "evidence_rejected": st.sampled_from([0, 0.1]),
        "evidence_kind": st.sampled_from([0, 0.3]),
        "no_evidence": st.sampled_from([0, 0.4]),
        "indicators": st.dictionaries(st.just("i0"), shares),
    }
)
CAUSE = {
    "unproved": "no_evidence",
    "unsuitable": "evidence_kind",
    "paper_rejected": "evidence_rejected",
    "pending": "pending",
    "refused": "rejected",
    "lowered": "downgraded",
    "accepted": "accepted",
}


def answers(case: Case, survival: dict[str, Any]) -> list[tuple[bool, int, Fraction]]:
    """Every answer that may count: of the region?, hundredths, probability."""
    found = []
    owners: list[tuple[bool, tuple[Row, ...], tuple[Claim | None, ...]]] = [
        (True, case.region_rows, case.region_claims)
    ]
    for work in case.works:
        pairs = zip(case.rows, work.claims, strict=True)
        if work.scored and work.designed and not any(unfilled(r, c) for r, c in pairs):
            owners.append((False, case.rows, work.claims))
    for region, rows, claims in owners:
        for row, claim in zip(rows, claims, strict=True):
            if claim is None:
                continue
            p = survival[CAUSE[claim.state]]
            if claim.state == "pending":
                p = survival["indicators"].get(row.key, p)
            level = claim.level - 1 if claim.state == "lowered" else claim.level
            found.append((region, row.weight * level, Fraction(str(p))))
    return found


def enumerated(case: Case, survival: dict[str, Any]) -> tuple[dict[int, Fraction], Fraction]:
    """Probability of each rounded index in hundredths, and the expected index."""
    given_ = answers(case, survival)
    affairs = {work.affair for work in case.works}
    chances: dict[int, Fraction] = {}
    expected = Fraction(0)
    for kept in product([False, True], repeat=len(given_)):
        p = math.prod(
            (q if keep else 1 - q for keep, (_, _, q) in zip(kept, given_, strict=True)),
            start=Fraction(1),
        )
        if not p:
            continue
        points, maturity = 0 if case.region_rows else case.region_points, 0
        for keep, (region, worth, _) in zip(kept, given_, strict=True):
            points += worth * keep * region
            maturity += worth * keep * (not region)
        index = case.index_hundredths(points, maturity, len(case.works), affairs)
        chances[index] = chances.get(index, Fraction(0)) + p
        expected += p * case.exact(points, maturity, len(case.works), affairs)
    return chances, expected


@examples(120)
@given(cases(most_works=3, most_region_rows=2) | incomplete_cases(), survivals)
def test_agrees_with_enumeration(case: Case, survival: dict[str, Any]) -> None:
    chances, expected = enumerated(case, survival)
    exact = risk(case.submission, case.edition, survival=survival, exact=True)
    assert dict(zip(exact.index_hundredths.tolist(), exact.probabilities, strict=True)) == chances
    assert exact.expected == expected
    rough = risk(case.submission, case.edition, survival=Survival(**survival))
    assert rough.index_hundredths.tolist() == sorted(chances)
    np.testing.assert_allclose(
        rough.probabilities, [float(chances[x]) for x in sorted(chances)], rtol=1e-13
    )
    assert rough.expected == expected
    bands = {"High": (5000, math.inf), "Middle": (2000, 4999), "Low": (0, 1999)}
    for name, (low, high) in bands.items():
        share = sum((p for x, p in chances.items() if low <= x <= high), Fraction(0))
        assert exact.bands[name] == share
        assert rough.bands[name] == pytest.approx(float(share), abs=1e-14)
        assert rough.probability_at_least(name) == pytest.approx(
            float(sum((p for x, p in chances.items() if x >= low), Fraction(0))), abs=1e-14
        )
    variance = sum(
        (worth * (case_divisor(case) if region else 1)) ** 2 * p * (1 - p)
        for region, worth, p in answers(case, survival)
    )
    scale = Fraction(100, case.total * case_divisor(case))
    assert rough.standard_deviation == pytest.approx(math.sqrt(variance) * scale)


def case_divisor(case: Case) -> int:
    return max(case.floor, len(case.works))


@given(
    cases(most_works=3, most_region_rows=2),
    survivals,
    st.integers(0, 10_000),
    st.floats(0, 1),
)
def test_quantiles_and_what_the_target_hangs_on(
    case: Case, survival: dict[str, Any], target: int, share: float
) -> None:
    chances, _ = enumerated(case, survival)
    found = risk(case.submission, case.edition, survival=survival, exact=True)
    exact_share = Fraction(repr(share))
    below = Fraction(0)
    for index in sorted(chances):
        below += chances[index]
        if below >= exact_share:
            assert found.quantile(share) == Decimal(index).scaleb(-2)
            break
    reach = sum((p for x, p in chances.items() if x >= target), Fraction(0))
    goal = Decimal(target).scaleb(-2)
    assert found.probability_at_least(goal) == reach
    for carrier in found.carriers(goal):
        secured = secure(case, carrier.innovation, carrier.indicator)
        after = risk(secured, case.edition, survival=survival | {"accepted": 1}, exact=True)
        before = risk(
            case.submission, case.edition, survival=survival | {"accepted": 1}, exact=True
        )
        if survival["accepted"] == 1:
            gain = after.probability_at_least(goal) - before.probability_at_least(goal)
            assert carrier.secured == pytest.approx(float(gain), abs=1e-12)
            assert carrier.expected_loss == after.expected - before.expected
            assert carrier.gain * (1 - carrier.survival) == carrier.expected_loss
    carriers = found.carriers(goal)
    assert sum(one.variance_share for one in carriers) == pytest.approx(1 if carriers else 0)
    order = [one.secured or 0.0 for one in carriers]
    assert order == pytest.approx(sorted(order, reverse=True), abs=1e-12)
    assert found.carriers(goal, most=1) == carriers[:1]


def secure(case: Case, innovation: str | None, indicator: str) -> ii.Submission:
    """The submission with one answer accepted at the level that it would keep."""

    def sure(rows: tuple[Row, ...], claims: tuple[Claim | None, ...]) -> tuple[Claim | None, ...]:
        return tuple(
            claim
            if claim is None or row.key != indicator
            else Claim(claim.level - (claim.state == "lowered"), "accepted")
            for row, claim in zip(rows, claims, strict=True)
        )

    if innovation is None:
        return case._replace(region_claims=sure(case.region_rows, case.region_claims)).submission
    works = tuple(
        work._replace(claims=sure(case.rows, work.claims)) if f"w{n}" == innovation else work
        for n, work in enumerate(case.works)
    )
    return case._replace(works=works).submission


# The kernel alone.


def by_fractions(steps: list[int], chances: list[Fraction]) -> list[Fraction]:
    masses = [Fraction(1)]
    for step, p in zip(steps, chances, strict=True):
        grown = [mass * (1 - p) for mass in masses] + [Fraction(0)] * step
        for n, mass in enumerate(masses):
            grown[n + step] += mass * p
        masses = grown
    return masses


@given(st.lists(st.tuples(st.integers(1, 12), st.floats(0.001, 0.999)), max_size=40))
def test_the_tree_agrees_with_one_convolution_after_the_other(
    answers_: list[tuple[int, float]],
) -> None:
    steps = [step for step, _ in answers_]
    floats = [p for _, p in answers_]
    exact = by_fractions(steps, [Fraction(p) for p in floats])
    start, masses, _, _ = convolving.sum_tree(np.array(steps, np.int64), np.array(floats))[-1]
    full = np.zeros(len(exact))
    full[start : start + len(masses)] = masses
    np.testing.assert_allclose(full, [float(p) for p in exact], rtol=1e-13, atol=1e-39)


def test_a_large_sum_keeps_its_moments_and_its_tails() -> None:
    rng = np.random.default_rng(8)
    steps, chances = rng.integers(1, 13, 4000), rng.uniform(0.05, 0.95, 4000)
    start, masses, _, _ = convolving.sum_tree(steps, chances)[-1]
    values = np.arange(start, start + len(masses))
    assert abs(masses.sum() - 1) < 1e-12
    assert (masses >= 0).all()
    mean, variance = (steps * chances).sum(), (steps**2 * chances * (1 - chances)).sum()
    assert masses @ values == pytest.approx(mean, rel=1e-12)
    assert masses @ (values - mean) ** 2 == pytest.approx(variance, rel=1e-9)
    sparse = np.zeros(int(steps.sum()) + 1)
    sparse[0] = 1
    top = 0
    for step, p in zip(steps.tolist(), chances.tolist(), strict=True):
        part = sparse[: top + 1] * p
        sparse[: top + 1] *= 1 - p
        sparse[step : top + step + 1] += part
        top += step
    np.testing.assert_allclose(masses, sparse[values], rtol=1e-11, atol=1e-38)


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from([0.2, 0.5, 0.7])), min_size=1, max_size=9
    ),
    st.integers(0, 40),
)
def test_leaf_effects_agree_with_conditioning(
    answers_: list[tuple[int, float]], threshold: int
) -> None:
    steps = [step for step, _ in answers_]
    floats = [p for _, p in answers_]
    tree = convolving.sum_tree(np.array(steps, np.int64), np.array(floats))
    start, masses, _, _ = tree[-1]
    reached = (np.arange(start, start + len(masses)) >= threshold).astype(float)
    effects = convolving.leaf_effects(tree, reached)
    leaves = {(len(m) - 1, m[-1]): e for (_, m, _, _), e in zip(tree, effects, strict=False)}
    for n, (step, p) in enumerate(answers_):
        others = by_fractions(
            steps[:n] + steps[n + 1 :], [Fraction(str(q)) for q in floats[:n] + floats[n + 1 :]]
        )
        effect = sum(others[max(0, threshold - step) :], Fraction(0)) - sum(
            others[threshold:], Fraction(0)
        )
        assert leaves[step, p] == pytest.approx(float(effect), abs=1e-14)


def test_fine_grids_take_the_transform(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    steps, chances = rng.integers(1, 50, 60), rng.uniform(0.1, 0.9, 60)
    direct = convolving.sum_tree(steps, chances)
    start, masses, _, _ = direct[-1]
    effects = convolving.leaf_effects(direct, np.arange(len(masses)) / len(masses))
    monkeypatch.setattr(convolving, "DIRECT", 50)
    other = convolving.sum_tree(steps, chances)
    again, rough, _, _ = other[-1]
    full = np.zeros(int(steps.sum()) + 1)
    full[again : again + len(rough)] = rough
    np.testing.assert_allclose(full[start : start + len(masses)], masses, rtol=0, atol=1e-15)
    assert abs(rough.sum() - 1) < 1e-12
    assert (rough >= 0).all()
    reached = (np.arange(again, again + len(rough)) - start) / len(masses)
    np.testing.assert_allclose(convolving.leaf_effects(other, reached), effects, atol=1e-13)


def test_an_edition_with_odd_weights_is_no_trouble() -> None:
    rng = np.random.default_rng(4)
    steps, chances = rng.integers(50, 1300, 1500), rng.uniform(0.05, 0.95, 1500)
    start, masses, _, _ = convolving.sum_tree(steps, chances)[-1]
    values = np.arange(start, start + len(masses), dtype=np.float64)
    mean = float((steps * chances).sum())
    assert abs(masses.sum() - 1) < 1e-12
    assert masses @ values == pytest.approx(mean, rel=1e-11)
    variance = float((steps**2 * chances * (1 - chances)).sum())
    assert masses @ (values - mean) ** 2 == pytest.approx(variance, rel=1e-7)


# A newcomer's way in.


def pending(n: int = 3, **fields: Any) -> ii.Submission:
    paper = [ii.Evidence(file="x.pdf")]
    keys = [row.key for row in EDITION.region_indicators[:n]]
    return ii.Submission(
        ii.Region("63.71", "Kota Contoh", "city"),
        2026,
        answers=[ii.Answer(key, level=3, evidence=paper, **fields) for key in keys],
    )


def test_pending_answers_need_a_probability() -> None:
    with pytest.raises(ii.errors.FaultsError) as caught:
        risk(pending(5), EDITION, survival={"indicators": {"visionmission": 0.5}})
    codes = [(fault.code, fault.place) for fault in caught.value.faults]
    assert codes == [
        ("unknown-indicator", "indicators.visionmission"),
        ("survival-missing", "pending"),
    ]
    said = str(caught.value)
    assert "did you mean 'vision_mission'" in said
    assert "5 answers wait for their verdict" in said
    assert "survival=0.8" in said
    assert "…" in said


def test_an_answer_may_bring_its_own_probability() -> None:
    found = risk(pending(2, survival=0.25), EDITION, exact=True)
    assert found.probability_at_least("2.40") == Fraction(1, 16)
    assert risk(pending(2, survival=0.25), EDITION, survival=0.9, exact=True).expected == Fraction(
        6, 10
    )


def test_nothing_open_is_certain() -> None:
    found = risk(pending(2), EDITION, survival=1)
    assert found.open_answers == ()
    assert found.index_hundredths.tolist() == [240]
    assert found.probabilities.tolist() == [1]
    assert (found.standard_deviation, found.carriers()) == (0, ())
    assert (found.lowest, found.highest, found.quantile(0), found.quantile(1)) == (
        Decimal("2.40"),
    ) * 4
    assert found.hold == 1
    assert risk(pending(0), EDITION).n_pending == 0


@pytest.mark.parametrize("survival", ["0.99999999999999999999", "1e-200", "1e-390"])
def test_a_probability_that_no_double_tells_from_certain_is_open_all_the_same(
    survival: str,
) -> None:
    found = risk(pending(2), EDITION, survival=Decimal(survival))
    assert [one.variance_share for one in found.carriers()] == [0.5, 0.5]
    assert found.standard_deviation >= 0
    assert "2 answers are open" in str(found)


@pytest.mark.parametrize(
    "survival",
    [-0.1, 1.1, float("nan"), float("inf"), "0.5", True, Decimal("NaN"), Decimal("1e999999")],
)
def test_what_is_no_probability_is_refused(survival: Any) -> None:
    with pytest.raises(ii.errors.FaultsError, match="is not a probability"):
        risk(pending(), EDITION, survival=survival)
    with pytest.raises(ii.errors.BadValueError):
        risk(pending(), EDITION, survival=0.5).quantile(survival)


def test_all_bad_probabilities_are_named_at_once() -> None:
    bad: dict[str, Any] = {"pending": 2, "accepted": None, "indicators": {"regulation": -1}}
    with pytest.raises(ii.errors.FaultsError) as caught:
        Survival(**bad)
    assert [fault.place for fault in caught.value.faults] == [
        "pending",
        "accepted",
        "indicators.regulation",
    ]
    with pytest.raises(ii.errors.FaultsError, match="a table of rows"):
        Survival(indicators=[0.5])  # type: ignore[arg-type]
    with pytest.raises(ii.errors.UnknownNameError, match="did you mean 'pending'"):
        risk(pending(), EDITION, survival={"pendin": 0.5})


def test_the_words_and_the_plain_data_agree() -> None:
    found = risk(pending(4), EDITION, survival=0.8)
    plain = found.to_dict(most=2)
    assert plain["format"] == "inovasi_index.risk/1"
    assert math.isclose(sum(plain["distribution"]["probability"]), 1)
    assert math.isclose(sum(plain["bands"].values()), 1)
    assert len(plain["carriers"]) == 2
    assert plain["target"]["band"] == found.held_band.band.name  # type: ignore[union-attr]
    assert plain["target"]["probability"] == found.hold
    english = found.to_text(width=60)
    assert "4 answers wait for their verdict" in english
    assert max(map(len, english.split("\n"))) <= 60
    assert "4 jawaban menunggu verifikasi" in found.to_text("id", target="3.6", most=0)
    assert "Peluang indeks paling rendah 3,60: 81,9 %" in found.to_text("id", target="3.60")
    assert str(found) == found.to_text()
    assert "4 open answers" in repr(found)


def test_an_unknown_target_is_refused() -> None:
    found = risk(pending(), EDITION, survival=0.5)
    with pytest.raises(ii.errors.UnknownNameError, match=r"did you mean .*'Inovatif'"):
        found.probability_at_least("Inovativ")
    with pytest.raises(ii.errors.BadValueError, match="0 to 100"):
        found.carriers(101)


def test_bands_that_are_not_known_are_asked_for_only_where_they_matter() -> None:
    edition = ii.load_edition("iid-2025")
    assert edition.bands[1].lower_hundredths is None
    answered = [
        ii.Innovation(
            f"{n}",
            f"I {n}",
            "a",
            stage="application",
            application_date=edition.eligibility.window_start,
            affair=edition.affairs[n % 6].key,
            answers=[
                ii.Answer(
                    row.key,
                    level=3,
                    evidence=[ii.Evidence(file="x.pdf")],
                    verdict=ii.Verdict("accepted") if n else None,
                )
                for row in edition.innovation_indicators
            ],
        )
        for n in range(200)
    ]
    submission = ii.Submission(
        ii.Region("63.71", "Kota Contoh", "city"),
        2025,
        [ii.Agency("a", "A")],
        answered,
        region_points=63,
    )
    known = edition.supply(minimum_divisor=12, basic_affairs_needed=5)
    found = risk(submission, known, survival=0.5)
    assert found.lowest > 66
    assert found.bands["Sangat Inovatif"] == pytest.approx(1)
    assert set(found.bands) == {"Sangat Inovatif", "Tidak Dapat Dinilai"}
    few = ii.Submission(submission.region, 2025, region_points=10)
    with pytest.raises(ii.errors.IncompleteEditionError, match="lower bound"):
        risk(few, known, survival=0.5).bands  # noqa: B018 - a property that refuses


def test_states_are_all_of_them() -> None:
    assert set(CAUSE) == set(STATES)
