"""The outbox → the index, at the index's own pace."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from marsad.enrich.gazetteer import gazetteer
from marsad.model import Article, DisplayPolicy, Place, Source, body_text
from marsad.moderation import policy
from marsad.search.index import Document, Index
from marsad.store import articles, outbox, places, sources
from marsad.store.engine import Store

READER = "index"
#: Changes taken in with one commit of the index.
BATCH = 500


class Indexer:
    """Keeps the index equal to the store; one thread at a time."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store = store
        self._index = index
        self._turn = threading.Lock()

    def catch_up(self, most: int | None = None) -> int:
        """Take in what changed since the last time, `most` changes at most; gives how many there were.

        Killed between the index's commit and the cursor's move it sees the same changes again,
        which does no harm: an article's document replaces the one before it.
        """
        done = 0
        with self._turn:
            while (most is None or done < most) and (read := self._next()):
                done += read
        return done

    def rebuild(self) -> int:
        """Forget the index and read from zero; gives how many changes that took."""
        with self._turn:
            self._index.clear()
            with self._store.writing() as connection:
                outbox.move(connection, READER, 0)
        return self.catch_up()

    def behind(self) -> int:
        """How many changes the index has not read yet."""
        with self._store.reading() as connection:
            return outbox.last(connection) - outbox.cursor(connection, READER)

    def _next(self) -> int:
        with self._store.reading() as connection:
            changes = outbox.after(connection, outbox.cursor(connection, READER), BATCH)
            if not changes:
                return 0
            numbers = sorted({change.article for change in changes})
            found = documents(connection, numbers)
        self._index.replace(found)
        self._index.delete(set(numbers) - {document.number for document in found})
        self._index.commit()
        with self._store.writing() as connection:
            outbox.move(connection, READER, changes[-1].position)
        return len(changes)


def documents(connection: Connection, numbers: list[int]) -> list[Document]:
    """The documents of those articles that are there and may be found.

    Nobody can tell by searching what stands in a text of which only the headline may be shown.
    """
    known = {source.slug: source for source in sources.all_sources(connection, removed=True)}
    named = places.of(connection, numbers)
    return [
        document(_findable(article, known[article.source]), known[article.source].name)
        for article in _placed(articles.by_numbers(connection, numbers), named)
        if article.standing not in policy.WITHHELD
    ]


def _placed(found: Iterable[Article], named: Mapping[int, tuple[Place, ...]]) -> Iterator[Article]:
    return (replace(article, places=named.get(article.number or 0, ())) for article in found)


def _findable(article: Article, source: Source) -> Article:
    shown = policy.of_article(source.display, article)
    return policy.cut_article(article, shown, 0) if shown is DisplayPolicy.HEADLINE else article


def document(article: Article, source_name: str) -> Document:
    """An article as the index takes it in."""
    slugs = _happens_at(article)
    return Document(
        number=article.number or 0,
        source=article.source,
        source_name=source_name,
        language=article.language,
        title=article.title,
        lead=article.lead,
        body=body_text(article.blocks),
        published=article.published.moment if article.published else article.collected,
        section=article.section.value,
        author=article.author or "",
        credit=article.credit or "",
        story=article.story,
        places=tuple(dict.fromkeys(name for slug in slugs for name in gazetteer()[slug].names if name)),
        place_slugs=slugs,
    )


def _happens_at(article: Article) -> tuple[str, ...]:
    """The main places of the article and all that they lie in, as far as they are known today."""
    main = [place.slug for place in article.places if place.main]
    if not main:
        return ()
    known = gazetteer()
    around = (area.slug for slug in main for area in known.around(slug))
    return tuple(dict.fromkeys(slug for slug in (*main, *around) if known.get(slug) is not None))
