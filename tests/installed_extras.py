"""What an installation can do with the extras that it has, run by ``.ci/matrix``.

    python -I installed_extras.py CHECKOUT [EXTRA …]

Every feature that needs an extra either works, or says in `MissingExtraError` which one it
needs: exactly those that were asked for work, and what they bring along. Nothing but the
package itself is imported, and it has to come from an installation.
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import inovasi_index as ii
from inovasi_index.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def frames(submission: ii.Submission) -> None:
    # Without the extra that is what is missing; with it alone, a library of frames is.
    scores = ii.score(submission, "iid-2026")
    try:
        ii.reporting.to_frame(scores, "innovations")
    except MissingExtraError as error:
        if "inovasi_index[" in str(error):
            raise


def spreadsheets(submission: ii.Submission) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "city.xlsx"
        ii.write_submission(submission, path)
        if ii.read_submission(path).region != submission.region:
            raise SystemExit("the region did not come back from the spreadsheet")


def pictures(submission: ii.Submission) -> None:
    from inovasi_index.reporting.pictures import plot_bands

    plot_bands(ii.score(submission, "iid-2026"))


def optimise(submission: ii.Submission) -> None:
    ii.plan(submission, "iid-2026", target=60)


def progress(submission: ii.Submission) -> None:
    from inovasi_index.analysis.robustness import tqdm_progress

    tqdm_progress(submission.region.name)(1, 1)


def arrow(submission: ii.Submission) -> None:
    from inovasi_index.io.streams.counting import arrow as pyarrow

    pyarrow(submission.region.name)


def polars(submission: ii.Submission) -> None:
    from inovasi_index.engines import polars_expressions

    polars_expressions(ii.load_edition(f"iid-{submission.year}"))


def dask(submission: ii.Submission) -> None:
    from inovasi_index.engines import dask_index

    with contextlib.suppress(AttributeError):  # far enough: this is no frame
        dask_index(None, ii.load_edition(f"iid-{submission.year}"), region_points=None)


def spark(submission: ii.Submission) -> None:
    from inovasi_index.engines import spark_index

    with contextlib.suppress(AttributeError):  # as above
        spark_index(None, ii.load_edition(f"iid-{submission.year}"), region_points=None)


# Large, and for few.
NOT_IN_ALL = {"dask", "spark"}
# What these cannot do without is the extra of another feature.
BROUGHT = {"dask": {"arrow"}, "spark": {"arrow"}}
NEEDS: dict[str, Callable[[ii.Submission], None]] = {
    "frames": frames,
    "spreadsheets": spreadsheets,
    "pictures": pictures,
    "optimise": optimise,
    "progress": progress,
    "arrow": arrow,
    "polars": polars,
    "dask": dask,
    "spark": spark,
}


def main(checkout: Path, extras: set[str]) -> None:
    if checkout in Path(ii.__file__).parents:
        raise SystemExit(f"{ii.__file__} is no installation")
    modules = [m.name for m in pkgutil.walk_packages(ii.__path__, "inovasi_index.")]
    for name in modules:
        if not name.endswith("__main__"):
            importlib.import_module(name)
    for edition in ii.available_editions():
        ii.load_edition(edition)
    rows = len(ii.datasets.published_scores())
    submission = ii.read_submission(checkout / "examples" / "kota-contoh.toml")
    index = ii.score(submission, "iid-2026", basis=ii.Basis.VERIFIED)["99.71"].index
    say(f"{len(modules)} modules, {rows} published rows, index {index}")
    for name, use in NEEDS.items():
        try:
            use(submission)
        except MissingExtraError as error:
            say(f"without {name}: {error}")
            if name in extras or f"inovasi_index[{name}]" not in str(error):
                raise
        else:
            say(f"with {name}")
            if name not in extras:
                raise SystemExit(f"{name} works although the extra was not asked for")


if __name__ == "__main__":
    given = set(sys.argv[2:])
    asked = set(NEEDS) - NOT_IN_ALL if "all" in given else given
    main(Path(sys.argv[1]), asked.union(*(BROUGHT.get(extra, ()) for extra in asked)))
