"""Text to terms: the one analysis behind the index, the highlights and the comparison of texts.

A word is analysed by its script: Arabic letters as Arabic whatever the text's language,
other letters as the text's language, so that a French name inside an Arabic article and
an Arabic hashtag under a French one are both found. Stop words give no term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from marsad.language.arabic import without_clitics
from marsad.language.normalise import SILENT, fold_arabic, fold_latin
from marsad.language.registry import ARABIC, LANGUAGES, Language, language

#: Longer words are cut: nobody searches for them, and an index should not pay for them.
LONGEST_WORD = 40
#: Words whose terms are remembered, per language, in each of two generations.
REMEMBERED = 60_000

_MARKS = "".join(f"{chr(first)}-{chr(last)}" for first, last in SILENT)
_ARABIC = (
    "\u0620-\u063f\u0641-\u064a\u066e-\u066f\u0671-\u06d3\u06d5\u06fa-\u06ff"
    "\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc"
)
_OTHER = rf"[^\W_{_ARABIC}\u0640]"
_WORD = re.compile(rf"[{_ARABIC}][{_ARABIC}{_MARKS}]*|{_OTHER}+(?:[\u0300-\u036f\u00ad]+{_OTHER}*)*")
_IS_ARABIC = re.compile(rf"[{_ARABIC}]").match


@dataclass(frozen=True, slots=True)
class Token:
    """A term and the part of the text that it was made of: ``text[start:end]``."""

    term: str
    start: int
    end: int


def terms(text: str, language: str | None) -> list[str]:
    """The terms of `text`, in order, without stop words."""
    known = _terms_of(language)
    return [term for word in _WORD.findall(text) if (term := known[word])]


def tokens(text: str, language: str | None) -> list[Token]:
    """The terms of `text` with where they stand in it."""
    known = _terms_of(language)
    found = ((known[match[0]], *match.span()) for match in _WORD.finditer(text))
    return [Token(term, start, end) for term, start, end in found if term]


def words(text: str) -> list[str]:
    """The words of `text` as they are written, stop words included."""
    return _WORD.findall(text)


def readings(words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The different runs of terms that `words`, side by side, may stand under in a text of any language.

    A reader does not say which language a word of Latin letters is in. A reading that is
    empty means that one language takes them all for stop words.
    """
    latin = any(not _IS_ARABIC(word) for word in words)
    read_as = (*LANGUAGES, None) if latin else (ARABIC.code,)
    return tuple(dict.fromkeys(_run_of(words, _terms_of(code)) for code in read_as))


def beginnings(word: str) -> tuple[str, ...]:
    """What the terms of words that begin with `word` begin with."""
    folded = fold_latin(fold_arabic(word))
    return tuple(dict.fromkeys((folded, without_clitics(folded)))) if _IS_ARABIC(word) else (folded,)


def _run_of(words: Sequence[str], known: _Remembered) -> tuple[str, ...]:
    return tuple(term for word in words if (term := known[word]))


class _Remembered(dict[str, str]):
    """Terms by word, forgetting in two generations what is no longer met."""

    def __init__(self, find: Callable[[str], str]) -> None:
        super().__init__()
        self._find = find
        self._older: dict[str, str] = {}

    def __missing__(self, word: str) -> str:
        term = self._older.get(word)
        if term is None:
            term = self._find(word)
        if len(self) >= REMEMBERED:
            self._older = dict(self)
            self.clear()
        self[word] = term
        return term


def _terms_of(code: str | None) -> _Remembered:
    return _remembered(language(code).code)


@cache
def _remembered(code: str) -> _Remembered:
    return _Remembered(lambda word: _term(word, language(code)))


def _term(word: str, of: Language) -> str:
    """The term of one word, empty for a stop word."""
    if _IS_ARABIC(word):
        return _stemmed(fold_arabic(word)[:LONGEST_WORD], ARABIC)
    return _stemmed(fold_latin(word)[:LONGEST_WORD], of)


def _stemmed(folded: str, of: Language) -> str:
    return "" if not folded or folded in of.stop_words else of.stem(folded)
