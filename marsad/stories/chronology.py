"""How a story went: its steps, and the days that its articles name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from marsad.language.calendar.lexemes import lexemes
from marsad.language.dates import find_dates
from marsad.model import Headline, Precision

#: A silence this long ends a step.
SILENCE = timedelta(hours=7)
#: Letters of an article that are searched for days, and days that are named at most.
SEARCHED = 4000
MOST = 12
#: Letters of a sentence that are shown.
SHOWN = 240

#: Where a newspaper's own desk writes: دبي، الإمارات العربية المتحدة (CNN) --, Tunis, 3 mars (TAP) —.
DATELINE = re.compile(r"^[^.\n]{0,70}\([^)\n]{2,20}\)[ \u00a0]*[-–—ـ]+")
_MONTHS = {"month", "english_month", "hijri_month"}
_IN_NUMBERS = re.compile(r"\d[-/.]\d")
#: What stands before a line of a list.
_POINTS = " \t\n\u00a0•*-–—"
#: Not the point of 8.3 metres, nor that of a single letter: J. Alaoui.
_SENTENCE_END = re.compile(r"(?<!\b[A-ZÀ-Þ])[.!?؟]+(?=[\s»”\")]|$)(?:\s?»|[”\")])*\s*|\n+\s*")


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
    #: The agency that it was taken from, "" for none.
    credit: str = ""


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
        text = DATELINE.sub("", article.text)[:SEARCHED]
        for read in find_dates(text, now=article.dated, language=article.language):
            written = text[read.start : read.end]
            if read.precision in (Precision.DAY, Precision.MINUTE) and _is_of_calendar(written):
                sentence = _around(text, read.start, read.end)
                found.setdefault(read.local.date(), Named(read.local.date(), sentence, article.number))
    return sorted(found.values(), key=lambda named: named.day)[-MOST:]


def _is_of_calendar(written: str) -> bool:
    """Whether a day is told by its month: "today" and "on Monday" say when the article was written, and
    "three weeks ago" is no day."""
    said = {meaning for lexeme in lexemes(written) for meaning in lexeme.meanings}
    # "Ago" is August in Spanish: units that are counted speak against it.
    return (bool(_MONTHS & said) and "units" not in said) or _IN_NUMBERS.search(written) is not None


def _around(text: str, first: int, last: int) -> str:
    """The sentence that holds ``text[first:last]``; of a long one the words around that."""
    begun = max((match.end() for match in _SENTENCE_END.finditer(text, 0, first)), default=0)
    ended = _SENTENCE_END.search(text, last)
    sentence = text[begun : ended.start() if ended else len(text)].strip(_POINTS)
    if len(sentence) <= SHOWN:
        return sentence
    at = sentence.find(text[first:last])
    cut = max(min(at + last - first + SHOWN // 4, len(sentence)) - SHOWN, 0)
    shown = sentence[cut : cut + SHOWN]
    if cut:
        shown = f"…{shown.partition(' ')[2]}"
    return f"{shown.rpartition(' ')[0]}…" if cut + SHOWN < len(sentence) else shown
