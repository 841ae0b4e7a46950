"""The only reader of the network: from an address to a page, within limits, politely."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from time import monotonic
from types import TracebackType
from typing import Self, TypeAlias

from marsad.collect import answers, decompress
from marsad.collect.guard import Guard, Resolve, resolve
from marsad.collect.hosts import Hosts, Politeness
from marsad.collect.target import Target, target
from marsad.collect.wire import Answer, Limits, Question, Wire
from marsad.errors import Refused
from marsad.model import Page
from marsad.outcome import Outcome

__all__ = [
    "PRODUCT",
    "EndlessRedirect",
    "Fetched",
    "Fetcher",
    "Limits",
    "NotModified",
    "Permit",
    "Validators",
    "user_agent",
]

#: The name by which robots.txt may address us.
PRODUCT = "Marsad"
#: Asked before each request where it goes; gives the host's crawl-delay in seconds, 0 without one.
#: Raises Refused or Later where the request may not be made.
Permit: TypeAlias = Callable[[Target], Awaitable[float]]

_LONGEST_VALIDATOR = 512
_GUARD = Guard()
_POLITENESS = Politeness()
_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Validators:
    """By which a server tells whether a page has changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that was read."""

    page: Page
    #: To be handed in at the next fetch of the same address.
    validators: Validators
    #: The address that has replaced the one asked for, where the server says so for good.
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is as it was when the validators were given."""

    address: str
    fetched: datetime
    validators: Validators


def user_agent(contact: str) -> str:
    """The honest name to fetch under; `contact` is an address where a webmaster reaches the operator."""
    return f"{PRODUCT}/{version('marsad')} (+{contact})"


def _now() -> datetime:
    return datetime.now(UTC)


class EndlessRedirect(Refused):
    """The address redirects in a circle, or more often than is followed."""


class Fetcher:
    """Fetches pages. One for the whole process; close it, or use it as ``async with``."""

    def __init__(
        self,
        agent: str,
        *,
        guard: Guard = _GUARD,
        limits: Limits = _LIMITS,
        politeness: Politeness = _POLITENESS,
        resolver: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """`resolver` replaces the system's DNS, `tls` the usual trust in certificates; `clock` gives UTC."""
        self._agent = agent
        self._guard = guard
        self._limits = limits
        self._hosts = Hosts(politeness)
        self._clock = clock
        self._wire = Wire(guard, politeness, resolver, tls)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._wire.close()

    async def fetch(
        self,
        address: str,
        *,
        validators: Validators | None = None,
        wanted: answers.Wanted = answers.HTML,
        permit: Permit | None = None,
        limits: Limits | None = None,
    ) -> Fetched | NotModified:
        """The page at `address`, or the news that it is as it was.

        Raises Refused (outcome GONE, DISALLOWED, TOO_LARGE or REFUSED) where asking again is no use, and
        Later (with the moment that the server asks for) where it is: 429, 5xx, timeouts, connections.
        """
        question = _question(self._agent, validators, wanted, limits or self._limits)
        errand = _Errand(question, permit, question.limits.seconds)
        here = asked = moved = target(address)
        answer = await self._turn(here, errand)
        for_good = True
        while answer.status in answers.REDIRECTS:
            here = errand.follow(here, answer.headers.get("location", ""))
            for_good = for_good and answer.status in answers.PERMANENT
            moved = here if for_good else moved
            answer = await self._turn(here, errand)
        now = self._clock()
        if answer.status == 304:
            return NotModified(address, now, _validators(answer.headers, validators))
        page = Page(address, here.address, now, answer.status, answer.headers, answer.body)
        return Fetched(page, _validators(answer.headers), moved.address if moved != asked else None)

    async def _turn(self, where: Target, errand: _Errand) -> Answer:
        """One request and its answer, when it is our turn at that host."""
        self._guard.check(where)
        crawl_delay = await errand.permit(where) if errand.permit else 0.0
        async with self._hosts.turn(where.site, crawl_delay):
            with errand.clocked():
                return await self._wire.ask(where, errand.question, errand.seconds, self._clock())


@dataclass(slots=True)
class _Errand:
    """One call of `Fetcher.fetch` on its way, with what is left of its time."""

    question: Question
    permit: Permit | None
    seconds: float
    seen: set[str] = field(default_factory=set)

    @contextmanager
    def clocked(self) -> Iterator[None]:
        """Take the time spent inside off what is left."""
        started = monotonic()
        try:
            yield
        finally:
            self.seconds -= monotonic() - started

    def follow(self, here: Target, location: str) -> Target:
        """Where a redirect leads; raises EndlessRedirect where it goes in a circle or on for too long."""
        self.seen.add(here.address)
        there = target(location, here.address)
        most = self.question.limits.redirects
        if there.address in self.seen:
            raise EndlessRedirect("redirects in a circle", here.address, outcome=Outcome.TOO_LARGE)
        if len(self.seen) > most:
            message = f"redirects more than {most} times"
            raise EndlessRedirect(message, here.address, outcome=Outcome.TOO_LARGE)
        return there


def _question(agent: str, validators: Validators | None, wanted: answers.Wanted, limits: Limits) -> Question:
    conditions = {
        "If-None-Match": validators.etag if validators else None,
        "If-Modified-Since": validators.last_modified if validators else None,
    }
    given = {name: value for name, value in conditions.items() if value}
    headers = {
        "User-Agent": agent,
        "Accept": wanted.accept,
        "Accept-Encoding": decompress.ACCEPTED,
        **given,
    }
    return Question(headers, wanted, limits, conditional=bool(given))


def _validators(headers: Mapping[str, str], before: Validators | None = None) -> Validators:
    """The validators of an answer; a 304 may leave out those that it was asked with."""

    def given(name: str) -> str | None:
        value = headers.get(name, "")
        return value if value and value.isascii() and len(value) <= _LONGEST_VALIDATOR else None

    known = before or Validators()
    return Validators(given("etag") or known.etag, given("last-modified") or known.last_modified)
