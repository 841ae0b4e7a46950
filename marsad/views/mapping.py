"""What search engines are told of: every article by month, and the newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from marsad.model import Headline
from marsad.store import articles, calendar
from marsad.views.places import told

#: Addresses in one sitemap; the protocol allows 50,000.
MOST = 20_000
#: Sitemaps of news hold what is newer than this, and at most a thousand of it (Google's rules).
NEWS, MOST_NEWS = timedelta(days=2), 1000


@dataclass(frozen=True, slots=True)
class Part:
    """One sitemap: the `page`-th (from 1) of a month (``2024-03``)."""

    month: str
    page: int


def parts(connection: Connection) -> tuple[Part, ...]:
    """All sitemaps, the newest month first."""
    known = calendar.span(connection)
    if known is None:
        return ()
    found, start = [], _start(known.last)
    while start >= _start(known.first):
        count = calendar.count(connection, start, _following(start))
        found += [Part(f"{start:%Y-%m}", page) for page in range(1, -(-count // MOST) + 1)]
        start = _start(start - timedelta(days=1))
    return tuple(found)


def mapped(connection: Connection, part: Part) -> tuple[Headline, ...]:
    """The articles of one sitemap, the newest first; none for one that there is not."""
    try:
        start = datetime.strptime(part.month, "%Y-%m").replace(tzinfo=UTC)
    except ValueError:
        return ()
    offset = (part.page - 1) * MOST
    return tuple(articles.between(connection, start, _following(start), MOST, offset))


def places(connection: Connection) -> tuple[str, ...]:
    """Slugs of the places that are told of, the one with the most articles first."""
    return tuple(each.place.slug for each in told(connection)[:MOST])


def news(connection: Connection, now: datetime) -> tuple[Headline, ...]:
    """The newest articles."""
    return tuple(articles.latest(connection, MOST_NEWS, since=now - NEWS))


def _start(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _following(month: datetime) -> datetime:
    return _start(month + timedelta(days=31))
