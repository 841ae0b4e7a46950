"""One request and its answer, within limits: the only place that speaks HTTP.

It stands on httpcore, the engine of httpx: the guard must open the connections itself, and httpx would
add cookies and an unbounded decompression that have to be taken away again.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import httpcore

from marsad.collect import answers, decompress
from marsad.collect.guard import Guard, GuardedBackend, Resolve
from marsad.collect.hosts import Politeness
from marsad.collect.target import Target
from marsad.errors import Later, Refused
from marsad.outcome import Outcome

_MEBIBYTE = 1024 * 1024
#: Answers whose bodies are not read.
_HEAD_ONLY = answers.REDIRECTS | {304}


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
class Question:
    """A request without its place: what is asked, and what the answer may be."""

    headers: Mapping[str, str]
    wanted: answers.Wanted
    limits: Limits
    #: Whether it may be answered by 304.
    conditional: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A page (200, 203), or the head of a redirect or of a 304."""

    status: int
    #: Names in lower case.
    headers: dict[str, str]
    body: bytes = b""


class Wire:
    """The open connections, each to an address that the guard has checked."""

    def __init__(
        self, guard: Guard, politeness: Politeness, resolver: Resolve, tls: ssl.SSLContext | None
    ) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or httpcore.default_ssl_context(),
            max_connections=2 * politeness.hosts_at_once,
            max_keepalive_connections=politeness.hosts_at_once,
            keepalive_expiry=5.0 + 2 * politeness.pause,
            http2=True,
            network_backend=GuardedBackend(guard, resolver),
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.aclose()

    async def ask(self, where: Target, question: Question, seconds: float, now: datetime) -> Answer:
        """The answer to `question` at `where`, all of it within `seconds`; raises Refused or Later."""
        with _translated(where):
            async with asyncio.timeout(seconds):
                return await self._ask(where, question, now)

    async def _ask(self, where: Target, question: Question, now: datetime) -> Answer:
        """One request; a second one where the first met a connection that the server had given up."""
        url = httpcore.URL(scheme=where.scheme, host=where.host, port=where.port, target=where.path)
        if not any(connection.is_idle() for connection in self._connections(url)):
            return await self._exchange(url, where, question, now)
        try:
            return await self._exchange(url, where, question, now)
        except (httpcore.NetworkError, httpcore.RemoteProtocolError):
            return await self._exchange(url, where, question, now)

    async def _exchange(self, url: httpcore.URL, where: Target, question: Question, now: datetime) -> Answer:
        headers = [("Host", where.authority), *question.headers.items()]
        timeouts = {"timeout": {"connect": question.limits.connect_seconds}}
        is_read = False
        try:
            async with self._pool.stream("GET", url, headers=headers, extensions=timeouts) as response:
                answer = await _answer(response, where, question, now)
                is_read = answer.status not in _HEAD_ONLY
                return answer
        finally:
            if not is_read:  # Over HTTP/2 the rest of an answer would stand in the way of the next.
                for connection in self._connections(url):
                    await connection.aclose()

    def _connections(self, url: httpcore.URL) -> list[httpcore.AsyncConnectionInterface]:
        return [each for each in self._pool.connections if each.can_handle_request(url.origin)]


async def _answer(response: httpcore.Response, where: Target, question: Question, now: datetime) -> Answer:
    limits, thing = question.limits, where.address
    if sum(len(name) + len(value) for name, value in response.headers) > limits.headers:
        raise _too_large(f"has more than {limits.headers} bytes of headers", where)
    status, given = response.status, answers.lowered(response.headers)
    if status in answers.REDIRECTS or (status == 304 and question.conditional):
        return Answer(status, given)
    answers.check_status(status, given, thing, now)
    answers.check_type(given, question.wanted, thing)
    answers.check_length(given, limits.received, thing)
    body = decompress.Body(given.get("content-encoding", ""), limits.opened, thing)
    return Answer(status, given, await _read(response, body, where, limits.received))


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
