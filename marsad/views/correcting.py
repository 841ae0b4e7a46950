"""Did you mean: the query with its misspelt words as the archive spells them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from marsad.language.analyser import readings, words
from marsad.search.index import Hits, Index, Window
from marsad.search.pieces import QUOTES, field_of
from marsad.search.query import Field, Prefix, Query, leaves, spoken
from marsad.search.spelling import corrected, retyped
from marsad.views.asking import Asked
from marsad.views.spelling import as_written

#: Whoever finds so much has been understood.
ENOUGH = 10
#: Words of a query that are looked into.
MOST_WORDS = 6

#: Between what was typed in one go; and what of that may be Arabic words typed on a Latin keyboard, where
#: letters of theirs stand on keys of punctuation. A mark inside cuts such a word, and its halves are none.
_APART = re.compile(rf"[\s(){QUOTES}]+")
_KEYS = re.compile(r"^(?=.*[],;'./[])(?!-)[\x21-\x7e]+$")
_INNER_KEYS = re.compile(r"(?:^|\w)[],;./[]+\w")


def corrected_query(
    connection: Connection, index: Index, asked: Asked, hits: Hits, read: Callable[[Asked], Query]
) -> str | None:
    """A query that finds more than these `hits`, where they are few; None where there is none.

    `read` gives the query of a search with all that narrows it.
    """
    having = hits.total - hits.added
    if having >= ENOUGH and not hits.relaxed:
        return None
    meant = asked.query
    for word, better in _corrections(index, asked.query, read(asked)):
        written = " ".join(as_written(connection, index, part) or part for part in better.split())
        meant = re.sub(rf"(?<!\w){re.escape(word)}(?![\w*])", written.replace("\\", ""), meant)
    if meant == asked.query:
        return None
    strict = Window(size=0, relax=False)
    before = 0 if hits.relaxed else having
    return meant if index.search(read(asked.changed(query=meant)), strict).total > before else None


def _corrections(index: Index, written: str, query: Query) -> Iterator[tuple[str, str]]:
    """What of `written` is misspelt, with the folded words that were meant by it."""
    typed = [part for part in map(_bare, _APART.split(written)) if _KEYS.search(part)]
    for keys in typed[:MOST_WORDS]:
        if (better := retyped(keys, index.frequencies)) is not None:
            yield keys, better
    cut = {word for keys in typed if _INNER_KEYS.search(keys) for word in words(keys)}
    said = (word for leaf in leaves(query.root) if not isinstance(leaf, Prefix) for word in spoken(leaf))
    for word in list(dict.fromkeys(said))[:MOST_WORDS]:
        if word not in cut and () not in readings((word,)):
            better = corrected(word, index.frequencies)
            if better is not None:
                yield word, better


def _bare(part: str) -> str:
    """What is looked for in headlines, without the field."""
    name, _, value = part.partition(":")
    return value if field_of(name) == Field.TITLE else part
