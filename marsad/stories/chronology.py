"""How a story went: its steps, and the days that its articles name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from marsad.language.dates import find_dates
from marsad.model import Headline, Precision

#: A silence this long ends a step.
SILENCE = timedelta(hours=7)
#: Letters of an article that are searched for days, and days that are named at most.
SEARCHED = 4000
MOST = 12
#: Letters of a sentence that are shown.
SHOWN = 240

_SENTENCE_END = re.compile(r"[.!?؟\n]+\s*")


@dataclass(frozen=True, slots=True)
class Named:
    """A day that an article names, and the sentence that names it."""

    day: date
    sentence: str
    #: Number of the article.
    article: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a telling names."""

    #: Its name in the telling's language, and in all of them.
    name: str
    names: tuple[str, ...] = ()
    #: Slugs of what it lies in.
    around: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What is read of an article for the course of its story."""

    number: int
    dated: datetime
    language: str
    text: str
    title: str = ""
    #: The places that it names, by their slugs.
    places: Mapping[str, Spot] = field(default_factory=dict)


def steps(tellings: Sequence[Headline]) -> list[list[Headline]]:
    """The tellings in order of time, in steps: a night of silence parts two of them."""
    found: list[list[Headline]] = []
    for telling in sorted(tellings, key=lambda telling: (telling.dated, telling.number)):
        if not found or telling.dated - found[-1][-1].dated > SILENCE:
            found.append([])
        found[-1].append(telling)
    return found


def chronology(articles: Iterable[Told]) -> list[Named]:
    """The days that the articles name, the earliest first, each by the first article that names it."""
    found: dict[date, Named] = {}
    for article in sorted(articles, key=lambda article: (article.dated, article.number)):
        text = article.text[:SEARCHED]
        for read in find_dates(text, now=article.dated, language=article.language):
            written = text[read.start : read.end]
            # "Today" and "on Monday" say when the article was written, not how the story went.
            if read.precision in (Precision.DAY, Precision.MINUTE) and any(map(str.isdecimal, written)):
                sentence = _around(text, read.start)
                found.setdefault(read.local.date(), Named(read.local.date(), sentence, article.number))
    return sorted(found.values(), key=lambda named: named.day)[-MOST:]


def _around(text: str, place: int) -> str:
    start = max((match.end() for match in _SENTENCE_END.finditer(text, 0, place)), default=0)
    end = _SENTENCE_END.search(text, place)
    sentence = text[start : end.start() if end else len(text)].strip()
    return sentence if len(sentence) <= SHOWN else f"{sentence[:SHOWN].rsplit(' ', 1)[0]}…"
