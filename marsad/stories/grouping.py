"""Which story an article belongs to, decided as it arrives, and again when later articles make it clear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np

from marsad.model import Article, Copy, body_text
from marsad.stories.alike import CERTAIN, Compared, Vector, odds, parts
from marsad.stories.copies import CopyIndex, fingerprint
from marsad.stories.frequencies import Frequencies
from marsad.stories.linkage import LINKED, link
from marsad.stories.nearby import Meant, Nearby
from marsad.stories.regrouping import Group, Recent, regrouped
from marsad.stories.whereabouts import NOWHERE, Whereabouts, whereabouts
from marsad.stories.wording import Wording, wording

#: Two texts, of one of which this share stands in the other, tell one story. Less may be the background
#: that a newspaper repeats under every report of a war.
SAME_TEXT = 0.9
#: From this share on, a text is called a copy of the one that was published before.
A_COPY = 0.3
#: Hours beyond which two articles are not compared: a story that goes on has newer tellings.
APART = 120.0
#: Stories that an article is compared with as a whole, and how many of their newest articles.
STORIES = 5
TELLINGS = 24
#: An article is worth a look at its story from these log-odds on.
WORTH_A_LOOK = -3.0


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """What grouping needs to know of an article; small enough to be remembered."""

    number: int
    source: str
    language: str
    dated: datetime
    fingerprint: bytes
    wording: Wording
    #: What it means, of length 1; None as long as that was not computed.
    vector: Vector | None = None
    where: Whereabouts = NOWHERE


@dataclass(frozen=True, slots=True)
class Likeness:
    """How an article is linked to a story, for whoever asks why."""

    story: int
    #: Log-odds: above 0 it joins.
    link: float
    #: The article of the story that is most alike, and how much.
    nearest: int
    odds: float


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article belongs: in `story`, or in one of its own; and what it copies."""

    story: int | None = None
    #: What it copies, the nearest first.
    copies: tuple[Copy, ...] = ()
    #: Articles that came before it but copy it: number of the article → the copy.
    copied_by: Mapping[int, Copy] = field(default_factory=dict)
    #: The stories that it was compared with, the nearest first.
    likenesses: tuple[Likeness, ...] = ()
    #: The log-odds with each article that it was compared with.
    edges: Mapping[int, float] = field(default_factory=dict)


def telling(article: Article, number: int, vector: Vector | None = None) -> Telling:
    """The telling of `article`, to be known under that number."""
    dated = article.published.moment if article.published else article.collected
    text = body_text(article.blocks)
    told = text if not article.lead or text.startswith(article.lead) else f"{article.lead}\n{text}"
    words = wording(article.title, told, article.language)
    where = whereabouts(article.places)
    return Telling(number, article.source, article.language, dated, fingerprint(text), words, vector, where)


