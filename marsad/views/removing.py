"""Requests for removal, as the desk works on them: what each is about, and all that was answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from marsad import addresses
from marsad.collect.canonical import canonical
from marsad.errors import Refused
from marsad.model import Act, Deed, Request, RequestState, Thing
from marsad.store import articles, deeds, requests, visits
from marsad.store.engine import Store

__all__ = ["Asked", "Named", "answer", "latest", "requests"]


@dataclass(frozen=True, slots=True)
class Named:
    """An article, or an image in it, that a request names."""

    thing: Thing
    source: str
    title: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what it names, and what was answered before, the oldest first."""

    request: Request
    named: tuple[Named, ...]
    earlier: tuple[Deed, ...]


def latest(connection: Connection, limit: int) -> tuple[Asked, ...]:
    """The newest requests, open ones first."""
    found = requests.latest(connection, limit)
    answers = deeds.of(connection, Act.ANSWERED, [str(each.number) for each in found])
    return tuple(
        Asked(each, tuple(_named(connection, each.about)), tuple(answers.get(str(each.number), ())[:-1]))
        for each in found
    )


def answer(store: Store, number: int, state: RequestState, words: str, by: str, now: datetime) -> bool:
    """Say what becomes of a request, and write that down; False where there is none of that number."""
    with store.writing() as connection:
        before = requests.by_number(connection, number)
        if before is None:
            return False
        if (before.state, before.answer) != (state, words):
            requests.close(connection, number, state, words, by, now)
            said = {"state": state.value, "answer": words}
            deeds.add(connection, Deed(Act.ANSWERED, str(number), by, now, said))
    return True


def _named(connection: Connection, about: str) -> Iterator[Named]:
    """What the addresses in `about` lead to: ours, or those that its newspaper gave an article."""
    words = list(dict.fromkeys(about.split()))
    ours = {word: found for word in words if (found := addresses.read_article(word))}
    theirs = visits.articles_at(connection, _canonical(word for word in words if word not in ours))
    known = {
        article.number: article
        for article in articles.by_numbers(connection, [*(number for _, number, _ in ours.values()), *theirs])
    }
    for source, number, image in (*ours.values(), *(("", number, "") for number in theirs)):
        article = known.get(number)
        if article is not None and source in {"", article.source}:
            yield Named(Thing(number, image), article.source, article.title)


def _canonical(words: Iterator[str]) -> list[str]:
    found = []
    for word in words:
        if word.lower().startswith(("http://", "https://")):
            try:
                found.append(canonical(word))
            except Refused:
                continue
    return found
