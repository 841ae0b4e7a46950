"""Article → enriched, placed in a story, kept: in one transaction or not at all."""

from __future__ import annotations

import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import structlog
from numpy.typing import NDArray
from sqlalchemy import Connection

from marsad.language.compact import Vectors
from marsad.model import Article, Revision
from marsad.outcome import Outcome
from marsad.pipeline import mending
from marsad.pipeline.meaning import Embed
from marsad.pipeline.mending import Explanation
from marsad.pipeline.placing import keep_places
from marsad.store import articles, ledger, stories, vectors, visits
from marsad.store.engine import Store
from marsad.stories.grouping import Grouping, Placement, Telling
from marsad.stories.grouping import telling as as_telling
from marsad.stories.representative import speaker

log = structlog.get_logger(__name__)

#: (article, what its title and lead mean, where that is known) → the article with what was found in it.
Enrich = Callable[[Article, NDArray[np.float32] | None], Article]
#: Articles after which stories are mended, where nobody asks for it sooner.
MEND_EVERY = 200


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article on its way into the archive."""

    article: Article
    #: What it is counted as: a `page` that was collected, a `line` that was imported.
    kind: str = "page"
    #: The visit that brought it; noted in the same transaction.
    visit: visits.Visit | None = None
    #: Earlier states that an export brought along, the oldest first.
    history: tuple[Revision, ...] = ()
    #: What it means, where that is known already; else it is embedded later, from the outbox.
    vectors: Vectors | None = None

    @property
    def is_import(self) -> bool:
        """An imported line may tell an old state of an article that has moved on since."""
        return self.kind == "line"


@dataclass(frozen=True, slots=True)
class Ending:
    """How an arrival ended, and the number of its article."""

    outcome: Outcome
    number: int | None = None


class Keeper:
    """The one who writes articles. Any thread may call it; they take turns."""

    def __init__(
        self,
        store: Store,
        enrich: Enrich,
        grouping: Callable[[], Grouping],
        *,
        embed: Embed | None = None,
        locate: Callable[[Article], Article] = lambda article: article,
        make_way: Callable[[], None] = lambda: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._enrich = enrich
        #: Finds the places of what was enriched elsewhere: an export does not carry them.
        self._locate = locate
        self._embed = embed
        self._new_grouping = grouping
        #: Waits, between two steps of mending, for readers who are being answered.
        self._make_way = make_way
        self._clock = clock
        self._turn = threading.Lock()
        #: Position of the newest vectors that the grouping knows of.
        self._meant_to = 0
        self._grouping = self._remembered()
        #: Articles that came since the stories were last mended.
        self._unmended = 0

    def keep(self, arrivals: Sequence[Arrival]) -> list[Ending]:
        """Keep all of `arrivals` in one transaction; where one of them fails, each in its own.

        One that fails even so is set aside with its traceback, and the others are kept.
        """
        prepared = self._prepared(arrivals)
        with self._turn:
            try:
                endings = self._together(prepared)
            except Exception:
                # What the grouping learnt in the failed transaction never happened.
                self._grouping = self._remembered()
                if len(arrivals) == 1:
                    return [self._set_aside(arrivals[0])]
            else:
                self._mend_now_and_then()
                return endings
        return [ending for arrival in arrivals for ending in self.keep([arrival])]

    def explain(self, number: int) -> Explanation | None:
        """Why an article is in its story, None where there is no such article. Changes nothing."""
        with self._store.reading() as connection:
            return mending.explain(connection, self._grouping, number)

    def mend(self) -> int:
        """Join and split recent stories as later articles, and what is known of their meaning, make clear.

        Gives how many articles it looked at.
        """
        with self._turn:
            try:
                return self._mend()
            except Exception:
                self._grouping = self._remembered()
                raise

    def _mend_now_and_then(self) -> None:
        if self._unmended < MEND_EVERY:
            return
        try:
            self._mend()
        except Exception:
            # What was kept is kept; the stories are mended another time.
            log.exception("stories could not be mended")
            self._unmended = 0
            self._grouping = self._remembered()

    def _mend(self) -> int:
        with self._store.reading() as connection:
            self._meant_to = mending.take_note(connection, self._grouping, self._meant_to, self._make_way)
        groups = self._grouping.regroup(make_way=self._make_way)
        with self._store.writing() as connection:
            moved = mending.mend(connection, groups, self._clock())
        for number, story in moved.items():
            self._grouping.move(number, story)
        self._unmended = 0
        return len(moved)

    def _prepared(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """What is known unchanged goes on as it is; the rest is enriched, outside of the transaction."""
        with self._store.reading() as connection:
            fresh = [not _is_known(connection, arrival) for arrival in arrivals]
        return [
            self._found_out(arrival) if new else arrival for arrival, new in zip(arrivals, fresh, strict=True)
        ]

    def _found_out(self, arrival: Arrival) -> Arrival:
        """With all that is found in it; one that brings its number was enriched where it comes from."""
        if arrival.article.number is not None:
            return self._located(arrival)
        return self._enriched(self._meant(arrival))

    def _enriched(self, arrival: Arrival) -> Arrival:
        meaning = arrival.vectors[0] if arrival.vectors is not None and len(arrival.vectors) else None
        try:
            return replace(arrival, article=self._enrich(arrival.article, meaning))
        except Exception:
            # An article without its section is worth more than no article.
            log.exception("could not enrich", source=arrival.article.source, address=arrival.article.address)
            return arrival

    def _located(self, arrival: Arrival) -> Arrival:
        try:
            return replace(arrival, article=self._locate(arrival.article))
        except Exception:
            log.exception("could not locate", source=arrival.article.source, address=arrival.article.address)
            return arrival

    def _meant(self, arrival: Arrival) -> Arrival:
        """With its vectors; imports come too fast for that, and are embedded from the outbox."""
        if self._embed is None or arrival.is_import or arrival.vectors is not None:
            return arrival
        try:
            return replace(arrival, vectors=self._embed([arrival.article])[0])
        except Exception:
            log.exception("could not embed", source=arrival.article.source, address=arrival.article.address)
            return arrival

    def _together(self, arrivals: Iterable[Arrival]) -> list[Ending]:
        now = self._clock()
        with self._store.writing() as connection:
            endings = []
            sums: Counter[tuple[str, str, Outcome]] = Counter()
            for arrival in arrivals:
                ending = self._one(connection, arrival)
                _keep_vectors(connection, ending, arrival)
                sums[arrival.article.source, arrival.kind, ending.outcome] += 1
                if arrival.visit is not None:
                    settled = replace(arrival.visit, outcome=ending.outcome, article=ending.number)
                    visits.note(connection, settled, now)
                endings.append(ending)
            for (source, kind, outcome), times in sums.items():
                ledger.note(connection, source, kind, outcome, times)
            return endings

    def _one(self, connection: Connection, arrival: Arrival) -> Ending:
        article = arrival.article
        known = articles.known(connection, article.source, article.address)
        if known is None:
            return Ending(Outcome.KEPT, self._new(connection, arrival))
        if _unchanged(connection, known, arrival):
            return Ending(Outcome.KNOWN, known.number)
        articles.revise(connection, known, article)
        keep_places(connection, known.number, article.places)
        told = as_telling(article, known.number, _meaning(arrival))
        self._remember(connection, told, known.story, self._grouping.place(told))
        self._unmended += 1
        self._summarise(connection, known.story, known.number)
        return Ending(Outcome.REVISED, known.number)

    def _new(self, connection: Connection, arrival: Arrival) -> int:
        article = arrival.article
        told = as_telling(article, article.number or 0, _meaning(arrival))
        placement = self._grouping.place(told)
        # A restored article brings its story along.
        story = placement.story if article.story is None else article.story
        is_first = story is None or not stories.exists(connection, story)
        story = stories.open_story(connection, article, story) if is_first or story is None else story
        number = articles.keep(connection, article, story)
        keep_places(connection, number, article.places)
        for revision in arrival.history:
            articles.add_revision(connection, replace(revision, article=number))
        told = replace(told, number=number)
        self._remember(connection, told, story, placement)
        self._unmended += article.story is None  # a restored article has its story
        if is_first:
            stories.introduce(connection, story, number)
        else:
            self._summarise(connection, story, number)
        return number

    def _remember(self, connection: Connection, told: Telling, story: int, placement: Placement) -> None:
        """Keep what the telling is recognised by, in the archive and in the grouping."""
        stories.put_fingerprint(
            connection, told.number, told.dated, told.fingerprint, told.wording.to_bytes()
        )
        stories.put_copies(connection, told.number, placement.copies)
        for earlier, copy in placement.copied_by.items():
            stories.put_copies(connection, earlier, [replace(copy, of=told.number)])
        self._grouping.settle(told, story, placement)

    def _summarise(self, connection: Connection, story: int, newest: int) -> None:
        """Bring a story up to its newest telling, which may speak for it from now on."""
        spoke = stories.representative(connection, story)
        rivals = articles.headlines(connection, {newest, spoke or newest})
        if not rivals:  # none of them may be shown
            return
        copied = stories.copied_by(connection, [headline.number for headline in rivals])
        stories.summarise(connection, story, speaker(rivals, copied))

    def _set_aside(self, arrival: Arrival) -> Ending:
        article = arrival.article
        log.exception("an article was set aside", source=article.source, address=article.address)
        now = self._clock()
        with self._store.writing() as connection:
            ledger.set_aside(connection, article.source, article.address, traceback.format_exc(), now)
            ledger.note(connection, article.source, arrival.kind, Outcome.DEFECT)
            if arrival.visit is not None:
                visits.note(connection, replace(arrival.visit, outcome=Outcome.DEFECT), now)
        return Ending(Outcome.DEFECT)

    def _remembered(self) -> Grouping:
        """A grouping that knows the newest articles of the archive."""
        grouping = self._new_grouping()
        with self._store.reading() as connection:
            self._meant_to = mending.remembered(connection, grouping)
        return grouping


def _meaning(arrival: Arrival) -> NDArray[np.float32] | None:
    """What the beginning of an article means, by which stories are compared."""
    return None if arrival.vectors is None else arrival.vectors[0]


def _keep_vectors(connection: Connection, ending: Ending, arrival: Arrival) -> None:
    if ending.number is not None and ending.outcome is not Outcome.KNOWN and arrival.vectors is not None:
        vectors.put(connection, ending.number, articles.digest(arrival.article), arrival.vectors)


def _is_known(connection: Connection, arrival: Arrival) -> bool:
    known = articles.known(connection, arrival.article.source, arrival.article.address)
    return known is not None and _unchanged(connection, known, arrival)


def _unchanged(connection: Connection, known: articles.Known, arrival: Arrival) -> bool:
    state = articles.digest(arrival.article)
    if state == known.digest:
        return True
    return arrival.is_import and articles.had_state(connection, known.number, state)
