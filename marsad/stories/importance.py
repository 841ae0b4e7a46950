"""How important a story is at a moment."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime

from marsad.model import Section, Story

#: Hours after which a story that nobody adds to counts half.
HALF_LIFE_HOURS = 9.0

#: What the second, third… story of one section counts on a page, so that none drowns the rest.
SECTION_DECAY = 0.82


def importance(story: Story, now: datetime) -> float:
    """A number that orders a front page: breadth of independent tellings, halved every nine hours.

    Copies of one text add their newspaper's reach but little more: the telling is counted once.
    """
    reach = math.log2(1 + story.independents) + 0.5 * math.log2(1 + story.sources)
    hours = max((now - story.last_seen).total_seconds(), 0.0) / 3600
    return float(reach * 0.5 ** (hours / HALF_LIFE_HOURS))


def ranked(stories: Iterable[Story], now: datetime) -> list[Story]:
    """The stories of a front page, the most important first, sections in balance."""
    waiting = sorted(stories, key=lambda story: (-importance(story, now), -story.number))
    shown: dict[Section, int] = {}
    weighed = []
    for story in waiting:
        place = shown.get(story.section, 0)
        shown[story.section] = place + 1
        weighed.append((importance(story, now) * SECTION_DECAY**place, story))
    return [story for _, story in sorted(weighed, key=lambda pair: (-pair[0], -pair[1].number))]
