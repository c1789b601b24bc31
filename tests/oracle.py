"""The formula of 2026 once more, written from the letter alone, without the library.

Surat Kepala BSKDN 400.10.11/1887/BSKDN, 29 April 2026, Lampiran I part XI.B and Lampiran II.
Slow, plain, with fractions only.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

REGION_WEIGHTS = [
    Fraction(w)
    for w in (
        # rows 1 … 15
        [
            "1",
            "1",
            "1",
            "1",
            "1",
            "3/4",
            "3/4",
            "3/2",
            "3/2",
            "3/2",
            "1",
            "3/4",
            "3/4",
            "3/4",
            "3/4",
            "2",
            "1",
            "1",
            "1",
            "1",
        ]  # rows 1 … 15
    )
]
INNOVATION_WEIGHTS = [
    Fraction(w)
    for w in [
        "3",
        "2",
        "2",
        "2",
        "1",
        "2",
        "1",
        "1",
        "1",
        "1",
        "1",
        "1",
        "2",
        "1",
        "2",
        "3",
        "2",
        "3",
        "2",
        "4",
    ]  # rows 16 … 35
]


def points(weights: Sequence[Fraction], levels: Sequence[int]) -> Fraction:
    """Weight times level, over the rows."""
    return sum((w * int(n) for w, n in zip(weights, levels, strict=True)), Fraction(0))


def index(
    region_levels: Sequence[int],
    innovations: Sequence[Sequence[int]],
    affairs: Sequence[int],
    *,
    divisor: int = 12,
    affairs_needed: int = 5,
) -> Fraction:
    """The index before rounding; the first six affairs are the basic ones."""
    n = len(innovations)
    region = points(REGION_WEIGHTS, region_levels)
    mean = sum((points(INNOVATION_WEIGHTS, i) for i in innovations), Fraction(0)) / max(divisor, n)
    covered = len({a for a in affairs if 0 <= a < 6})
    count = Fraction(38, 100) * min(n, 200) if covered >= affairs_needed else Fraction(0)
    return (region + mean + count) / 250 * 100


def hundredths(exact: Fraction) -> int:
    """Round half up to hundredths."""
    scaled = exact * 100
    return (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)


def band(index_hundredths: int) -> str:
    """The band of 2026."""
    if index_hundredths >= 6501:
        return "Sangat Inovatif"
    if index_hundredths >= 4001:
        return "Inovatif"
    return "Kurang Inovatif" if index_hundredths >= 1 else "Tidak Dapat Dinilai"
