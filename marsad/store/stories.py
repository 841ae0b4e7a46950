"""Stories, and which articles copy which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, delete, func, insert, select, update

from marsad.model import Article, Copy, Headline, Section, Story
from marsad.store import articles as article_store
from marsad.store import outbox
from marsad.store.numbers import count_on_from
from marsad.store.tables import articles, copies, fingerprints, stories
from marsad.store.upsert import upsert

#: Statements of the way in are put together once: that costs more than running them.
_OPEN = insert(stories).returning(stories.c.number)
_INTRODUCE = (
    update(stories).where(stories.c.number == bindparam("story")).values(representative=bindparam("speaker"))
)
_ADD_FINGERPRINT = upsert(fingerprints)
_PUT_FINGERPRINT = _ADD_FINGERPRINT.on_conflict_do_update(
    index_elements=["article"],
    set_={name: _ADD_FINGERPRINT.excluded[name] for name in ("dated", "fingerprint", "wording")},
)
_EXISTS = select(stories.c.number).where(stories.c.number == bindparam("sought"))
_SPOKE = select(stories.c.representative).where(stories.c.number == bindparam("sought"))
_COPIED = (
    select(copies).where(copies.c.article.in_(bindparam("sought", expanding=True))).order_by(copies.c.share)
)
_COPIED_WITHIN = _COPIED.where(copies.c.of.in_(bindparam("among", expanding=True)))
_SPEAKER = select(articles.c.section, articles.c.language).where(articles.c.number == bindparam("speaker"))
#: The column's own names are given by those that change.
_SUM_UP = update(stories).where(stories.c.number == bindparam("summed"))
_LEAD_NOWHERE = update(stories).where(stories.c.number == bindparam("story")).values(joined_to=None)
_ELSEWHERE = select(articles.c.number, articles.c.story).where(
    articles.c.number.in_(bindparam("moved", expanding=True)), articles.c.story != bindparam("into")
)
_MOVE = update(articles).where(articles.c.number == bindparam("moved")).values(story=bindparam("into"))
_CLEAR_COPIES = delete(copies).where(copies.c.article == bindparam("copied"))
_ADD_COPIES = insert(copies)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a copy is recognised by, without reading the text again."""

    article: int
    source: str
    language: str
    story: int
    dated: datetime
    fingerprint: bytes
    #: The terms of its headline and beginning; None where it was kept before these were.
    wording: bytes | None


def open_story(connection: Connection, article: Article, number: int | None = None) -> int:
    """A new story that `article` alone will tell; its number, the given one where it is free.

    The article itself is kept next, and becomes the story's representative by `introduce`.
    """
    given = {"number": number} if number is not None else {}
    dated = article.published.moment if article.published else article.collected
    row = {
        "section": article.section.value,
        "language": article.language,
        "first_seen": dated,
        "last_seen": dated,
        "articles": 1,
        "sources": 1,
        "independents": 1,
    }
    opened: int = connection.execute(_OPEN, {**given, **row}).scalar_one()
    if given:
        count_on_from(connection, stories, opened)
    return opened


def introduce(connection: Connection, number: int, representative: int) -> None:
    """Name the one article of a story that was just opened."""
    connection.execute(_INTRODUCE, {"story": number, "speaker": representative})


def exists(connection: Connection, number: int) -> bool:
    """Whether there is a story of that number (primary key)."""
    return connection.execute(_EXISTS, {"sought": number}).first() is not None


def representative(connection: Connection, number: int) -> int | None:
    """The article that speaks for a story (primary key)."""
    spoke: int | None = connection.execute(_SPOKE, {"sought": number}).scalar()
    return spoke


def summarise(connection: Connection, number: int, representative: int) -> None:
    """Bring a story's counts and span up to its articles (ix_articles_story_dated)."""
    totals = connection.execute(_totals(), {"summed": number}).one()
    speaker = connection.execute(_SPEAKER, {"speaker": representative}).one()
    connection.execute(
        _SUM_UP,
        {
            "summed": number,
            "representative": representative,
            "section": speaker.section,
            "language": speaker.language,
            "articles": totals.articles,
            "sources": totals.sources,
            "independents": max(totals.independents, 1),
            "first_seen": totals.first_seen,
            "last_seen": totals.last_seen,
        },
    )


@cache
def _totals() -> Select[int, int, Any, Any, int]:
    of_it = and_(articles.c.story == bindparam("summed"), article_store.is_listed())
    original = articles.alias()
    copied = (
        select(copies.c.article)
        .join(original, original.c.number == copies.c.of)
        .where(copies.c.article == articles.c.number, original.c.story == articles.c.story)
        .where(article_store.is_listed(original))
        .exists()
    )
    return select(
        func.count().label("articles"),
        func.count(articles.c.source.distinct()).label("sources"),
        func.min(articles.c.dated).label("first_seen"),
        func.max(articles.c.dated).label("last_seen"),
        func.count().filter(~copied).label("independents"),
    ).where(of_it)


def move(connection: Connection, numbers: Sequence[int], story: int, at: datetime) -> None:
    """Put articles into another story and tell every reader; a story left empty leads to it (primary key).

    A story that was empty itself is one again, and leads nowhere else.
    """
    connection.execute(_LEAD_NOWHERE, {"story": story})
    found = connection.execute(_ELSEWHERE, {"moved": list(numbers), "into": story}).all()
    for row in found:
        connection.execute(_MOVE, {"moved": row.number, "into": story})
        outbox.write(connection, row.number, "moved", at)
    for left in {row.story for row in found}:
        _left(connection, left, story)


