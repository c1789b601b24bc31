"""Array work behind streams: pure functions over NumPy arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["counts_by_affair"]

_CELLS = 1 << 15  # indices of eight bytes that stay in the cache


def counts_by_affair(
    owner_of: NDArray[np.integer], affair_of: NDArray[np.integer], *, n_owners: int, n_affairs: int
) -> NDArray[np.int64]:
    """Count the innovations of each owner by affair, in one pass.

    Parameters
    ----------
    owner_of : ndarray of int, shape (n_innovations,)
    affair_of : ndarray of int, shape (n_innovations,)
        -1 where unknown.
    n_owners, n_affairs : int

    Returns
    -------
    ndarray of int64, shape (n_owners, 1 + n_affairs)
        The first column counts the unknown affairs.
    """
    counts = np.zeros(n_owners * (n_affairs + 1), np.int64)
    cells = np.empty(min(_CELLS, len(owner_of)), np.intp)
    for start in range(0, len(owner_of), _CELLS):
        owners = owner_of[start : start + _CELLS]
        cell = cells[: len(owners)]
        np.multiply(owners, n_affairs + 1, out=cell, dtype=np.intp, casting="unsafe")
        np.add(cell, affair_of[start : start + _CELLS], out=cell, casting="unsafe")
        cell += 1
        counts += np.bincount(cell, minlength=len(counts))
    return counts.reshape(n_owners, n_affairs + 1)
