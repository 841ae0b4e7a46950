"""How the archive writes a word that is known by its folded spelling."""

from __future__ import annotations

from sqlalchemy import Connection

from marsad.language.analyser import words
from marsad.language.normalise import fold
from marsad.search.index import Index, Window
from marsad.search.query import Query, Word
from marsad.store import articles
from marsad.store.texts import texts

#: Articles in which a word is looked for as it is written.
LOOKED_INTO = 3


def as_written(connection: Connection, index: Index, spelling: str) -> str:
    """A folded word as some article has it, its accents and endings included. May raise SearchError."""
    found = index.search(Query(Word(spelling)), Window(size=LOOKED_INTO, relax=False))
    numbers = [hit.number for hit in found.hits]
    titles = [headline.title for headline in articles.headlines(connection, numbers)]
    for text in (*titles, *texts(connection, numbers).values()):
        for word in words(text):
            if fold(word) == spelling:
                return word
    return spelling
