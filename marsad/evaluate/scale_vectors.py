"""What the articles of a grown archive mean, and searching it by words and by meaning.

Embedding a million articles would take days: the grown ones get vectors made of real ones. The vectors
stand in a file as the archive keeps them, a row of int8 for each part of an article.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from marsad.evaluate.embedding import Embedded, vectors_of
from marsad.evaluate.scale import Search, read_once
from marsad.evaluate.scale_articles import unsought
from marsad.evaluate.search import DEPTH, Collection
from marsad.language.compact import packed, unpacked
from marsad.language.embedder import Embedder
from marsad.search.hybrid import Meaning
from marsad.search.index import Index, Window
from marsad.search.parser import read_query
from marsad.search.vectors import DIMENSIONS, VectorIndex, Vectors

#: Changes whenever the files would be made otherwise.
FORM = 1
BATCH = 10_000
#: The least share of a grown vector that comes from one real article; the rest comes from another.
LEAST_SHARE = 0.5
#: Length of the noise, where the distance of an article from the average of all is one.
NOISE = 0.3


def grown_vectors(
    collection: Collection, model: Embedder, size: int, cache: Path, seed: int = 7
) -> Iterator[tuple[int, Vectors]]:
    """The vectors of `size` articles by their numbers: those of the real ones first.

    A grown article is told in sentences of several: its vectors lie between those of two real articles
    that no query seeks, as far from the average of all as the first of the two, and a little beside.
    """
    real = vectors_of(collection.documents, model, cache)
    yield from list(real.items())[:size]
    pairs = [
        np.resize(real[number], (2, model.dimensions))
        for number in (document.number for document in unsought(collection))
        if number in real
    ]
    centre = np.concatenate(pairs).mean(axis=0)
    apart = np.stack(pairs) - centre
    chance = np.random.default_rng(seed)
    for first in range(len(collection.documents), size, BATCH):
        numbers = range(first, min(first + BATCH, size))
        yield from zip(numbers, _mixed(apart, centre, len(numbers), chance), strict=True)


def _mixed(apart: Vectors, centre: Vectors, count: int, chance: np.random.Generator) -> Vectors:
    """Shape (count, parts, dimensions)."""
    one, other = (
        apart[chance.integers(len(apart), size=count)],
        apart[chance.integers(len(apart), size=count)],
    )
    share = chance.uniform(LEAST_SHARE, 1, (count, 1, 1)).astype(np.float32)
    noise = chance.standard_normal(one.shape, np.float32)
    far = np.linalg.norm(one, axis=2, keepdims=True)
    away = _unit(share * one + (1 - share) * other) + NOISE * _unit(noise)
    return _unit(centre + far * _unit(away))


class Meanings:
    """The vectors of a grown archive in `cache`: a file of rows, and the index of their bits."""

    def __init__(self, collection: Collection, model: Embedder, size: int, cache: Path) -> None:
        self.near_path = cache / f"meaning-{FORM}-{size}.npz"
        self.rows_path = cache / f"vectors-{FORM}-{size}.sqlite3"
        if not self.near_path.exists():
            self._build(grown_vectors(collection, model, size, cache))
        self.near = VectorIndex.opened(self.near_path)
        read_once(self.rows_path)
        self._link = sqlite3.connect(self.rows_path)
        self._link.execute("pragma cache_size=-8000")  # as the archive has it
        self._own, self._others = collection.documents, unsought(collection)

    def texts(self, numbers: Sequence[int]) -> dict[int, str]:
        """The texts of these articles; for a grown one that of another which no query seeks."""
        own, others = self._own, self._others
        found = ((n, own[n] if n < len(own) else others[n % len(others)]) for n in numbers)
        return {number: f"{document.title}\n{document.body}" for number, document in found}

    def vectors(self, numbers: Sequence[int]) -> dict[int, Vectors]:
        """The vectors of these articles."""
        marks = ",".join("?" * len(numbers))
        wanted = f"select article, vectors from kept where article in ({marks})"  # noqa: S608 # marks alone
        found = self._link.execute(wanted, numbers).fetchall()
        rows = unpacked([raw for _, raw in found], DIMENSIONS)
        return {number: vectors for (number, _), vectors in zip(found, rows, strict=True)}

    def bytes(self) -> int:
        """The size of the index of bits, which stands in memory."""
        return self.near_path.stat().st_size

    def close(self) -> None:
        """Let go of the file."""
        self._link.close()

    def _build(self, coming: Iterator[tuple[int, Vectors]]) -> None:
        self.rows_path.unlink(missing_ok=True)
        near, link = VectorIndex(), sqlite3.connect(self.rows_path)
        link.execute("create table kept (article integer primary key, vectors blob not null)")
        for batch in iter(lambda: list(islice(coming, BATCH)), []):
            near.add([Embedded(number, rows) for number, rows in batch])
            kept = ((number, packed(rows).tobytes()) for number, rows in batch)
            link.executemany("insert into kept values (?, ?)", kept)
        link.commit()
        link.close()
        near.save(self.near_path)


def by_both(index: Index, meanings: Meanings, model: Embedder) -> Search:
    """Words and meaning, as the site asks for them; no query's vector is remembered from another."""
    meaning = Meaning(model, meanings.near)

    def search(text: str) -> Sequence[int]:
        found = meaning.search(index, read_query(text), Window(size=DEPTH), meanings, now=None)
        return [hit.number for hit in found.hits]

    return search


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), np.float32)
