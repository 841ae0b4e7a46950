"""A large archive out of a small one: real articles, and more that are put together from their sentences."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from marsad.evaluate.search import Collection
from marsad.search.index import Document

#: Characters of an article that is put together: as long as a real one.
LENGTH = 1_250
#: Words of a title that is made of the beginning.
TITLE = 9
#: One word of so many is exchanged for an invented one, as names and misspellings do in real news.
EXCHANGED = 12
#: Invented words, met as words are: the second half as often as the first (Zipf, 1935).
VOCABULARY = 400_000
#: Of the law by which they are met; below one, so that most invented words are met seldom.
EXPONENT = 0.6

_SENTENCE = re.compile(r"(?<=[.؟!])\s+|\n")
_LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
_FIRST = datetime(2008, 1, 1, tzinfo=UTC)
_BETWEEN = timedelta(minutes=9)
_SOURCES = tuple(f"source-{number}" for number in range(120))
_SECTIONS = ("politics", "economy", "society", "sports", "culture", "world")


def grown(collection: Collection, size: int, seed: int = 7) -> Iterator[Document]:
    """The documents of `collection`, then generated ones up to `size`; the same for the same seed.

    What is put together takes nothing from documents that a query seeks, so that these stay the
    answer, however large the archive is; and has titles only where its documents have them, for a
    word in a title weighs more.
    """
    chance = random.Random(seed)  # noqa: S311 # no secret
    yield from (_placed(document, chance) for document in collection.documents[:size])
    sources = unsought(collection)
    sentences = [sentence for each in sources for sentence in _SENTENCE.split(each.body) if sentence]
    words = ["".join(chance.choices(_LETTERS, k=chance.randint(3, 8))) for _ in range(VOCABULARY)]
    titled = any(document.title for document in sources)
    for number in range(len(collection.documents), size):
        body = _body(sentences, words, chance)
        title = " ".join(body.split()[:TITLE]) if titled else ""
        plain = Document(number, "", "ar", title, "", body, _FIRST)
        yield _placed(plain, chance)


def unsought(collection: Collection) -> list[Document]:
    """The documents that no query seeks."""
    sought = {document for gold in collection.judgements.values() for document in gold}
    return [
        document
        for name, document in zip(collection.identifiers, collection.documents, strict=True)
        if name not in sought
    ]


def _placed(document: Document, chance: random.Random) -> Document:
    """`document` with a source, a section, a moment and a story by its number."""
    return replace(
        document,
        source=chance.choice(_SOURCES),
        section=chance.choice(_SECTIONS),
        published=_FIRST + _BETWEEN * document.number,
        story=document.number // 3,
    )


def _body(sentences: Sequence[str], words: Sequence[str], chance: random.Random) -> str:
    told: list[str] = []
    length = 0
    while length < LENGTH:
        sentence = chance.choice(sentences).split()
        for _ in range(0, len(sentence), EXCHANGED):
            rank = min(int(chance.paretovariate(EXPONENT)), len(words)) - 1
            sentence[chance.randrange(len(sentence))] = words[rank]
        told.append(" ".join(sentence))
        length += len(told[-1])
    return "\n".join(told)
