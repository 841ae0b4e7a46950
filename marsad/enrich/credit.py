"""The agency that an article was taken from, where its head or its tail is signed with one.

A mention inside the text is no signature: it must stand in the dateline ("الرباط – و م ع"), in
parentheses, after the source's name, alone on a line, or after words such as "نقلا عن" in the first lines.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.language.normalise import fold_arabic, fold_latin

#: Letters at the beginning and at the end of a text in which agencies sign.
HEAD = 140
TAIL = 90
_GENERAL = re.compile(r"(?:وكاله\s+\w+(?:\s+\w+)?\s+للانباء|agence\s+\w+(?:\s+presse)?|\w+\s+news\s+agency)")
_LONGEST_DATELINE = 60
_AFTER = r"(?:نقلا عن|بحسب|حسب|وفق|selon|d['’]apres|avec|according to|with)"
_SOURCE = rf"(?:المصدر|عن|sources?|{_AFTER})"
_ARTICLE = r"(?:l['’]|la |the |وكاله الانباء |وكاله )?"


@dataclass(frozen=True, slots=True)
class _Signs:
    """How listed agencies sign."""

    #: Folded sign → the agency's usual short name, and the sign as it is listed.
    names: dict[str, tuple[str, str]]
    at_head: tuple[re.Pattern[str], ...]
    at_tail: tuple[re.Pattern[str], ...]


def credit(title: str, text: str, language: str) -> str | None:
    """The agency's usual short name, or its name as written; None where nothing is signed."""
    del title, language  # a sign is one in any language; headlines carry none
    # Where a line ends is no sign where we ended it.
    head, tail = f"{text}\n"[:HEAD], text[-TAIL:]
    return _signed(head, tail) or _named(_folded(head), _folded(tail), text)


def agency(name: str) -> str | None:
    """The usual short name of the agency that signs as `name`; None where none is listed so."""
    known = _signs().names.get(_folded(name))
    return known[0] if known else None


def _signed(head: str, tail: str) -> str | None:
    signs = _signs()
    for part, patterns in ((head, signs.at_head), (tail, signs.at_tail)):
        folded = _folded(part)
        for pattern in patterns:
            for found in pattern.finditer(folded):
                name, listed = signs.names[found["sign"]]
                if _is_a_name(listed, part):
                    return name
    return None


def _is_a_name(sign: str, part: str) -> bool:
    """Whether `sign` stands in `part` with its capitals: a map and a tap are no agencies."""
    return not sign.isascii() or sign in part or sign.upper() in part


def _named(head: str, tail: str, text: str) -> str | None:
    """An agency that is not on the list but calls itself one, where a signature stands."""
    dateline = re.split(r"\s[-–—]\s|:", head, maxsplit=1)
    if len(dateline) == 2 and len(dateline[0]) <= _LONGEST_DATELINE:
        found = _GENERAL.search(dateline[0]) or _GENERAL.match(dateline[1].lstrip())
        if found:
            return _as_written(text[:HEAD], found.group())
    found = re.search(rf"[(\[«]?\s*({_GENERAL.pattern})\s*[)\]»]?\W*$", tail)
    return _as_written(text[-TAIL:], found.group(1)) if found else None


def _as_written(text: str, folded: str) -> str:
    """The words of `text` that fold to `folded`."""
    words = text.split()
    wanted = folded.split()
    for start in range(len(words) - len(wanted) + 1):
        run = [word.strip("()[]«».,،:–—-") for word in words[start : start + len(wanted)]]
        if [_folded(word) for word in run] == wanted:
            return " ".join(run)
    return folded


@cache
def _signs() -> _Signs:
    listed = tomllib.loads((files("marsad.enrich") / "agencies.toml").read_text(encoding="utf-8"))
    names = {_folded(sign): (agency["name"], sign) for agency in listed["agency"] for sign in agency["signs"]}
    sign = _any_of(names)
    spelt = _any_of(name for name in names if re.fullmatch(r"\w(?:[ .]\w)+", name))
    before = rf"^[^\n]{{0,{_LONGEST_DATELINE}}}?[-–—/(:]\s*"
    head = (
        rf"{before}{sign}\s*(?:[-–—/):،,.\n])",
        rf"^\W*{sign}\s*[-–—:\n]",
        rf"{before}{spelt}\s",  # "الرباط: و م ع أعلنت": letters that spell a name need nothing behind
        rf"\b{_AFTER}\s+{_ARTICLE}{sign}\b",
    )
    tail = (
        rf"[(\[]\s*{sign}\s*[)\]]\W*\Z",
        rf"(?:^|[.!?؟…])\W*{sign}\W*\Z",
        rf"\b{_SOURCE}\s*:?\s*{_ARTICLE}{sign}\W*\Z",
    )
    return _Signs(names, tuple(map(_pattern, head)), tuple(map(_pattern, tail)))


def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written, re.MULTILINE)


def _any_of(signs: Iterable[str]) -> str:
    """The longest of `signs` that stands there, as the group ``sign``."""
    return f"(?P<sign>{'|'.join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))})"


def _folded(text: str) -> str:
    return fold_arabic(fold_latin(text))
