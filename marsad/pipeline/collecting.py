"""Newspapers → pages → articles: what is visited next, and what becomes of it."""

from __future__ import annotations

import asyncio
import hashlib
import traceback
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import structlog

from marsad.collect import rhythm as rhythms
from marsad.collect.answers import FEED, HTML
from marsad.collect.canonical import canonical
from marsad.collect.discover import article_links
from marsad.collect.feeds.registry import parse_feed
from marsad.collect.fetch import Fetched, Fetcher, NotModified, Permit, Validators
from marsad.errors import Later, MarsadError, Refused
from marsad.extract.article import from_feed
from marsad.model import Article, DisplayPolicy, Entry, Feed, FeedKind, Page, Source
from marsad.outcome import Outcome
from marsad.pipeline.keeping import Arrival, Keeper
from marsad.pipeline.permitting import Unwanted, permitted
from marsad.store import articles, ledger, sources, visits
from marsad.store.engine import Store
from marsad.store.sources import FeedState
from marsad.store.visits import Visit
from marsad.work.work import Job

log = structlog.get_logger(__name__)

#: After so many failures in a row a page is given up, and what the feed said of it is kept instead.
ATTEMPTS = 4
#: The wait after the first failure of a page, doubled by each further one.
FIRST_WAIT = timedelta(minutes=10)
#: Sitemaps of an index that are read at one visit: the first ones it names are the newest.
SITEMAPS = 6