class Grouping:
    """Joins articles to stories, one after another; remembers the newest `window` of them.

    What it costs to place an article does not depend on how many it remembers.
    """

    def __init__(self, window: int = 50_000) -> None:
        self.window = window
        self._copies = CopyIndex(window)
        self._nearby = Nearby()
        self._frequencies: dict[str, Frequencies] = {}
        self._known: dict[int, Compared] = {}
        self._dated: dict[int, datetime] = {}
        self._story_of: dict[int, int] = {}
        #: Story → its articles that are remembered, in the order in which they came.
        self._articles: defaultdict[int, dict[int, None]] = defaultdict(dict)
        self._recent = Recent()

    def place(self, told: Telling) -> Placement:
        """Where a telling belongs among those that are settled. Changes nothing."""
        self._frequencies_of(told.language)
        found = [match for match in self._copies.find(told.fingerprint) if match.number != told.number]
        same = next((match.number for match in found if max(match.share, match.back) >= SAME_TEXT), None)
        edges = self._odds(_compared(told), self._near(told, _compared(told)))
        likenesses = self._likenesses(told, edges)
        edges.update((match.number, CERTAIN) for match in found if max(match.share, match.back) >= SAME_TEXT)
        best = next((each.story for each in likenesses if each.link >= LINKED), None)
        return Placement(
            story=best if same is None else self._story_of[same],
            copies=tuple(
                Copy(match.number, round(match.share, 3))
                for match in found
                if match.share >= A_COPY and self._is_before(match.number, told)
            ),
            copied_by={
                match.number: Copy(told.number, round(match.back, 3))
                for match in found
                if match.back >= A_COPY and not self._is_before(match.number, told)
            },
            likenesses=likenesses,
            edges=edges,
        )

    def settle(self, told: Telling, story: int, placement: Placement | None = None) -> None:
        """Remember that a telling belongs to `story`; the oldest is forgotten beyond the window.

        Without the placement that it was given now, it is one that was settled before.
        """
        if told.number in self._known:
            self._forget(told.number)
        compared = _compared(told)
        if compared.vector is not None:  # half the size, and as good
            compared = replace(compared, vector=compared.vector.astype(np.float16))
        self._copies.add(told.number, told.fingerprint)
        frequencies = self._frequencies_of(told.language)
        frequencies.add(told.wording.terms)
        frequencies.add_names(told.wording.names)
        if told.vector is not None:
            frequencies.add_meaning(told.vector)
        weights = frequencies.rarity(told.wording.terms)
        self._nearby.add(told.number, told.wording.terms, weights, self._meant(compared))
        self._known[told.number] = compared
        self._dated[told.number] = told.dated
        self._story_of[told.number] = story
        self._articles[story][told.number] = None
        self._recent.add(told.number, compared, placement.edges if placement else None)
        if len(self._known) > self.window:
            self._forget(next(iter(self._known)))

    def regroup(
        self, *, everything: bool = False, make_way: Callable[[], None] = lambda: None
    ) -> list[Group]:
        """The recent articles in the stories that they make now, where that differs from what stands.

        Looks at those that are like an article which came since the last time; at `everything` if asked to.
        Calls `make_way` between two parts of it.
        """
        if everything:
            self._recent.fresh.update(self._recent.compared)
        return regrouped(self._recent, self._story_of, self._frequencies, make_way)

    def move(self, number: int, story: int) -> None:
        """Remember that an article belongs to another story from now on; an unknown one is passed over."""
        if number not in self._known:
            return
        self._leave(number)
        self._story_of[number] = story
        self._articles[story][number] = None

    def parts(self, told: Telling, other: int) -> dict[str, tuple[float, float]]:
        """What the log-odds of a telling and a settled article consist of: likeness → (value, log-odds)."""
        return parts(_compared(told), self._known[other], self._frequencies)

    def mean(self, number: int, vector: Vector) -> None:
        """Take note of what an article means that was settled without; an unknown one is passed over."""
        if number not in self._known or self._known[number].vector is not None:
            return
        self._known[number] = compared = replace(self._known[number], vector=vector)
        terms = compared.wording.terms
        frequencies = self._frequencies_of(compared.language)
        frequencies.add_meaning(vector)
        weights = frequencies.rarity(terms)
        meant = self._meant(compared)
        near = [each for each in self._nearby.find(terms, weights, meant) if each != number]
        self._nearby.add(number, terms, weights, meant)
        self._recent.add(number, compared, self._odds(compared, near))

    def _likenesses(self, told: Telling, edges: Mapping[int, float]) -> tuple[Likeness, ...]:
        worth = sorted((-weight, other) for other, weight in edges.items() if weight >= WORTH_A_LOOK)
        candidates = list(dict.fromkeys(self._story_of[other] for _, other in worth))[:STORIES]
        tellings = {
            story: [each for each in list(self._articles[story])[-TELLINGS:] if each != told.number]
            for story in candidates
        }
        for _, other in worth:
            if (story := self._story_of[other]) in tellings and other not in tellings[story]:
                tellings[story].append(other)
        missing = [each for those in tellings.values() for each in those if each not in edges]
        within = {**self._odds(_compared(told), missing), **edges}
        found = [
            _likeness(story, {each: within[each] for each in those if each in within})
            for story, those in tellings.items()
        ]
        return tuple(sorted(found, key=lambda each: (-each.link, each.story)))

    def _near(self, told: Telling, compared: Compared) -> list[int]:
        weights = self._frequencies_of(told.language).rarity(told.wording.terms)
        found = self._nearby.find(told.wording.terms, weights, self._meant(compared))
        return [number for number in found if number != told.number]

    def _meant(self, compared: Compared) -> Meant | None:
        if compared.vector is None:
            return None
        vector = compared.vector.astype(np.float32)
        away = self._frequencies_of(compared.language).from_centre(vector[None])[0]
        return Meant(vector, away, compared.language)

    def _odds(self, compared: Compared, numbers: Iterable[int]) -> dict[int, float]:
        """The log-odds with each of those articles that is known and near enough in time."""
        others = [
            number
            for number in numbers
            if number in self._known and abs(self._known[number].hour - compared.hour) <= APART
        ]
        if not others:
            return {}
        row = odds([compared], [self._known[number] for number in others], self._frequencies)[0]
        return dict(zip(others, row.tolist(), strict=True))

    def _frequencies_of(self, language: str) -> Frequencies:
        if language not in self._frequencies:
            self._frequencies[language] = Frequencies(language)
        return self._frequencies[language]

    def _is_before(self, number: int, told: Telling) -> bool:
        """Whether an article was published before `told`; of two of one moment, the one that came first."""
        return self._dated[number] <= told.dated

    def _forget(self, number: int) -> None:
        self._copies.remove(number)
        self._recent.remove(number)
        self._leave(number)
        del self._story_of[number], self._dated[number], self._known[number]

    def _leave(self, number: int) -> None:
        story = self._story_of[number]
        del self._articles[story][number]
        if not self._articles[story]:
            del self._articles[story]


def _compared(told: Telling) -> Compared:
    hour = told.dated.timestamp() / 3600
    return Compared(told.source, told.language, hour, told.wording, told.vector, told.where)


def _likeness(story: int, weights: Mapping[int, float]) -> Likeness:
    nearest = max(weights, key=lambda number: (weights[number], -number))
    return Likeness(story, link(list(weights.values())), nearest, weights[nearest])
