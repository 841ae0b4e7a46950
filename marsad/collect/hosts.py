"""Turns at a host: one request at a time, with a pause between them, many hosts at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Politeness:
    """How gently hosts are visited."""

    #: Seconds between the end of a request to a host and the start of the next.
    pause: float = 2.0
    #: The longest pause that a host's own crawl-delay can ask for.
    longest_pause: float = 60.0
    #: Hosts that are visited at the same time.
    hosts_at_once: int = 32

    def pause_for(self, crawl_delay: float) -> float:
        """The pause for a host whose robots.txt asks for `crawl_delay` seconds."""
        return max(self.pause, min(crawl_delay, self.longest_pause))


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: How many hold or wait for its turn.
    callers: int = 0
    #: On the clock, when its pause is over.
    free_at: float = 0.0


class Hosts:
    """Hands out the turns, first come, first served. Hosts that nobody visits are forgotten."""

    def __init__(self, politeness: Politeness, clock: Callable[[], float] = time.monotonic) -> None:
        self._politeness = politeness
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._at_once = asyncio.Semaphore(politeness.hosts_at_once)

    def __len__(self) -> int:
        """How many hosts are being visited, waited for, or in their pause."""
        self._forget_the_idle()
        return len(self._hosts)

    @asynccontextmanager
    async def turn(self, site: str, crawl_delay: float = 0.0) -> AsyncIterator[None]:
        """Hold the one turn at `site`; whoever comes next waits for its end and for the pause after it."""
        if site not in self._hosts:
            self._forget_the_idle()
        host = self._hosts.setdefault(site, _Host())
        host.callers += 1
        try:
            async with host.lock:
                await asyncio.sleep(max(0.0, host.free_at - self._clock()))
                async with self._at_once:
                    try:
                        yield
                    finally:
                        host.free_at = self._clock() + self._politeness.pause_for(crawl_delay)
        finally:
            host.callers -= 1

    def _forget_the_idle(self) -> None:
        now = self._clock()
        self._hosts = {site: host for site, host in self._hosts.items() if host.callers or host.free_at > now}
