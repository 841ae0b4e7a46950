"""Requests for removal, as the desk works on them: what each is about, and all that was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection

from marsad import addresses
from marsad.collect.canonical import canonical
from marsad.errors import Refused
from marsad.oversight import Act, Deed, Request, RequestState, Thing
from marsad.store import articles, deeds, requests, visits
from marsad.store.engine import Store

__all__ = ["Asked", "Named", "answer", "latest", "requests"]

#: So many addresses of a request are looked up: anybody may send one.
MOST_NAMED = 20
#: What stands around an address in a sentence.
_AROUND = "()[]{}<>«»“”‘’\"',.;:!?،؛؟…"


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


def latest(connection: Connection, limit: int, bases: Sequence[str]) -> tuple[Asked, ...]:
    """The newest requests, open ones first; `bases` are the addresses by which this site is known."""
    found = requests.latest(connection, limit)
    answers = deeds.of(connection, Act.ANSWERED, [str(each.number) for each in found])
    named = _named(connection, [each.about for each in found], bases)
    return tuple(
        Asked(each, things, tuple(answers.get(str(each.number), ())[:-1]))
        for each, things in zip(found, named, strict=True)
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


def _named(connection: Connection, abouts: Sequence[str], bases: Sequence[str]) -> list[tuple[Named, ...]]:
    """What the addresses in each text lead to: those at our `bases`, or those that its newspaper gave."""
    words = [_addresses(about) for about in abouts]
    every = {word for some in words for word in some}
    there = {word: address for word in every if (address := _canonical(word))}
    numbers = visits.articles_at(connection, set(there.values()))
    led = {word: ("", numbers[address], "") for word, address in there.items() if address in numbers}
    for word in every:
        if ours := addresses.read_article(addresses.path_at(word, *bases)):
            led[word] = ours
    known = articles.titles(connection, {number for _, number, _ in led.values()})
    return [
        tuple(
            dict.fromkeys(
                Named(Thing(number, image), *known[number])
                for source, number, image in (led[word] for word in some if word in led)
                if number in known and source in {"", known[number][0]}
            )
        )
        for some in words
    ]


def _addresses(about: str) -> list[str]:
    """The first addresses in a text, each as it is typed and without what a sentence puts around it."""
    bare = {word: word.strip(_AROUND) for word in about.split()}
    typed = (word for word in bare if bare[word].lower().startswith(("/", "http://", "https://")))
    return [form for word in islice(typed, MOST_NAMED) for form in dict.fromkeys((word, bare[word]))]


def _canonical(word: str) -> str:
    """The address of an article as newspapers may give it; "" for a path alone, and for what is none."""
    try:
        return "" if word.startswith("/") else canonical(word)
    except Refused:
        return ""
