"""Submissions drawn at random keep every law: the soak of `tests/soak.py`, briefly."""

from __future__ import annotations

import random

import pytest
from attrs import evolve
from soak import Difference, Drawn, check, draw, editions, soak


@pytest.mark.parametrize("name", editions())
def test_every_law_holds(name: str) -> None:
    edition, rng = editions()[name], random.Random(name)
    counts = check([draw(rng, edition, f"{n:02d}") for n in range(20)], edition, dear=10)
    assert counts["submissions"] == 20
    assert counts["dearly"] == 2


def test_the_same_seed_draws_the_same() -> None:
    one, other = (list(soak(3, seed=5, dear=2)) for _ in range(2))
    assert one == other
    assert one[0]["submissions"] == 3


def test_a_law_that_does_not_hold_stops_it() -> None:
    edition = editions()["iid-2026"]
    rng = random.Random(2)
    drawn = next(d for d in iter(lambda: draw(rng, edition, "1"), None) if d.levels)
    first = [(c, d, v) if c else (1, 1, 0) for c, d, v in drawn.levels[0]]
    first = [(min(3, c + 1), d, v) for c, d, v in first]
    other = Drawn(drawn.submission, drawn.region_levels, [first, *drawn.levels[1:]], drawn.affairs)
    with pytest.raises(Difference, match="on claimed: "):
        check([other], edition, dear=1)
    poorer = evolve(drawn.submission, innovations=drawn.submission.innovations[1:])
    with pytest.raises(Difference):
        check([Drawn(poorer, drawn.region_levels, drawn.levels, drawn.affairs)], edition, dear=1)
