"""Marsad over the sample press, in one process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from marsad.app import Marsad
from marsad.demo.running import RunningPress, sources
from marsad.model import Source
from marsad.settings import Settings, load
from tests.databases import prepare

#: The press is ours and near: tests need not be patient with it.
MANNERS = {
    "private_networks": ["127.0.0.0/8"],
    "pause_seconds": 0.0,
    "poll_minutes_min": 0.005,
    "poll_minutes_max": 0.01,
    "revisit_minutes": 0.0,
}


def hasty(data: Path, **groups: dict[str, object]) -> Settings:
    """Settings for tests, in the folder `data`."""
    quick: dict[str, dict[str, object]] = {"log": {"level": "error"}, "search": {"meaning": False}}
    return load(data=data, collect=MANNERS, **{**quick, **groups})


@contextmanager
def archive(data: Path) -> Iterator[Marsad]:
    """An archive that may collect from this machine."""
    with Marsad(hasty(prepare(data))) as marsad:
        yield marsad


def collect_until(
    marsad: Marsad, press: RunningPress, done: Callable[[], bool], patience: float = 60
) -> None:
    """Collect from the whole press until `done`, or fail."""
    collect_sources_until(marsad, sources(press.sites), done, patience)


def collect_sources_until(
    marsad: Marsad, found: Iterable[Source], done: Callable[[], bool], patience: float = 60
) -> None:
    """Collect from those sources until `done`, or fail; the index is caught up."""
    marsad.add_sources(found)

    async def collect() -> None:
        started = time.monotonic()
        async with marsad.collecting():
            while not done():
                assert time.monotonic() - started < patience, "not collected in time"
                await asyncio.sleep(0.1)

    asyncio.run(collect())
    marsad.indexer.catch_up()