def _left(connection: Connection, story: int, to: int) -> None:
    """Sum up a story that lost articles; one that lost all leads to where the last ones went."""
    there = articles.c.story == story
    rest = connection.execute(
        select(articles.c.number).where(there).order_by(articles.c.dated).limit(1)
    ).scalar()
    if rest is None:
        empty = {"articles": 0, "sources": 0, "independents": 0, "joined_to": to}
        connection.execute(update(stories).where(stories.c.number == story).values(**empty))
        return
    spoke = representative(connection, story)
    stays = connection.execute(select(articles.c.number).where(there, articles.c.number == spoke)).scalar()
    summarise(connection, story, stays or rest)


def by_number(connection: Connection, number: int) -> Story | None:
    """The story of that number (primary key); one that was joined to another is that other."""
    row = connection.execute(select(stories).where(stories.c.number == number)).one_or_none()
    if row is None:
        return None
    if row.joined_to is not None:
        return by_number(connection, row.joined_to)
    found = _stories(connection, [row])
    return found[0] if found else None


def of_numbers(connection: Connection, numbers: Iterable[int]) -> list[Story]:
    """Those stories of `numbers` that are told (primary key)."""
    wanted = select(stories).where(stories.c.number.in_(list(numbers)), stories.c.joined_to.is_(None))
    return _stories(connection, connection.execute(wanted))


def latest(
    connection: Connection, limit: int, *, since: datetime | None = None, section: Section | None = None
) -> list[Story]:
    """The stories with the newest articles (ix_stories_last_seen or ix_stories_section_last_seen)."""
    wanted = (
        select(stories)
        .where(stories.c.joined_to.is_(None))
        .order_by(stories.c.last_seen.desc(), stories.c.number.desc())
        .limit(limit)
    )
    if section is not None:
        wanted = wanted.where(stories.c.section == section.value)
    if since is not None:
        wanted = wanted.where(stories.c.last_seen >= since)
    return _stories(connection, connection.execute(wanted))


def tellers(connection: Connection, numbers: Iterable[int]) -> dict[int, list[tuple[str, str, datetime]]]:
    """For each of those stories (newspaper, language, when) of every telling (ix_articles_story_dated)."""
    found: dict[int, list[tuple[str, str, datetime]]] = {number: [] for number in numbers}
    wanted = select(articles.c.story, articles.c.source, articles.c.language, articles.c.dated).where(
        articles.c.story.in_(list(found))
    )
    for row in connection.execute(wanted):
        found[row.story].append((row.source, row.language, row.dated))
    return found


def count(connection: Connection) -> int:
    """How many stories are told."""
    wanted = select(func.count()).select_from(stories).where(stories.c.joined_to.is_(None))
    return connection.execute(wanted).scalar_one()


def put_fingerprint(
    connection: Connection, article: int, dated: datetime, fingerprint: bytes, wording: bytes
) -> None:
    """Keep what copies of the article, and tellings of the same event, are recognised by."""
    row = {"article": article, "dated": dated, "fingerprint": fingerprint, "wording": wording}
    connection.execute(_PUT_FINGERPRINT, row)


def fingerprints_of_latest(connection: Connection, limit: int) -> list[Fingerprint]:
    """The fingerprints of the `limit` newest articles, the oldest of them first (primary key)."""
    wanted = (
        select(fingerprints, articles.c.story, articles.c.source, articles.c.language)
        .join(articles, articles.c.number == fingerprints.c.article)
        .order_by(fingerprints.c.article.desc())
        .limit(limit)
    )
    rows = list(connection.execute(wanted))
    return [
        Fingerprint(row.article, row.source, row.language, row.story, row.dated, row.fingerprint, row.wording)
        for row in reversed(rows)
    ]


def put_copies(connection: Connection, article: int, found: Iterable[Copy]) -> None:
    """Keep which earlier articles this one copies, in the place of what was known of it."""
    connection.execute(_CLEAR_COPIES, {"copied": article})
    rows = [{"article": article, "of": copy.of, "share": copy.share} for copy in found]
    if rows:
        connection.execute(_ADD_COPIES, rows)


def copies_of(connection: Connection, article: int) -> list[Copy]:
    """The earlier articles that this one copies, the nearest first (primary key)."""
    wanted = select(copies).where(copies.c.article == article).order_by(copies.c.share.desc(), copies.c.of)
    return [Copy(row.of, row.share) for row in connection.execute(wanted)]


def copied_by(connection: Connection, number_list: Sequence[int]) -> dict[int, Copy]:
    """For each of those articles that is a copy: of which article, the nearest one (primary key)."""
    rows = connection.execute(_COPIED, {"sought": list(number_list)})
    return {row.article: Copy(row.of, row.share) for row in rows}


def copied_within(connection: Connection, numbers: Sequence[int]) -> dict[int, Copy]:
    """The same of copies whose original is one of those articles too."""
    rows = connection.execute(_COPIED_WITHIN, {"sought": list(numbers), "among": list(numbers)})
    return {row.article: Copy(row.of, row.share) for row in rows}


def _stories(connection: Connection, rows: Iterable[Row[Any]]) -> list[Story]:
    listed = list(rows)
    speakers = article_store.headlines(connection, [row.representative for row in listed])
    return list(_joined(listed, {headline.number: headline for headline in speakers}))


def _joined(rows: Iterable[Row[Any]], speakers: dict[int, Headline]) -> Iterator[Story]:
    for row in rows:
        if row.representative not in speakers:  # an open story that has no article yet
            continue
        yield Story(
            number=row.number,
            representative=speakers[row.representative],
            section=Section(row.section),
            first_seen=row.first_seen,
            last_seen=row.last_seen,
            articles=row.articles,
            sources=row.sources,
            independents=row.independents,
        )
