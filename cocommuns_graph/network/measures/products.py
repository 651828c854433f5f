"""A product of sparse rows, kept only where a third has something: what closed triads are counted with."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

_WORK_OF_A_BLOCK = 2_000_000
_DENSE_AT_MOST = 4_000
_DENSE_GAIN = 25


def masked(left: Any, right: Any, mask: Any) -> Any:
    """(left · right) ∘ mask for square sparse arrays of one size, without ever holding the whole product.

    Of a hub with thousands of neighbours the product alone would not fit into memory, so it is made in blocks
    of rows; where nearly everybody is tied to everybody it is made with dense rows, which is faster there.
    """
    keep = np.flatnonzero(np.diff(left.indptr))
    inner = np.flatnonzero(np.diff(right.indptr))
    size = left.shape[0]
    if not len(keep) or not len(inner):
        return sparse.csr_array((size, size))
    work = _work(left, right)[keep]
    total = float(work.sum())
    dense = len(inner) <= _DENSE_AT_MOST and total > len(keep) * len(inner) ** 2 / _DENSE_GAIN
    columns = np.flatnonzero(np.bincount(right.indices, minlength=size))
    solid = right[inner][:, columns].toarray() if dense and len(columns) <= _DENSE_AT_MOST else None
    blocks = []
    for rows in _blocks(keep, work, total, by_size=solid is not None):
        wanted = mask[rows]
        if solid is None:
            blocks.append((left[rows] @ right).multiply(wanted))
        else:
            product = left[rows][:, inner].toarray() @ solid
            blocks.append(_where(product, wanted[:, columns], columns, size))
    made = sparse.vstack(blocks, format="csr")
    spread = sparse.csr_array((np.ones(len(keep)), (keep, np.arange(len(keep)))), shape=(size, len(keep)))
    return sparse.csr_array(spread @ made)


def _work(left: Any, right: Any) -> Any:
    """How many multiplications each row of the product takes."""
    pattern = sparse.csr_array((np.ones(left.nnz), left.indices, left.indptr), shape=left.shape)
    return pattern @ np.diff(right.indptr).astype(float)


def _blocks(rows: Any, work: Any, total: float, *, by_size: bool) -> list[Any]:
    parts = len(rows) // 512 + 1 if by_size else int(total // _WORK_OF_A_BLOCK) + 1
    if by_size:
        return [part for part in np.array_split(rows, parts) if len(part)]
    ends = np.searchsorted(np.cumsum(work), np.linspace(0, total, parts + 1)[1:-1])
    return [part for part in np.split(rows, ends) if len(part)]


def _where(product: Any, wanted: Any, columns: Any, size: int) -> Any:
    found = wanted.tocoo()
    values = product[found.row, found.col] * found.data
    return sparse.csr_array((values, (found.row, columns[found.col])), shape=(product.shape[0], size))
