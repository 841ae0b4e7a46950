"""An index of meanings: what is near, what was replaced, what is read again from its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from marsad.search import vectors
from marsad.search.vectors import DIMENSIONS, VectorIndex, Vectors


@dataclass(frozen=True)
class Change:
    article: int
    vectors: Vectors
    position: int = 0


def unit(rows: object) -> Vectors:
    made = np.atleast_2d(np.asarray(rows, np.float32))
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def random_rows(many: int, seed: int = 1) -> Vectors:
    """Rows as a model gives them: all of them around one direction."""
    noise = np.random.default_rng(seed).standard_normal((many, DIMENSIONS))
    return unit(VectorIndex().centre + 0.025 * noise)


def filled(rows: Vectors) -> VectorIndex:
    index = VectorIndex()
    index.add([Change(number, rows[number : number + 1], number + 1) for number in range(len(rows))])
    return index


def test_what_is_nearest_is_found_first_among_many() -> None:
    rows = random_rows(8000)
    index = filled(rows)
    for wanted in (0, 17, 7999):
        near = unit(rows[wanted] + 0.01 * np.random.default_rng(wanted).standard_normal(DIMENSIONS))[0]
        assert index.nearest(near, 10)[0] == wanted


def test_halves_counted_side_by_side_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = random_rows(7001)
    index, query = filled(rows), random_rows(1, seed=3)[0]
    whole = index.nearest(query, 50)
    monkeypatch.setattr(vectors, "MANY", 0)
    monkeypatch.setattr(vectors, "BLOCK", 999)
    assert index.nearest(query, 50) == whole


def test_most_of_the_truly_nearest_are_among_the_candidates() -> None:
    rows = random_rows(6000)
    index = filled(rows)
    query = random_rows(1, seed=5)[0]
    truth = np.argsort(-(rows @ query))[:20]
    # Noise is the hardest case: real texts lie in clusters.
    assert len(set(truth.tolist()) & set(index.nearest(query, 300))) >= 15


def test_an_article_is_as_near_as_its_nearest_part() -> None:
    one, other, third = random_rows(3)
    index = VectorIndex()
    index.add([Change(1, np.stack([one, other])), Change(2, third[None])])
    assert index.nearest(other, 5) == [1, 2]
    assert index.count() == 2


def test_what_comes_later_takes_the_place_of_what_was_there() -> None:
    one, other = random_rows(2)
    index = VectorIndex()
    index.add([Change(1, one[None], 1), Change(2, other[None], 2)])
    index.add([Change(1, random_rows(1, seed=9), 3)])
    assert index.nearest(one, 5) == [2, 1]
    assert (index.count(), index.position) == (2, 3)


def test_an_empty_index_finds_nothing() -> None:
    assert VectorIndex().nearest(random_rows(1)[0], 10) == []


def test_it_grows_while_it_is_asked() -> None:
    rows = random_rows(5000)
    index = VectorIndex()
    for first in range(0, 5000, 700):
        index.add([Change(n, rows[n : n + 1], n) for n in range(first, min(first + 700, 5000))])
        assert index.nearest(rows[first], 1) == [first]
    assert index.count() == 5000


def test_a_copy_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = random_rows(50)
    filled(rows).save(tmp_path / "copy.npz")
    index = VectorIndex.opened(tmp_path / "copy.npz")
    assert (index.position, index.count()) == (50, 50)
    assert index.nearest(rows[7], 1) == [7]
    index.add([Change(7, random_rows(1, seed=9), 51), Change(99, rows[7:8], 52)])
    assert index.nearest(rows[7], 1) == [99]


@pytest.mark.parametrize("found", [None, b"", b"PK\x03\x04 cut short", b"something else"])
def test_a_copy_that_cannot_be_read_is_as_if_not_there(tmp_path: Path, found: bytes | None) -> None:
    if found is not None:
        (tmp_path / "copy.npz").write_bytes(found)
    index = VectorIndex.opened(tmp_path / "copy.npz")
    assert (index.position, index.count()) == (0, 0)
