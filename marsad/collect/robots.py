"""What robots.txt allows (RFC 9309): read once a day for each origin, asked before each request."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from weakref import WeakValueDictionary

from protego import Protego

from marsad.collect.answers import ANYTHING
from marsad.collect.fetch import PRODUCT, EndlessRedirect, Fetched, Fetcher, Limits
from marsad.collect.target import Target, target
from marsad.errors import Later, Refused
from marsad.outcome import Outcome

_DAY = timedelta(days=1)
#: An origin whose robots.txt cannot be reached is asked again after an hour, and forbids all until then;
#: after a month of that it counts as having none (RFC 9309, section 2.3.1.4).
_AGAIN = timedelta(hours=1)
_LONG_UNREACHABLE = timedelta(days=30)
#: As much of a file is read as the RFC asks for.
_MOST_BYTES = 500 * 1024
_LIMITS = Limits(redirects=5, seconds=15.0)
_ORIGINS_REMEMBERED = 5000
_MOST_SITEMAPS = 50

_AGENT_LINE = re.compile(r"^\s*user[\s-]?agent\s*:?\s*([^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What is known of one origin's robots.txt; all of it can be kept."""

    origin: str
    #: Empty where the origin has none, None where it could never be read.
    body: str | None
    #: When it was last asked for.
    fetched: datetime
    #: Since when it cannot be reached; `body` is then what it was before.
    unreachable_since: datetime | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Whether it need not be asked for again."""
        return now - self.fetched < (_AGAIN if self.unreachable_since else _DAY)

    def record(self) -> dict[str, Any]:
        """All of it as JSON knows it."""
        since = self.unreachable_since
        return {
            "origin": self.origin,
            "body": self.body,
            "fetched": self.fetched.isoformat(),
            "unreachable_since": since.isoformat() if since else None,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> RobotsFile:
        """What `record` gave."""
        since = record["unreachable_since"]
        return cls(
            origin=record["origin"],
            body=record["body"],
            fetched=datetime.fromisoformat(record["fetched"]),
            unreachable_since=datetime.fromisoformat(since) if since else None,
        )


def crawl_delay_at(file: RobotsFile, where: Target, now: datetime) -> float:
    """The crawl-delay in seconds (0 without one) where `file` allows a visit to `where`.

    Raises Refused (DISALLOWED) where it does not, Later where nothing is known of it for now.
    """
    if file.body is None:
        if now - (file.unreachable_since or now) >= _LONG_UNREACHABLE:
            return 0.0
        raise Later("robots.txt cannot be reached, so nothing is visited", file.origin, when=now + _AGAIN)
    rules = _rules(file.body)
    if not rules.can_fetch(where.address, PRODUCT):
        raise Refused("robots.txt forbids a visit", where.address, outcome=Outcome.DISALLOWED)
    return rules.crawl_delay(PRODUCT) or 0.0


def sitemaps_in(file: RobotsFile) -> tuple[str, ...]:
    """The addresses of the sitemaps that `file` lists, each once."""
    found: dict[str, None] = {}
    for written in _rules(file.body or "").sitemaps:
        try:
            found[target(written, file.origin).address] = None
        except Refused:
            continue
    return tuple(found)[:_MOST_SITEMAPS]


class Robots:
    """Reads and remembers the files. `permit` is what `Fetcher.fetch` asks before each request."""

    def __init__(self, fetcher: Fetcher, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._files: OrderedDict[str, RobotsFile] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def permit(self, where: Target) -> float:
        """The crawl-delay of the host where a visit is allowed; raises Refused or Later where it is not."""
        return crawl_delay_at(await self.file(where.origin), where, self._clock())

    async def sitemaps(self, address: str) -> tuple[str, ...]:
        """The sitemaps listed for the site of `address`; raises Refused where that is no web address."""
        return sitemaps_in(await self.file(target(address).origin))

    async def file(self, origin: str) -> RobotsFile:
        """The robots.txt of `origin`, not older than a day; asked for once however many ask for it."""
        lock = self._locks.setdefault(origin, asyncio.Lock())
        async with lock:
            known = self._files.get(origin)
            if known is None or not known.is_fresh(self._clock()):
                known = await self._read(origin, known)
            self._remember(known)
            return known

    def kept(self) -> tuple[RobotsFile, ...]:
        """All files that are remembered, so that they can be kept beyond this process."""
        return tuple(self._files.values())

    def restore(self, files: Iterable[RobotsFile]) -> None:
        """Remember what `kept` gave."""
        for file in files:
            self._remember(file)

    def _remember(self, file: RobotsFile) -> None:
        self._files[file.origin] = file
        self._files.move_to_end(file.origin)
        while len(self._files) > _ORIGINS_REMEMBERED:
            self._files.popitem(last=False)

    async def _read(self, origin: str, known: RobotsFile | None) -> RobotsFile:
        try:
            found = await self._fetcher.fetch(f"{origin}/robots.txt", wanted=ANYTHING, limits=_LIMITS)
        except Refused as refused:
            if refused.outcome is Outcome.TOO_LARGE and not isinstance(refused, EndlessRedirect):
                return self._unreachable(origin, known)
            return RobotsFile(origin, "", self._clock())  # There is none, so all is allowed.
        except Later:
            return self._unreachable(origin, known)
        body = found.page.body if isinstance(found, Fetched) else b""
        text = body[:_MOST_BYTES].decode("utf-8-sig", "replace")
        return RobotsFile(origin, text, self._clock())

    def _unreachable(self, origin: str, known: RobotsFile | None) -> RobotsFile:
        now = self._clock()
        since = (known.unreachable_since if known else None) or now
        return RobotsFile(origin, known.body if known else None, now, since)


@lru_cache(maxsize=128)
def _rules(body: str) -> Protego:
    """The rules in `body`. Groups of other robots are laid together: a file that names thousands of them
    before thousands of rules would otherwise cost the product of both."""
    lines = (_with_others_as_one(line) for line in body.splitlines())
    return Protego.parse("\n".join(lines))


def _with_others_as_one(line: str) -> str:
    agent = _AGENT_LINE.match(line)
    if agent is None:
        return line
    name = agent.group(1).partition("/")[0].strip().lower()
    return f"user-agent: {name if name in {'*', PRODUCT.lower()} else 'another'}"