#: (page, source, entry) → article; runs in another process, for it burns CPU.
Extract = Callable[[Page, Source, Entry | None], Awaitable[Article]]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the collector goes."""

    feed_entries: int = 8000
    #: Entries that are older than this are left alone.
    oldest: timedelta = timedelta(days=30)
    #: The shortest time between two fetches of one page.
    revisit: timedelta = visits.REVISIT
    pace: rhythms.Pace = field(default_factory=rhythms.Pace)


class Collector:
    """Visits feeds and pages, one at a time for each source."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        permit: Permit,
        extract: Extract,
        keeper: Keeper,
        *,
        reach: Reach,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        random: Random | None = None,
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._permit = permit
        self._extract = extract
        self._keeper = keeper
        self._reach = reach
        self._clock = clock
        self._random = random or Random()  # noqa: S311  # spreads waits, hides nothing

    def due(self, held: Collection[str]) -> list[Job]:
        """One job for each source that has something due and is not held: what has waited longest."""
        now = self._clock()
        with self._store.reading() as connection:
            feeds = sources.due_feeds(connection, now, 64, busy=held)
            pages = visits.due(connection, now, 64, busy=held)
        waiting = [(state.next_visit, Job("feed", state.source, state)) for state in feeds]
        waiting += [(visit.next_visit or now, Job("page", visit.source, visit)) for visit in pages]
        jobs: dict[str, Job] = {}
        for _, job in sorted(waiting, key=lambda pair: pair[0]):
            jobs.setdefault(job.lock, job)
        return list(jobs.values())

    async def do(self, job: Job) -> None:
        """Visit what the job names. Whatever goes wrong is noted; nothing is raised but cancellation."""
        if isinstance(job.thing, FeedState):
            await self._visit_feed(job.thing)
        elif isinstance(job.thing, Visit):
            await self._visit_page(job.thing)

    async def _visit_feed(self, state: FeedState) -> None:
        before = (
            rhythms.from_plain(state.rhythm)
            if state.rhythm
            else rhythms.first_look(self._clock(), self._reach.pace)
        )
        try:
            validators = Validators(state.etag, state.last_modified)
            answer = await self._fetcher.fetch(
                state.feed.address,
                validators=validators,
                wanted=HTML if state.feed.kind is FeedKind.PAGE else FEED,
                permit=self._permit,
            )
            if isinstance(answer, NotModified):
                feed, outcome = Feed(), Outcome.NOT_MODIFIED
            else:
                feed, outcome = await self._read_feed(state, answer), Outcome.KEPT
        except (Refused, Later) as error:
            await asyncio.to_thread(self._note_failure, state, before, error)
            return
        except Exception:
            log.exception("a feed was set aside", source=state.source, address=state.feed.address)
            failure = MarsadError("a defect of ours", state.feed.address)
            await asyncio.to_thread(self._note_failure, state, before, failure, traceback.format_exc())
            return
        await asyncio.to_thread(self._note_feed, state, before, answer.validators, feed, outcome)

    async def _read_feed(self, state: FeedState, answer: Fetched) -> Feed:
        page = answer.page
        if state.feed.kind is FeedKind.PAGE:
            links = await asyncio.to_thread(article_links, page)
            return Feed(entries=tuple(Entry(link) for link in links))
        feed = await asyncio.to_thread(self._parsed, page)
        further = []
        for address in feed.further[:SITEMAPS]:
            try:
                part = await self._fetcher.fetch(address, wanted=FEED, permit=self._permit)
                if isinstance(part, Fetched):
                    further.append(await asyncio.to_thread(self._parsed, part.page))
            except (Refused, Later) as error:
                feed = replace(feed, tolerated=(*feed.tolerated, str(error)))
        entries = [*feed.entries, *(entry for part in further for entry in part.entries)]
        return replace(feed, entries=tuple(entries[: self._reach.feed_entries]))

    def _parsed(self, page: Page) -> Feed:
        return parse_feed(
            page.body, page.headers.get("content-type"), page.final_address, limit=self._reach.feed_entries
        )

    def _note_feed(
        self, state: FeedState, before: rhythms.Rhythm, validators: Validators, feed: Feed, outcome: Outcome
    ) -> None:
        now = self._clock()
        announced = list(_visits(state, feed.entries, now - self._reach.oldest))
        with self._store.writing() as connection:
            found = visits.announce(connection, announced, now, self._reach.revisit)
            moments = (entry.published or entry.updated for entry in feed.entries)
            published = [moment for moment in moments if moment]
            after = rhythms.after_success(before, found, published, now, self._reach.pace)
            noted = replace(
                state,
                etag=validators.etag,
                last_modified=validators.last_modified,
                rhythm=rhythms.to_plain(after),
                next_visit=after.next_look,
                tolerated=state.tolerated if outcome is Outcome.NOT_MODIFIED else feed.tolerated[:20],
                error=None,
                visited=now,
            )
            sources.note_visit(connection, noted)
            ledger.note(connection, state.source, "feed", outcome)
        log.info("feed", source=state.source, outcome=outcome.value, found=found)

    def _note_failure(
        self, state: FeedState, before: rhythms.Rhythm, error: MarsadError, defect: str = ""
    ) -> None:
        now = self._clock()
        after = rhythms.after_failure(before, error, now, self._random.random(), self._reach.pace)
        outcome = Outcome.DEFECT if defect else _outcome(error)
        with self._store.writing() as connection:
            rhythm = rhythms.to_plain(after)
            sources.note_visit(
                connection,
                replace(state, rhythm=rhythm, next_visit=after.next_look, error=str(error), visited=now),
            )
            ledger.note(connection, state.source, "feed", outcome)
            if defect:
                ledger.set_aside(connection, state.source, state.feed.address, defect, now)
        log.warning("feed", source=state.source, outcome=outcome.value, error=str(error))

    async def _visit_page(self, visit: Visit) -> None:
        with self._store.reading() as connection:
            source = sources.by_slug(connection, visit.source)
        if source is None:
            return
        try:
            page = await self._page(visit.address)
            display = permitted(page)
            article = await self._extract(page, source, entry_of(visit))
        except (Refused, Later) as error:
            await asyncio.to_thread(self._note_page, visit, source, error)
            return
        except Exception:
            await asyncio.to_thread(self._note_defect, visit, traceback.format_exc())
            return
        settled = replace(visit, attempts=visit.attempts + 1, next_visit=None, reason=None)
        article = replace(article, address=self._address(article, visit), display=display)
        await asyncio.to_thread(self._keeper.keep, [Arrival(article, visit=settled)])

    async def _page(self, address: str) -> Page:
        answer = await self._fetcher.fetch(address, wanted=HTML, permit=self._permit)
        if isinstance(answer, NotModified):  # not asked for, yet servers have said it
            raise Later("answered that nothing changed", address)
        return answer.page

    def _address(self, article: Article, visit: Visit) -> str:
        """The article's address, canonical; the one visited where its own is none."""
        try:
            return canonical(article.address, visit.address)
        except Refused:
            return visit.address

    def _note_page(self, visit: Visit, source: Source, error: Refused | Later) -> None:
        """Ask again later; or settle for what the feed said; or for nothing."""
        now = self._clock()
        attempts = visit.attempts + 1
        noted = replace(visit, attempts=attempts, reason=str(error), outcome=_outcome(error), next_visit=None)
        if isinstance(error, Later) and attempts < ATTEMPTS:
            spread = 0.75 + 0.5 * self._random.random()
            wait = FIRST_WAIT * 2.0 ** (attempts - 1) * spread
            noted = replace(noted, next_visit=max(now + wait, error.when or now))
        elif (article := self._of_feed(visit, source, error)) is not None:
            self._keeper.keep([Arrival(article, visit=noted)])
            return
        with self._store.writing() as connection:
            if isinstance(error, Unwanted) and visit.article is not None:
                articles.narrow(connection, visit.article, error.display or DisplayPolicy.HEADLINE, now)
            visits.note(connection, noted, now)
            ledger.note(connection, visit.source, "page", noted.outcome)
        log.info("page", source=visit.source, outcome=noted.outcome.value, error=str(error))

    def _of_feed(self, visit: Visit, source: Source, error: Refused | Later) -> Article | None:
        """The article as the feed tells it, where it was never read better and the feed tells enough."""
        entry = entry_of(visit)
        display = error.display if isinstance(error, Unwanted) else DisplayPolicy.FULL
        if entry is None or visit.article is not None or display is None:
            return None
        try:
            article = from_feed(
                entry,
                source=source.slug,
                languages=source.languages,
                now=self._clock(),
            )
        except Refused:
            return None
        return replace(article, display=display)

    def _note_defect(self, visit: Visit, trace: str) -> None:
        log.error("a page was set aside", source=visit.source, address=visit.address, trace=trace)
        now = self._clock()
        settled = replace(visit, attempts=visit.attempts + 1, outcome=Outcome.DEFECT, next_visit=None)
        with self._store.writing() as connection:
            visits.note(connection, settled, now)
            ledger.note(connection, visit.source, "page", Outcome.DEFECT)
            ledger.set_aside(connection, visit.source, visit.address, trace, now)


