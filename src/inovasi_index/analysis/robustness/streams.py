"""Random streams that depend on the seed and the number of the draw alone.

Draws come in blocks of a fixed size, which the scenarios choose. Each block has streams of its
own: the counter of a Philox generator starts at the number of the block, under a key made of
the seed. Blocks are always drawn and scored whole. So a draw is the same whichever thread
makes it, in whatever chunk, and however many draws are asked for.
NumPy keeps such streams equal between releases as far as its compatibility policy (NEP 19)
promises: the bits always, a distribution unless a release note says otherwise.

References
----------
Salmon, J. K., Moraes, M. A., Dror, R. O., Shaw, D. E. (2011). Parallel random numbers: as
easy as 1, 2, 3. SC'11, article 16: counter-based generators, Philox.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from attrs import frozen

__all__ = ["Purpose", "Streams"]


class Purpose(IntEnum):
    """What a stream is used for; streams of different purposes are independent."""

    WEIGHTS = 0
    LEVELS = 1
    METHODS = 2


@frozen
class Streams:
    """The random streams of one block of draws.

    Attributes
    ----------
    seed : int
        Not negative, of any size.
    block : int
        Number of the block, from 0.

    Examples
    --------
    >>> Streams(7, block=3).generator(Purpose.WEIGHTS).integers(100, size=3)
    array([ 5,  7, 61])
    """

    seed: int
    block: int

    def generator(self, purpose: Purpose) -> np.random.Generator:
        """Return a generator at the beginning of the stream for a purpose."""
        key = np.random.SeedSequence(self.seed).generate_state(2, np.uint64)
        return np.random.Generator(
            np.random.Philox(key=key, counter=[0, 0, self.block, int(purpose)])
        )
