"""A small web server on loopback that does what a test tells it to, good or bad."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType
from typing import Any, Self, TypeAlias, TypeVar

from marsad.collect.fetch import Fetched, Fetcher, NotModified
from marsad.collect.guard import Guard
from marsad.collect.hosts import Politeness

Behaviour: TypeAlias = Callable[[asyncio.StreamWriter], Awaitable[None]]
Found = TypeVar("Found")

AGENT = "Marsad/test (+mailto:desk@marsad.example)"


@dataclass(frozen=True)
class Request:
    """What a client asked."""

    path: str
    #: Names in lower case.
    headers: Mapping[str, str]
    moment: float


def reply(
    body: bytes = b"", status: int = 200, content_type: str = "text/html", **headers: str | int
) -> bytes:
    """A whole answer with its length; ``retry_after=3`` becomes the header ``retry-after``."""
    given = {"content-type": content_type, "content-length": len(body), **headers}
    lines = [f"HTTP/1.1 {status} Said", *(f"{n.replace('_', '-')}: {v}" for n, v in given.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(there: str, status: int = 302) -> bytes:
    """An answer that leads elsewhere."""
    return reply(status=status, location=there)


@dataclass
class Server:
    """Answers each path with the bytes or the behaviour it was given; notes what was asked."""

    answers: dict[str, bytes | Behaviour] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    asked: list[Request] = field(default_factory=list)
    #: Connections that are open now, and the most that ever were at once.
    open: int = 0
    most: int = 0

    async def __aenter__(self) -> Self:
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls)
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.root = f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while True:
                    await self._answer(await reader.readuntil(b"\r\n\r\n"), writer)
        finally:
            self.open -= 1
            self._tasks.discard(task)
            writer.close()
            with suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.decode("latin-1").strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        path = first.split()[1]
        self.asked.append(Request(path, headers, asyncio.get_running_loop().time()))
        answer = self.answers.get(path, reply(b"nothing here", 404))
        if isinstance(answer, bytes):
            writer.write(answer)
            await writer.drain()
        else:
            await answer(writer)
            raise ConnectionResetError


@cache
def _trust() -> ssl.SSLContext:
    """Made once, for it takes longer than most tests."""
    return ssl.create_default_context()


def fetcher(**changes: Any) -> Fetcher:
    """A fetcher that may visit loopback and does not pause, changed as asked."""
    usual: dict[str, Any] = {
        "guard": Guard(allow_private=True, ports=None),
        "politeness": Politeness(pause=0.0),
        "tls": _trust(),
    }
    return Fetcher(AGENT, **{**usual, **changes})


def run(story: Coroutine[Any, Any, Found]) -> Found:
    """What `story` comes to."""
    return asyncio.run(story)


def fetch(
    answers: dict[str, bytes | Behaviour],
    path: str = "/",
    *,
    asked: dict[str, Any] | None = None,
    **made: Any,
) -> Fetched | NotModified:
    """What a fetcher gets from a server with those answers; raises as it does."""

    async def story() -> Fetched | NotModified:
        async with Server(answers) as server, fetcher(**made) as reader:
            return await reader.fetch(server.root + path, **(asked or {}))

    return run(story())


def page_of(found: Fetched | NotModified) -> Fetched:
    assert isinstance(found, Fetched)
    return found
