"""The large archive in what a newsroom would use instead: SQLite's FTS5 and PostgreSQL's full-text search."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from marsad.evaluate.cluster import cluster
from marsad.evaluate.scale import Search
from marsad.evaluate.search import DEPTH
from marsad.search.index import Document

_WORD = re.compile(r"\w+")
#: Its rank divided by the logarithm of the length: of the ways that it offers, the one that finds best here.
_BY_LENGTH = 1
#: What who knows PostgreSQL would give it on a machine like this.
_SETTINGS = ("shared_buffers=512MB", "work_mem=64MB")


@contextmanager
def fts5(documents: Iterable[Document], cache: Path) -> Iterator[Search]:
    """FTS5 with its own tokenizer and its own BM25, any of the words; its file stays in `cache`."""
    file = cache / "fts5.sqlite3"
    fresh = not file.exists()
    connection = sqlite3.connect(file)
    if fresh:
        connection.execute("create virtual table found using fts5(title, body)")
        rows = ((each.number, each.title, each.body) for each in documents)
        connection.executemany("insert into found(rowid, title, body) values (?, ?, ?)", rows)
        connection.execute("insert into found(found) values ('optimize')")
        connection.commit()

    def search(text: str) -> Sequence[int]:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(text))
        wanted = "select rowid from found where found match ? order by rank limit ?"
        return [row[0] for row in connection.execute(wanted, (words, DEPTH))] if words else []

    try:
        yield search
    finally:
        connection.close()


@contextmanager
def postgresql(documents: Iterable[Document], programs: Path) -> Iterator[Search]:
    """PostgreSQL with its Arabic configuration, a GIN index and ts_rank, any of the words.

    In a cluster of its own that nobody else reaches, gone afterwards.
    """
    import psycopg  # for measuring only

    address = "host={} dbname=postgres user=postgres"
    with cluster(programs, *_SETTINGS) as socket, psycopg.connect(address.format(socket)) as link:
        link.execute("create table raw (number int, title text, body text)")
        link.execute("create table found (number int primary key, said tsvector)")
        with link.cursor().copy("copy raw from stdin") as copy:
            for each in documents:
                copy.write_row((each.number, each.title, each.body))
        link.execute(
            "insert into found select number, setweight(to_tsvector('arabic', title), 'A') || "
            "to_tsvector('arabic', body) from raw"
        )
        link.execute("create index on found using gin (said)")
        link.commit()
        link.autocommit = True
        link.execute("vacuum analyze found")

        def search(text: str) -> Sequence[int]:
            words = " | ".join(f"'{word}'" for word in _WORD.findall(text))
            wanted = (
                "select number from found, to_tsquery('arabic', %s) as asked where said @@ asked "
                "order by ts_rank(said, asked, %s) desc limit %s"
            )
            return [row[0] for row in link.execute(wanted, (words, _BY_LENGTH, DEPTH))]

        yield search
