"""How what a reader began to type may go on: words and headlines of the archive itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from marsad.errors import SearchError
from marsad.language.analyser import spellings_begun, words
from marsad.language.normalise import fold
from marsad.search.index import Index, Order, Window
from marsad.search.parser import spellings_of
from marsad.search.query import And, Field, Node, Prefix, Query, Word
from marsad.store import articles
from marsad.views import places

#: Headlines that are looked through, the newest.
LOOKED_THROUGH = 60
MOST_WORDS = 5
MOST_HEADLINES = 4
#: A field and what of its value was typed.
_PLACE = re.compile(r'([^\W\d_]+):"?([^":()]*)$')
#: Longer beginnings are no beginnings.
LONGEST = 80
SHORTEST = 2


def completions(connection: Connection, index: Index, typed: str) -> tuple[str, ...]:
    """What `typed` may become: first longer queries, then whole headlines; () where nothing fits."""
    if (place := _PLACE.search(typed[:LONGEST])) is not None and fold(place[1]) in spellings_of(Field.PLACE):
        return _of_places(connection, typed[: place.start(2)], place[2])
    said = words(typed[:LONGEST])
    if not said or typed[-1:].isspace() or len(fold(said[-1])) < SHORTEST:
        return ()
    titles = _titles(connection, index, said)
    begun = spellings_begun(said[-1])
    before = " ".join(said[:-1])
    counted = Counter(ending for title in titles for ending in _endings(words(title), begun))
    longer = [f"{before} {ending}".strip() for ending, _ in counted.most_common(MOST_WORDS)]
    return tuple(dict.fromkeys([*longer, *titles[:MOST_HEADLINES]]))


def _of_places(connection: Connection, before: str, begun: str) -> tuple[str, ...]:
    """The same query with each place that begins so; names of several words are quoted."""
    names = places.begun(connection, begun) if len(fold(begun)) >= SHORTEST else ()
    return tuple(f'{before}"{name}"' if " " in name else f"{before}{name}" for name in names)


def _titles(connection: Connection, index: Index, said: Sequence[str]) -> list[str]:
    nodes: list[Node] = [Word(word, Field.TITLE) for word in said[:-1]]
    query = Query(And((*nodes, Prefix(said[-1], Field.TITLE))))
    window = Window(size=LOOKED_THROUGH, order=Order.NEWEST, relax=False)
    try:
        hits = index.search(query, window)
    except SearchError:
        return []
    return [headline.title for headline in articles.headlines(connection, [hit.number for hit in hits.hits])]


def _endings(title: Sequence[str], begun: tuple[str, ...]) -> Iterator[str]:
    """The words of a title that begin so, each alone and with the one behind it."""
    for place, word in enumerate(title):
        if fold(word).startswith(begun):
            yield word
            if place + 1 < len(title):
                yield f"{word} {title[place + 1]}"
