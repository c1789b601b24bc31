"""Progress of what takes long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import define, field

from inovasi_index.analysis.robustness.checking import checked_function
from inovasi_index.errors import MissingExtraError

__all__ = ["Done", "Progress", "tqdm_progress"]

Progress = Callable[[int, int], object]


def _progress(given: Progress | None) -> Progress | None:
    return None if given is None else checked_function(given, what="progress")


@define(eq=False)
class Done:
    """How much of a whole is done; each addition is told to whom it may concern.

    Attributes
    ----------
    progress : callable or None
        ``progress(done, total)``, called by who adds. What it raises comes out there.
    total, done : int

    Raises
    ------
    BadValueError
        For a progress that cannot be called.
    """

    progress: Progress | None = field(converter=_progress)
    total: int
    done: int = 0

    def add(self, n: int) -> None:
        """Note that `n` more are done."""
        self.done += n
        if self.progress is not None:
            self.progress(self.done, self.total)


def tqdm_progress(description: str = "draws") -> Progress:
    """Return a callback that shows a bar of tqdm.

    Parameters
    ----------
    description : str

    Returns
    -------
    callable
        ``progress(done, total)``; the bar closes when all is done. It serves one run at a
        time, and the next one after that.

    Raises
    ------
    MissingExtraError
        When tqdm is not installed.
    """
    try:
        from tqdm.auto import tqdm  # type: ignore[import-untyped] # stubs are a package apart
    except ImportError:
        raise MissingExtraError.of("a progress bar", "progress") from None
    bar: Any = None

    def show(done: int, total: int) -> None:
        nonlocal bar
        if bar is not None and (bar.total != total or done < bar.n):
            bar.close()  # of a run that was interrupted; this is another one
            bar = None
        if bar is None:
            bar = tqdm(total=total, desc=description)
        bar.update(done - bar.n)
        if done >= total:
            bar.close()
            bar = None

    return show
