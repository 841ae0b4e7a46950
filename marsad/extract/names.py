"""What the names of an element tell: its tag, class, id, role and itemprop, as bits of one number."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from lxml.html import HtmlElement

#: Tags that have a bit of their own.
TAGS = (
    "article main section aside nav footer header form table td ul ol li dl blockquote figure figcaption "
    "p pre h1 h2 h3 h4 h5 h6 address details div"
).split()
#: A name is read to this length; what is longer was made by machines for machines.
_LONGEST = 300
_LONGEST_WORD = 24
#: Words that are remembered; those of one page are some hundreds.
_MOST_REMEMBERED = 50_000
_FIRST = 3
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAMING = frozenset(("class", "id", "role"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Names:
    """Turns the names of an element into bits: its tag, each group of words, and two facts."""

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        #: The meaning of each bit, the lowest first.
        self.bits: tuple[str, ...] = (*TAGS, *(f"#{name}" for name in groups), "articlebody", "unshown")
        place = {name: 1 << number for number, name in enumerate(self.bits)}
        self._tags = {tag: place[tag] for tag in TAGS}
        self._article_body, self._unshown = place["articlebody"], place["unshown"]
        self._words = {word: place[f"#{name}"] for name, words in groups.items() for word in words}
        #: The words that count inside longer ones too, by their first letters.
        self._inside: dict[str, list[tuple[str, int]]] = {}
        for word, bit in self._words.items():
            if len(word) > _FIRST:
                self._inside.setdefault(word[:_FIRST], []).append((word, bit))
        self._remembered: dict[str, int] = {}

    def of(self, element: HtmlElement) -> int:
        """The bits of one element."""
        found = self._tags.get(str(element.tag), 0)
        for name, value in element.items():
            if name in _NAMING:
                found |= self._told(value)
            elif name == "itemprop":
                found |= self._article_body if value == "articleBody" else 0
            elif (
                name == "hidden"
                or (name == "aria-hidden" and value == "true")
                or (name == "style" and _HIDDEN.search(value[:_LONGEST]))
            ):
                found |= self._unshown
        return found

    def _told(self, value: str) -> int:
        value = value[:_LONGEST]
        found = self._remembered.get(value)
        if found is None:
            found = 0
            for word in _WORD.findall(value):
                if len(word) <= _LONGEST_WORD:
                    found |= self._of_word(word.lower())
            self._remember(value, found)
        return found

    def _of_word(self, word: str) -> int:
        found = self._remembered.get(word)
        if found is None:
            found = self._words.get(word, 0)
            if not found:
                for start in range(len(word) - _FIRST):
                    for part, bit in self._inside.get(word[start : start + _FIRST], ()):
                        if word.startswith(part, start):
                            found |= bit
            self._remember(word, found)
        return found

    def _remember(self, name: str, bits: int) -> None:
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[name] = bits


@cache
def names() -> Names:
    """The one whose words are shipped."""
    return Names(tomllib.loads((files(__package__) / "names.toml").read_text("utf-8")))
