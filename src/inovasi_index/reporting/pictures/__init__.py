"""Pictures: one look, both languages, drawn on axes that are taken or made, never shown."""

from inovasi_index.reporting.pictures.chances import plot_risk
from inovasi_index.reporting.pictures.innovations import plot_levels, plot_maturity
from inovasi_index.reporting.pictures.missing import plot_waterfall
from inovasi_index.reporting.pictures.ranks import plot_rank_acceptability, plot_rank_intervals
from inovasi_index.reporting.pictures.schemes import plot_weights
from inovasi_index.reporting.pictures.scores import plot_bands, plot_bases, plot_parts
from inovasi_index.reporting.pictures.sheet import save_picture
from inovasi_index.reporting.pictures.years import plot_trend

__all__ = [
    "plot_bands",
    "plot_bases",
    "plot_levels",
    "plot_maturity",
    "plot_parts",
    "plot_rank_acceptability",
    "plot_rank_intervals",
    "plot_risk",
    "plot_trend",
    "plot_waterfall",
    "plot_weights",
    "save_picture",
]
