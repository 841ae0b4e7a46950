"""The hostile site on the network. It writes raw bytes, for no server would send what it sends."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager, suppress
from datetime import UTC, datetime

from marsad.demo.hostile.answer import Asked, Handler, Parts, answer
from marsad.demo.hostile.feeds import FEEDS
from marsad.demo.hostile.pages import PAGES
from marsad.demo.hostile.redirects import REDIRECTS
from marsad.demo.hostile.robots import ROBOTS
from marsad.demo.hostile.statuses import STATUSES
from marsad.demo.hostile.wire import WIRE

#: Every danger by its path. Paths begin with what is dangerous: the wire, a page, a feed, a redirect…
HOSTILE: Mapping[str, Handler] = {
    **WIRE,
    **PAGES,
    **FEEDS,
    **REDIRECTS,
    **STATUSES,
    **{f"/robots/{name}": handler for name, handler in ROBOTS.items()},
}

LONGEST_HEAD = 64 * 1024


class HostileSite:
    """Answers each path of `HOSTILE` with its danger. `robots` names what ``/robots.txt`` says."""

    def __init__(self, base_url: str, robots: str, clock: Callable[[], datetime] | None = None) -> None:
        if robots not in ROBOTS:
            raise ValueError(f"no such robots.txt: {robots}: one of {', '.join(ROBOTS)}")
        self.base_url = base_url
        #: The paths that were asked for, the oldest first.
        self.visits: deque[str] = deque(maxlen=10_000)
        self._robots = robots
        self._clock = clock or (lambda: datetime.now(UTC))
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def serving(self, bound: socket.socket) -> AsyncIterator[HostileSite]:
        """The site, answering on `bound` until the block ends."""
        server = await asyncio.start_server(self._connected, sock=bound, limit=LONGEST_HEAD)
        try:
            yield self
        finally:
            server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._answered(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        gone = (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError)
        try:
            with suppress(*gone):
                asked = self._asked(await reader.readuntil(b"\r\n\r\n"))
                self.visits.append(asked.path + (f"?{asked.query}" if asked.query else ""))
                async with aclosing(self._handler(asked.path)(asked)) as parts:
                    async for part in parts:
                        writer.write(part)
                        await writer.drain()
        finally:
            writer.close()
            with suppress(*gone):
                await writer.wait_closed()

    def _asked(self, raw: bytes) -> Asked:
        """Raises ValueError where it is no request."""
        first, *lines = raw.decode("latin-1").split("\r\n")
        _, target, _ = first.split(" ")
        path, _, query = target.partition("?")
        pairs = (line.partition(":") for line in lines if line)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        return Asked(path, query, headers, self.base_url, self._clock())

    def _handler(self, path: str) -> Handler:
        if path == "/robots.txt":
            return ROBOTS[self._robots]
        return HOSTILE.get(path, _missing)


async def _missing(_: Asked) -> Parts:
    yield answer("no such danger", "text/plain", "404 Not Found")
