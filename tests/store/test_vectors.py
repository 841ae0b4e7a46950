"""What the archive keeps of what articles mean."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sqlalchemy import event

from marsad.language.compact import Vectors, packed, unpacked
from marsad.store import articles, sources, vectors
from marsad.store.engine import Store
from marsad.store.texts import Texts
from tests.samples import NOW, SOURCE, article


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as connection:
        sources.put(connection, SOURCE, NOW)
        for number in (1, 2, 3):
            articles.keep(connection, article(address=f"https://nakhla.example/{number}"), story=1)
    return store


def rows(*seeds: int) -> Vectors:
    made = np.array([np.random.default_rng(seed).standard_normal(384) for seed in seeds], np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


STATE = articles.digest(article())


def test_vectors_come_back_nearly_as_they_were(filled: Store) -> None:
    with filled.writing() as connection:
        vectors.put(connection, 1, STATE, rows(1, 2))
    with filled.reading() as connection:
        found = vectors.of(connection, [1, 2])
    assert list(found) == [1]
    assert np.allclose((found[1] * rows(1, 2)).sum(axis=1), 1, atol=1e-3)


def test_directions_are_those_of_the_vectors(filled: Store) -> None:
    with filled.writing() as connection:
        vectors.put(connection, 1, STATE, rows(1, 2))
    with filled.reading() as connection:
        whole, pointing = vectors.of(connection, [1, 2]), vectors.directions_of(connection, [1, 2])
    assert list(pointing) == [1]
    lengths = np.linalg.norm(pointing[1].astype(np.float32), axis=1, keepdims=True)
    assert np.allclose(pointing[1] / lengths, whole[1], atol=1e-6)


def test_a_vector_takes_a_byte_for_each_number() -> None:
    assert len(packed(rows(1, 2)).tobytes()) == 2 * 384


@given(arrays.arrays(np.float32, (2, 8), elements=st.floats(-1, 1, width=32)))
def test_any_row_that_points_somewhere_keeps_its_direction(given_rows: Vectors) -> None:
    [back] = unpacked([packed(given_rows).tobytes()], 8)
    assert np.isfinite(back).all()
    for row, again in zip(given_rows, back, strict=True):
        if (length := float(np.linalg.norm(row))) > 1e-3:
            assert row @ again / length > 0.99


def test_a_change_comes_after_everything_before_it(filled: Store) -> None:
    with filled.writing() as connection:
        for number in (1, 2):
            vectors.put(connection, number, STATE, rows(number))
        vectors.put(connection, 1, STATE, rows(9))
    with filled.reading() as connection:
        changes = list(vectors.after(connection, 0, 10))
        assert [kept.article for kept in changes] == [2, 1]
        assert changes[1].vectors[0] @ rows(9)[0] > 0.99
        assert [kept.article for kept in vectors.after(connection, changes[0].position, 10)] == [1]
        assert vectors.last(connection) == changes[1].position
        assert vectors.count(connection) == 2


def test_what_lacks_vectors_is_there_in_another_state_or_without_any(filled: Store) -> None:
    with filled.writing() as connection:
        vectors.put(connection, 1, STATE, rows(1))
        vectors.put(connection, 2, b"another state", rows(2))
    with filled.reading() as connection:
        assert vectors.lacking(connection, [1, 2, 3, 4]) == [2, 3]


def test_another_model_forgets_what_was_kept(filled: Store) -> None:
    with filled.writing() as connection:
        assert not vectors.made_by(connection, "new") or vectors.count(connection) == 0
        vectors.put(connection, 1, STATE, rows(1))
        assert vectors.made_by(connection, "new")
        assert vectors.count(connection) == 1
        assert not vectors.made_by(connection, "newer")
        assert vectors.count(connection) == 0


def test_forgotten_is_gone(filled: Store) -> None:
    with filled.writing() as connection:
        vectors.put(connection, 1, STATE, rows(1))
        vectors.forget(connection, [1, 2])
        assert vectors.count(connection) == 0


def test_texts_are_told_with_their_titles(filled: Store) -> None:
    with filled.reading() as connection:
        found = Texts(connection).titled([1, 3, 99])
    kept = article()
    assert set(found) == {1, 3}
    assert found[1].startswith(kept.title)
    assert all(block.text in found[1] for block in kept.blocks)


def test_a_text_is_read_once_however_it_is_asked_for(filled: Store) -> None:
    with filled.reading() as connection:
        texts = Texts(connection)
        titled = texts.titled([1, 3])
        asked: list[str] = []
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        assert titled[3] == f"{article().title}\n{texts.running([3])[3]}"
        assert not asked
        assert list(texts.running([1, 2, 99])) == [1, 2]
        assert len(asked) == 1
