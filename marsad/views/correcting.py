"""Did you mean: the query with its misspelt words as the archive spells them."""

from __future__ import annotations

import re

from sqlalchemy import Connection

from marsad.language.analyser import readings, words
from marsad.language.normalise import fold
from marsad.search.index import Hits, Index, Window
from marsad.search.parser import read_query
from marsad.search.query import Query, Word, spoken
from marsad.search.spelling import corrected
from marsad.store import articles
from marsad.store.texts import texts
from marsad.views.asking import Asked

#: Whoever finds so much has been understood.
ENOUGH = 10
#: Words of a query that are looked into.
MOST_WORDS = 6
#: Articles in which a word is looked for as it is written.
LOOKED_INTO = 3


def corrected_query(
    connection: Connection, index: Index, asked: Asked, query: Query, hits: Hits
) -> str | None:
    """A query that finds more than these `hits`, where they are few; None where there is none."""
    having = hits.total - hits.added
    if having >= ENOUGH and not hits.relaxed:
        return None
    meant = asked.query
    for word in dict.fromkeys(spoken(query.root)[:MOST_WORDS]):
        better = None if () in readings((word,)) else corrected(word, index.frequencies)
        if better is not None:
            written = " ".join(_as_written(connection, index, part) for part in better.split())
            meant = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", written.replace("\\", ""), meant)
    if meant == asked.query:
        return None
    strict = Window(size=0, relax=False)
    before = 0 if hits.relaxed else having
    return meant if index.search(read_query(meant), strict).total > before else None


def _as_written(connection: Connection, index: Index, spelling: str) -> str:
    """A folded word as some article has it, its accents and endings included."""
    found = index.search(Query(Word(spelling)), Window(size=LOOKED_INTO, relax=False))
    numbers = [hit.number for hit in found.hits]
    titles = [headline.title for headline in articles.headlines(connection, numbers)]
    bodies = texts(connection, numbers).values()
    for text in (*titles, *bodies):
        for word in words(text):
            if fold(word) == spelling:
                return word
    return spelling
