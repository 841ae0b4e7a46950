"""How important a story is at a moment, and why."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from marsad.model import Section, Story

#: Hours after which a story that nobody adds to counts half.
HALF_LIFE_HOURS = 9.0
#: What the second, third… story of one section counts on a page, so that none drowns the rest.
SECTION_DECAY = 0.82
#: What a story counts that one newspaper alone tells: nobody has followed it yet.
ALONE = 0.55
#: What growth is seen by: the tellings of so long.
LATELY = timedelta(hours=3)
#: A story grows where this share of its tellings came lately, and at least so many.
GROWING_SHARE = 0.4
GROWING_TELLINGS = 2


@dataclass(frozen=True, slots=True)
class Pulse:
    """Who tells a story, beyond what the story itself says."""

    languages: int = 1
    #: The newspapers, each by the weight that the operator gives it.
    reach: float = 1.0
    #: Articles that came lately.
    lately: int = 0


class Kind(StrEnum):
    """What speaks for a story."""

    NEWSPAPERS = "newspapers"
    OWN_WORDS = "own-words"
    LANGUAGES = "languages"
    FIRST = "first"
    GROWING = "growing"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a story, and its number: of newspapers, languages, hours, or articles."""

    kind: Kind
    number: int


def pulse(
    tellings: Iterable[tuple[str, str, datetime]], now: datetime, weights: Mapping[str, float]
) -> Pulse:
    """The pulse of a story by (newspaper, language, when) of each telling; newspapers weigh 1 or as given."""
    told = list(tellings)
    return Pulse(
        languages=len({language for _, language, _ in told}),
        reach=sum(weights.get(source, 1.0) for source in {source for source, _, _ in told}),
        lately=sum(now - LATELY < when <= now for _, _, when in told),
    )


def importance(story: Story, now: datetime, beat: Pulse | None = None) -> float:
    """A number that orders a front page: breadth of independent tellings, halved every nine hours.

    Copies of one text add their newspaper's reach but little more: the telling is counted once.
    Breadth, languages and growth count by their logarithm: the tenth newspaper says less than the second.
    """
    seen = beat or Pulse(reach=float(story.sources))
    mean_weight = seen.reach / max(story.sources, 1)
    reach = math.log2(1 + story.independents * mean_weight) + 0.5 * math.log2(1 + seen.reach)
    reach += 0.4 * math.log2(max(seen.languages, 1)) + 0.3 * math.log2(1 + seen.lately)
    hours = max((now - story.last_seen).total_seconds(), 0.0) / 3600
    return float(reach * (ALONE if story.sources == 1 else 1.0) * 0.5 ** (hours / HALF_LIFE_HOURS))


def reasons(story: Story, now: datetime, beat: Pulse, own: int) -> tuple[Reason, ...]:
    """What speaks for a story, the most general first; `own` newspapers tell it in their own words."""
    hours = int(max((now - story.first_seen).total_seconds(), 0.0) // 3600)
    found = [Reason(Kind.NEWSPAPERS, story.sources), Reason(Kind.OWN_WORDS, own)]
    if beat.languages > 1:
        found.append(Reason(Kind.LANGUAGES, beat.languages))
    found.append(Reason(Kind.FIRST, hours))
    if beat.lately >= max(GROWING_TELLINGS, GROWING_SHARE * story.articles):
        found.append(Reason(Kind.GROWING, beat.lately))
    return tuple(found)


def ranked(stories: Iterable[Story], now: datetime, beats: Mapping[int, Pulse] | None = None) -> list[Story]:
    """The stories of a front page, the most important first, sections in balance."""
    listed, seen = list(stories), beats or {}
    weight = {story.number: importance(story, now, seen.get(story.number)) for story in listed}
    waiting = sorted(listed, key=lambda story: (-weight[story.number], -story.number))
    shown: dict[Section, int] = {}
    weighed = []
    for story in waiting:
        place = shown.get(story.section, 0)
        shown[story.section] = place + 1
        weighed.append((weight[story.number] * SECTION_DECAY**place, story))
    return [story for _, story in sorted(weighed, key=lambda pair: (-pair[0], -pair[1].number))]
