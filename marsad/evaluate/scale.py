"""Search in a large archive: it is built once and kept, with what building took beside it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from marsad.evaluate.alone import accounted
from marsad.evaluate.hostile_queries import hostile_queries
from marsad.evaluate.scale_articles import grown
from marsad.evaluate.search import DEPTH, WARM_UP, Collection, judged, percentile
from marsad.search.index import Facet, Window
from marsad.search.parser import read_query
from marsad.search.tantivy import SCHEMA, TantivyIndex

#: Articles taken in at once, and between two commits.
BATCH, COMMITTED = 2_000, 20_000
#: Queries asked of each engine: whole headlines and their first words by turns.
ASKED = 400
FUZZED = 20_000
#: Bytes of a file that are read at once.
READ = 1 << 20

#: From a query to the numbers of the documents found, the best first.
Search = Callable[[str], Sequence[int]]


def built(collection: Collection, size: int, cache: Path) -> tuple[TantivyIndex, Mapping[str, float]]:
    """The index of `size` articles in `cache`, made when it is not there, and what making it took."""
    name = f"index-{SCHEMA}-{size}"
    folder, told = cache / name, cache / f"{name}.json"
    if told.exists():
        read_once(*folder.iterdir())
        return TantivyIndex(folder), json.loads(told.read_text(encoding="utf-8"))
    index = TantivyIndex.anew(folder)
    spent = 0.0
    coming = grown(collection, size)
    for place, batch in enumerate(iter(lambda: list(islice(coming, BATCH)), [])):
        started = time.perf_counter()
        index.replace(batch)
        if (place + 1) * BATCH % COMMITTED == 0:
            index.commit()
        spent += time.perf_counter() - started
    started = time.perf_counter()
    index.commit()
    index.close()
    spent += time.perf_counter() - started
    figures = {"articles_per_second": round(size / spent), "bytes": _bytes(folder)}
    told.write_text(json.dumps(figures), encoding="utf-8")
    return TantivyIndex(folder), figures


def queries(collection: Collection) -> dict[str, str]:
    """The first judged queries: every second one cut to its first one to three words."""
    chosen = list(collection.judgements)[:ASKED]
    return {
        name: " ".join(collection.queries[name].split()[: place % 3 + 1 if place % 2 else None])
        for place, name in enumerate(chosen)
    }


def timed(collection: Collection, search: Search) -> dict[str, float]:
    """Milliseconds a query, and the reciprocal rank of what whole headlines seek among the first ten."""
    asked = queries(collection)
    for name in list(collection.judgements)[-WARM_UP:]:  # others than those asked, where there are more
        search(collection.queries[name])
    times, ranks = [], []
    for name, text in asked.items():
        started = time.perf_counter()
        found = search(text)
        times.append((time.perf_counter() - started) * 1000)
        if text == collection.queries[name]:
            names = [_name(collection, number) for number in found]
            ranks.append(judged(names, collection.judgements[name])["mrr_at_10"])
    times.sort()
    return {
        "mrr_at_10": round(sum(ranks) / len(ranks), 4),
        "p50_ms": round(percentile(times, 0.5), 2),
        "p99_ms": round(percentile(times, 0.99), 2),
    }


def ours(index: TantivyIndex) -> Search:
    """Marsad's own search, as the site asks it."""
    return lambda text: [hit.number for hit in index.search(read_query(text), Window(size=DEPTH)).hits]


def fuzzed(index: TantivyIndex, count: int = FUZZED) -> dict[str, float]:
    """The slowest of `count` hostile queries with all facets, in milliseconds; whatever fails, raises."""
    times = []
    for text in hostile_queries(count):
        started = time.perf_counter()
        index.search(read_query(text), Window(facets=tuple(Facet)))
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return {
        "queries": count,
        "p99_ms": round(percentile(times, 0.99), 2),
        "slowest_ms": round(times[-1], 2),
    }


def resident() -> dict[str, int]:
    """Resident memory of this process in MiB: its own, and pages of files, which it shares; Linux only."""
    kinds = {"resident_mb": "VmRSS", "own_mb": "RssAnon", "files_mb": "RssFile"}
    return {name: accounted(kind) for name, kind in kinds.items()}


def _name(collection: Collection, number: int) -> str:
    return collection.identifiers[number] if number < len(collection.identifiers) else ""


def read_once(*files: Path) -> None:
    """Read `files` through: a server that has run for a while has them in the system's memory."""
    for file in files:
        with file.open("rb") as reading:
            while reading.read(READ):
                pass


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
