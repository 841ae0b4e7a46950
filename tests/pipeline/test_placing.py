"""Where articles happen, on their way into the archive and in archives that stood before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from marsad.model import Article, Block, BlockKind
from marsad.pipeline.keeping import Arrival, Keeper
from marsad.pipeline.placing import Locator, Placer
from marsad.store import articles, ledger, outbox, places, sources
from marsad.store.engine import Store
from marsad.stories.grouping import Grouping
from tests.samples import NOW, SOURCE, article


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "archive")
    with opened.writing() as connection:
        sources.put(connection, SOURCE, NOW)
    yield opened
    opened.close()


def told(title: str, number: int = 1) -> Article:
    text = Block(BlockKind.PARAGRAPH, f"خبر عن {title}.")
    return replace(
        article(address=f"https://nakhla.example/{number}"),
        title=title,
        lead="",
        blocks=(text,),
        language="ar",
    )


def keeper(store: Store) -> Keeper:
    locate = Locator(store)
    return Keeper(
        store, lambda found, _: locate(found), lambda: Grouping(100), locate=locate, clock=lambda: NOW
    )


def happening(store: Store, number: int) -> tuple[str, ...]:
    with store.reading() as connection:
        return places.happening(connection, [number]).get(number, ())


def test_a_kept_article_has_its_places_and_what_they_lie_in(store: Store) -> None:
    keeper(store).keep([Arrival(told("حريق بمدينة فاس"))])
    assert happening(store, 1)[0] == "ma-fes"
    assert {"ma-fes-province", "ma-fes-meknes", "ma"} < set(happening(store, 1))


def test_a_revised_article_moves_with_its_text(store: Store) -> None:
    keeper(store).keep([Arrival(told("حريق بمدينة فاس"))])
    keeper(store).keep([Arrival(told("حريق بمدينة وهران"))])
    assert happening(store, 1)[0] == "dz-oran"
    assert "ma-fes" not in happening(store, 1)


def test_a_restored_article_has_its_places_though_its_line_does_not_tell_them(store: Store) -> None:
    keeper(store).keep([Arrival(replace(told("حريق بمدينة فاس"), number=7, story=3), kind="line")])
    assert happening(store, 7)[0] == "ma-fes"


def old_archive(store: Store) -> None:
    with store.writing() as connection:
        for number, title in ((1, "حريق بمدينة فاس"), (2, "أسعار القمح"), (3, "حريق بمدينة وهران")):
            articles.keep(connection, told(title, number), story=number)


def test_an_archive_that_stood_before_is_read_once_and_the_index_is_told(store: Store) -> None:
    old_archive(store)
    placer = Placer(store, Locator(store), clock=lambda: NOW)
    with store.reading() as connection:
        told_before = outbox.last(connection)
    assert placer.catch_up() == 3
    assert happening(store, 1)[0] == "ma-fes"
    assert happening(store, 3)[0] == "dz-oran"
    with store.reading() as connection:
        changes = outbox.after(connection, told_before, 10)
    assert [(change.article, change.change) for change in changes] == [(1, "placed"), (3, "placed")]
    assert placer.catch_up() == 0
    assert Placer(store, Locator(store)).catch_up() == 0


def test_it_stops_when_told_and_goes_on_where_it_was(store: Store) -> None:
    old_archive(store)
    placer = Placer(store, Locator(store))
    assert placer.catch_up(lambda: True) == 0
    assert placer.catch_up() == 3


def test_another_edition_of_the_gazetteer_reads_the_archive_again(store: Store) -> None:
    old_archive(store)
    Placer(store, Locator(store)).catch_up()
    with store.writing() as connection:
        ledger.set_fact(connection, "places_edition", "an older one")
        places.put(connection, 1, (), ())
    assert Placer(store, Locator(store)).catch_up() == 3
    assert happening(store, 1)[0] == "ma-fes"


def test_what_is_kept_in_an_empty_archive_is_not_read_again(store: Store) -> None:
    placer = Placer(store, Locator(store))
    placer.begin()
    keeper(store).keep([Arrival(told("حريق بمدينة فاس"))])
    assert placer.catch_up() == 0
    assert happening(store, 1)[0] == "ma-fes"


def test_an_archive_that_stood_before_is_still_read_when_more_is_kept_in_it(store: Store) -> None:
    old_archive(store)
    placer = Placer(store, Locator(store))
    placer.begin()
    assert placer.catch_up() == 3


def test_readers_go_before_every_article_that_is_read_again(store: Store) -> None:
    old_archive(store)
    steps: list[int] = []
    assert Placer(store, Locator(store), make_way=lambda: steps.append(1)).catch_up() == len(steps) == 3
