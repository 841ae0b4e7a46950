"""An article's title: where it is written on a page, and what of it is not the article's.

JSON-LD before OpenGraph: the first carries what stands above the article, the second is often reworded for
social networks. A page without either has a heading, or the name of its window.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from marsad.extract.structured import Structured, text_of
from marsad.model import Entry

#: Longer than any headline.
LONGEST = 500
_SEPARATOR = re.compile(r"\s+[|\-–—·•:»«/~]+\s+|\s?[|»«]\s?|:\s+")
#: These part a headline from what it stands under, and never two halves of a headline.
_STRUCTURAL = frozenset("|«»")
_MOST_WORDS_OF_SECTION = 3
#: Letters that only say where a line may or may not break.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_NOT_NAMES = re.compile(r"[\W_]+")
_NOT_A_NAME = frozenset("www m amp mobile news com net org info press web site".split())


def title_of(
    tree: HtmlElement, structured: Structured, entry: Entry | None, *, source_name: str, address: str
) -> tuple[str, str]:
    """The title and where it was read; both empty where there is none."""
    names = site_names(structured, source_name, address)
    headings = [text for text in _headings(tree) if squeezed(text) not in names]
    window = _line(tree.findtext(".//title") or "")
    for text, origin in (
        (structured.ld("headline"), "json-ld"),
        (structured.first("og:title"), "opengraph"),
        (structured.first("twitter:title"), "opengraph"),
        (structured.microdata.get("headline", ""), "microdata"),
        (_seen(headings, window, entry.title if entry else ""), "heading"),
        (window, "title"),
        (entry.title if entry else "", "feed"),
    ):
        title = without_site(_line(text), names, headings)
        if title and squeezed(title) not in names:
            return title, origin
    return "", ""


def site_names(structured: Structured, source_name: str, address: str) -> frozenset[str]:
    """What the newspaper is called, squeezed."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    given = (
        source_name,
        structured.first("og:site_name"),
        structured.first("application-name"),
        text_of(structured.json_ld.get("publisher")),
        host,
        host.removeprefix("www."),
        *(label for label in host.split(".")[:-1] if len(label) > 3 and label not in _NOT_A_NAME),
    )
    return frozenset(filter(None, map(squeezed, given)))


def without_site(title: str, names: frozenset[str], headings: Sequence[str] = ()) -> str:
    """`title` without a newspaper's name at its end or its beginning, and without the section beside it.

    What stands beyond a separator is cut when it is one of `names` (squeezed), or when the rest is a heading.
    """
    known = {squeezed(heading) for heading in headings}
    for match in reversed(list(_SEPARATOR.finditer(title[:LONGEST]))):
        before, after = title[: match.start()].strip(), title[match.end() :].strip()
        kicker = match.group().startswith(":")  # A word before a colon belongs to the headline, seen or not.
        if squeezed(before) in known and not kicker:
            return before
        if after and (squeezed(before) in names or (squeezed(after) in known and not kicker)):
            return without_site(after, names, headings)
        if before and squeezed(after) in names:
            return _without_section(without_site(before, names, headings), match.group().strip())
    return title


def squeezed(text: str) -> str:
    """`text` as names are compared: small letters and digits alone."""
    return _NOT_NAMES.sub("", text.casefold())


def _without_section(title: str, separator: str) -> str:
    """What stands before a section's name, where it is parted by the same mark as the newspaper's."""
    if separator not in _STRUCTURAL:
        return title
    before, mark, after = title.rpartition(separator)
    return before.strip() if mark and len(after.split()) <= _MOST_WORDS_OF_SECTION else title


def _seen(headings: Sequence[str], window: str, announced: str) -> str:
    """The heading that the feed or the window's name says too, else the first of the first kind."""
    told = [squeezed(text) for text in (announced, window) if text]
    agreed = (text for name in told for text in headings if len(text) > 8 and squeezed(text) in name)
    return next(agreed, headings[0] if headings else "")


def _headings(tree: HtmlElement) -> Iterator[str]:
    found = islice(tree.iter("h1", "h2", "h3"), 150)
    for element in sorted(found, key=lambda element: str(element.tag)):
        if text := _line("".join(islice(element.itertext(), 50))):
            yield text


def _line(text: str) -> str:
    return " ".join(_UNSEEN.sub("", text[: 4 * LONGEST]).split())[:LONGEST]
