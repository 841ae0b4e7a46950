"""The engines that a search goes through: words, and meaning where a model of it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from marsad.search.hybrid import Meaning
from marsad.search.index import Hits, Index, Window
from marsad.search.query import Query
from marsad.search.vectors import Vectors
from marsad.store import vectors


@dataclass(frozen=True, slots=True)
class Engines:
    """What answers searches."""

    index: Index
    meaning: Meaning | None = None

    def search(self, connection: Connection, query: Query, window: Window, now: datetime | None) -> Hits:
        """What answers `query`; `now` is None where freshness is not to count. May raise SearchError."""
        if self.meaning is None:
            return self.index.search(query, window)

        def vectors_of(numbers: Sequence[int]) -> dict[int, Vectors]:
            return vectors.of(connection, numbers)

        return self.meaning.search(self.index, query, window, vectors_of, now)
