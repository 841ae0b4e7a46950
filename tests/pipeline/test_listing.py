"""The list of newspapers: what a file or an address brings to it, and what stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from marsad.collect.finding import Discovery
from marsad.model import DisplayPolicy, FeedAddress, Source
from marsad.oversight import Act
from marsad.pipeline import listing
from marsad.store import articles, deeds, outbox, sources, stories
from marsad.store.engine import Store
from tests import databases
from tests.samples import NOW, SOURCE, article

LISTED = replace(SOURCE, languages=("en", "ar"))
SPORTS = FeedAddress("https://nakhla.example/sports/feed")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(databases.prepare(tmp_path / "archive"))
    with opened.writing() as connection:
        listing.bring_up_to_date(connection, [LISTED], NOW)
    yield opened
    opened.close()


def found(home: str = SOURCE.home, *feeds: FeedAddress) -> Discovery:
    """What a page tells of a newspaper: less than the list."""
    return Discovery(home, home, "Nakhla", "en", feeds or (SPORTS,), ())


def added(store: Store, seen: Discovery, asked: str) -> tuple[bool, Source]:
    """Whether it changed the list, and what stands there then."""
    with store.writing() as connection:
        source = listing.as_source(seen, sources.all_sources(connection, removed=True))
        _, changed = listing.add(connection, source, asked, NOW)
        [kept] = sources.all_sources(connection)
    return changed, kept


@pytest.mark.parametrize("home", [SOURCE.home, SOURCE.home.rstrip("/")])
def test_a_newspaper_that_is_added_twice_stays_as_it_is(store: Store, home: str) -> None:
    assert added(store, found(home), home) == (False, LISTED)


def test_a_feed_that_is_asked_for_is_followed_too_and_all_else_stays(store: Store) -> None:
    changed, kept = added(store, found(), SPORTS.address)
    assert changed
    assert kept == replace(LISTED, feeds=(*LISTED.feeds, SPORTS))


def test_newspapers_that_were_looked_at_at_one_time_get_a_slug_each(store: Store) -> None:
    homes = ("https://www.echo.example/", "https://echo.test/", "https://www.echo.example")
    with store.writing() as connection:
        known = sources.all_sources(connection)
        seen = [listing.as_source(found(home, FeedAddress(f"{home}feed")), known) for home in homes]
        given = [listing.add(connection, source, source.home, NOW, "salma") for source in seen]
        assert [(source.slug, changed) for source, changed in given] == [
            ("echo", True),
            ("echo-2", True),
            ("echo", False),
        ]
        kept = {source.slug: source for source in sources.all_sources(connection)}
        assert [kept[slug].home for slug in ("echo", "echo-2")] == list(homes[:2])
        assert [len(kept[slug].feeds) for slug in ("echo", "echo-2")] == [1, 1]
        told = {(deed.thing, deed.by) for deed in deeds.latest(connection, 9)}
        assert told == {(SOURCE.slug, ""), ("echo", "salma"), ("echo-2", "salma")}


def test_a_newspaper_that_comes_back_to_the_list_is_what_it_was(store: Store) -> None:
    with store.writing() as connection:
        sources.remove(connection, SOURCE.slug)
    changed, kept = added(store, found(), SOURCE.home)
    assert changed
    assert kept == replace(LISTED, feeds=(*LISTED.feeds, SPORTS))


def test_what_changed_in_a_list_is_brought_in_by_its_next_reading(store: Store) -> None:
    home, feeds = SOURCE.home.rstrip("/"), (*LISTED.feeds, SPORTS)
    changed = replace(LISTED, home=home, name="النخلة اليوم", country=None, feeds=feeds)
    with store.writing() as connection:
        for _ in range(2):
            listing.bring_up_to_date(connection, [changed], NOW)
        assert sources.all_sources(connection) == [changed]
        [told, first] = deeds.latest(connection, 9)
    said = {"home": home, "name": "النخلة اليوم", "country": "", "feeds": SPORTS.address}
    assert (told.act, told.thing, told.by, told.detail) == (Act.LISTED, SOURCE.slug, "", said)
    assert first.act is Act.ADDED


@pytest.mark.parametrize(
    ("listed", "anew"),
    [
        (LISTED, False),
        (replace(LISTED, feeds=(SPORTS,)), False),
        (replace(LISTED, display=DisplayPolicy.HEADLINE), True),
    ],
)
def test_articles_that_a_list_shows_otherwise_are_looked_at_anew(
    store: Store, listed: Source, anew: bool
) -> None:
    with store.writing() as connection:
        kept = article()
        number = articles.keep(connection, kept, stories.open_story(connection, kept))
        before = outbox.last(connection)
        listing.bring_up_to_date(connection, [listed], NOW)
        assert [change.article for change in outbox.after(connection, before, 9)] == [number] * anew
