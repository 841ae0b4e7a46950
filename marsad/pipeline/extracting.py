"""Page → Article in a process of its own, so that pages are served while one is read."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marsad.extract.article import extract
from marsad.model import Article, Entry, Page, Source
from marsad.pipeline.worker import Worker

#: Seconds after which a page is given up; reading one takes some hundredths of a second.
PATIENCE = 30.0


class Extractor:
    """One worker process that reads pages; a page that kills or blocks it costs only itself."""

    def __init__(self) -> None:
        self._worker = Worker(PATIENCE)

    def __enter__(self) -> Extractor:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.close()

    async def extract(self, page: Page, source: Source, entry: Entry | None) -> Article:
        """The article of `page`. Raises Refused where it holds none, or cannot be read in time."""
        return await self._worker.run(page.address, read_page, page, source, entry)


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
