"""What the archive keeps of where articles happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from marsad.model import Part, Place, Precision, Published
from marsad.store import articles, places, sources
from marsad.store.engine import Store
from tests.samples import NOW, SOURCE, article

FES = Place("ma-fes", Part.TITLE, 3, 6, times=2, main=True)
PARIS = Place("fr-paris", Part.BODY, 40, 45)
AROUND = ("ma-fes-province", "ma-fes-meknes", "ma")


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as connection:
        sources.put(connection, SOURCE, NOW)
        for number in (1, 2, 3):
            at = Published(NOW - timedelta(days=3 - number), Precision.MINUTE, "feed")
            told = replace(article(address=f"https://nakhla.example/{number}"), published=at)
            articles.keep(connection, told, story=1)
            places.put(connection, number, (FES, PARIS), AROUND)
    return store


def test_places_come_back_with_their_positions_the_main_ones_first(filled: Store) -> None:
    with filled.reading() as connection:
        assert places.of(connection, [2]) == {2: (FES, PARIS)}


def test_an_article_is_found_by_all_that_its_place_lies_in_and_not_by_what_it_mentions(filled: Store) -> None:
    with filled.reading() as connection:
        for slug in ("ma-fes", *AROUND):
            assert places.latest(connection, slug, 10) == [3, 2, 1]
        assert places.latest(connection, "fr-paris", 10) == []
        assert places.counts(connection, ["ma", "fr-paris"]) == {"ma": 3}
        assert places.counts(connection)["ma-fes"] == places.count(connection, "ma-fes") == 3


def test_a_further_page_goes_on_where_the_last_one_ended(filled: Store) -> None:
    with filled.reading() as connection:
        seen = articles.headlines(connection, places.latest(connection, "ma", 2))[-1]
        assert places.latest(connection, "ma", 2, (seen.dated, seen.number)) == [1]


def test_a_changed_article_keeps_nothing_of_its_earlier_places(filled: Store) -> None:
    with filled.writing() as connection:
        places.put(connection, 2, (replace(PARIS, main=True),), ["fr"])
    with filled.reading() as connection:
        assert places.latest(connection, "ma", 10) == [3, 1]
        assert places.happening(connection, [2]) == {2: ("fr-paris", "fr")}


def test_each_day_has_its_count(filled: Store) -> None:
    with filled.reading() as connection:
        counted = places.days(connection, "ma", NOW - timedelta(days=1))
    assert sum(counted.values()) == 2
    assert all(day.hour == 0 for day in counted)


def test_a_country_that_is_named_beside_its_town_is_still_what_the_town_lies_in(filled: Store) -> None:
    with filled.writing() as connection:
        places.put(connection, 1, (FES, Place("ma", Part.BODY, 9, 13)), AROUND)
    with filled.reading() as connection:
        assert places.latest(connection, "ma", 10) == [3, 2, 1]
        assert {place.slug for place in places.of(connection, [1])[1]} == {"ma-fes", "ma"}
