"""The only reader of the network: from an address to a page, within limits, politely.

It stands on httpcore, the engine of httpx: the guard must open the connections itself, and httpx would
add cookies and an unbounded decompression that have to be taken away again.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from time import monotonic
from types import TracebackType
from typing import Self, TypeAlias

import httpcore

from marsad.collect import answers, decompress
from marsad.collect.guard import Guard, GuardedBackend, Resolve, resolve
from marsad.collect.hosts import Hosts, Politeness
from marsad.collect.target import Target, target
from marsad.errors import Later, Refused
from marsad.model import Page
from marsad.outcome import Outcome

#: The name by which robots.txt may address us.
PRODUCT = "Marsad"
#: Asked before each request where it goes; gives the host's crawl-delay in seconds, 0 without one.
#: Raises Refused or Later where the request may not be made.
Permit: TypeAlias = Callable[[Target], Awaitable[float]]

_MEBIBYTE = 1024 * 1024
_LONGEST_VALIDATOR = 512
_GUARD = Guard()
_POLITENESS = Politeness()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost."""

    #: Bytes of a body as received, and after it is decompressed.
    received: int = 5 * _MEBIBYTE
    opened: int = 20 * _MEBIBYTE
    #: Bytes of all headers of one answer.
    headers: int = 64 * 1024
    redirects: int = 10
    #: Seconds for all requests of one fetch together, without the wait for turns; and for one connection.
    seconds: float = 30.0
    connect_seconds: float = 10.0


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


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes = b""


@dataclass(slots=True)
class _Errand:
    """One call of `Fetcher.fetch` on its way, with what is left of its limits."""

    headers: dict[str, str]
    wanted: answers.Wanted
    permit: Permit | None
    limits: Limits
    conditional: bool
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
        """Where a redirect leads; raises Refused where it goes in a circle or on for too long."""
        self.seen.add(here.address)
        there = target(location, here.address)
        if there.address in self.seen:
            raise _too_large("redirects in a circle", here)
        if len(self.seen) > self.limits.redirects:
            raise _too_large(f"redirects more than {self.limits.redirects} times", here)
        return there


_LIMITS = Limits()


def user_agent(contact: str) -> str:
    """The honest name to fetch under; `contact` is an address where a webmaster reaches the operator."""
    return f"{PRODUCT}/{version('marsad')} (+{contact})"


def _now() -> datetime:
    return datetime.now(UTC)


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
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or httpcore.default_ssl_context(),
            max_connections=2 * politeness.hosts_at_once,
            max_keepalive_connections=politeness.hosts_at_once,
            keepalive_expiry=5.0 + 2 * politeness.pause,
            http2=True,
            network_backend=GuardedBackend(guard, resolver),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.aclose()

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
        errand = self._errand(validators, wanted, permit, limits or self._limits)
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

    def _errand(
        self, validators: Validators | None, wanted: answers.Wanted, permit: Permit | None, limits: Limits
    ) -> _Errand:
        conditions = {
            "If-None-Match": validators.etag if validators else None,
            "If-Modified-Since": validators.last_modified if validators else None,
        }
        given = {name: value for name, value in conditions.items() if value}
        headers = {
            "User-Agent": self._agent,
            "Accept": wanted.accept,
            "Accept-Encoding": decompress.ACCEPTED,
            **given,
        }
        return _Errand(headers, wanted, permit, limits, conditional=bool(given), seconds=limits.seconds)

    async def _turn(self, where: Target, errand: _Errand) -> _Answer:
        """One request and its answer, when it is our turn at that host."""
        self._guard.check(where)
        crawl_delay = await errand.permit(where) if errand.permit else 0.0
        async with self._hosts.turn(where.site, crawl_delay):
            with errand.clocked(), _translated(where):
                async with asyncio.timeout(errand.seconds):
                    return await self._ask(where, errand)

    async def _ask(self, where: Target, errand: _Errand) -> _Answer:
        limits = errand.limits
        url = httpcore.URL(scheme=where.scheme, host=where.host, port=where.port, target=where.path)
        headers = [("Host", where.authority), *errand.headers.items()]
        timeouts = {"timeout": {"connect": limits.connect_seconds}}
        async with self._pool.stream("GET", url, headers=headers, extensions=timeouts) as response:
            if sum(len(name) + len(value) for name, value in response.headers) > limits.headers:
                raise _too_large(f"has more than {limits.headers} bytes of headers", where)
            status, given = response.status, answers.lowered(response.headers)
            if status in answers.REDIRECTS or (status == 304 and errand.conditional):
                return _Answer(status, given)
            answers.check_status(status, given, where.address, self._clock())
            answers.check_type(given, errand.wanted, where.address)
            answers.check_length(given, limits.received, where.address)
            body = decompress.Body(given.get("content-encoding", ""), limits.opened, where.address)
            return _Answer(status, given, await _read(response, body, where, limits.received))


async def _read(response: httpcore.Response, body: decompress.Body, where: Target, most: int) -> bytes:
    received = 0
    async for piece in response.aiter_stream():
        received += len(piece)
        if received > most:
            raise _too_large(f"has more than {most} bytes", where)
        body.take(piece)
    return body.whole()


@contextmanager
def _translated(where: Target) -> Iterator[None]:
    """The one place where the errors of the network become ours."""
    try:
        yield
    except (TimeoutError, httpcore.TimeoutException) as error:
        raise Later("took too long to answer", where.address, type(error).__name__) from error
    except httpcore.ProtocolError as error:
        if any(getattr(part, "error_status_hint", None) == 431 for part in error.args):
            raise _too_large("has endless headers", where) from error
        raise Later("broke off or spoke no HTTP", where.address, error) from error
    except (httpcore.NetworkError, OSError) as error:
        raise Later("cannot be reached", where.address, error) from error


def _too_large(message: str, where: Target) -> Refused:
    return Refused(message, where.address, outcome=Outcome.TOO_LARGE)


def _validators(headers: Mapping[str, str], before: Validators | None = None) -> Validators:
    """The validators of an answer; a 304 may leave out those that it was asked with."""

    def given(name: str) -> str | None:
        value = headers.get(name, "")
        return value if value and value.isascii() and len(value) <= _LONGEST_VALIDATOR else None

    known = before or Validators()
    return Validators(given("etag") or known.etag, given("last-modified") or known.last_modified)
