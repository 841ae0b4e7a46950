"""Text to terms: the one analysis behind the index, the highlights and the comparison of texts.

A word is analysed by its script: Arabic letters as Arabic whatever the text's language,
other letters as the text's language, so that a French name inside an Arabic article and
an Arabic hashtag under a French one are both found. Stop words give no term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from marsad.language.arabic import without_clitics
from marsad.language.normalise import SILENT, fold_arabic, fold_latin
from marsad.language.registry import ARABIC, LANGUAGES, Language, language

#: Longer words are cut: nobody searches for them, and an index should not pay for them.
LONGEST_WORD = 40
#: Words whose forms are remembered, per language, in each of two generations.
REMEMBERED = 60_000

#: The Arabic article, folded.
ARTICLE = "ال"

_MARKS = "".join(f"{chr(first)}-{chr(last)}" for first, last in SILENT)
_ARABIC = (
    "\u0620-\u063f\u0641-\u064a\u066e-\u066f\u0671-\u06d3\u06d5\u06fa-\u06ff"
    "\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc"
)
_OTHER = rf"[^\W_{_ARABIC}\u0640]"
_WORD = re.compile(rf"[{_ARABIC}][{_ARABIC}{_MARKS}]*|{_OTHER}+(?:[\u0300-\u036f\u00ad]+{_OTHER}*)*")
_IS_ARABIC = re.compile(rf"[{_ARABIC}]").match
#: What a word goes on from, and characters in front of one that are looked at for it.
_ARABIC_BEFORE = re.compile(rf"[{_ARABIC}][{_MARKS}]*\Z")
_OTHER_BEFORE = re.compile(rf"{_OTHER}[\u0300-\u036f\u00ad]*\Z")
_FAR = 20


class Form(NamedTuple):
    """A word at the three depths at which words are compared."""

    #: As it is written, folded.
    spelling: str
    #: Without what inflection adds; the term by which texts are searched.
    stem: str
    #: What is left of the stem in plurals and verbs that change it inside.
    root: str


class Token(NamedTuple):
    """A term and the part of the text that it was made of: ``text[start:end]``."""

    term: str
    start: int
    end: int


def terms(text: str, language: str | None) -> list[str]:
    """The terms of `text`, in order, without stop words."""
    known = _forms_in(language)
    return [form[1] for word in _WORD.findall(text) if (form := known[word])]


def tokens(text: str, language: str | None) -> list[Token]:
    """The terms of `text` with where they stand in it."""
    known = _forms_in(language)
    found = ((known[match[0]], *match.span()) for match in _WORD.finditer(text))
    return [Token(form.stem, start, end) for form, start, end in found if form]


def tokens_of(
    text: str, language: str | None, stems: Set[str], also: Callable[[Form], bool] | None = None
) -> list[Token]:
    """Those `tokens` whose term is one of `stems`, or whose form is wanted `also`.

    Much faster where they are few: each different word is analysed and asked about once.
    """
    known = _forms_in(language)
    found = [
        Token(form[1], start, start + len(word))
        for word in set(_WORD.findall(text))
        if (form := known[word]) is not None and (form[1] in stems or (also is not None and also(form)))
        for start in _places(word, text)
    ]
    return sorted(found, key=itemgetter(1))


def _places(word: str, text: str) -> Iterator[int]:
    """Where `word` stands in `text` as a whole word."""
    continued = _ARABIC_BEFORE if _IS_ARABIC(word) else _OTHER_BEFORE
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        whole = _WORD.match(text, start)
        if whole and whole.end() == end and not continued.search(text[max(start - _FAR, 0) : start]):
            yield start
        start = text.find(word, end)


def forms(text: str, language: str | None) -> list[Form]:
    """The words of `text` at every depth, in order, without stop words."""
    known = _forms_in(language)
    return [form for word in _WORD.findall(text) if (form := known[word])]


def words(text: str) -> list[str]:
    """The words of `text` as they are written, stop words included."""
    return _WORD.findall(text)


def readings(words: Sequence[str]) -> tuple[tuple[Form, ...], ...]:
    """The different ways that `words`, side by side, may be read in texts of all languages.

    A reader does not say which language a word of Latin letters is in. A reading that is
    empty means that one language takes them all for stop words.
    """
    latin = any(not _IS_ARABIC(word) for word in words)
    read_as = (*LANGUAGES, None) if latin else (ARABIC.code,)
    return tuple(dict.fromkeys(_read(words, _forms_in(code)) for code in read_as))


def beginnings(word: str) -> tuple[str, ...]:
    """What the terms of words that begin with `word` begin with."""
    folded = fold_latin(fold_arabic(word))
    return tuple(dict.fromkeys((folded, without_clitics(folded)))) if _IS_ARABIC(word) else (folded,)


def spellings_begun(word: str) -> tuple[str, ...]:
    """What the spellings of words that begin with `word` begin with, with and without the article."""
    folded = fold_latin(fold_arabic(word))
    if not _IS_ARABIC(word) or folded.startswith(ARTICLE):
        return (folded,)
    return folded, ARTICLE + folded


class _Remembered(dict[str, Form | None]):
    """Forms by word, forgetting in two generations what is no longer met."""

    def __init__(self, of: Language) -> None:
        super().__init__()
        self._of = of
        self._older: dict[str, Form | None] = {}

    def __missing__(self, word: str) -> Form | None:
        form = self._older[word] if word in self._older else _form(word, self._of)
        if len(self) >= REMEMBERED:
            self._older = dict(self)
            self.clear()
        self[word] = form
        return form


def _forms_in(code: str | None) -> _Remembered:
    return _remembered(language(code).code)


@cache
def _remembered(code: str) -> _Remembered:
    return _Remembered(language(code))


def _read(words: Sequence[str], known: _Remembered) -> tuple[Form, ...]:
    return tuple(form for word in words if (form := known[word]))


def _form(word: str, of: Language) -> Form | None:
    """One word at every depth, None for a stop word."""
    arabic = _IS_ARABIC(word)
    read_as = ARABIC if arabic else of
    spelling = (fold_arabic(word) if arabic else fold_latin(word))[:LONGEST_WORD]
    if not spelling or spelling in read_as.stop_words:
        return None
    stem = read_as.stem(spelling)
    return Form(spelling, stem, read_as.root(stem))
