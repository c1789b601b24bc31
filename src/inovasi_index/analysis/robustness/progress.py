"""Progress of a long simulation."""

from __future__ import annotations

from collections.abc import Callable

from inovasi_index.errors import MissingExtraError

__all__ = ["Progress", "tqdm_progress"]

Progress = Callable[[int, int], object]


def tqdm_progress(description: str = "draws") -> Progress:
    """Return a callback that shows a bar of tqdm.

    Parameters
    ----------
    description : str

    Returns
    -------
    callable
        ``progress(done, total)``; the bar closes when all is done.

    Raises
    ------
    MissingExtraError
        When tqdm is not installed.
    """
    try:
        from tqdm.auto import tqdm  # type: ignore[import-untyped] # stubs are a package apart
    except ImportError:
        raise MissingExtraError.of("a progress bar", "progress") from None
    bar = None

    def show(done: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            bar = tqdm(total=total, desc=description)
        bar.update(done - bar.n)
        if done >= total:
            bar.close()
            bar = None

    return show
