"""The outbox → vectors, at the model's own pace; and what is embedded on an article's way in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from marsad.language.embedder import Embedder
from marsad.language.passages import passages
from marsad.model import Article, body_text
from marsad.store import articles, outbox, vectors
from marsad.store.engine import Store

READER = "meaning"
#: Changes that are looked at together.
BATCH = 500
#: Articles that are embedded and kept together: about a second of work.
TOGETHER = 8

#: From articles to their vectors, each a row for every part of its text.
Embed = Callable[[Sequence[Article]], list[NDArray[np.float32]]]


def embedding(embedder: Embedder) -> Embed:
    """What gives the vectors of articles."""

    def embed(found: Sequence[Article]) -> list[NDArray[np.float32]]:
        parts = [passages(each.title, each.lead, body_text(each.blocks)) for each in found]
        rows = embedder.passages([part for of_one in parts for part in of_one])
        ends = np.cumsum([0, *(len(of_one) for of_one in parts)])
        return [rows[first:end] for first, end in pairwise(ends)]

    return embed


class Meaner:
    """Gives every article of the store its vectors; one thread at a time.

    Made before anything is embedded: vectors of another model are forgotten then.
    """

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store = store
        #: What gives articles on their way in the same vectors.
        self.embed = embedding(embedder)
        self._turn = threading.Lock()
        with store.writing() as connection:
            if not vectors.made_by(connection, embedder.name):
                outbox.move(connection, READER, 0)

    def catch_up(self, stop: Callable[[], bool] = lambda: False) -> int:
        """Embed what changed since the last time, until `stop` says so; gives how many articles that were.

        Killed half-way it goes on where it was: what has its vectors is passed over.
        """
        done = 0
        with self._turn:
            while not stop() and (changes := self._changes()):
                wanted = self._lacking({change.article for change in changes})
                for first in range(0, len(wanted), TOGETHER):
                    if stop():
                        return done
                    done += self._keep(wanted[first : first + TOGETHER])
                with self._store.writing() as connection:
                    outbox.move(connection, READER, changes[-1].position)
        return done

    def behind(self) -> int:
        """How many changes were not looked at yet."""
        with self._store.reading() as connection:
            return behind(connection)

    def _changes(self) -> list[outbox.Change]:
        with self._store.reading() as connection:
            return outbox.after(connection, outbox.cursor(connection, READER), BATCH)

    def _lacking(self, numbers: set[int]) -> list[int]:
        with self._store.reading() as connection:
            return vectors.lacking(connection, numbers)

    def _keep(self, numbers: Sequence[int]) -> int:
        with self._store.reading() as connection:
            found = list(articles.by_numbers(connection, numbers))
        embedded = self.embed(found)
        with self._store.writing() as connection:
            there = set(vectors.lacking(connection, numbers))
            for article, rows in zip(found, embedded, strict=True):
                if article.number in there:
                    vectors.put(connection, article.number, articles.digest(article), rows)
        return len(found)


def behind(connection: Connection) -> int:
    """How many changes have not been looked at for their meaning."""
    return outbox.last(connection) - outbox.cursor(connection, READER)
