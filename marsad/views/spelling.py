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
LOOKED_INTO = 8


def as_written(connection: Connection, index: Index, spelling: str) -> str | None:
    """A folded word as some article has it that may be listed, its accents and endings included.

    None where no such article has it: the index knows the spellings of what was removed or hidden until it
    tidies up. May raise SearchError.
    """
    found = index.search(Query(Word(spelling)), Window(size=LOOKED_INTO, relax=False))
    numbers = [hit.number for hit in found.hits]
    listed = articles.headlines(connection, numbers)
    titles = [headline.title for headline in listed]
    for text in (*titles, *texts(connection, [headline.number for headline in listed]).values()):
        for word in words(text):
            if fold(word) == spelling:
                return word
    return None
