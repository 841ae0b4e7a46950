"""What it costs to find an article's story, by how many articles are remembered:
``python -m marsad.evaluate.stories_growth COLLECTION CACHE``."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from marsad.evaluate.alone import Row, rows_of, tell
from marsad.evaluate.scale_articles import grown
from marsad.evaluate.scale_vectors import grown_vectors
from marsad.evaluate.search import read_collection
from marsad.language.embedder import embedder
from marsad.search.index import Document
from marsad.search.vectors import Vectors
from marsad.stories.alike import Vector
from marsad.stories.fingerprint import fingerprint
from marsad.stories.grouping import Grouping, Telling
from marsad.stories.wording import wording

#: Articles that are remembered when it is measured.
SIZES = (10_000, 50_000, 200_000)
#: Articles that are placed at each size, and between two repairs.
PLACED, REPAIR_EVERY = 2_000, 200
#: As newspapers of several countries publish: some 2,900 articles a day.
FIRST, BETWEEN = datetime(2024, 1, 1, tzinfo=UTC), timedelta(seconds=30)

#: An article and what it means, where that is known.
Coming = tuple[Document, Vector | None]


def main(arguments: Sequence[str]) -> int:
    """Print a line of figures for each size. 0, or 2 where arguments are missing."""
    if len(arguments) < 2:
        sys.stderr.write("usage: python -m marsad.evaluate.stories_growth COLLECTION CACHE\n")
        return 2
    tell(costs(Path(arguments[0]), Path(arguments[1])))
    return 0


def alone(path: Path, cache: Path) -> list[Row]:
    """What `costs` gives in a process of its own."""
    return rows_of(__name__, path, cache)


def costs(path: Path, cache: Path, sizes: tuple[int, ...] = SIZES, placed: int = PLACED) -> Iterator[Row]:
    """Articles a second of processor time at each size, repairs included, embedding not.

    The articles of the collection in `path`, then grown ones. The rate is the median over the repairs.
    """
    last = max(sizes) + placed
    grouping, known, first = Grouping(last), 0, 0.0
    coming = _coming(path, cache, last)
    for size in sizes:
        for document, vector in islice(coming, size - known):
            grouping.settle(_telling(document, vector), document.number + 1)
        seconds = statistics.median(_placing(grouping, coming, placed)) / REPAIR_EVERY
        known = size + placed
        first = first or seconds
        yield {
            "": f"{size:,} articles remembered",
            "articles_per_second": round(1 / seconds),
            "cost_over_smallest": round(seconds / first, 2),
        }


def _placing(grouping: Grouping, coming: Iterator[Coming], placed: int) -> Iterator[float]:
    """The processor time of each run of articles up to a repair: their terms, their fingerprints, their
    stories and the repair. Inventing the articles is not counted."""
    for _ in range(0, placed, REPAIR_EVERY):
        batch = list(islice(coming, REPAIR_EVERY))
        started = time.process_time()
        for document, vector in batch:
            told = _telling(document, vector)
            placement = grouping.place(told)
            grouping.settle(told, placement.story or told.number, placement)
        for group in grouping.regroup():
            for number in group.articles:
                grouping.move(number, group.story or number)
        yield time.process_time() - started


def _coming(path: Path, cache: Path, size: int) -> Iterator[Coming]:
    """Articles in order of time, each with what it means."""
    collection, model = read_collection(path), embedder()
    if model is None:
        vectors: Iterator[tuple[int, Vectors | None]] = ((number, None) for number in range(size))
    else:
        vectors = iter(grown_vectors(collection, model, size, cache))
    for document, (_, rows) in zip(grown(collection, size), vectors, strict=False):
        yield document, None if rows is None else rows[0]


def _telling(document: Document, vector: Vector | None) -> Telling:
    return Telling(
        document.number + 1,
        document.source,
        document.language,
        FIRST + BETWEEN * document.number,
        fingerprint(document.body),
        wording(document.title, document.body, document.language),
        vector,
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
