"""Published results of the index, as data: scores, national counts, region codes."""

from inovasi_index.datasets.published import (
    NationalCount,
    PublishedScore,
    ScoreStatus,
    national_counts,
    published_scores,
    regions_kalsel,
)

__all__ = [
    "NationalCount",
    "PublishedScore",
    "ScoreStatus",
    "national_counts",
    "published_scores",
    "regions_kalsel",
]
