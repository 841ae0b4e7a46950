"""The agency that an article was taken from, where its head or its tail is signed with one.

A mention inside the text is no signature: it must stand in the dateline ("الرباط – و م ع"), in
parentheses or alone at the end, or after words such as "نقلا عن" in the first lines.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from marsad.language.normalise import fold_arabic, fold_latin

#: Letters at the beginning and at the end of a text in which agencies sign.
HEAD = 140
TAIL = 90
_GENERAL = re.compile(r"(?:وكاله\s+\w+(?:\s+\w+)?\s+للانباء|agence\s+\w+(?:\s+presse)?|\w+\s+news\s+agency)")
_LONGEST_DATELINE = 60


def credit(title: str, text: str, language: str) -> str | None:
    """The agency's usual short name, or its name as written; None where nothing is signed."""
    del title, language  # a sign is one in any language; headlines carry none
    head, tail = _folded(text[:HEAD]), _folded(text[-TAIL:])
    return _signed(head, tail) or _named(head, tail, text)


def _signed(head: str, tail: str) -> str | None:
    for name, at_head, at_tail in _patterns():
        if at_head.search(head) or at_tail.search(tail):
            return name
    return None


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
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """For each agency: how it signs at the head, and at the tail."""
    listed = tomllib.loads((files("marsad.enrich") / "agencies.toml").read_text(encoding="utf-8"))
    found = []
    for agency in listed["agency"]:
        sign = "|".join(re.escape(_folded(sign)) for sign in sorted(agency["signs"], key=len, reverse=True))
        before = r"(?:[-–—/(،,:]|\bنقلا عن|\bحسب|\bselon|\bavec|\bwith)"
        head = re.compile(
            rf"^.{{0,{_LONGEST_DATELINE}}}?{before}\s*(?:{sign})\s*"
            rf"(?:[-–—/):،.]|$)|^\W*(?:{sign})\s*[-–—:]"
        )
        tail = re.compile(rf"[-–—/(\[،.\s\n]\s*[(\[]\s*(?:{sign})\s*[)\]]\W*$|(?:^|\n|\.)\s*(?:{sign})\W*$")
        found.append((agency["name"], head, tail))
    return tuple(found)


def _folded(text: str) -> str:
    return fold_arabic(fold_latin(text))
