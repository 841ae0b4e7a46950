"""The languages that Marsad reads. To add one: a file like `french`, its words, one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from marsad.language import arabic, english, french, spanish


def _as_it_is(word: str) -> str:
    return word


@dataclass(frozen=True, slots=True)
class Language:
    """What the steps need to know of one language."""

    code: str
    #: In the language itself.
    name: str
    right_to_left: bool = False
    #: From a folded word to its stem.
    stem: Callable[[str], str] = _as_it_is
    #: From a stem to what its irregular forms have in common.
    root: Callable[[str], str] = _as_it_is
    #: Folded words that say nothing of what a text is about.
    stop_words: frozenset[str] = frozenset()


ARABIC = Language(
    "ar", "العربية", right_to_left=True, stem=arabic.stem, root=arabic.root, stop_words=arabic.STOP_WORDS
)
DARIJA = Language(
    "ary", "الدارجة", right_to_left=True, stem=arabic.stem, root=arabic.root, stop_words=arabic.STOP_WORDS
)
FRENCH = Language("fr", "Français", stem=french.stem, stop_words=french.STOP_WORDS)
ENGLISH = Language("en", "English", stem=english.stem, stop_words=english.STOP_WORDS)
SPANISH = Language("es", "Español", stem=spanish.stem, stop_words=spanish.STOP_WORDS)
TAMAZIGHT = Language("zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ")
#: Whatever else: words as they stand.
OTHER = Language("und", "")

LANGUAGES = {each.code: each for each in (ARABIC, DARIJA, FRENCH, ENGLISH, SPANISH, TAMAZIGHT)}


def language(code: str | None) -> Language:
    """The language of `code` (``fr``, ``fr-MA``), `OTHER` where it is none of ours."""
    return LANGUAGES.get((code or "").replace("_", "-").partition("-")[0].lower(), OTHER)
