"""Page → Article in a process of its own, so that pages are served while one is read."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marsad.errors import Refused
from marsad.extract.article import extract
from marsad.model import Article, Entry, Page, Source

#: Seconds after which a page is given up; reading one takes some hundredths of a second.
PATIENCE = 30.0


class Extractor:
    """One worker process that reads pages; a page that kills or blocks it costs only itself."""

    def __init__(self) -> None:
        self._pool = _pool()

    def __enter__(self) -> Extractor:
        return self

    def __exit__(self, *_: object) -> None:
        _end(self._pool)

    async def extract(self, page: Page, source: Source, entry: Entry | None) -> Article:
        """The article of `page`. Raises Refused where it holds none, or cannot be read in time."""
        pool = self._pool
        try:
            reading = asyncio.get_running_loop().run_in_executor(pool, read_page, page, source, entry)
            return await asyncio.wait_for(reading, PATIENCE)
        except (BrokenProcessPool, TimeoutError) as error:
            if self._pool is pool:
                self._pool = _pool()
                _end(pool)
            raise Refused("the page could not be read", page.address, error) from error


def read_page(page: Page, source: Source, entry: Entry | None) -> Article:
    """The article of `page`, read by the clock and in the languages of its source."""
    return extract(
        page,
        entry=entry,
        timezone=clock_of(source),
        languages=source.languages,
        source=source.slug,
        source_name=source.name,
        now=datetime.now(UTC),
    )


def clock_of(source: Source) -> ZoneInfo:
    """The clock that a source writes its dates by; UTC where its name means nothing."""
    try:
        return ZoneInfo(source.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(os.getpid(),))


def _begin(parent: int) -> None:
    """Leave Ctrl-C to the parent, and end when the parent is no more, however it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _end(pool: ProcessPoolExecutor) -> None:
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()
