"""Article → its places, kept with what these lie in; and the same for archives that stood before."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from marsad.enrich.gazetteer import edition, gazetteer
from marsad.enrich.places import finder
from marsad.model import Article, Place, Section, body_text
from marsad.store import articles, ledger, outbox, places, sources, texts
from marsad.store.engine import Store

#: Under which it is noted how far the archive has been read, by which edition, and up to where to read.
READER, EDITION, UNTIL = "places", "places_edition", "places_until"
#: Articles that are read together.
BATCH = 200


class Locator:
    """Says where articles happen, by the country of their newspaper too."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._countries: dict[str, str] = {}

    def __call__(self, article: Article) -> Article:
        """The article with its places."""
        found = finder().find(
            article.title,
            article.lead,
            body_text(article.blocks),
            country=self._country(article.source),
            sports=article.section is Section.SPORTS,
        )
        return replace(article, places=found)

    def _country(self, slug: str) -> str:
        if slug not in self._countries:
            with self._store.reading() as connection:
                source = sources.by_slug(connection, slug)
            self._countries[slug] = (source.country if source else None) or ""
        return self._countries[slug]


class Placer:
    """Finds the places of articles that were kept before there were any, or by another gazetteer.

    Newer articles have theirs when they are kept. One thread at a time.
    """

    def __init__(
        self,
        store: Store,
        locate: Locator,
        *,
        make_way: Callable[[], None] = lambda: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._locate = locate
        #: Waits, before each article, for readers who are being answered.
        self._make_way = make_way
        self._clock = clock
        self._turn = threading.Lock()

    def begin(self) -> None:
        """Note, where nothing is kept yet, that all that comes has its places: it need not be read again."""
        with self._store.reading() as connection:
            if texts.newest(connection):
                return
        with self._turn:
            self._begin()

    def catch_up(self, stop: Callable[[], bool] = lambda: False) -> int:
        """Read on until `stop` says so, or all is read; gives how many articles that were.

        Killed half-way it goes on where it was.
        """
        done = 0
        with self._turn:
            self._begin()
            while not stop() and (read := self._next()):
                done += read
        return done

    def _begin(self) -> None:
        """From the beginning, where another edition of the gazetteer read before; up to what is there now."""
        with self._store.reading() as connection:
            if ledger.fact(connection, EDITION) == edition():
                return
        with self._store.writing() as connection:
            outbox.move(connection, READER, 0)
            ledger.set_fact(connection, UNTIL, str(texts.newest(connection)))
            ledger.set_fact(connection, EDITION, edition())

    def _next(self) -> int:
        with self._store.reading() as connection:
            position, until = outbox.cursor(connection, READER), int(ledger.fact(connection, UNTIL) or 0)
            found = articles.from_number(connection, position, BATCH) if position < until else []
        placed = [self._located(article) for article in found]
        if not placed:
            return 0
        with self._store.writing() as connection:
            self._keep(connection, placed)
            outbox.move(connection, READER, placed[-1].number or until)
        return len(placed)

    def _located(self, article: Article) -> Article:
        self._make_way()
        return self._locate(article)

    def _keep(self, connection: Connection, placed: Sequence[Article]) -> None:
        """Keep what differs; an article that was revised meanwhile has its places already."""
        numbers = [article.number or 0 for article in placed]
        before = places.of(connection, numbers)
        now_there = {each.number: articles.digest(each) for each in articles.by_numbers(connection, numbers)}
        for article in placed:
            number = article.number or 0
            if now_there.get(number) == articles.digest(article) and _differ(before.get(number), article):
                keep_places(connection, number, article.places)
                outbox.write(connection, number, "placed", self._clock())


def keep_places(connection: Connection, number: int, found: Sequence[Place]) -> None:
    """Keep the places of an article with all that its main ones lie in."""
    known = gazetteer() if found else None
    main = [place.slug for place in found if place.main]
    around = dict.fromkeys(area.slug for slug in main for area in known.around(slug)) if known else {}
    places.put(connection, number, found, [slug for slug in around if slug not in main])


def _differ(before: Sequence[Place] | None, article: Article) -> bool:
    return set(before or ()) != set(article.places)
