"""When to look at a feed again, and how it fares. Pure: everything takes `now`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import nlargest
from math import sqrt
from typing import Any

from marsad.errors import Later, Refused
from marsad.outcome import Outcome

#: The first wait after a failure, doubled by each further one up to the longest.
_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(days=1)
#: Where robots.txt or the server forbids a visit, or says that nothing is there.
_WAIT_AFTER_NO = timedelta(days=1)
_WAIT_WHEN_GONE = timedelta(days=7)
#: Answers of 404 or 410 in a row, a day apart, that make a feed gone; and how long it may fail before it is.
_GONE_ANSWERS = 3
_LONG_DEAD = timedelta(days=30)
#: The newest articles that the pace of a source is read from, and the fewest that show one.
_NEWEST = 10
_FEWEST = 3


class State(StrEnum):
    """How a feed fares."""

    HEALTHY = "healthy"
    FAILING = "failing"
    GONE = "gone"
    """Its server says so, or it failed for a month; looked at once a week all the same."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The bounds between which a healthy feed is looked at."""

    shortest: timedelta = timedelta(minutes=2)
    longest: timedelta = timedelta(minutes=120)
    #: Before anything is known of it.
    first: timedelta = timedelta(minutes=15)

    def within(self, interval: timedelta) -> timedelta:
        """`interval`, or the bound that it goes beyond."""
        return max(self.shortest, min(interval, self.longest))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a feed fares and when it is looked at next."""

    #: Aware, UTC.
    next_look: datetime
    #: Between looks while it is healthy, in seconds.
    interval: float
    state: State = State.HEALTHY
    #: The first failure since it was last read.
    failing_since: datetime | None = None
    #: Failures in a row, and those of the last in a row by which the server said that it is gone.
    failures: int = 0
    gone_answers: int = 0


_PACE = Pace()


def first_look(now: datetime, pace: Pace = _PACE) -> Rhythm:
    """The rhythm of a feed that was never looked at: due at once."""
    return Rhythm(next_look=now, interval=pace.first.total_seconds())


def after_success(
    rhythm: Rhythm, found: int, published: Iterable[datetime], now: datetime, pace: Pace = _PACE
) -> Rhythm:
    """The rhythm after a feed was read (or was not modified: nothing found, nothing published).

    `found` counts its new articles, `published` holds the moments of all that it lists. Where these show
    how often it publishes, the interval goes half the way (geometric) to the mean time between articles;
    else it shortens when something was found and lengthens when not.
    """
    between = time_between(published, now)
    before = timedelta(seconds=rhythm.interval)
    if between is not None:
        between = pace.within(between)
        interval = timedelta(seconds=sqrt(before.total_seconds() * between.total_seconds()))
    else:
        interval = before / 1.5 if found else before * 1.25
    interval = pace.within(interval)
    return Rhythm(next_look=now + interval, interval=interval.total_seconds())


def time_between(published: Iterable[datetime], now: datetime) -> timedelta | None:
    """The mean time between the newest articles, the silence since the last one included.

    It is the maximum-likelihood estimate for a Poisson process watched until `now`, so that it grows while
    a source is silent. None where there are too few; moments in the future are ignored.
    """
    newest = nlargest(_NEWEST, (moment for moment in published if moment <= now))
    return (now - newest[-1]) / len(newest) if len(newest) >= _FEWEST else None


def after_failure(
    rhythm: Rhythm, error: BaseException, now: datetime, jitter: float, pace: Pace = _PACE
) -> Rhythm:
    """The rhythm after a feed could not be read; `jitter`, from 0 to 1, spreads the waits by a quarter.

    The wait doubles from failure to failure, from 5 minutes to a day, and is never shorter than what the
    server asked for. A day where we are told no; a week where the feed is gone.
    """
    outcome = error.outcome if isinstance(error, Refused) else None
    failing_since = rhythm.failing_since or now
    failed = replace(
        rhythm,
        failing_since=failing_since,
        failures=rhythm.failures + 1,
        gone_answers=rhythm.gone_answers + 1 if outcome is Outcome.GONE else 0,
        interval=pace.within(timedelta(seconds=rhythm.interval)).total_seconds(),
    )
    gone = failed.gone_answers >= _GONE_ANSWERS or now - failing_since >= _LONG_DEAD
    if gone:
        return replace(failed, state=State.GONE, next_look=now + _WAIT_WHEN_GONE)
    wait = _WAIT_AFTER_NO if outcome in {Outcome.GONE, Outcome.DISALLOWED} else _backoff(failed.failures)
    next_look = now + wait * (0.75 + 0.5 * jitter)
    if isinstance(error, Later) and error.when is not None:
        next_look = max(next_look, error.when)
    return replace(failed, state=State.FAILING, next_look=next_look)


def _backoff(failures: int) -> timedelta:
    return min(_FIRST_WAIT * 2.0 ** min(failures - 1, 16), _LONGEST_WAIT)


def to_plain(rhythm: Rhythm) -> dict[str, Any]:
    """`rhythm` as strings and numbers, fit for JSON."""
    plain = asdict(rhythm)
    since = rhythm.failing_since
    return {
        **plain,
        "state": rhythm.state.value,
        "next_look": rhythm.next_look.isoformat(),
        "failing_since": since.isoformat() if since else None,
    }


def from_plain(plain: Mapping[str, Any]) -> Rhythm:
    """The rhythm that `to_plain` was given."""
    since = plain["failing_since"]
    return Rhythm(
        next_look=datetime.fromisoformat(plain["next_look"]),
        interval=float(plain["interval"]),
        state=State(plain["state"]),
        failing_since=datetime.fromisoformat(since) if since else None,
        failures=int(plain["failures"]),
        gone_answers=int(plain["gone_answers"]),
    )
