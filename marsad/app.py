"""Settings → the chosen engines → one Marsad. The only place that knows which engine runs."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

import structlog
from sqlalchemy import Connection

from marsad.collect.fetch import Fetcher, Limits, user_agent
from marsad.collect.finding import Discovery, find
from marsad.collect.guard import Guard
from marsad.collect.hosts import Politeness
from marsad.collect.opml import write_opml
from marsad.collect.rhythm import Pace
from marsad.collect.robots import Robots, RobotsFile
from marsad.errors import SearchError
from marsad.language.embedder import Embedder, embedder
from marsad.model import Source
from marsad.moderation.policy import Terms
from marsad.moderation.reports import Rules
from marsad.pipeline import listing
from marsad.pipeline.collecting import Collector, Reach
from marsad.pipeline.engines import Engines
from marsad.pipeline.enriching import Enricher
from marsad.pipeline.exchange import Importer
from marsad.pipeline.extracting import Extractor
from marsad.pipeline.indexing import READER, Indexer
from marsad.pipeline.keeping import Keeper
from marsad.pipeline.meaning import Meaner
from marsad.pipeline.moderating import Moderator
from marsad.pipeline.nearness import Nearness
from marsad.pipeline.picturing import Pictures
from marsad.pipeline.placing import Locator, Placer
from marsad.pipeline.templating import Untemplated
from marsad.pipeline.trending import Trending
from marsad.pipeline.upkeep import repeated, stepping_back
from marsad.precedence import Precedence
from marsad.search.hybrid import Meaning
from marsad.search.index import Index
from marsad.search.tantivy import TantivyIndex
from marsad.search.vectors import VectorIndex
from marsad.settings import Settings
from marsad.store import decisions, ledger, marks, outbox, sources
from marsad.store.engine import Store
from marsad.store.picture_files import PictureFiles
from marsad.store.report_keys import ReportKeys
from marsad.stories.grouping import Grouping
from marsad.work.local import LocalWork

log = structlog.get_logger(__name__)

#: Seconds between two looks of the index at the outbox.
INDEX_RHYTHM = 1.0
#: Seconds between two repairs of recent stories.
MENDING_RHYTHM = 30.0


class SearchedState(NamedTuple):
    """What searches are answered from."""

    #: How many changes the archive had, how many of them the index knows, and how many vectors are searched.
    changes: int
    indexed: int
    near: int
    #: The newest decision on what may be shown.
    decided: int


class Marsad:
    """One archive with its engines. Close it, or use it as a context manager."""

    def __init__(self, settings: Settings) -> None:
        """Open what reading needs; what writing and collecting need is opened when first used.

        Raises StoreError or SettingsError; a broken index is made anew and filled from the store.
        """
        self.settings = settings
        self.folder: Path = settings.data
        self.store = Store(self.folder, settings.store.database.get_secret_value())
        self.index: Index = self._opened_index()
        self.indexer = Indexer(self.store, self.index)
        #: The model of meaning; None where none runs on this machine, or none is wanted.
        #: Readers go before what is done in the background.
        self.precedence = Precedence()
        self.embedder: Embedder | None = embedder(self.precedence) if settings.search.meaning else None
        self._keeper: Keeper | None = None
        self._meaner: Meaner | None = None
        self._nearness: Nearness | None = None
        self._opening = threading.Lock()

    def __enter__(self) -> Marsad:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index and the store."""
        self.pictures.close()
        if self._nearness is not None:
            self._nearness.close()
        self.index.close()
        self.store.close()

    @property
    def keeper(self) -> Keeper:
        """The one who writes articles."""
        if self._keeper is None:
            self.placer.begin()
            window = self.settings.stories.window_articles
            self._keeper = Keeper(
                self.store,
                Enricher(self.locator),
                lambda: Grouping(window),
                embed=self.meaner.embed if self.meaner is not None else None,
                locate=self.locator,
                make_way=self.precedence.make_way,
            )
        return self._keeper

    @cached_property
    def locator(self) -> Locator:
        """Says where articles happen."""
        return Locator(self.store)

    @cached_property
    def placer(self) -> Placer:
        """Finds the places of articles that were kept before there were any."""
        return Placer(self.store, self.locator, make_way=self.precedence.wait_for_a_pause)

    @property
    def meaner(self) -> Meaner | None:
        """Gives articles their vectors; None where no model runs."""
        if self._meaner is None and self.embedder is not None:
            self._meaner = Meaner(self.store, self.embedder)
        return self._meaner

    @property
    def nearness(self) -> Nearness | None:
        """Knows which articles are near one another in meaning; None where no model runs."""
        with self._opening:
            if self._nearness is None and self.embedder is not None:
                self._nearness = Nearness(self.store, self.folder)
                self._nearness.catch_up()
            return self._nearness

    @property
    def engines(self) -> Engines:
        """What answers searches."""
        nearness = self.nearness
        if nearness is None or self.embedder is None:
            return Engines(self.index)
        return Engines(self.index, Meaning(self.embedder, nearness.near))

    @property
    def near(self) -> VectorIndex | None:
        """Which articles mean nearly the same; None where no model of meaning runs."""
        return self.nearness.near if self.nearness is not None else None

    @cached_property
    def trending(self) -> Trending:
        """What rises in the headlines."""
        return Trending(self.store)

    @property
    def terms(self) -> Terms:
        """On which terms the site shows what is kept."""
        chosen = self.settings
        return Terms(is_public(chosen), chosen.site.excerpt_words, chosen.images.shown)

    @cached_property
    def moderator(self) -> Moderator:
        """Who takes reports and decisions."""
        chosen = self.settings.moderation
        rules = Rules(
            threshold=chosen.threshold,
            remembered=timedelta(days=chosen.report_days),
            burst=timedelta(minutes=chosen.burst_minutes),
        )
        return Moderator(self.store, ReportKeys(self.folder), rules)

    @cached_property
    def pictures(self) -> Pictures:
        """The images of articles at reading size."""
        chosen = self.settings.images
        return Pictures(
            self.store,
            PictureFiles(self.folder / "images", chosen.cache_bytes),
            self._picture_fetcher,
            most_pixels=chosen.largest_pixels,
        )

    def importer(self) -> Importer:
        """Reads JSON Lines into the archive."""
        return Importer(self.store, self.keeper)

    def state(self, connection: Connection) -> int:
        """A number that changes whenever what the pages show changes."""
        return outbox.last(connection)

    def searched_state(self, connection: Connection) -> SearchedState:
        """What changes whenever a search may answer otherwise, for the index follows the archive."""
        nearness = self.nearness
        return SearchedState(
            outbox.last(connection),
            outbox.cursor(connection, READER),
            0 if nearness is None else nearness.near.position,
            decisions.last(connection),
        )

    def mark(
        self, user: str, numbers: Sequence[int], *, read: bool | None = None, starred: bool | None = None
    ) -> None:
        """Note what a user of a reader app read or starred; what is None stays as it is."""
        with self.store.writing() as connection:
            marks.put(connection, user, numbers, read=read, starred=starred)

    def mark_all_read(self, user: str, slugs: Sequence[str], until: datetime) -> None:
        """Note that a user has read all of those sources up to that moment."""
        with self.store.writing() as connection:
            marks.put_all_read(connection, user, slugs, until)

    def add_sources(self, found: Iterable[Source]) -> None:
        """Put sources on the list, or bring what is known of them up to date."""
        with self.store.writing() as connection:
            listing.bring_up_to_date(connection, found, datetime.now(UTC))

    def add_found(self, found: Source, asked: str, by: str = "") -> tuple[Source, bool]:
        """Put a newspaper on the list that was found at `asked`; it, and whether that changed anything."""
        with self.store.writing() as connection:
            return listing.add(connection, found, asked, datetime.now(UTC), by)

    def write_sources(self, archived: Callable[[str], str] | None = None) -> bytes:
        """The list as OPML; `archived` gives our own feed of a newspaper that has none."""
        with self.store.reading() as connection:
            everyone, title = sources.all_sources(connection), self.settings.server.title
        return write_opml(everyone, title, datetime.now(UTC), archived)

    async def discover(self, address: str, name: str | None = None) -> tuple[Source, Discovery]:
        """The newspaper at `address` with all that announces its articles; and how that was found.

        Raises Refused or Later where the address cannot be read.
        """
        async with self.fetcher() as fetcher:
            found = await find(address, fetcher, Robots(fetcher))
        with self.store.reading() as connection:
            known = sources.all_sources(connection, removed=True)
        return listing.as_source(found, known, name), found

    @asynccontextmanager
    async def collecting(self) -> AsyncIterator[None]:
        """Newspapers are visited and the index kept up while the context lasts."""
        keeper = await asyncio.to_thread(lambda: self.keeper)
        chosen = self.settings.collect
        stopping = threading.Event()
        with Extractor() as extractor:
            async with self.fetcher() as fetcher:
                robots = self._robots(fetcher)
                work = LocalWork(chosen.sources_at_once)
                collector = Collector(
                    self.store,
                    fetcher,
                    robots.permit,
                    Untemplated(self.store, extractor.extract).extract,
                    keeper,
                    reach=self._reach(),
                )
                tasks = [
                    asyncio.create_task(each)
                    for each in (work.run(collector.due, collector.do), *self._upkeep(stopping))
                ]
                try:
                    yield
                finally:
                    stopping.set()
                    work.stop()
                    for task in tasks:
                        task.cancel()
                    await asyncio.gather(*tasks, return_exceptions=True)
                    self._keep_robots(robots)

    def _picture_fetcher(self) -> Fetcher:
        """Of images a page has many, and a reader waits for them: turns are quick, limits are narrow."""
        chosen = self.settings.images
        return Fetcher(
            user_agent(self.settings.collect.contact),
            guard=self._guard(),
            limits=Limits(
                received=chosen.largest_bytes,
                opened=chosen.largest_bytes,
                redirects=4,
                seconds=chosen.seconds,
            ),
            politeness=Politeness(pause=0.05),
        )

    def _guard(self) -> Guard:
        opened = self.settings.collect.private_networks
        return Guard(opened, ports=None) if opened else Guard()

    def fetcher(self) -> Fetcher:
        """The reader of the network, within the limits that are set."""
        chosen = self.settings.collect
        return Fetcher(
            user_agent(chosen.contact),
            guard=self._guard(),
            limits=Limits(
                received=chosen.page_bytes,
                opened=chosen.decompressed_bytes,
                redirects=chosen.redirects,
                seconds=chosen.seconds,
            ),
            politeness=Politeness(pause=chosen.pause_seconds, hosts_at_once=chosen.sources_at_once),
        )

    def _robots(self, fetcher: Fetcher) -> Robots:
        """What newspapers' robots.txt said, those of the last run included."""
        robots = Robots(fetcher)
        with self.store.reading() as connection:
            kept = ledger.all_robots(connection)
        robots.restore(map(RobotsFile.from_record, kept))
        return robots

    def _keep_robots(self, robots: Robots) -> None:
        with self.store.writing() as connection:
            for file in robots.kept():
                ledger.put_robots(connection, file.origin, file.fetched, file.record())

    def _reach(self) -> Reach:
        chosen = self.settings.collect
        shortest, longest = (
            timedelta(minutes=minutes) for minutes in (chosen.poll_minutes_min, chosen.poll_minutes_max)
        )
        first = min(max(Pace().first, shortest), longest)
        return Reach(
            feed_entries=chosen.feed_entries,
            oldest=timedelta(days=chosen.oldest_days),
            revisit=timedelta(minutes=chosen.revisit_minutes),
            pace=Pace(shortest, longest, first),
        )

    def _upkeep(self, stopping: threading.Event) -> Iterator[Coroutine[Any, Any, None]]:
        """What goes on beside collecting."""
        yield repeated(self._catch_up, INDEX_RHYTHM, "index")
        yield repeated(self.keeper.mend, MENDING_RHYTHM, "stories")
        yield stepping_back(self.placer.catch_up, stopping, "places")
        if self.meaner is not None:
            yield stepping_back(self.meaner.catch_up, stopping, "meaning", INDEX_RHYTHM)

    def _catch_up(self) -> None:
        self.indexer.catch_up()
        if self.nearness is not None:
            self.nearness.catch_up()
        self.trending.catch_up()

    def _opened_index(self) -> Index:
        folder = self.folder / "index"
        fresh = not folder.exists()
        try:
            index = TantivyIndex(folder)
        except SearchError as error:
            log.warning("the index is made anew", cause=str(error))
            index, fresh = TantivyIndex.anew(folder), True
        if fresh:
            with self.store.writing() as connection:
                outbox.move(connection, "index", 0)
        return index


def is_public(settings: Settings) -> bool:
    """Whether strangers read the site: where nothing is said, whether they can reach it."""
    if settings.site.sign_in:
        return False
    if settings.site.audience != "auto":
        return settings.site.audience == "public"
    if settings.server.public_address:
        return True
    try:
        return not ip_address(settings.server.host).is_loopback
    except ValueError:
        return settings.server.host != "localhost"
