"""Types of the arrays in this room."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["BoolArray", "CountArray", "FloatArray", "IntArray", "NumberArray", "PlaceArray"]

BoolArray: TypeAlias = NDArray[np.bool_]
CountArray: TypeAlias = NDArray[np.uint32]
FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
PlaceArray: TypeAlias = NDArray[np.int32]
# Floats, or objects that are exact fractions: the arithmetic is the same.
NumberArray: TypeAlias = NDArray[Any]
