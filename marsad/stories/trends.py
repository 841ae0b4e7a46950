"""What rises: words of headlines that stand there far more often now than they usually do."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from marsad.language.analyser import tokens
from marsad.stories.frequencies import share_of_articles

#: Now is the last so many hours.
NOW = timedelta(hours=24)
#: The usual level forgets: what was so many days ago counts 1/e.
FORGETS_DAYS = 14.0
#: A word of a headline that was never met would stand there so often a day, among a thousand articles.
UNHEARD = 0.3
#: What rises is told at least so often, by so many newspapers, and this many times as often as usual.
LEAST_TOLD, LEAST_NEWSPAPERS, LEAST_TIMES = 3, 2, 3.0
#: Less surprising ones happen every day.
LEAST_SURPRISE = 7.0
#: What was hardly ever told (a day) comes as one event: where no story has this part of its headlines, it is
#: a manner of speaking, as bulletins of twenty towns have.
HARDLY, OF_ONE_STORY = 1.0, 0.35
#: A single word that stands in more articles than this names nothing, unless it rises so much.
NAMELESS, LOUD = 0.005, 30.0
#: What shares this part of its articles with something that rises more is the same.
SAME = 0.5
#: The longest phrase, in words, and the shortest word, in letters.
LONGEST_PHRASE, SHORTEST_WORD = 3, 3
#: What may stand between two words of a phrase, in letters with the spaces around it.
LONGEST_BETWEEN = 5
#: A longer phrase is the better name where it has this share of the articles.
NAMES = 0.6
#: Headlines of one thing share so many words besides, or a story; of those that say a phrase, this part does.
ALIKE, TOGETHER = 2, 0.6
#: Of more headlines than this, only so many are compared with one another.
COMPARED = 60
#: Levels lower than this are forgotten; as many changes come between two looks for them.
FORGOTTEN, LOOK_EVERY = 0.02, 200_000


@dataclass(frozen=True, slots=True)
class Said:
    """A headline, by the phrases in it: each phrase's stems → as it is written."""

    number: int
    source: str
    story: int
    dated: datetime
    #: What it belongs to beside the whole: its section, its country.
    groups: tuple[str, ...]
    phrases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Trend:
    """A phrase that rises."""

    name: str
    #: How many articles say it now (of one newspaper and story, one counts), and how many a day usually do.
    told: int
    usual: float
    newspapers: int
    #: The articles that say it, the newest first.
    articles: tuple[int, ...]
    #: How surprising that is: twice the logarithm of the likelihood ratio.
    surprise: float


_ARABIC_LETTER = re.compile("[ء-ي]")
_ONTO_ARTICLE = re.compile("^(?:[وف]?لل(?!ل)|[وف]?[بك]ال|[وف]ال)(?=[ء-ي]{3})")


def phrases(title: str, language: str) -> dict[str, str]:
    """The words of a headline and what stands side by side in it: stems → as written."""
    found = tokens(title, language)
    said: dict[str, str] = {}
    for first in range(len(found)):
        for last in range(first, min(first + LONGEST_PHRASE, len(found))):
            if last > first and not _side_by_side(title[found[last - 1].end : found[last].start]):
                break
            key = " ".join(token.term for token in found[first : last + 1])
            written = title[found[first].start : found[last].end]
            if len(written) >= SHORTEST_WORD and not written.replace(" ", "").isdigit():
                said.setdefault(key, written)
    return said


def _side_by_side(between: str) -> bool:
    """Nothing but a space, or a short word that is no term, such as "de" or "في"."""
    word = between.replace(" ", "")
    return bool(between) and (not word or (word.isalpha() and len(between) <= LONGEST_BETWEEN))


class Levels:
    """How often each phrase stands in headlines a day, in all and in each group, lately more than long ago.

    Each mention weighs e^(-days/14): the level does not depend on the order in which articles come,
    and costs one number a phrase. Levels that sank near zero are forgotten.
    """

    def __init__(self) -> None:
        self._since: datetime | None = None
        #: Group → phrase → sum of weights, in units of the moment `_since`; "" is every phrase.
        self._sums: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._changes = 0

    def add(self, said: Said) -> None:
        """Count what a headline says."""
        self._since = self._since or said.dated
        weight = self._weight(said.dated)
        for group in ("", *said.groups):
            sums = self._sums[group]
            for phrase in ("", *said.phrases):
                sums[phrase] = sums.get(phrase, 0.0) + weight
        self._changes += len(said.phrases)
        if self._changes > LOOK_EVERY:
            self._forget(said.dated)

    def usual(self, group: str, recent: Iterable[Said]) -> Callable[[str], float]:
        """How many of as many articles as `recent` would say a phrase, by what was before them."""
        sums = self._sums.get(group, {})
        now: Counter[str] = Counter()
        said = list(recent)
        for each in said:
            weight = self._weight(each.dated)
            for phrase in ("", *each.phrases):
                now[phrase] += weight  # type: ignore[assignment]  # a Counter counts fractions, too
        before = max(sums.get("", 0.0) - now[""], 0.0)

        def level(phrase: str) -> float:
            mentions = max(sums.get(phrase, 0.0) - now[phrase], 0.0)
            unheard = UNHEARD * len(said) / 1000
            return unheard + (len(said) * mentions / before if before > 0 else 0.0)

        return level

    def _weight(self, moment: datetime) -> float:
        assert self._since is not None
        return math.exp((moment - self._since).total_seconds() / 86400 / FORGETS_DAYS)

    def _forget(self, now: datetime) -> None:
        """Drop what sank near zero, and count from `now` on, before numbers grow too large."""
        unit = self._weight(now)
        for group, sums in self._sums.items():
            self._sums[group] = {
                phrase: weight / unit for phrase, weight in sums.items() if weight / unit >= FORGOTTEN
            }
        self._since, self._changes = now, 0


