"""Write one page a weighting scheme: its docstring, and a picture of what it does.

Formula and sources are those of the docstring; the picture shows the scheme's weights of the
innovation rows beside the official ones, on the levels of the example submission. Page and
picture are made at build time, so that they cannot differ from the code.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING

import inovasi_index as ii
from inovasi_index import weighting
from inovasi_index.rules import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

# One a scheme: the docstring in the signs of the literature.
FORMULAS = {
    "Official": r"w_j = \frac{p_j}{\sum_k p_k} \qquad p_j:\ \text{points at the top level}",
    "Equal": r"w_j = \frac{1}{n}",
    "Fixed": r"w_j = \frac{g_j}{\sum_k g_k} \qquad g_j:\ \text{given}",
    "StandardDeviation": r"w_j = \frac{\sigma_j}{\sum_k \sigma_k}",
    "Variance": r"w_j = \frac{\sigma_j^2}{\sum_k \sigma_k^2}",
    "CoefficientOfVariation": r"w_j \propto \frac{\sigma_j}{\lvert \bar x_j \rvert}",
    "Entropy": (
        r"p_{ij} = \frac{x_{ij}}{\sum_i x_{ij}} \qquad "
        r"e_j = -\frac{\sum_i p_{ij} \ln p_{ij}}{\ln m} \qquad w_j \propto 1 - e_j"
    ),
    "Critic": r"C_j = \sigma_j \sum_k (1 - r_{jk}) \qquad w_j = \frac{C_j}{\sum_k C_k}",
    "Idocriw": r"w_j \propto w_j^{\text{entropy}} \, q_j^{\text{CILOS}}",
    "RankOrderCentroid": r"w_r = \frac{1}{n} \sum_{k=r}^{n} \frac{1}{k}",
    "RankSum": r"w_r = \frac{2\,(n + 1 - r)}{n\,(n + 1)}",
    "RankReciprocal": r"w_r = \frac{1/r}{\sum_{k=1}^{n} 1/k}",
    "Mixture": r"w_j = \sum_s \lambda_s \, w_j^{(s)} \qquad \sum_s \lambda_s = 1",
    "Product": r"w_j \propto \prod_s w_j^{(s)}",
    "Nested": r"w_j = w_{g(j)}^{\text{between}} \, w_j^{\text{inside } g(j)}",
    "Ahp": r"A\,w = \lambda_{\max}\,w \qquad \mu = \frac{\lambda_{\max} - n}{n - 1}",
    "BestWorst": (
        r"\min_w \max_j \left\{ \lvert w_B - a_{Bj} w_j \rvert,\; "
        r"\lvert w_j - a_{jW} w_W \rvert \right\}"
    ),
    "Merec": (
        r"S_i = \ln\Bigl(1 + \tfrac1n \sum_j \lvert \ln\,r_{ij} \rvert\Bigr) \qquad "
        r"S_{i(j)} = \ln\Bigl(1 + \tfrac1n \sum_{k \ne j} \lvert \ln\,r_{ik} \rvert\Bigr) \qquad "
        r"w_j \propto \sum_i \lvert S_{i(j)} - S_i \rvert"
    ),
    "Gini": (
        r"G_j = \frac{\sum_i \sum_k \lvert x_{ij} - x_{kj} \rvert}{2\,m^2\,\bar x_j} \qquad "
        r"w_j \propto G_j"
    ),
    "Cilos": (
        r"p_{ij} = \frac{x_{jj} - x_{ij}}{x_{jj}} \qquad "
        r"\Bigl(P - \operatorname{diag}\bigl(\textstyle\sum_i p_{ij}\bigr)\Bigr)\,q = 0 \qquad "
        r"w_j = \frac{q_j}{\sum_k q_k}"
    ),
    "Lopcow": (
        r"V_j = \left\lvert 100 \ln \frac{\sqrt{\sum_i r_{ij}^2 / m}}{\sigma_j} \right\rvert "
        r"\qquad w_j \propto V_j"
    ),
    "Angle": (
        r"\theta_j = \arccos \frac{\sum_i x_{ij}}{\sqrt m\,\lVert x_j \rVert} \qquad "
        r"w_j \propto \theta_j"
    ),
    "PcaWeights": (
        r"R = Q \Lambda Q^\top \qquad "
        r"L = \operatorname{varimax}\bigl(Q_K \Lambda_K^{1/2}\bigr) \qquad "
        r"w_j \propto \max_k \ell_{jk}^2"
    ),
    "FactorWeights": (
        r"R \approx \Phi \Phi^\top + \Psi \qquad L = \operatorname{varimax}(\Phi) \qquad "
        r"w_j \propto \max_k \ell_{jk}^2"
    ),
    "BenefitOfTheDoubt": (
        r"\max_{w \ge 0} \sum_j w_j\,y_{cj} \quad \text{so that} \quad "
        r"\sum_j w_j\,y_{ij} \le 1 \ \text{for every row } i"
    ),
    "BudgetAllocation": (
        r"w_j = \frac1J \sum_{b=1}^{J} \frac{g_{bj}}{\sum_k g_{bk}} \qquad "
        r"g_{bj}:\ \text{points of judge } b"
    ),
    "Rancom": (
        r"\alpha_{ij} \in \{0, \tfrac12, 1\} \qquad "
        r"w_j = \frac{\sum_k \alpha_{jk}}{\sum_i \sum_k \alpha_{ik}}"
    ),
}

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = {
    "From the edition or the caller": ["Official", "Equal", "Fixed"],
    "From data": [
        *("StandardDeviation", "Variance", "CoefficientOfVariation", "Entropy", "Critic"),
        *("Merec", "Gini", "Cilos", "Idocriw", "Lopcow", "Angle"),
        *("PcaWeights", "FactorWeights", "BenefitOfTheDoubt"),
    ],
    "From judgements": [
        *("Ahp", "BestWorst", "BudgetAllocation", "Rancom"),
        *("RankOrderCentroid", "RankSum", "RankReciprocal"),
    ],
    "From other schemes": ["Nested", "Mixture", "Product"],
}


def schemes(criteria: weighting.Criteria) -> dict[str, weighting.WeightingScheme]:
    """Return a scheme of every class, with invented judgements where it needs some."""
    keys = criteria.keys
    n = len(keys)
    falling = {key: float(n - i) for i, key in enumerate(keys)}
    ratios = {
        (keys[i], keys[j]): falling[keys[i]] / falling[keys[j]]
        for i in range(n)
        for j in range(i + 1, n)
    }
    to_others = {key: 1 + 8 * i / (n - 1) for i, key in enumerate(keys)}
    to_worst = {key: 9 - 8 * i / (n - 1) for i, key in enumerate(keys)}
    preferred = [[0.5 if i == j else 1.0 if i < j else 0.0 for j in range(n)] for i in range(n)]
    needs: dict[str, weighting.WeightingScheme] = {
        "Fixed": weighting.Fixed(falling),
        "Merec": weighting.Merec(offset=1),
        "Ahp": weighting.Ahp(weighting.Comparisons.of(ratios)),
        "BestWorst": weighting.BestWorst(
            keys[0], keys[-1], best_to_others=to_others, others_to_worst=to_worst
        ),
        "BudgetAllocation": weighting.BudgetAllocation(
            {"judge 1": falling, "judge 2": dict.fromkeys(keys, 1.0)}
        ),
        "Rancom": weighting.Rancom(keys, preferred),
        "RankOrderCentroid": weighting.RankOrderCentroid(keys),
        "RankSum": weighting.RankSum(keys),
        "RankReciprocal": weighting.RankReciprocal(keys),
        "Nested": weighting.Nested(
            "variable", between=weighting.Official(), inside=weighting.Entropy()
        ),
        "Mixture": weighting.Mixture([weighting.Official(), weighting.Critic()]),
        "Product": weighting.Product([weighting.Entropy(), weighting.Critic()]),
    }
    names = [name for family in FAMILIES.values() for name in family]
    return {name: needs.get(name) or getattr(weighting, name)() for name in names}


def slug(name: str) -> str:
    return "".join("-" * (c.isupper() and i > 0) + c.lower() for i, c in enumerate(name))


def page(name: str, drawn: weighting.Weights) -> str:
    """Return the page of a class of schemes."""
    notes = [f"- {note}" for note in drawn.notes]
    lines = [
        f"# {name}",
        "",
        f"```{{image}} {slug(name)}.svg",
        f":alt: Weights of the 20 innovation rows by {name} and by the edition",
        ":width: 100%",
        "```",
        "",
        *("```{math}", FORMULAS[name], "```", ""),
        f"The picture: {drawn.scheme}, beside the official weights, for the 20 innovation rows "
        "of `iid-2026` on the claimed levels of the example submission. Judgements, where the "
        "scheme needs some, are invented: rows matter less from the first to the last.",
        "",
        *notes,
        "" if notes else None,
        "```{eval-rst}",
        ".. currentmodule:: inovasi_index.weighting",
        f".. autoclass:: inovasi_index.weighting.{name}",
        "   :no-index:",
        "```",
        "",
    ]
    return "\n".join(line for line in lines if line is not None)


def index_page() -> str:
    def lines() -> Iterator[str]:
        yield "# Weighting schemes"
        yield ""
        yield "A page a scheme: what it does, its formula, its sources, a picture. How the"
        yield "classes are called stands in [the reference](../../reference/weighting.md)."
        for family, names in FAMILIES.items():
            yield ""
            yield f"## {family}"
            yield ""
            for name in names:
                summary = (inspect.getdoc(getattr(weighting, name)) or "").splitlines()[0]
                yield f"- [{name}]({slug(name)}.md): {summary.replace('``', '`')}"
            yield ""
            yield "```{toctree}"
            yield ":hidden:"
            yield ""
            yield from map(slug, names)
            yield "```"
        yield ""

    return "\n".join(lines())


def draw(name: str, drawn: weighting.Weights, official: weighting.Weights, path: Path) -> None:
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    mpl.use("svg")
    with plt.rc_context({"svg.hashsalt": name, "font.size": 9}):
        figure, ax = plt.subplots(figsize=(7.2, 4.8), layout="constrained")
        rows = range(len(drawn.keys))
        ax.barh(rows, drawn.values, color="#0b5e7d", height=0.7, label=drawn.scheme)
        ax.plot(official.values, rows, "D", color="#b3560f", ms=4, label="official")
        ax.set_yticks(rows, [key.replace("_", " ") for key in drawn.keys])
        ax.invert_yaxis()
        ax.set_xlabel("weight")
        ax.spines[["top", "right"]].set_visible(False)
        figure.legend(frameon=False, loc="outside upper right", ncols=2)
        figure.savefig(path, metadata={"Date": None})
        plt.close(figure)


def written(path: Path, content: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        path.write_text(content, encoding="utf-8")


def write_pages(app: Sphinx) -> None:
    """Write all pages and pictures, drawing only what changed."""
    folder = Path(app.srcdir) / "_generated" / "schemes"
    folder.mkdir(parents=True, exist_ok=True)
    edition = ii.load_edition("iid-2026")
    criteria = weighting.Criteria.from_edition(edition, Part.INNOVATION)
    submission = ii.read_submission(ROOT / "examples" / "kota-contoh.toml")
    table = ii.LevelTable.from_submissions([submission], edition, basis=ii.Basis.CLAIMED)
    data = table.levels.astype(float)
    official = weighting.Official().weigh(criteria)
    for name, scheme in schemes(criteria).items():
        drawn = scheme.weigh(criteria, data)
        written(folder / f"{slug(name)}.md", page(name, drawn))
        picture, key = folder / f"{slug(name)}.svg", folder / f"{slug(name)}.key"
        values = f"{drawn.scheme} {drawn.values.round(12).tolist()}"
        if not picture.exists() or not key.exists() or key.read_text() != values:
            draw(name, drawn, official, picture)
            key.write_text(values)
    written(folder / "index.md", index_page())


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
