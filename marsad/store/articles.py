"""Articles, their bodies and their revisions."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    bindparam,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from marsad.model import (
    Article,
    Block,
    BlockKind,
    DisplayPolicy,
    Headline,
    Image,
    Precision,
    Published,
    Revision,
    Section,
    Standing,
    body_text,
)
from marsad.store import outbox
from marsad.store.numbers import count_on_from
from marsad.store.tables import articles, bodies, revisions, sources

_LISTED = (
    articles.c.number,
    articles.c.source,
    sources.c.name.label("newspaper"),
    sources.c.timezone,
    articles.c.title,
    articles.c.lead,
    articles.c.language,
    articles.c.section,
    articles.c.dated,
    articles.c.precision,
    articles.c.story,
    articles.c.picture,
    articles.c.display,
    articles.c.standing,
)
_SECTION = _LISTED.index(articles.c.section)
#: What most rows leave open, by its place in `_LISTED`, and what is meant then.
_OFTEN_NONE = {
    _LISTED.index(articles.c.precision): (Precision, Precision.MINUTE),
    _LISTED.index(articles.c.display): (DisplayPolicy, DisplayPolicy.FULL),
    _LISTED.index(articles.c.standing): (Standing, Standing.SHOWN),
}
#: What lists never show.
_WITHHELD = (Standing.HIDDEN.value, Standing.REMOVED.value)


#: Statements of the way in are put together once: that costs more than running them.
_ADD = insert(articles).returning(articles.c.number)
_ADD_BODY = insert(bodies)
_KNOWN = select(articles.c.number, articles.c.digest, articles.c.story).where(
    articles.c.source == bindparam("source"), articles.c.address == bindparam("address")
)


@dataclass(frozen=True, slots=True)
class Known:
    """What must be known of an article to tell whether it changed."""

    number: int
    digest: bytes
    story: int


def digest(article: Article) -> bytes:
    """16 bytes that change when what a reader reads of the article changes."""
    return _digest(article.title, article.lead, body_text(article.blocks))


def keep(connection: Connection, article: Article, story: int) -> int:
    """Add a new article under `story`; gives its number, and tells the outbox.

    An article that brings its number keeps it; the number must be free.
    """
    given = {"number": article.number} if article.number is not None else {}
    columns = {**_columns(article), "standing": _standing(article.standing), "story": story}
    number: int = connection.execute(_ADD, {**given, **columns}).scalar_one()
    if given:
        count_on_from(connection, articles, number)
    connection.execute(_ADD_BODY, {"article": number, **_body(article)})
    outbox.write(connection, number, "kept", article.collected)
    return number


def revise(connection: Connection, known: Known, article: Article) -> None:
    """Put `article` in the place of the state that is known; that state becomes a revision."""
    before = by_number(connection, known.number)
    if before is None:
        raise LookupError(f"no article {known.number} to revise")
    add_revision(
        connection,
        Revision(
            article=known.number,
            revision=before.revision,
            collected=before.collected,
            title=before.title,
            lead=before.lead,
            text=body_text(before.blocks),
        ),
    )
    # Where the newspaper no longer says when it was published, what it said before stands.
    after = replace(article, revision=before.revision + 1, published=article.published or before.published)
    connection.execute(update(articles).where(articles.c.number == known.number).values(**_columns(after)))
    connection.execute(update(bodies).where(bodies.c.article == known.number).values(**_body(after)))
    outbox.write(connection, known.number, "revised", article.collected)


def add_revision(connection: Connection, revision: Revision) -> None:
    """Keep an earlier state of an article."""
    state = _digest(revision.title, revision.lead, revision.text)
    connection.execute(insert(revisions).values(**asdict(revision), digest=state))


def known(connection: Connection, source: str, address: str) -> Known | None:
    """The article of `source` at that canonical address (uq_articles_source_address)."""
    row = connection.execute(_KNOWN, {"source": source, "address": address}).one_or_none()
    return None if row is None else Known(row.number, row.digest, row.story)


def had_state(connection: Connection, number: int, state: bytes) -> bool:
    """Whether an earlier revision of the article had that digest (primary key of revisions)."""
    wanted = select(revisions.c.revision).where(revisions.c.article == number, revisions.c.digest == state)
    return connection.execute(wanted.limit(1)).first() is not None


def by_number(connection: Connection, number: int) -> Article | None:
    """The article of that number, whole (primary keys)."""
    found = list(by_numbers(connection, [number]))
    return found[0] if found else None


def by_numbers(connection: Connection, numbers: Sequence[int]) -> Iterator[Article]:
    """The articles of those numbers, whole, in the order of their numbers."""
    wanted = _whole().where(articles.c.number.in_(numbers)).order_by(articles.c.number)
    return (_article(row) for row in connection.execute(wanted))


def titles(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[str, str]]:
    """The source and the title of each of those articles, withheld or not (primary key)."""
    columns = (articles.c.number, articles.c.source, articles.c.title)
    rows = connection.execute(select(*columns).where(articles.c.number.in_(numbers)))
    return {row.number: (row.source, row.title) for row in rows}


def from_number(connection: Connection, after: int, limit: int) -> list[Article]:
    """The next `limit` articles after that number: for walking through the whole archive."""
    wanted = _whole().where(articles.c.number > after).order_by(articles.c.number).limit(limit)
    return [_article(row) for row in connection.execute(wanted)]


def numbers(connection: Connection) -> set[int]:
    """Every number that stands for an article."""
    return set(connection.execute(select(articles.c.number)).scalars())


def count(connection: Connection) -> int:
    """How many articles are kept."""
    return connection.execute(select(func.count()).select_from(articles)).scalar_one()


def revisions_of(connection: Connection, number: int) -> list[Revision]:
    """Earlier states of an article, the oldest first."""
    wanted = select(revisions).where(revisions.c.article == number).order_by(revisions.c.revision)
    return [
        Revision(row.article, row.revision, row.collected, row.title, row.lead, row.text)
        for row in connection.execute(wanted)
    ]


def latest(
    connection: Connection,
    limit: int,
    *,
    source: str | None = None,
    section: Section | None = None,
    among: Collection[str] | None = None,
    since: datetime | None = None,
    before: tuple[datetime, int] | None = None,
) -> list[Headline]:
    """The newest headlines (ix_articles_dated, _source_dated or _section_dated), of one source or several.

    `before` is the moment and number of the last headline already seen, so that a page
    stays where it was while news arrives.
    """
    wanted = _listed().order_by(articles.c.dated.desc(), articles.c.number.desc()).limit(limit)
    if source is not None:
        wanted = wanted.where(articles.c.source == source)
    if section is not None:
        wanted = wanted.where(articles.c.section == section.value)
    if among is not None:
        wanted = wanted.where(articles.c.source.in_(sorted(among)))
    if since is not None:
        wanted = wanted.where(articles.c.dated >= since)
    if before is not None:
        moment, number = before
        wanted = wanted.where(tuple_(articles.c.dated, articles.c.number) < tuple_(_seconds(moment), number))
    return [_headline(row) for row in connection.execute(wanted)]


def between(
    connection: Connection, since: datetime, until: datetime, limit: int, offset: int
) -> list[Headline]:
    """The headlines dated from `since` on and before `until`, the newest first (ix_articles_dated)."""
    wanted = _listed().where(articles.c.dated >= since, articles.c.dated < until)
    wanted = wanted.order_by(articles.c.dated.desc(), articles.c.number.desc()).limit(limit).offset(offset)
    return [_headline(row) for row in connection.execute(wanted)]


def headlines(connection: Connection, wanted_numbers: Iterable[int]) -> list[Headline]:
    """The headlines of those articles, in the order that is asked for (primary key)."""
    order = list(wanted_numbers)
    rows = connection.execute(_listed_of(articles.c.number), {"wanted": order})
    found = {row.number: _headline(row) for row in rows}
    return [found[number] for number in order if number in found]


def of_stories(connection: Connection, story_numbers: Sequence[int]) -> dict[int, list[Headline]]:
    """The headlines of each of those stories, the earliest first (ix_articles_story_dated)."""
    wanted = _listed_of(articles.c.story).order_by(articles.c.story, articles.c.dated, articles.c.number)
    grouped: dict[int, list[Headline]] = {number: [] for number in story_numbers}
    for row in connection.execute(wanted, {"wanted": list(story_numbers)}):
        grouped[row.story].append(_headline(row))
    return grouped


def narrow(connection: Connection, number: int, display: DisplayPolicy, now: datetime) -> None:
    """The most that may be shown of an article from now on, because its page says so."""
    wanted = update(articles).where(articles.c.number == number)
    connection.execute(wanted.values(display=display.value))
    outbox.write(connection, number, "moderated", now)


def set_standing(connection: Connection, number: int, standing: Standing) -> bool:
    """What was decided of an article; False where there is none of that number."""
    wanted = update(articles).where(articles.c.number == number).values(standing=_standing(standing))
    return connection.execute(wanted).rowcount > 0


def _standing(standing: Standing) -> str | None:
    return None if standing is Standing.SHOWN else standing.value


def _digest(title: str, lead: str, text: str) -> bytes:
    return hashlib.blake2b("\0".join((title, lead, text)).encode(), digest_size=16).digest()


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def is_listed(of: FromClause = articles) -> ColumnElement[bool]:
    """That an article is not withheld."""
    return or_(of.c.standing.is_(None), of.c.standing.not_in(_WITHHELD))


@cache
def _listed() -> Select[Any]:
    return select(*_LISTED).join(sources, sources.c.slug == articles.c.source).where(is_listed())


@cache
def _listed_of(column: Column[Any]) -> Select[Any]:
    """Those with one of the values that are given as `wanted`."""
    return _listed().where(column.in_(bindparam("wanted", expanding=True)))


@cache
def _whole() -> Select[Any]:
    """Put together once, as the others: that costs more than to run it."""
    return select(articles, bodies).join(bodies, bodies.c.article == articles.c.number)


def _headline(row: Row[Any]) -> Headline:
    # As a tuple, in the order of `_LISTED`: pages list dozens, and columns by name take twice as long.
    told: list[Any] = list(row)
    told[_SECTION] = Section(told[_SECTION])
    for place, (kind, usual) in _OFTEN_NONE.items():
        told[place] = kind(told[place]) if told[place] else usual
    return Headline(*told)


def _columns(article: Article) -> dict[str, Any]:
    published = article.published
    return {
        "source": article.source,
        "address": article.address,
        "identifier": article.identifier,
        "title": article.title,
        "lead": article.lead,
        "author": article.author,
        "language": article.language,
        "section": article.section.value,
        "section_score": article.section_score,
        "runner_up": article.runner_up.value if article.runner_up else None,
        "credit": article.credit,
        "published": published.moment if published else None,
        "precision": published.precision.value if published else None,
        "published_origin": published.origin if published else None,
        "modified": article.modified,
        "collected": article.collected,
        "dated": published.moment if published else article.collected,
        "revision": article.revision,
        "digest": digest(article),
        "picture": article.images[0].address if article.images else None,
        "display": None if article.display is DisplayPolicy.FULL else article.display.value,
    }


def _body(article: Article) -> dict[str, Any]:
    return {
        "blocks": [_block(block) for block in article.blocks],
        "images": [_image(image) for image in article.images],
        "rubrics": list(article.rubrics),
        "origins": dict(article.origins),
    }


def _block(block: Block) -> list[Any]:
    image = block.image
    return [block.kind.value, block.text, *([_image(image)] if image else [])]


def _image(image: Image) -> dict[str, str]:
    return {"address": image.address, "caption": image.caption, "alt": image.alt}


def _article(row: Row[Any]) -> Article:
    published = None
    if row.published is not None:
        published = Published(row.published, Precision(row.precision), row.published_origin)
    return Article(
        source=row.source,
        address=row.address,
        title=row.title,
        lead=row.lead,
        blocks=tuple(
            Block(BlockKind(kind), text, Image(**image[0]) if image else None)
            for kind, text, *image in row.blocks
        ),
        language=row.language,
        collected=row.collected,
        published=published,
        modified=row.modified,
        author=row.author,
        images=tuple(Image(**image) for image in row.images),
        rubrics=tuple(row.rubrics),
        section=Section(row.section),
        section_score=row.section_score,
        runner_up=Section(row.runner_up) if row.runner_up else None,
        credit=row.credit,
        number=row.number,
        story=row.story,
        revision=row.revision,
        identifier=row.identifier,
        origins=row.origins,
        display=DisplayPolicy(row.display) if row.display else DisplayPolicy.FULL,
        standing=Standing(row.standing) if row.standing else Standing.SHOWN,
    )
