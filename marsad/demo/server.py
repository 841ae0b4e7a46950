"""The sample press on the network: all its sites in one event loop, on loopback."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from time import monotonic

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.demo.addressing import Site
from marsad.demo.hostile.site import HostileSite
from marsad.demo.newspapers import Newspaper, newspapers
from marsad.demo.press import Press
from marsad.demo.running import PressSite, RunningPress, Visit
from marsad.demo.site import newspaper_app
from marsad.model import FeedAddress

#: The longest that the sites are given to end what they are answering.
PATIENCE_SECONDS = 1


@dataclass(frozen=True, slots=True)
class Manners:
    """How the press behaves as a server; what befalls its articles is set in the `Press`."""

    #: How long a slow newspaper takes for each answer.
    slow_seconds: float = 1.5
    #: Whether the hostile site stands beside the newspapers, as the last.
    hostile: bool = False
    #: What the hostile site answers to ``/robots.txt``: a name of `marsad.demo.hostile.robots.ROBOTS`.
    hostile_robots: str = "allow"


class _Doorkeeper:
    """Leads each request to the site whose port it came in by, and notes it down."""

    def __init__(self, visits: deque[Visit], slow_seconds: float) -> None:
        self.visits = visits
        self.slow_seconds = slow_seconds
        self.sites: dict[int, tuple[Newspaper, ASGIApp]] = {}
        self.closing = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        paper, site = self.sites[scope["server"][1]]
        began, status = monotonic(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        if paper.manner == "slow":
            with suppress(TimeoutError):
                await asyncio.wait_for(self.closing.wait(), self.slow_seconds)
        try:
            await site(scope, receive, noting)
        finally:
            query = scope["query_string"].decode("latin-1")
            path = scope["path"] + (f"?{query}" if query else "")
            agent = dict(scope["headers"]).get(b"user-agent", b"").decode("latin-1")
            self.visits.append(Visit(paper.slug, path, began, monotonic(), status, agent))


class _Server(uvicorn.Server):
    """A server that leaves signals to whoever runs the press."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


@asynccontextmanager
async def serve(
    press: Press,
    *,
    host: str = "127.0.0.1",
    ports: Sequence[int] | None = None,
    manners: Manners | None = None,
) -> AsyncIterator[RunningPress]:
    """The press, answering until the block ends.

    `ports` has one for each newspaper, in their order, and a last one for the hostile site
    where `manners` ask for it; free ports are taken where none are given. Raises OSError
    where a port is taken, ValueError where there are too many or too few.
    """
    manners = manners or Manners()
    count = len(newspapers()) + manners.hostile
    if ports is not None and len(ports) != count:
        raise ValueError(f"the press needs {count} ports, not {len(ports)}")
    with _bound(host, ports or [0] * count) as sockets:
        async with (
            _hostile(host, sockets.pop(), manners, press) if manners.hostile else nullcontext() as hostile
        ):
            bases = {slug: _base(host, bound) for slug, bound in zip(newspapers(), sockets, strict=True)}
            sites = tuple(_press_site(paper, bases[paper.slug]) for paper in newspapers().values())
            running = RunningPress(press, sites, hostile)
            doorkeeper = _Doorkeeper(running.visits, manners.slow_seconds)
            for paper, bound in zip(newspapers().values(), sockets, strict=True):
                app = newspaper_app(Site(paper, bases[paper.slug]), press)
                doorkeeper.sites[bound.getsockname()[1]] = paper, app
            async with _answering(doorkeeper, sockets):
                yield running


@asynccontextmanager
async def _answering(doorkeeper: _Doorkeeper, sockets: list[socket.socket]) -> AsyncIterator[None]:
    config = uvicorn.Config(
        doorkeeper,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE_SECONDS,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets))
    while not server.started and not task.done():
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        doorkeeper.closing.set()
        server.should_exit = True
        await task


def _hostile(
    host: str, bound: socket.socket, manners: Manners, press: Press
) -> AbstractAsyncContextManager[HostileSite]:
    return HostileSite(_base(host, bound), manners.hostile_robots, press.now).serving(bound)


@contextmanager
def _bound(host: str, ports: Sequence[int]) -> Iterator[list[socket.socket]]:
    """A socket on each port, closed at the end. Raises OSError naming the one that is taken."""
    sockets: list[socket.socket] = []
    try:
        for port in ports:
            # The protocol is named, else answers would wait for one another (Nagle's algorithm).
            sockets.append(opened := socket.socket(proto=socket.IPPROTO_TCP))
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                opened.bind((host, port))
            except OSError as wrong:
                raise OSError(
                    wrong.errno, f"port {port} of {host} cannot be had: {wrong.strerror}"
                ) from wrong
        yield list(sockets)
    finally:
        for each in sockets:
            each.close()


def _base(host: str, bound: socket.socket) -> str:
    return f"http://{host}:{bound.getsockname()[1]}"


def _press_site(paper: Newspaper, base: str) -> PressSite:
    site = Site(paper, base)
    feeds = tuple(FeedAddress(site.feed(feed), feed.kind) for feed in paper.feeds if feed.announced)
    return PressSite(
        paper.slug, paper.name, base, feeds, paper.languages, paper.country, paper.timezone, paper.kind
    )
