"""Final scores with a printed band agree with the bands of their edition."""

from __future__ import annotations

from collections import Counter

import pytest

from inovasi_index.datasets import PublishedScore, ScoreStatus, published_scores
from inovasi_index.exact import hundredths_of
from inovasi_index.rules import Band, load_edition

BANDED = [
    row
    for row in published_scores()
    if row.status is ScoreStatus.FINAL
    and row.score is not None
    and row.band is not None
    and row.year >= 2021
]


def excludes(band: Band, hundredths: int) -> bool:
    below = band.lower_hundredths is not None and hundredths < band.lower_hundredths
    above = band.upper_hundredths is not None and hundredths > band.upper_hundredths
    return below or above


def settles(band: Band, hundredths: int) -> bool:
    """Whether the printed bounds alone put an index into the band."""
    bounded = band.lower_hundredths is not None and band.upper_hundredths is not None
    return bounded and not excludes(band, hundredths)


def test_there_is_something_to_compare_in_every_year() -> None:
    assert Counter(row.year for row in BANDED) == {2021: 29, 2022: 15, 2023: 6, 2024: 24, 2025: 5}


@pytest.mark.parametrize("row", BANDED, ids=lambda row: f"{row.region_code}-{row.year}")
def test_printed_band_is_the_band_of_the_score(row: PublishedScore) -> None:
    assert row.score is not None
    hundredths = hundredths_of(row.score)
    bands = {band.key: band for band in load_edition(f"iid-{row.year}").bands}
    assert row.band in bands
    assert not excludes(bands[row.band], hundredths)
    assert not any(settles(b, hundredths) for key, b in bands.items() if key != row.band)


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024])
def test_bands_without_holes_settle_every_final_row(year: int) -> None:
    bands = {band.key: band for band in load_edition(f"iid-{year}").bands}
    for row in BANDED:
        if row.year == year and row.score is not None and row.band is not None:
            assert settles(bands[row.band], hundredths_of(row.score)), row


def test_the_2024_misprint_contradicts_its_band() -> None:
    """Kabupaten Tapin, 68.67 and Inovatif: kept as a conflict, and it is one."""
    (row,) = (r for r in published_scores() if (r.region_code, r.year) == ("63.05", 2024))
    assert row.status is ScoreStatus.CONFLICT
    assert row.score is not None
    bands = {band.key: band for band in load_edition("iid-2024").bands}
    assert row.band is not None
    assert excludes(bands[row.band], hundredths_of(row.score))
