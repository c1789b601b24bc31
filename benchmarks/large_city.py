"""The example city, and one like it that has many innovations."""

from __future__ import annotations

import random
from pathlib import Path

import attrs

import inovasi_index as ii

CITY = ii.read_submission(Path(__file__).parent.parent / "examples" / "kota-contoh.toml")


def large_city(n: int, *, answered: float) -> ii.Submission:
    """Return a region with n innovations, each with a share of its rows answered."""
    rng = random.Random(20260429)
    source = CITY.innovations
    return attrs.evolve(
        CITY,
        innovations=[
            attrs.evolve(
                source[k % len(source)],
                id=f"inovasi-{k}",
                name=f"{source[k % len(source)].name} {k}",
                answers=[a for a in source[k % len(source)].answers if rng.random() < answered],
            )
            for k in range(n)
        ],
    )
