"""``python -m marsad.evaluate.bench FOLDER [CACHE]``: every measurement that FOLDER has data for, in one run.

Writes docs/benchmarks.md. FOLDER holds any of ``search-*/``, ``feeds/``, ``pages/``, ``dates.jsonl`` and
``news-*/articles.jsonl.gz``, in the forms of docs/measuring.md.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marsad.errors import SettingsError
from marsad.evaluate import (
    dates,
    extract,
    extract_peers,
    feeds,
    feeds_peers,
    near_copies,
    scale,
    scale_peers,
    scale_sizes,
    search,
    search_peers,
    serving,
    stories_growth,
    stories_peers,
)
from marsad.evaluate.alone import rows_of
from marsad.evaluate.cluster import postgresql_programs
from marsad.evaluate.lines import json_lines
from marsad.evaluate.scale_articles import grown

DOCS = Path(__file__).parents[2] / "docs" / "benchmarks.md"
#: Large archives take minutes to build: they stay for the next run.
CACHE = Path("bench-cache")
OWN_DATES = Path(__file__).parents[2] / "tests" / "cases" / "dates" / "written.jsonl"

Row = Mapping[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Measure all that the folder has, and write the page. 0, or 2 where there is no folder.

    Large archives are kept in the second folder named, by itself `CACHE`.
    """
    folder = Path(arguments[0]) if arguments else None
    cache = Path(arguments[1]) if len(arguments) > 1 else CACHE
    if folder is None or not folder.is_dir():
        sys.stderr.write("usage: python -m marsad.evaluate.bench FOLDER [CACHE]\n")
        return 2
    DOCS.write_text("".join(_page(folder, cache)), encoding="utf-8")
    sys.stdout.write(f"{DOCS} written\n")
    return 0


def _page(folder: Path, cache: Path) -> Iterator[str]:
    yield "# Benchmarks\n\n"
    yield (
        "Written by `make bench`; see [measuring](measuring.md) for the forms of the data. "
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors, Python {platform.python_version()}.\n"
    )
    for title, rows in _sections(folder, cache):
        sys.stderr.write(f"{title}\n")
        yield f"\n## {title}\n\n{_table(list(rows))}"


def _sections(folder: Path, cache: Path) -> Iterator[tuple[str, Iterator[Row]]]:
    for path in sorted(folder.glob("search-*/")):
        yield f"Search: {path.name}", _search(path, cache)
    for path in sorted(folder.glob("search-news-*/")):
        yield f"Search in a large archive: {path.name}, grown", _large(path, cache)
    if (folder / "feeds").is_dir():
        yield "Feeds: right answers", iter([feeds.evaluate(folder / "feeds")])
    yield "Feeds: seconds for eight ordinary feeds, and how many times ours", iter([feeds_peers.benchmark()])
    for path in sorted(folder.glob("search-news-*/")):
        yield "Stories: what it costs to find an article's, grown", iter(stories_growth.alone(path, cache))
    for path in sorted(folder.glob("stories-*/stories.jsonl*")):
        yield f"Stories: {path.parent.name}", _stories(path)
    if (folder / "pages").is_dir():
        yield "Pages", _without(extract.evaluate(folder / "pages"), "by_language", "cross_validated")
        yield "Pages: texts, beside others", extract_peers.benchmark(folder / "pages")
    for path in (folder / "dates.jsonl", OWN_DATES):
        if path.exists():
            yield f"Dates: {path.name}", _without(dates.evaluate(path), "missed")
    for path in sorted(folder.glob("news-*/articles.jsonl.gz")):
        yield f"Copies: reuse made from {path.parent.name}", _copies(path)
        yield f"Import and pages: {path.parent.name}", _whole(path)


def _search(path: Path, cache: Path) -> Iterator[Row]:
    figures = search.evaluate(path, cache)
    for way in ("lexical", "semantic", "hybrid"):
        if way in figures:
            yield {"": f"Marsad, {way}", **figures[way]}
    yield {"": "SQLite FTS5", **search_peers.fts5(path)}


def _large(path: Path, cache: Path) -> Iterator[Row]:
    cache.mkdir(parents=True, exist_ok=True)
    for size in scale_sizes.SIZES:
        yield from scale_sizes.alone(path, size, cache)
    collection = search.read_collection(path)
    smaller = scale_sizes.SIZES[0]
    index, _ = scale.built(collection, smaller, cache)
    yield {"": f"Marsad, {smaller:,} articles, hostile queries with all counts", **scale.fuzzed(index)}
    with scale_peers.fts5(grown(collection, smaller), cache) as asked:
        yield {"": f"SQLite FTS5, {smaller:,} articles", **scale.timed(collection, asked)}
    programs = postgresql_programs()
    if programs is not None:
        with scale_peers.postgresql(grown(collection, smaller), programs) as asked:
            yield {"": f"PostgreSQL, arabic, {smaller:,} articles", **scale.timed(collection, asked)}


def _copies(path: Path) -> Iterator[Row]:
    figures = near_copies.evaluate(path)
    kinds = {f"recall, {kind}": recall for kind, recall in figures.pop("recall_by_kind").items()}
    cost = near_copies.growth([row["text"] for row in json_lines(path)])
    yield {**figures, **kinds, **cost}


def _stories(path: Path) -> Iterator[Row]:
    yield {"": "Marsad", **rows_of("marsad", "eval", "stories", path)[0]}
    yield from stories_peers.peers(path)


def _whole(lines: Path) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        yield {"": "import", **rows_of(serving.__name__, lines, archive)[0]}
        article = serving.newest_article(archive)
        pages = {"front page": "/", "article": article, "story": "/story/1", "section": "/section/sports"}
        for name, path in pages.items():
            yield {"": f"{name}, {serving.RATE} requests/s", **serving.pages_under_load(archive, (path,))}
        wanted = serving.searches(lines)
        for name, searches in {"a hundred in turn": wanted[:100], "no two alike": wanted}.items():
            yield {
                "": f"searches, {name}, {serving.SEARCH_RATE} requests/s",
                **serving.pages_under_load(archive, searches, serving.SEARCH_RATE),
            }


def _without(figures: Mapping[str, Any], *names: str) -> Iterator[Row]:
    yield {key: value for key, value in figures.items() if key not in names}


def _table(rows: Sequence[Row]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, ["---"] * len(names), *([str(row.get(name, "")) for name in names] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except SettingsError as error:
        raise SystemExit(str(error)) from error
