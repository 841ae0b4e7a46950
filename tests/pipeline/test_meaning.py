"""From the outbox to vectors, and on an article's way in."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from marsad.language.compact import Vectors
from marsad.model import Article
from marsad.pipeline.keeping import Arrival, Keeper
from marsad.pipeline.meaning import Embed, Meaner, embedding
from marsad.store import articles, sources, vectors
from marsad.store.engine import Store
from marsad.stories.grouping import Grouping
from tests.embedders import WordEmbedder
from tests.samples import NOW, SOURCE, article, paragraphs


def keeper(store: Store, embed: Embed | None = None) -> Keeper:
    return Keeper(store, lambda found, _: found, lambda: Grouping(100), embed=embed, clock=lambda: NOW)


def numbered(number: int, text: str = "نص") -> Article:
    return article(f"{text} {number}", address=f"https://nakhla.example/{number}")


@pytest.fixture
def filled(store: Store) -> Store:
    """Twenty articles, imported."""
    with store.writing() as connection:
        sources.put(connection, SOURCE, NOW)
    keeper(store).keep([Arrival(numbered(number), kind="line") for number in range(1, 21)])
    return store


def embedded(store: Store) -> int:
    with store.reading() as connection:
        return vectors.count(connection)


def stopping_after(times: int) -> Callable[[], bool]:
    calls = itertools.count()
    return lambda: next(calls) >= times


def test_what_was_imported_is_embedded_from_the_outbox_once(filled: Store) -> None:
    model = WordEmbedder()
    meaner = Meaner(filled, model)
    assert meaner.behind() == 20
    assert meaner.catch_up() == embedded(filled) == 20
    assert meaner.behind() == meaner.catch_up() == 0
    assert model.asked == 20


def test_stopped_half_way_it_goes_on_where_it_was(filled: Store) -> None:
    model = WordEmbedder()
    first = Meaner(filled, model).catch_up(stopping_after(2))
    assert 0 < first < 20
    assert Meaner(filled, model).catch_up() == 20 - first
    assert model.asked == 20


def test_a_collected_page_has_its_vectors_when_it_is_kept(filled: Store) -> None:
    model = WordEmbedder()
    meaner = Meaner(filled, model)
    keeper(filled, meaner.embed).keep([Arrival(numbered(30)), Arrival(numbered(31), kind="line")])
    with filled.reading() as connection:
        assert list(vectors.of(connection, [21, 22])) == [21]
    assert meaner.catch_up() == 21
    assert model.asked == 22


def test_a_revision_is_embedded_again(filled: Store) -> None:
    model = WordEmbedder()
    meaner = Meaner(filled, model)
    meaner.catch_up()
    changed = replace(numbered(3), blocks=paragraphs("كلام آخر تماما"))
    keeper(filled).keep([Arrival(changed)])
    assert meaner.catch_up() == 1
    with filled.reading() as connection:
        row = vectors.of(connection, [3])[3][0]
        kept = articles.by_number(connection, 3)
    assert kept is not None
    assert row @ embedding(model)([kept])[0][0] > 0.99


def test_another_model_embeds_everything_anew(filled: Store) -> None:
    Meaner(filled, WordEmbedder()).catch_up()
    other = WordEmbedder("other words")
    assert Meaner(filled, other).catch_up() == 20


def test_a_model_that_fails_does_not_keep_articles_out(filled: Store) -> None:
    def broken(_: object) -> list[Vectors]:
        raise RuntimeError("no memory")

    endings = keeper(filled, broken).keep([Arrival(numbered(40))])
    assert [ending.number for ending in endings] == [21]
    assert embedded(filled) == 0


def test_each_article_gets_its_own_rows() -> None:
    model = WordEmbedder()
    short, long = numbered(1), numbered(2, "كلمات كثيرة " * 80)
    one, two = embedding(model)([short, long])
    assert (len(one), len(two)) == (1, 2)
    assert np.allclose(two, embedding(model)([long])[0])


def test_stories_are_mended_in_steps_that_make_way(filled: Store) -> None:
    steps: list[int] = []
    mending = Keeper(
        filled,
        lambda found, _: found,
        lambda: Grouping(100),
        make_way=lambda: steps.append(1),
        clock=lambda: NOW,
    )
    Meaner(filled, WordEmbedder()).catch_up()
    assert not steps
    mending.mend()
    assert len(steps) >= 20
