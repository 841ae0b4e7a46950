"""What to read next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from marsad.search.vectors import VectorIndex, Vectors
from marsad.store import articles, sources, vectors
from marsad.store.engine import Store
from marsad.views.related import related
from tests.samples import NOW, SOURCE, article


@dataclass(frozen=True)
class Change:
    article: int
    vectors: Vectors
    position: int


def towards(direction: int, apart: float) -> Vectors:
    row = np.zeros(384, np.float32)
    row[direction], row[direction + 1] = 1, apart
    return np.asarray(row[None] / np.linalg.norm(row), np.float32)


#: 1 and 2 tell one story, 3 and 4 are near it and tell another, 5 is far.
ROWS = {1: towards(0, 0), 2: towards(0, 0.1), 3: towards(0, 0.2), 4: towards(0, 0.3), 5: towards(9, 0)}
STORIES = {1: 1, 2: 1, 3: 3, 4: 3, 5: 5}


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as connection:
        sources.put(connection, SOURCE, NOW)
        for number, rows in ROWS.items():
            articles.keep(connection, article(address=f"https://nakhla.example/{number}"), STORIES[number])
            vectors.put(connection, number, b"", rows)
    return store


def test_related_is_the_nearest_of_each_other_story(filled: Store) -> None:
    near = VectorIndex()
    near.add([Change(number, rows, number) for number, rows in ROWS.items()])
    with filled.reading() as connection:
        assert [headline.number for headline in related(connection, near, 1)] == [3]
        assert [headline.number for headline in related(connection, near, 3)] == [2]
        assert related(connection, near, 5) == ()
        assert related(connection, near, 77) == ()
