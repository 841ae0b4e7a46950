"""What a reader would search with instead: SQLite's FTS5 as it comes."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from marsad.evaluate.search import measured, read_collection

_WORD = re.compile(r"\w+")
DEPTH = 100


def fts5(path: Path) -> dict[str, float]:
    """The figures of `marsad eval search` for FTS5: its own tokenizer, its own BM25, any of the words."""
    collection = read_collection(path)
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table found using fts5(title, body)")
    rows = ((number, document.title, document.body) for number, document in enumerate(collection.documents))
    connection.executemany("insert into found(rowid, title, body) values (?, ?, ?)", rows)
    connection.commit()

    def rank(query: str) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(query))
        wanted = "select rowid from found where found match ? order by rank limit ?"
        return [row[0] for row in connection.execute(wanted, (words, DEPTH))] if words else []

    try:
        return measured(collection, rank)
    finally:
        connection.close()
