"""The calendar of the archive: a month's days, and any day's front page as it was."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sqlalchemy import Connection

from marsad.model import Headline, Story
from marsad.store import articles, stories
from marsad.store import calendar as calendar_store
from marsad.stories.importance import ranked
from marsad.stories.representative import speaker
from marsad.views.front import Front, StoryView, laid_out

#: More headlines of one day than this are not weighed for its front page.
MOST = 3000


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and how many articles are dated on it."""

    date: date
    articles: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks that begin on Monday; None stands for a day of its neighbours."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]
    articles: int
    #: The first and the last day of which there are articles; None for an empty archive.
    begins: date | None
    ends: date | None

    @property
    def weekdays(self) -> list[date]:
        """A Monday and the six days after it, for their names."""
        return list(calendar.Calendar().itermonthdates(self.first.year, self.first.month))[:7]

    @property
    def before(self) -> date | None:
        """The first day of the month before, None where nothing is older."""
        earlier = (self.first - timedelta(days=1)).replace(day=1)
        return earlier if self.begins and earlier >= self.begins.replace(day=1) else None

    @property
    def after(self) -> date | None:
        """The first day of the month after, None where nothing is newer."""
        later = _following(self.first)
        return later if self.ends and later <= self.ends else None

    @property
    def years(self) -> list[int]:
        """The years of which there may be articles, the newest first."""
        return list(range(self.ends.year, self.begins.year - 1, -1)) if self.begins and self.ends else []


def read_day(written: str) -> date | None:
    """The day written ``2024-03-05``, None for anything else."""
    return _read(written) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written) else None


def read_month(written: str) -> date | None:
    """The first day of the month written ``2024-03``, None for anything else."""
    return _read(f"{written}-01") if re.fullmatch(r"[0-9]{4}-[0-9]{2}", written) else None


def month(connection: Connection, wanted: date | None, clock: tzinfo, source: str | None = None) -> Month:
    """That month, or the newest, by that clock."""
    span = calendar_store.span(connection, source)
    begins = span.first.astimezone(clock).date() if span else None
    ends = span.last.astimezone(clock).date() if span else None
    first = (wanted or ends or datetime.now(clock).date()).replace(day=1)
    since, until = start_of(first, clock), start_of(_following(first), clock)
    counts: dict[date, int] = {}
    for quarter, count in calendar_store.quarters(connection, since, until, source).items():
        day = quarter.astimezone(clock).date()
        counts[day] = counts.get(day, 0) + count
    return Month(first, tuple(_weeks(first, counts)), sum(counts.values()), begins, ends)


def front_of(connection: Connection, day: date, clock: tzinfo) -> Front:
    """The front page at the end of that day, of what is dated on it."""
    since, until = start_of(day, clock), start_of(day + timedelta(days=1), clock)
    held = articles.latest(connection, MOST, since=since, before=(until, 0))
    views = {view.story.number: view for view in _told(connection, held)}
    order = ranked((view.story for view in views.values()), until)
    return laid_out(order, lambda shown: [views[story.number] for story in shown], tuple(held))


def start_of(day: date, clock: tzinfo) -> datetime:
    """The moment at which that day begins by that clock."""
    return datetime.combine(day, time(), clock).astimezone(UTC)


def _told(connection: Connection, held: list[Headline]) -> Iterator[StoryView]:
    """The stories of those headlines, with what was known of them then."""
    copied = stories.copied_by(connection, [headline.number for headline in held])
    tellings: dict[int, list[Headline]] = {}
    for headline in reversed(held):
        tellings.setdefault(headline.story, []).append(headline)
    for number, told in tellings.items():
        spokesman = speaker(told, copied)
        speaking = next(headline for headline in told if headline.number == spokesman)
        story = Story(
            number=number,
            representative=speaking,
            section=speaking.section,
            first_seen=told[0].dated,
            last_seen=told[-1].dated,
            articles=len(told),
            sources=len({headline.source for headline in told}),
            independents=max(sum(headline.number not in copied for headline in told), 1),
        )
        yield StoryView(story, tuple(headline for headline in told if headline is not speaking))


def _weeks(first: date, counts: Mapping[date, int]) -> Iterator[tuple[Day | None, ...]]:
    for week in calendar.Calendar().monthdatescalendar(first.year, first.month):
        yield tuple(Day(day, counts.get(day, 0)) if day.month == first.month else None for day in week)


def _following(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _read(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    # Weeks and days around it must be dates too.
    return day if date.min.year + 1 < day.year < date.max.year else None
