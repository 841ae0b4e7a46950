"""Reports and decisions → what is shown, in one transaction with the log and the outbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from marsad.addresses import image_key
from marsad.errors import Refused
from marsad.model import Article, Standing
from marsad.moderation import reports as deciding
from marsad.moderation.reports import Cleared, Reader, Rules
from marsad.oversight import Decision, Reason, Thing
from marsad.store import articles, decisions, images, outbox, reports, stories
from marsad.store.engine import Store
from marsad.store.report_keys import ReportKeys
from marsad.stories.representative import speaker

LONGEST_NOTE = 500
#: What can be decided of an article, and of an image.
OF_ARTICLES = (Standing.SHOWN, Standing.EXCERPT, Standing.HIDDEN, Standing.REMOVED)
OF_IMAGES = (Standing.SHOWN, Standing.BLURRED, Standing.HIDDEN, Standing.REMOVED)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a moderator decides."""

    standing: Standing
    reason: Reason
    by: str
    note: str = ""


class Moderator:
    """Takes reports and decisions. Any thread may call it."""

    def __init__(
        self,
        store: Store,
        keys: ReportKeys,
        rules: Rules,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._keys = keys
        self._rules = rules
        self._clock = clock

    def report(self, thing: Thing, reason: Reason, reader: Reader, note: str = "") -> None:
        """Take a reader's report; an image that enough people reported is hidden at once.

        A second report by the same reader changes nothing. Raises Refused where there is no such thing.
        """
        now = self._clock()
        note = " ".join(note.split())[:LONGEST_NOTE]
        made = [deciding.report(thing, reason, reader, key, now, note) for key in self._keys.at(now)]
        with self._store.writing() as connection:
            reports.forget(connection, now - self._rules.remembered)
            address = _address(connection, thing)
            if deciding.is_repeated(reports.of(connection, thing), made):
                return
            reports.add(connection, made[0])
            if thing.image and images.standing(connection, thing.image) in {Standing.SHOWN, Standing.BLURRED}:
                self._hide(connection, thing, address, now)

    def decide(self, thing: Thing, judgement: Judgement) -> Decision:
        """Do as a moderator decides. Raises Refused where there is no such thing, or that cannot be done."""
        possible = OF_IMAGES if thing.image else OF_ARTICLES
        if judgement.standing not in possible:
            raise Refused("cannot be decided of this", judgement.standing.value)
        with self._store.writing() as connection:
            address = _address(connection, thing)
            return _follow(
                connection,
                Decision(
                    thing=thing,
                    standing=judgement.standing,
                    reason=judgement.reason,
                    at=self._clock(),
                    by=judgement.by,
                    note=" ".join(judgement.note.split())[:LONGEST_NOTE],
                    address=address,
                ),
            )

    def _hide(self, connection: Connection, thing: Thing, address: str, now: datetime) -> None:
        """Hide an image where enough people agree."""
        told = reports.of(connection, thing)
        reason = deciding.hides(told, cleared(connection, thing), now, self._rules)
        if reason is not None:
            decision = Decision(thing, Standing.HIDDEN, reason, now, address=address)
            _follow(connection, decision)


def cleared(connection: Connection, thing: Thing) -> Cleared | None:
    """When a moderator last let the thing be seen, and the reasons given until then; None for never."""
    kept = [each for each in decisions.of(connection, thing) if each.by]
    if not kept or kept[-1].standing not in {Standing.SHOWN, Standing.BLURRED}:
        return None
    last = kept[-1].answers
    judged = {each.reason for each in reports.of(connection, thing) if (each.number or 0) <= last}
    return Cleared(last, frozenset(judged))


def _follow(connection: Connection, decision: Decision) -> Decision:
    """Write a decision down and do what it says."""
    thing = decision.thing
    written = decisions.add(connection, replace(decision, answers=reports.last(connection)))
    if thing.image:
        images.set_standing(connection, thing.image, decision.standing, decision.at)
    else:
        articles.set_standing(connection, thing.article, decision.standing)
        _speak_again(connection, thing.article)
    outbox.write(connection, thing.article, "moderated", decision.at)
    return written


def _speak_again(connection: Connection, number: int) -> None:
    """Let a story be told by those of its articles that may be shown."""
    article = articles.by_number(connection, number)
    if article is None or article.story is None:
        return
    tellings = articles.of_stories(connection, [article.story])[article.story]
    if tellings:
        copied = stories.copied_by(connection, [headline.number for headline in tellings])
        stories.summarise(connection, article.story, speaker(tellings, copied))


def _address(connection: Connection, thing: Thing) -> str:
    """The image's address at its newspaper, "" for an article. Raises Refused for no such thing."""
    article = articles.by_number(connection, thing.article)
    if article is None:
        raise Refused("there is no such article", str(thing.article))
    if not thing.image:
        return ""
    for address in image_addresses(article):
        if image_key(address) == thing.image:
            return address
    raise Refused("there is no such image in this article", thing.image)


def image_addresses(article: Article) -> list[str]:
    """Of all its images, in the text and beside it."""
    inside = [block.image.address for block in article.blocks if block.image]
    return [*(image.address for image in article.images), *inside]