def rising(recent: Sequence[Said], usual: Callable[[str], float], most: int) -> list[Trend]:
    """At most `most` phrases that `recent` headlines say far more often than usual, the most surprising
    first.

    Surprise is Dunning's log-likelihood ratio for a count under a Poisson law (Dunning, Accurate
    methods for the statistics of surprise and coincidence, 1993). Phrases of the same articles are one trend.
    """
    sayers: defaultdict[str, list[Said]] = defaultdict(list)
    for said in recent:
        for phrase in said.phrases:
            sayers[phrase].append(said)
    candidates = {
        phrase: trend
        for phrase, those in sayers.items()
        if len(those) >= LEAST_TOLD and (trend := _trend(phrase, those, usual(phrase))) is not None
    }
    chosen: list[Trend] = []
    for trend in sorted(candidates.values(), key=lambda trend: (-trend.surprise, trend.name)):
        if not any(_same(trend, other) for other in chosen):
            chosen.append(_well_named(trend, candidates.values()))
        if len(chosen) == most:
            break
    return chosen


def _trend(phrase: str, those: Sequence[Said], usual: float) -> Trend | None:
    told = len({(said.source, said.story) for said in those})
    newspapers = len({said.source for said in those})
    if told < LEAST_TOLD or newspapers < LEAST_NEWSPAPERS or told < LEAST_TIMES * usual:
        return None
    surprise = 2 * (told * math.log(told / usual) - (told - usual))
    if surprise < LEAST_SURPRISE or _about_one_thing(phrase, those[:COMPARED]) < TOGETHER:
        return None
    if surprise < LOUD and " " not in phrase and NAMELESS < _share(phrase) < 1:
        return None
    if usual < HARDLY and max(Counter(said.story for said in those).values()) < OF_ONE_STORY * len(those):
        return None
    written = Counter(_bare(said.phrases[phrase]) for said in those)
    name = min(written, key=lambda form: (-written[form], len(form), form))
    newest = sorted(those, key=lambda said: (said.dated, said.number), reverse=True)
    return Trend(name, told, usual, newspapers, tuple(said.number for said in newest), surprise)


def _share(word: str) -> float:
    """In how many of all articles a term stands; 1 where that is not known."""
    return float(share_of_articles("ar", [word])[0]) if _ARABIC_LETTER.match(word) else 1.0


def _bare(written: str) -> str:
    """A name without what is written onto its article: للتحالف is the التحالف, والحرارة the الحرارة."""
    return _ONTO_ARTICLE.sub("ال", written)


def _about_one_thing(phrase: str, those: Sequence[Said]) -> float:
    """The share of headlines that are of one story with another of them, or share further words with one.

    Words such as "today" or "thousands" stand in headlines that have nothing else in common.
    """
    inside = set(phrase.split())
    words = [{word for word in said.phrases if " " not in word} - inside for said in those]
    linked = [
        any(
            other is not said and (other.story == said.story or len(words[mine] & words[theirs]) >= ALIKE)
            for theirs, other in enumerate(those)
        )
        for mine, said in enumerate(those)
    ]
    return sum(linked) / len(those)


def _same(one: Trend, other: Trend) -> bool:
    shared = len(set(one.articles) & set(other.articles))
    return shared >= SAME * min(len(one.articles), len(other.articles))


def _well_named(trend: Trend, candidates: Iterable[Trend]) -> Trend:
    """The longest phrase that most of the same articles say tells readers more than one word of it."""
    mine = set(trend.articles)
    longer = [
        other
        for other in candidates
        if len(other.name) > len(trend.name)
        and trend.name in other.name
        and len(mine & set(other.articles)) >= NAMES * len(mine)
    ]
    named = max(longer, key=lambda other: (len(other.articles), len(other.name)), default=trend)
    return Trend(named.name, trend.told, trend.usual, trend.newspapers, trend.articles, trend.surprise)
