"""What changed between two states of a text: paragraphs first, then words within them.

The matching is Ratcliff and Obershelp's (1988), as Python's difflib has it; its work grows with
the product of the two lengths, so there is a most of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

#: The most pairs of words that are compared, in all; what is left is told as gone and new.
MOST_PAIRS = 1_000_000
#: The most paragraphs of one state that are compared.
MOST_LINES = 600


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what became of them."""

    kind: Kind
    text: str


Line = tuple[Piece, ...]


def differences(before: str, after: str) -> list[Line]:
    """The paragraphs that changed, each in its pieces; none where nothing did."""
    old, new = before.splitlines()[:MOST_LINES], after.splitlines()[:MOST_LINES]
    budget = MOST_PAIRS
    found: list[Line] = []
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[i:i_end], new[j:j_end]
        both = min(len(gone), len(come))
        for was, now in zip(gone[:both], come[:both], strict=True):
            pairs = len(was.split()) * len(now.split())
            budget -= pairs
            found.append(tuple(_words(was, now)) if budget >= 0 else _whole(was, now))
        found += [(Piece(Kind.GONE, line),) for line in gone[both:]]
        found += [(Piece(Kind.NEW, line),) for line in come[both:]]
    return found


def _words(was: str, now: str) -> Iterator[Piece]:
    old, new = was.split(), now.split()
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from _piece(Kind.SAME, old[i:i_end])
        else:
            yield from _piece(Kind.GONE, old[i:i_end])
            yield from _piece(Kind.NEW, new[j:j_end])


def _piece(kind: Kind, words: Sequence[str]) -> Iterator[Piece]:
    if words:
        yield Piece(kind, " ".join(words))


def _whole(was: str, now: str) -> Line:
    return Piece(Kind.GONE, was), Piece(Kind.NEW, now)
