"""Headlines → what rises in them, kept up as they come."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from marsad.store import headlines
from marsad.store.engine import Store
from marsad.store.headlines import Line
from marsad.stories.trends import NOW, Levels, Said, Trend, phrases, rising

#: What is usual is learnt from so many days; of larger archives, from so many of the newest headlines.
LEARNT = timedelta(days=42)
MOST_LEARNT = 150_000
#: Read at once.
BATCH = 5_000
#: Headlines remembered whole: those of now, and of a day that may have been later than now was then.
REMEMBERED = 2 * NOW


class Trending:
    """What rises, in all newspapers and in each section and country."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = threading.Lock()
        self._levels = Levels()
        self._recent: list[Said] = []
        self._read = 0
        self._newest: datetime | None = None

    def catch_up(self) -> None:
        """Read the headlines that came since the last time."""
        with self._turn, self._store.reading() as connection:
            if not self._read:
                self._read = headlines.before(connection, LEARNT, MOST_LEARNT)
            while lines := headlines.after(connection, self._read, BATCH):
                self._take_in(lines)

    def as_of(self, now: datetime) -> datetime:
        """The moment whose trends are told at `now`: the last news, where none came lately."""
        return min(now, self._newest or now)

    def rising(self, now: datetime, most: int, group: str = "") -> tuple[Trend, ...]:
        """At most `most` trends of `now`, all or those of a `group`; with no news lately, of the last day.

        Groups are ``section:sports`` and ``country:MA``.
        """
        self.catch_up()
        with self._turn:
            until = self.as_of(now)
            recent = [
                said
                for said in self._recent
                if until - NOW < said.dated <= until and (not group or group in said.groups)
            ]
            return tuple(rising(recent, self._levels.usual(group, recent), most))

    def _take_in(self, lines: Sequence[Line]) -> None:
        for line in lines:
            said = _said(line)
            self._levels.add(said)
            self._recent.append(said)
            self._newest = max(self._newest or said.dated, said.dated)
            self._read = max(self._read, line.number)
        if self._newest is not None:
            oldest = self._newest - REMEMBERED
            self._recent = [said for said in self._recent if said.dated > oldest]


def _said(line: Line) -> Said:
    groups = (f"section:{line.section}", *([f"country:{line.country.upper()}"] if line.country else []))
    return Said(line.number, line.source, line.story, line.dated, groups, phrases(line.title, line.language))
