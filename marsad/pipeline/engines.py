"""The engines that a search goes through: words, and meaning where a model of it runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from marsad.search.hybrid import Directions, Meaning
from marsad.search.index import Hits, Index, Window
from marsad.search.query import Query
from marsad.store import vectors
from marsad.store.texts import Texts


@dataclass(frozen=True, slots=True)
class Engines:
    """What answers searches."""

    index: Index
    meaning: Meaning | None = None

    def by_words(self) -> Engines:
        """The same without meaning."""
        return Engines(self.index)

    def search(
        self,
        connection: Connection,
        query: Query,
        window: Window,
        now: datetime | None,
        texts: Texts | None = None,
    ) -> Hits:
        """What answers `query`; `now` is None where freshness is not to count. May raise SearchError.

        `texts` is given by who reads some of the same afterwards.
        """
        if self.meaning is None:
            return self.index.search(query, window)
        return self.meaning.search(
            self.index, query, window, _Kept(connection, texts or Texts(connection)), now
        )


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the store knows of the articles that may answer a query."""

    connection: Connection
    read: Texts

    def vectors(self, numbers: Sequence[int]) -> Mapping[int, Directions]:
        return vectors.directions_of(self.connection, numbers)

    def texts(self, numbers: Sequence[int]) -> Mapping[int, str]:
        return self.read.titled(numbers)
