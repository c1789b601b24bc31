"""The picture of weights: what several schemes give to each indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.errors import BadValueError
from inovasi_index.language import Language
from inovasi_index.reporting.colours import MUTED, RULE
from inovasi_index.reporting.pictures.sheet import MARKERS, SERIES, Sheet, height_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from inovasi_index.rules import Edition
    from inovasi_index.weighting import Weights

__all__ = ["plot_weights"]


def plot_weights(
    weights: Sequence[Weights] | Mapping[str, Weights],
    *,
    edition: Edition | None = None,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Draw the weights that one or several schemes give to the same indicators.

    Parameters
    ----------
    weights : sequence of Weights or mapping of str to Weights
        All with the same keys. A mapping names the schemes in its own words.
    edition : Edition, optional
        Brings the official names of the indicators; keys stand in their place without.
    language : Language or str
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a figure of its own is made.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    BadValueError
        For no weights, and for weights of other indicators.
    MissingExtraError
        When matplotlib is not installed.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.reporting.pictures import plot_weights
    >>> edition = ii.load_edition("iid-2026")
    >>> criteria = ii.weighting.Criteria.from_edition(edition, edition["regulation"].part)
    >>> schemes = [ii.weighting.Official(), ii.weighting.Equal()]
    >>> ax = plot_weights([scheme.weigh(criteria) for scheme in schemes], edition=edition)
    >>> len(ax.get_yticks())
    20
    """
    from collections.abc import Mapping

    named = dict(weights) if isinstance(weights, Mapping) else [(w.scheme, w) for w in weights]
    listed = list(named.items()) if isinstance(named, dict) else named
    if not listed:
        raise BadValueError("there are no weights to draw")
    keys = listed[0][1].keys
    strangers = [name for name, one in listed if one.keys != keys]
    if strangers:
        raise BadValueError(
            f"{', '.join(strangers)}: these weights are for other indicators than {listed[0][0]}"
        )
    sheet = Sheet.of(ax, language, height=height_of(len(keys), row=0.3) + 0.4, width=8.5)
    handles = _draw(sheet, [one for _, one in listed])
    sheet.legend(handles, [name for name, _ in listed], columns=3)
    titles = {row.key: row.title for row in edition or ()}
    sheet.rows([titles.get(key, key) for key in keys], inches=3.0, lines=2)
    sheet.ax.set_xlim(left=0)
    sheet.ticks("x")
    sheet.label_x(sheet.say("picture.weight_axis"))
    sheet.title(sheet.say("picture.weights_title"), edition.title if edition else "")
    return sheet.ax


def _draw(sheet: Sheet, listed: Sequence[Weights]) -> list[object]:
    places = np.arange(len(listed[0].keys))
    percent = np.array([100 * one.values for one in listed])
    sheet.ax.hlines(places, 0, percent.max(axis=0), color=RULE, linewidth=0.8, zorder=1)
    sheet.ax.hlines(
        places, percent.min(axis=0), percent.max(axis=0), color=MUTED, linewidth=1.2, zorder=2
    )
    handles: list[object] = []
    for n, values in enumerate(percent):
        (line,) = sheet.ax.plot(
            values,
            places,
            linestyle="",
            marker=MARKERS[(n + n // len(SERIES)) % len(MARKERS)],
            color=SERIES[n % len(SERIES)],
            markersize=6.5,
            markeredgecolor="white",
            markeredgewidth=0.6,
            zorder=3,
            clip_on=False,
        )
        handles.append(line)
    return handles
