"""Exact sums of amounts in NumPy: DECIMAL(18,4) as whole numbers of ten thousandths."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundplan.kernel.errors import InvalidInput

Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

AMOUNT = pa.decimal64(18, 4)
"""Eight bytes hold DECIMAL(18,4): whole numbers become amounts without being copied."""

_LARGEST = 10**18
"""One more than the largest unscaled value that DECIMAL(18,4) holds."""

_EXACT = 2**53
_HALF = 26


def unscaled(amounts: Any) -> Integers:
    """The amounts times ten thousand, of decimals of 8 or 16 bytes: the low 8 hold all here."""
    array = amounts.combine_chunks()
    if not len(array):
        return np.empty(0, np.int64)
    words = np.frombuffer(array.buffers()[1], np.int64)
    size: int = array.type.byte_width // 8
    ends = size * array.offset, size * (array.offset + len(array))
    return np.ascontiguousarray(words[ends[0] : ends[1] : size])


def decimals(whole: Integers) -> Any:
    """The way back, as an Arrow array; InvalidInput for sums of more than 14 digits."""
    if len(whole) and max(-int(whole.min()), int(whole.max())) >= _LARGEST:
        raise InvalidInput("Purchases of an account and product sum to more than 14 digits.")
    buffer = pa.py_buffer(np.ascontiguousarray(whole, np.int64))
    return pa.Array.from_buffers(AMOUNT, len(whole), [None, buffer])


def sums(keys: Integers, amounts: Integers, size: int) -> Integers:
    """The sum of `amounts` for each key from 0 to `size` - 1.

    Counting into places needs no sorting and no hash table, but adds floating-point numbers,
    which are exact up to 2^53; larger amounts are added in two halves.
    """
    if not len(keys):
        return np.zeros(size, np.int64)
    largest = max(-int(amounts.min()), int(amounts.max()))
    if largest * len(amounts) < _EXACT or np.abs(amounts).sum(dtype=np.float64) < _EXACT:
        return np.bincount(keys, amounts, size).astype(np.int64)
    low = np.bincount(keys, amounts & (2**_HALF - 1), size).astype(np.int64)
    high = np.bincount(keys, amounts >> _HALF, size).astype(np.int64)
    return (high << _HALF) + low
