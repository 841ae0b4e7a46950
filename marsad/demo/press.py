"""What the sample press has published, at any moment: pure, and the same on every run.

An article `age_hours` old stood there so many hours before the epoch. After the epoch one
article appears each interval: first the reserve, then weather bulletins for ever.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from zlib import crc32

from marsad.demo.bulletins import bulletin, newspaper_of
from marsad.demo.texts import PressError, Text, all_texts
from marsad.model import Section

BEHAVIOUR = Path(__file__).with_name("behaviour.toml")

#: Feeds and home pages list this many articles, which holds all of the first days.
LISTED = 60

#: Numbers of written articles lie below, those of bulletins count up from here.
FIRST_BULLETIN = 10_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """A later state of an article: another title, and one paragraph (from 1) told anew."""

    article: str
    after: float
    title: str
    paragraph: int
    text: str


@dataclass(frozen=True, slots=True)
class Removal:
    """That an article is taken off the site."""

    article: str
    after: float


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What befalls the press after its start; times in seconds from the epoch."""

    interval: float = 15.0
    changed: tuple[Change, ...] = ()
    removed: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True)
class PressArticle:
    """An article as it stands in its newspaper at some moment."""

    number: int
    text: Text
    published: datetime
    updated: datetime | None = None
    #: The first title, from which its address is made; it stays when the title changes.
    first_title: str = ""

    @property
    def id(self) -> str:
        """The id that its text bears."""
        return self.text.id

    @property
    def modified(self) -> datetime:
        """The moment of its latest state."""
        return self.updated or self.published


def read_behaviour(path: Path = BEHAVIOUR) -> Behaviour:
    """The behaviour that `path` sets out. Raises `PressError` naming the file and the cause."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return Behaviour(
            interval=float(table["interval"]),
            changed=tuple(Change(**change) for change in table.get("changed", ())),
            removed=tuple(Removal(**removal) for removal in table.get("removed", ())),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as wrong:
        raise PressError(f"wrong behaviour: {path.name}: {wrong!r}") from wrong


def utc_now() -> datetime:
    """The moment, by the machine's clock."""
    return datetime.now(UTC)


class Press:
    """The articles of all newspapers, in time.

    `epoch` (aware) is when the press starts; `clock` says what time it is. With the same
    epoch and texts every article has the same number, address and moment.
    """

    def __init__(
        self,
        epoch: datetime,
        clock: Callable[[], datetime] = utc_now,
        *,
        texts: Sequence[Text] | None = None,
        behaviour: Behaviour | None = None,
    ) -> None:
        if epoch.tzinfo is None:
            raise PressError(f"the epoch needs a time zone: {epoch.isoformat()}")
        self.epoch = epoch.astimezone(UTC).replace(microsecond=0)
        self.clock = clock
        self.behaviour = read_behaviour() if behaviour is None else behaviour
        texts = all_texts() if texts is None else texts
        past = [text for text in texts if text.age_hours >= 0]
        self._reserve = sorted((t for t in texts if t.age_hours < 0), key=lambda t: (-t.age_hours, t.id))
        written = [self._article(text, self._long_ago(text)) for text in past]
        written += [self._article(text, self._slot(place)) for place, text in enumerate(self._reserve)]
        self._written = sorted(written, key=lambda article: (article.published, article.number))
        self._by_number = {article.number: article for article in self._written}
        if len(self._by_number) < len(self._written):
            raise PressError("two texts have one number: give one of them another id")
        self._changes = {change.article: change for change in self.behaviour.changed}
        self._removals = {removal.article: removal for removal in self.behaviour.removed}

    def now(self) -> datetime:
        """The moment by the clock of the press, in UTC."""
        return self.clock().astimezone(UTC)

    def articles(self, slug: str, now: datetime) -> tuple[PressArticle, ...]:
        """All that stands in the newspaper `slug` at `now`, newest first."""
        return tuple(self._backwards(slug, now))

    def newest(
        self,
        slug: str,
        now: datetime,
        limit: int = LISTED,
        *,
        language: str | None = None,
        section: Section | None = None,
    ) -> tuple[PressArticle, ...]:
        """The newest `limit` of them, of one language and of one section where these are given."""
        wanted = (
            article
            for article in self._backwards(slug, now, section)
            if language in (None, article.text.language) and section in (None, article.text.section)
        )
        return tuple(islice(wanted, limit))

    def find(self, slug: str, number: int, now: datetime) -> PressArticle | None:
        """The article of that number as it stands at `now`; None where it does not (yet, or any more)."""
        article = self._by_number.get(number) if number < FIRST_BULLETIN else self._bulletin(number)
        if article is None or article.text.newspaper != slug or article.published > now:
            return None
        return None if self._is_removed(article, now) else self._as_of(article, now)

    def removed(self, slug: str, number: int, now: datetime) -> bool:
        """Whether an article of that number stood in `slug` and was taken off by `now`."""
        article = self._by_number.get(number)
        return article is not None and article.text.newspaper == slug and self._is_removed(article, now)

    def _backwards(self, slug: str, now: datetime, section: Section | None = None) -> Iterator[PressArticle]:
        """All that stands in `slug`; bulletins only where `section` admits them, for they have no end."""
        if section in (None, Section.WEATHER):
            for place in range(self._slots(now) - 1, len(self._reserve) - 1, -1):
                if newspaper_of(place - len(self._reserve)) == slug:
                    yield self._numbered(place)
        upto = bisect_right(self._written, now, key=lambda article: article.published)
        for article in reversed(self._written[:upto]):
            if article.text.newspaper == slug and not self._is_removed(article, now):
                yield self._as_of(article, now)

    def _slots(self, now: datetime) -> int:
        """How many articles have appeared since the epoch."""
        return max(0, int((now - self.epoch).total_seconds() // self.behaviour.interval))

    def _slot(self, place: int) -> datetime:
        return self.epoch + timedelta(seconds=self.behaviour.interval * (place + 1))

    def _long_ago(self, text: Text) -> datetime:
        """A moment to the second, so that articles of one age still have an order."""
        return self.epoch - timedelta(hours=text.age_hours, seconds=crc32(text.id.encode()) % 60)

    def _article(self, text: Text, published: datetime) -> PressArticle:
        number = crc32(text.id.encode()) % FIRST_BULLETIN
        return PressArticle(number, text, published, first_title=text.title)

    def _bulletin(self, number: int) -> PressArticle:
        return self._numbered(number - FIRST_BULLETIN + len(self._reserve))

    def _numbered(self, place: int) -> PressArticle:
        index = place - len(self._reserve)
        text = bulletin(index)
        return PressArticle(FIRST_BULLETIN + index, text, self._slot(place), first_title=text.title)

    def _since(self, now: datetime) -> float:
        return (now - self.epoch).total_seconds()

    def _is_removed(self, article: PressArticle, now: datetime) -> bool:
        removal = self._removals.get(article.id)
        return removal is not None and self._since(now) >= removal.after

    def _as_of(self, article: PressArticle, now: datetime) -> PressArticle:
        change = self._changes.get(article.id)
        if change is None or self._since(now) < change.after:
            return article
        paragraphs = list(article.text.paragraphs)
        paragraphs[change.paragraph - 1 : change.paragraph] = [change.text]
        text = replace(article.text, title=change.title, paragraphs=tuple(paragraphs))
        updated = self.epoch + timedelta(seconds=change.after)
        return replace(article, text=text, updated=max(updated, article.published))
