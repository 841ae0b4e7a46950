"""The vectors of a collection, kept between runs, for embedding takes far longer than searching."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from marsad.language.compact import packed, unpacked
from marsad.language.embedder import Embedder
from marsad.language.passages import passages
from marsad.search.index import Document
from marsad.search.vectors import Vectors

#: Where they are kept, beside where the command is run; may be deleted at any time.
CACHE = Path("bench-cache")
#: Texts embedded between two looks at the clock.
PIECE = 32


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vectors of a document, as the vector index takes them in."""

    article: int
    vectors: Vectors
    position: int = 0


def vectors_of(documents: Sequence[Document], model: Embedder, cache: Path = CACHE) -> dict[int, Vectors]:
    """The vectors of each document by its number, the same as the archive would keep.

    As many threads embed as there are processors. Progress goes to standard error.
    """
    parts = [passages(each.title, each.lead, each.body) for each in documents]
    rows = _cached([part for of_one in parts for part in of_one], model, cache)
    ends = np.cumsum([0, *(len(of_one) for of_one in parts)])
    kept = [packed(rows[first:end]).tobytes() for first, end in pairwise(ends)]
    numbers = [each.number for each in documents]
    return dict(zip(numbers, unpacked(kept, model.dimensions), strict=True))


def _cached(texts: Sequence[str], model: Embedder, cache: Path) -> Vectors:
    name = hashlib.blake2b("\0".join((model.name, *texts)).encode(), digest_size=12).hexdigest()
    path = cache / f"vectors-{name}.npy"
    if path.exists():
        return np.asarray(np.load(path), np.float32)
    rows = _embedded(texts, model).astype(np.float16)
    cache.mkdir(exist_ok=True)
    np.save(path, rows)
    return np.asarray(rows, np.float32)


def _embedded(texts: Sequence[str], model: Embedder) -> Vectors:
    pieces = [texts[first : first + PIECE] for first in range(0, len(texts), PIECE)]
    workers = [type(model)() for _ in range(os.cpu_count() or 1)]  # one lets its callers take turns
    done: list[Vectors] = []
    with ThreadPoolExecutor(len(workers)) as pool:
        for piece in pool.map(
            lambda numbered: workers[numbered[0] % len(workers)].passages(numbered[1]), enumerate(pieces)
        ):
            done.append(piece)
            if len(done) % 20 == 0:
                sys.stderr.write(f"{len(done) * PIECE} of {len(texts)} texts embedded\n")
    return np.concatenate(done)
