"""A collection grown large: what is sought stays, and what was built once is not built again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from marsad.evaluate.cluster import postgresql_programs
from marsad.evaluate.hostile_queries import hostile_queries
from marsad.evaluate.scale import built, fuzzed, ours, timed
from marsad.evaluate.scale_articles import LENGTH, grown
from marsad.evaluate.scale_peers import fts5, postgresql
from marsad.evaluate.scale_vectors import Meanings, by_both, grown_vectors
from marsad.evaluate.search import Collection, read_document
from tests.embedders import WordEmbedder

TEXTS = (
    "افتتح وزير الصحة مستشفى جديدا في المدينة. حضر الافتتاح عدد من السكان.",
    "تساقطت أمطار غزيرة على السهول. ارتفع منسوب الوادي.",
    "فاز الفريق المحلي بالمباراة. سجل المهاجم هدفين.",
)


@pytest.fixture
def collection() -> Collection:
    return Collection(
        identifiers=("a", "b", "c"),
        documents=tuple(read_document(number, {"text": text}) for number, text in enumerate(TEXTS)),
        queries={"q": "افتتاح مستشفى"},
        judgements={"q": {"a": 1}},
    )


def test_a_grown_collection_is_the_same_again_and_repeats_nothing_that_is_sought(
    collection: Collection,
) -> None:
    documents = list(grown(collection, 40))
    assert documents == list(grown(collection, 40))
    assert [document.number for document in documents] == list(range(40))
    assert documents[0].body == TEXTS[0]
    for document in documents[3:]:
        assert LENGTH <= len(document.body) < LENGTH * 2
        assert "مستشفى" not in document.body


def test_what_was_built_is_kept(collection: Collection, tmp_path: Path) -> None:
    first, figures = built(collection, 60, tmp_path)
    first.close()
    index, again = built(collection, 60, tmp_path)
    assert figures == again
    assert index.count() == 60
    assert timed(collection, ours(index))["mrr_at_10"] == 1.0
    assert fuzzed(index, 50)["queries"] == 50
    index.close()


def test_grown_vectors_are_the_same_again_and_lie_among_the_real_ones(
    collection: Collection, tmp_path: Path
) -> None:
    model = WordEmbedder()
    rows = dict(grown_vectors(collection, model, 40, tmp_path))
    again = dict(grown_vectors(collection, model, 40, tmp_path))
    assert list(rows) == list(range(40))
    assert all(np.array_equal(rows[number], again[number]) for number in rows)
    unsought = np.concatenate([rows[1], rows[2]])
    for number in range(3, 40):
        assert np.allclose(np.linalg.norm(rows[number], axis=1), 1, atol=1e-5)
        assert (rows[number] @ unsought.T).max() > 0.6


def test_words_and_meaning_find_what_is_sought_among_grown_articles(
    collection: Collection, tmp_path: Path
) -> None:
    index, _ = built(collection, 60, tmp_path)
    model = WordEmbedder()
    for _ in ("built", "read again"):
        meanings = Meanings(collection, model, 60, tmp_path)
        assert meanings.near.count() == 60
        assert timed(collection, by_both(index, meanings, model))["mrr_at_10"] == 1.0
        meanings.close()
    index.close()


def test_fts5_answers_the_same_questions(collection: Collection, tmp_path: Path) -> None:
    with fts5(grown(collection, 60), tmp_path) as search:
        assert search("مستشفى")[0] == 0
        assert search("؟") == []


@pytest.mark.skipif(postgresql_programs() is None, reason="Debian's postgresql is not installed")
def test_postgresql_answers_the_same_questions(collection: Collection) -> None:
    pytest.importorskip("psycopg")
    programs = postgresql_programs()
    assert programs is not None
    with postgresql(grown(collection, 60), programs) as search:
        assert search("مستشفى")[0] == 0
        assert search("؟") == []


def test_hostile_queries_are_the_same_again() -> None:
    queries = list(hostile_queries(200))
    assert queries == list(hostile_queries(200))
    assert len(set(queries)) > 150
