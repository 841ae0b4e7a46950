"""A site that means harm, the whole way: each danger ends in a message, and in nothing else."""

from __future__ import annotations

import asyncio
import resource
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from marsad.app import Marsad
from marsad.demo.hostile.site import HOSTILE
from marsad.demo.press import Behaviour, Press
from marsad.demo.server import Manners
from marsad.demo.threaded import running_press
from marsad.model import FeedAddress, FeedKind, Source
from marsad.outcome import Outcome
from marsad.settings import load
from marsad.store import articles, ledger, sources, visits
from tests.press.world import MANNERS

#: Seconds that one address may take, for tests.
SECONDS = 0.7
#: What the process may grow by, in KiB, whatever it is sent.
GROWTH = 400 * 1024


@pytest.mark.timeout(240)
def test_every_danger_ends_in_a_message_and_harms_nothing(tmp_path: Path) -> None:
    hasty = MANNERS | {
        "seconds": SECONDS,
        "page_bytes": 2**20,
        "decompressed_bytes": 4 * 2**20,
        "poll_minutes_min": 500,
        "poll_minutes_max": 500,
    }
    settings = load(data=tmp_path, collect=hasty, log={"level": "error"})
    press = Press(datetime.now(UTC), behaviour=Behaviour(interval=1e9))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with (
        running_press(press, manners=Manners(slow_seconds=0, hostile=True)) as running,
        Marsad(settings) as marsad,
    ):
        assert running.hostile is not None
        base = running.hostile.base_url
        feeds = [path for path in HOSTILE if path.startswith("/feed/")]
        pages = [path for path in HOSTILE if not path.startswith(("/feed/", "/robots"))]
        addresses = [FeedAddress(base + path) for path in feeds]
        addresses += [FeedAddress(f"{base}/page/many-links", FeedKind.PAGE)]
        marsad.add_sources([Source("hostile", "x", f"{base}/", feeds=tuple(addresses))])
        with marsad.store.writing() as connection:
            announced = [visits.Visit(base + path, "hostile", {}) for path in pages]
            visits.announce(connection, announced, datetime.now(UTC))
        asyncio.run(_visit(marsad, {base + path for path in pages}, len(addresses)))
        with marsad.store.reading() as connection:
            assert ledger.tracebacks(connection) == []
            sums = ledger.sums(connection)
            # Some feeds announce pages of their own, which are visited too.
            assert sum(sums.values()) >= len(addresses) + len(pages)
            assert not any(outcome is Outcome.DEFECT for _, _, outcome in sums)
            for state in sources.feed_states(connection):
                assert state.rhythm is not None, f"{state.feed.address} was never visited"
                assert state.error or state.rhythm["state"] == "healthy"
            for article in articles.from_number(connection, 0, 10_000):
                assert "boom" not in article.title
                assert "root:" not in " ".join(block.text for block in article.blocks)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        assert grown < GROWTH, f"{grown} KiB"


async def _visit(marsad: Marsad, pages: set[str], feeds: int) -> None:
    """Collect until each of those pages and feeds was tried once."""
    patience = time.monotonic() + 200
    async with marsad.collecting():
        while time.monotonic() < patience:
            await asyncio.sleep(0.3)
            with marsad.store.reading() as connection:
                tried = sum(state.rhythm is not None for state in sources.feed_states(connection))
                waiting = visits.untried(connection, pages)
            if tried == feeds and not waiting:
                return
    pytest.fail(f"{len(waiting)} pages were never tried, {feeds - tried} feeds: {sorted(waiting)[:5]}")
