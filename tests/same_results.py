"""The same results with every version of NumPy and Python: a digest, and its comparison.

    python tests/same_results.py digest examples/kota-contoh.toml > one.json
    python tests/same_results.py compare one.json other.json

Scores, gaps and explanations have to be equal to the bit. Weights that schemes compute from
data are sums of floats in an order that NumPy chooses: they may differ by `TOLERANCE` of their
value (about a thousand units in the last place). Data come from a hash, since generators of
random numbers may change with their library; nothing but the package is needed.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve

import inovasi_index as ii
from inovasi_index import weighting
from inovasi_index.scoring import Tally, score_document

if TYPE_CHECKING:
    from collections.abc import Iterator

TOLERANCE = 2e-13
SCHEMES: tuple[weighting.WeightingScheme, ...] = (
    weighting.Official(),
    weighting.Equal(),
    weighting.Equal("part", "variable"),
    weighting.Entropy(),
    weighting.Critic(),
    weighting.StandardDeviation(),
    weighting.CoefficientOfVariation(),
    weighting.Variance(),
    weighting.Gini(),
    weighting.Angle(),
    weighting.Merec(offset=1.0),
    weighting.Lopcow(),
    weighting.PcaWeights(),
)


def drawn(name: str, n: int, below: int) -> Any:
    """Return `n` whole numbers from 0 to `below` - 1, from a hash of the name."""
    data = hashlib.shake_256(name.encode()).digest(4 * n)
    return np.frombuffer(data, "<u4").astype(np.int64) % below


def tables() -> Iterator[ii.LevelTable]:
    """Yield tables of a few and of many innovations, of the editions that can be scored."""
    for edition_id in ("iid-2026", "iid-2027", "iid-2028", "iid-2029"):
        edition = ii.load_edition(edition_id)
        for n, n_regions in ((0, 1), (1, 1), (40, 3), (500, 7), (70_000, 500)):
            name = f"{edition_id}-{n}-"
            top = 2 + drawn(f"{name}top", n_regions, 3)
            owner = drawn(f"{name}owner", n, n_regions)
            yield ii.LevelTable.from_arrays(
                edition,
                drawn(f"{name}levels", 20 * n, 12).reshape(n, 20) % top[owner][:, None],
                region_of=owner,
                region_levels=drawn(f"{name}region", 20 * n_regions, 4).reshape(n_regions, 20),
                affair_of=drawn(f"{name}affair", n, 39) - 1,
            )


def exact_parts(city: ii.Submission) -> Iterator[tuple[str, Any]]:
    """Yield what has to be equal to the bit: arrays and text."""
    for table in tables():
        where = f"{table.edition.id} {len(table)}"
        scores = ii.score(table)
        yield f"{where} index", scores.index_hundredths
        yield f"{where} maturity", scores.maturity
        yield f"{where} mean", scores.mean_maturity
        yield f"{where} exact", [str(one.exact) for one in scores]
        if table.edition.id == "iid-2026":
            yield f"{where} bands", scores.bands.tolist()
        found = ii.gaps(table)
        yield f"{where} numerators", found.numerators
        yield f"{where} shares", found.shares
        yield f"{where} rows", list(found.by_indicator().values())
        yield f"{where} tally", Tally.of(table, levels=True).to_dict()
        if len(table) <= 500:
            yield f"{where} explained", [one.explain().to_dict() for one in scores]
    for n in (0, 1, 5, 12, 33):
        some = evolve(city, innovations=city.innovations[:n])
        for year in (2026, 2027, 2028, 2029):
            edition, given = ii.load_edition(f"iid-{year}"), evolve(some, year=year)
            yield f"city {n} {year} score", score_document(given, edition)
            for basis in ii.Basis:
                one = ii.score(given, edition, basis=basis)[given.region.code]
                gaps = ii.gaps(given, edition, basis=basis)
                yield f"city {n} {year} {basis} gaps", gaps.to_dict()
                yield f"city {n} {year} {basis} gaps as text", gaps.to_text("id")
                yield f"city {n} {year} {basis} explained", one.explain().to_json("id")
                yield f"city {n} {year} {basis} as text", one.explain().to_text("en", depth=9)


def _bytes(value: Any) -> bytes:
    if isinstance(value, np.ndarray):
        return f"{value.dtype.str}{value.shape}".encode() + value.tobytes()
    if isinstance(value, list) and value and isinstance(value[0], np.ndarray):
        return b"".join(map(_bytes, value))
    return json.dumps(value, sort_keys=True, ensure_ascii=True).encode()


def weights() -> Iterator[tuple[str, list[float]]]:
    """Yield the weights of every scheme on a table, and the indices that they lead to."""
    table = next(t for t in tables() if len(t) == 500)
    for n, scheme in enumerate(SCHEMES):
        scores = ii.score(table, scheme=scheme)
        yield f"{n} {scores.weights.scheme}", scores.weights.values.tolist()
        yield f"{n} {scores.weights.scheme} index", scores.index.tolist()


def digest(city: Path) -> dict[str, Any]:
    """Return digests of all that is exact, and the weights."""
    submission = ii.read_submission(city)
    parts = {name: hashlib.sha256(_bytes(v)).hexdigest() for name, v in exact_parts(submission)}
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "exact": parts,
        "weights": {name: [float.hex(w) for w in values] for name, values in weights()},
    }


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return what differs between two digests."""
    found = [
        f"{name} differs"
        for name in one["exact"].keys() | other["exact"].keys()
        if one["exact"].get(name) != other["exact"].get(name)
    ]
    for name in one["weights"].keys() | other["weights"].keys():
        pairs = [d["weights"].get(name, []) for d in (one, other)]
        off = _largest(*([float.fromhex(w) for w in values] for values in pairs))
        if off > TOLERANCE:
            found.append(f"{name} differs by {off:.1e}")
    return sorted(found)


def _largest(one: list[float], other: list[float]) -> float:
    """Return the largest relative difference."""
    if len(one) != len(other):
        return float("inf")
    return max(
        (abs(a - b) / max(abs(a), abs(b), 1e-300) for a, b in zip(one, other, strict=True)),
        default=0.0,
    )


def main() -> int:
    if sys.argv[1] == "digest":
        sys.stdout.write(json.dumps(digest(Path(sys.argv[2])), indent=0) + "\n")
        return 0
    first, *rest = [json.loads(Path(name).read_text()) for name in sys.argv[2:]]
    wrong = 0
    for other in rest:
        found = differences(first, other)
        off = max(
            _largest(*([float.fromhex(w) for w in d["weights"][name]] for d in (first, other)))
            for name in first["weights"]
        )
        names = [f"Python {d['python']}, NumPy {d['numpy']}" for d in (first, other)]
        said = "; ".join(found[:5]) or f"{len(first['exact'])} results equal to the bit"
        _say(f"{' and '.join(names)}: {said}; weights within {off:.1e}")
        wrong += bool(found)
    return 1 if wrong else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
