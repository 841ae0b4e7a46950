"""Search in a large archive and a larger one: ``python -m marsad.evaluate.scale_sizes COLLECTION CACHE``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from marsad.evaluate.alone import Row, rows_of, tell
from marsad.evaluate.scale import built, ours, resident, timed
from marsad.evaluate.scale_vectors import Meanings, by_both
from marsad.evaluate.search import Collection, read_collection
from marsad.language.embedder import embedder

SIZES = (100_000, 1_000_000)


def main(arguments: Sequence[str]) -> int:
    """Print a line of figures for each size and way of searching. 0, or 2 where arguments are missing."""
    if len(arguments) < 2:
        sys.stderr.write("usage: python -m marsad.evaluate.scale_sizes COLLECTION CACHE [SIZE ...]\n")
        return 2
    collection, cache = read_collection(Path(arguments[0])), Path(arguments[1])
    cache.mkdir(parents=True, exist_ok=True)
    for size in map(int, arguments[2:] or SIZES):
        tell(measured_at(collection, size, cache))
    return 0


def measured_at(collection: Collection, size: int, cache: Path) -> Iterator[Row]:
    """The figures of our own search at `size` articles: by words, and by both where a model runs.

    Memory is that of this process as it stands, with all that it has loaded.
    """
    index, figures = built(collection, size, cache)
    searched = timed(collection, ours(index))
    yield {"": f"Marsad, lexical, {size:,} articles", **figures, **searched, **resident()}
    if (model := embedder()) is not None:
        meanings = Meanings(collection, model, size, cache)
        searched = timed(collection, by_both(index, meanings, model))
        yield {"": f"Marsad, hybrid, {size:,} articles", "bytes": meanings.bytes(), **searched, **resident()}
        meanings.close()
    index.close()


def alone(path: Path, size: int, cache: Path) -> list[Row]:
    """What `measured_at` gives in a process of its own."""
    return rows_of(__name__, path, cache, size)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
