"""Names that sound alike across scripts: تسلا and Tesla have the same consonants.

A name that is written by ear keeps its consonants, roughly, and loses its vowels. So each
script's letters are put into nine classes of sounds that are taken for one another, vowels
and breaths are left out, and what is left is compared. (The idea of Soundex and its kin, in
the form for Arabic against English of Freeman, Condon and Ackerman, "Cross Linguistic Name
Matching in English and Arabic", 2006, without their table of exceptions.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from marsad.language.normalise import fold

#: What may stand before an Arabic name in one word with it, the longest first.
_BEFORE = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ك", "ل")
#: A name has at least as many letters without what stands before it.
_SHORTEST = 3
#: Fewer consonants than this are found everywhere.
LEAST = 2

_CLASSES = {
    "B": "بbp",
    "F": "فfv",
    "T": "تطثt",
    "D": "دذضd",
    "K": "جغقكخcgjkq",
    "S": "سصشزظsz",
    "R": "رr",
    "L": "لl",
    "M": "مm",
    "N": "نn",
}
_SILENT = "اويهعحaeiouyhw"
_LETTERS = str.maketrans(
    {letter: sound for sound, letters in _CLASSES.items() for letter in letters} | dict.fromkeys(_SILENT, "")
)
#: Letters that are one sound together, in Arabic, French and English.
_TOGETHER = (
    ("تش", "ش"),
    *((letters, "s") for letters in ("tch", "sch", "ch", "sh", "ce", "ci", "cy")),
    *(("ph", "f"), ("th", "t"), ("ck", "k"), ("qu", "k"), ("x", "ks")),
)
_TWICE = re.compile(r"(.)\1+")
_CAPITALISED = re.compile(r"\b[A-ZÀ-ÖØ-Þ][^\W\d_]+")
_ARABIC = re.compile(r"[\u0621-\u064a]")


def sounds(word: str) -> str:
    """The consonants of `word`, a letter for each class of sounds; doubled ones once."""
    heard = fold(word)
    for letters, sound in _TOGETHER:
        heard = heard.replace(letters, sound)
    return _TWICE.sub(r"\1", heard.translate(_LETTERS))


def heard(word: str) -> frozenset[str]:
    """What an Arabic `word` may sound like as a name, with and without what stands before it.

    Empty for words of other letters, and for those with fewer than `LEAST` consonants.
    """
    if not _ARABIC.match(word):
        return frozenset()
    bare = fold(word)
    rests = (bare[len(before) :] for before in _BEFORE if bare.startswith(before))
    possible = {bare, *(rest for rest in rests if len(rest) >= _SHORTEST)}
    return frozenset(sound for each in possible if len(sound := sounds(each)) >= LEAST)


def names_in(text: str, known: Mapping[str, str]) -> set[str]:
    """What the capitalised words of Latin letters in `text` sound like."""
    return {known[word] for word in set(_CAPITALISED.findall(text))}


class Remembered(dict[str, str]):
    """What words sound like, worked out at the first asking; emptied when it has grown large."""

    def __missing__(self, word: str) -> str:
        if len(self) > 50_000:
            self.clear()
        self[word] = found = sounds(word)
        return found