def entry_of(visit: Visit) -> Entry | None:
    """What the feed said of an address; None where it said nothing."""
    if not visit.entry:
        return None
    fields: dict[str, Any] = dict(visit.entry)
    for name in ("published", "updated"):
        if fields.get(name):
            fields[name] = datetime.fromisoformat(fields[name])
    fields["categories"] = tuple(fields.get("categories", ()))
    return Entry(**fields)


def _visits(state: FeedState, entries: Sequence[Entry], oldest: datetime) -> list[Visit]:
    """The addresses that a feed announces, each once; what is too old is left alone."""
    found: dict[str, Visit] = {}
    for entry in entries:
        moment = entry.updated or entry.published
        if not entry.address or (moment is not None and moment < oldest):
            continue
        try:
            address = canonical(entry.address, state.feed.address)
        except Refused:
            continue
        rubric = (state.feed.rubric,) if state.feed.rubric else ()
        described = _plain(replace(entry, categories=(*rubric, *entry.categories)))
        found.setdefault(address, Visit(address, state.source, described, _announced(entry)))
    return list(found.values())


def _announced(entry: Entry) -> int:
    """A number that changes when a feed tells of a new state of an article, and with nothing else."""
    told = f"{entry.title}\0{entry.updated}"
    return int.from_bytes(hashlib.blake2b(told.encode(), digest_size=6).digest())


def _plain(entry: Entry) -> dict[str, Any]:
    """The entry as strings, what is empty left out."""
    fields = {name: value for name, value in asdict(entry).items() if value}
    for name in ("published", "updated"):
        if name in fields:
            fields[name] = fields[name].isoformat()
    return fields


def _outcome(error: MarsadError) -> Outcome:
    return error.outcome if isinstance(error, Refused) else Outcome.LATER
