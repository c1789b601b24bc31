"""The index of sustainable connectivity (ASEM), as the documentation of COINr prints it.

W. Becker et al., COINr 1.1.14, vignette "Presenting Results": the first six rows of
``get_results(coin, dset = "Aggregated", tab_type = "Aggs")``, two decimals. Eight pillars in
two sub-indices, means with equal weights at both levels.
"""

from __future__ import annotations

import numpy as np

from inovasi_index.composite import Arithmetic, CompositeIndex, Node, Refuse, ranks

PILLARS = {
    "Conn": ["Physical", "ConEcFin", "Political", "Instit", "P2P"],
    "Sust": ["Environ", "Social", "SusEcFin"],
}
# Physical, ConEcFin, Political, Instit, P2P, Environ, Social, SusEcFin
SCORES = {
    "CHE": [63.41, 32.87, 74.78, 85.94, 56.93, 77.21, 87.85, 56.88],
    "NLD": [64.87, 46.62, 84.55, 71.74, 41.92, 58.73, 86.58, 57.78],
    "DNK": [50.52, 30.43, 78.13, 75.35, 51.04, 69.83, 86.40, 61.29],
    "NOR": [58.18, 25.70, 80.03, 89.46, 33.80, 70.90, 87.00, 56.59],
    "BEL": [71.97, 48.22, 80.84, 75.60, 43.32, 53.01, 86.17, 50.09],
    "SWE": [51.51, 23.87, 80.98, 74.51, 38.50, 66.37, 87.74, 62.27],
}
# Index, Conn, Sust; the rows stand in the order of their ranks.
PRINTED = {
    "CHE": [68.38, 62.79, 73.98],
    "NLD": [64.82, 61.94, 67.70],
    "DNK": [64.80, 57.10, 72.51],
    "NOR": [64.47, 57.44, 71.50],
    "BEL": [63.54, 63.99, 63.09],
    "SWE": [63.00, 53.87, 72.12],
}


def asem() -> CompositeIndex:
    groups = [
        Node(name, children=map(Node, pillars), aggregation=Arithmetic(), missing=Refuse())
        for name, pillars in PILLARS.items()
    ]
    return CompositeIndex(
        Node("Index", children=groups, aggregation=Arithmetic(), missing=Refuse())
    )


def test_scores_and_ranks_are_those_printed() -> None:
    names = [pillar for group in PILLARS.values() for pillar in group]
    result = asem().compute(np.array(list(SCORES.values())), names)
    found = np.column_stack([result.scores[name] for name in ("Index", "Conn", "Sust")])
    # The pillars are rounded to two decimals as well, so half a hundredth comes on top of that.
    np.testing.assert_allclose(found, list(PRINTED.values()), atol=0.0101)
    assert ranks(result.scores["Index"]).tolist() == [1, 2, 3, 4, 5, 6]


def test_each_pillar_weighs_its_share_of_the_sub_index() -> None:
    weights = asem().effective_weights
    assert {round(weights[pillar], 6) for pillar in PILLARS["Conn"]} == {0.1}
    assert {round(weights[pillar], 6) for pillar in PILLARS["Sust"]} == {round(1 / 6, 6)}
