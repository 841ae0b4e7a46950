"""When an article was published and last changed, as its page tells it.

Order of trust for publication: JSON-LD, OpenGraph, microdata, meta elements, a ``<time>`` element, the
visible line that says so, the feed, and the address. A date that cannot be (in the future, before 1900)
is passed over, and the next best is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from itertools import islice

from lxml.html import HtmlElement

from marsad.extract.structured import Structured
from marsad.language.dates import judge, read_date
from marsad.model import Entry, Precision, Published

_META = (
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "datepublished",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "og:published_time",
)
#: Class and id words of the line that tells the date.
_PLACE = re.compile(r"date|time|publi|posted|byline|meta|info|author|entry-header|نشر|تاريخ", re.IGNORECASE)
_SAYS_SO = re.compile(
    r"نشر|تاريخ|حرر|publi|posté|mis en ligne|le \d|posted|updated|الساعة|كتب", re.IGNORECASE
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/-]|$)")
_LONGEST_LINE = 160


def published(
    tree: HtmlElement,
    structured: Structured,
    *,
    entry: Entry | None,
    address: str,
    language: str | None,
    timezone: tzinfo,
    now: datetime,
) -> Published | None:
    """The best date of publication, with where it was read; None where there is none."""
    day: Published | None = None
    for origin, text in _candidates(tree, structured, address):
        read = read_date(text, now=now, language=language, timezone=timezone)
        if read is None:
            continue
        found = Published(read.moment, read.precision, origin)
        if read.precision is Precision.MINUTE:
            # A machine's time of another day than the visible one would be the redesign's, not the article's.
            return found if day is None or _same_day(found, day) else day
        day = day or found
    told = _of_entry(entry, now)
    if day is None:
        return told
    return told if told is not None and _same_day(told, day) else day


def modified(
    structured: Structured, *, language: str | None, timezone: tzinfo, now: datetime
) -> datetime | None:
    """When the page says that the article last changed."""
    for text in (
        structured.ld("dateModified"),
        structured.first("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified"),
        structured.microdata.get("datemodified", ""),
    ):
        read = read_date(text, now=now, language=language, timezone=timezone) if text else None
        if read is not None and read.precision is Precision.MINUTE:
            return read.moment
    return None


def _candidates(tree: HtmlElement, structured: Structured, address: str) -> Iterator[tuple[str, str]]:
    yield "json-ld", structured.ld("datePublished", "dateCreated")
    yield "opengraph", structured.first("article:published_time", "og:article:published_time")
    yield "microdata", structured.microdata.get("datepublished", "")
    yield "meta", structured.first(*_META)
    for text in _times(tree):
        yield "time", text
    for text in _lines(tree):
        yield "text", text
    if match := _IN_ADDRESS.search(address):
        yield "address", "-".join(part.zfill(2) for part in match.groups() if part)


def _times(tree: HtmlElement) -> Iterator[str]:
    for element in islice(tree.iter("time"), 5):
        yield element.get("datetime") or " ".join(element.text_content().split())[:_LONGEST_LINE]


def _lines(tree: HtmlElement) -> Iterator[str]:
    """Short lines that say when: those of a telling place first, the others after."""
    told: list[str] = []
    said: list[str] = []
    for element in islice(
        tree.iter("span", "p", "div", "li", "td", "small", "font", "em", "i", "h5", "h6", "b"), 4000
    ):
        if len(element) > 8:
            continue
        text = " ".join(element.text_content()[: 4 * _LONGEST_LINE].split())
        if not 6 <= len(text) <= _LONGEST_LINE or not any(letter.isdigit() for letter in text):
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if _SAYS_SO.search(text):
            told.append(text)
        elif _PLACE.search(names):
            said.append(text)
    return iter([*told[:8], *said[:8]])


def _of_entry(entry: Entry | None, now: datetime) -> Published | None:
    moment = (entry.published or entry.updated) if entry else None
    if moment is None or judge(moment, Precision.MINUTE, now):
        return None
    return Published(moment, Precision.MINUTE, "feed")


def _same_day(one: Published, other: Published) -> bool:
    """Within a day of one another, whatever the clocks."""
    return abs((one.moment - other.moment).total_seconds()) < 48 * 3600
