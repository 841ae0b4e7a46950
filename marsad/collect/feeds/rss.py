"""RSS 0.9x, 1.0 (RDF), 2.0, and the modules that newspapers add to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from marsad.collect.feeds.document import Document, Element
from marsad.collect.feeds.moments import moment
from marsad.collect.feeds.names import name_of, named
from marsad.collect.feeds.texts import escaped, inner, language, own, plain, said, whole
from marsad.model import Entry, Feed

ROOTS = frozenset({"rss", "rdf:rdf", "channel", "rdf"})

_WITH_NAME = re.compile(r"^\s*[^\s()@]+@[^\s()]+\s*\(([^()]+)\)\s*$")

#: What an entry's child fills, best first: a field is filled by the first name found here.
_TITLES = ("title", "dc:title", "media:title", "atom:title")
_SUMMARIES = ("description", "dc:description", "atom:summary", "itunes:summary", "media:description")
_CONTENTS = ("content:encoded", "xhtml:body", "body", "fullitem", "atom:content")
_PUBLISHED = ("pubdate", "dcterms:issued", "atom:published", "dcterms:created")
_UPDATED = ("dc:date", "dcterms:modified", "atom:updated", "lastbuilddate")
_AUTHORS = ("dc:creator", "author", "dc:author", "atom:author", "itunes:author", "managingeditor")
_CATEGORIES = frozenset({"category", "dc:subject", "itunes:category"})


def read(document: Document, base: str, limit: int) -> Feed:
    """The feed; up to `limit` entries in the order that it gives them."""
    root = document.root
    channel = next((child for name, child in named(root) if name == "channel"), root)
    about = _first_of(channel)
    link = about.get("link")
    home = _address(link, base) if link is not None else ""
    return Feed(
        title=_plain(about, _TITLES),
        home=home or None,
        language=_text(about, ("language", "dc:language")) or language(channel) or language(root),
        entries=tuple(_entry(item, base) for item in islice(_items(root, channel), limit)),
        tolerated=document.tolerated,
    )


def _items(root: Element, channel: Element) -> Iterator[Element]:
    """RSS puts items into the channel, RDF beside it, and a few feeds into a list of them."""
    for parent in (channel, root) if channel is not root else (root,):
        for name, child in named(parent):
            if name in {"item", "entry"}:
                yield child
            elif name == "items":
                yield from (item for inside, item in named(child) if inside == "item")


def _entry(item: Element, base: str) -> Entry:
    first = _first_of(item)
    return Entry(
        address=_link(item, first, base),
        title=_plain(first, _TITLES),
        summary=_plain(first, _SUMMARIES),
        content=_content(first),
        published=_moment(first, _PUBLISHED),
        updated=_moment(first, _UPDATED),
        author=_author(first),
        categories=tuple(
            text for name, child in named(item) if name in _CATEGORIES and (text := plain(own(child)))
        ),
        image=_image(item, base),
        language=language(item) or _text(first, ("dc:language",)) or None,
        identifier=_text(first, ("guid", "atom:id", "dc:identifier")) or None,
    )


def _first_of(parent: Element) -> dict[str, Element]:
    """The first child of each name that says something."""
    first: dict[str, Element] = {}
    for name, child in named(parent):
        if name not in first or not (first[name].text or len(first[name])):
            first[name] = child
    return first


def _filled(first: dict[str, Element], names: tuple[str, ...], read: Callable[[Element], Any]) -> Any:
    for name in names:
        if name in first and (found := read(first[name])):
            return found
    return None


def _text(first: dict[str, Element], names: tuple[str, ...]) -> str:
    return _filled(first, names, own) or ""


def _plain(first: dict[str, Element], names: tuple[str, ...]) -> str:
    return _filled(first, names, _shown) or ""


def _shown(element: Element) -> str:
    return said(element) if name_of(element).startswith("atom:") else plain(escaped(element))


def _content(first: dict[str, Element]) -> str:
    found = _filled(first, _CONTENTS, lambda element: inner(element) if len(element) else own(element))
    return found or (escaped(first["description"]) if _is_long(first.get("description")) else "")


def _is_long(description: Element | None) -> bool:
    """Whether a description is the whole article, as many newspapers write it."""
    return description is not None and len(description.text or "") > 600


def _moment(first: dict[str, Element], names: tuple[str, ...]) -> Any:
    return _filled(first, names, lambda element: moment(own(element)))


def _author(first: dict[str, Element]) -> str | None:
    for name in _AUTHORS:
        if name not in first:
            continue
        inside = dict(named(first[name]))
        written = own(inside["atom:name"]) if "atom:name" in inside else own(first[name])
        match = _WITH_NAME.match(written)
        if text := plain(match.group(1) if match else written):
            return text
    return None


def _link(item: Element, first: dict[str, Element], base: str) -> str:
    """The article's own address: before a counter's detour, and before one that is only an identifier."""
    for name in ("feedburner:origlink", "link"):
        if name in first and (found := _address(first[name], base)):
            return found
    for name, child in named(item):
        if name == "atom:link" and (child.get("rel") or "alternate") == "alternate" and child.get("href"):
            return whole(child.get("href") or "", child, base)
    guid = first.get("guid")
    if guid is not None and (guid.get("ispermalink") or guid.get("isPermaLink") or "true") == "true":
        return _address(guid, base)
    return ""


def _address(element: Element, base: str) -> str:
    return whole(own(element) or element.get("href") or "", element, base)


def _image(item: Element, base: str) -> str | None:
    """The widest picture that is named, else any."""
    best, width = None, -1
    for element in item.iter():
        if not isinstance(element.tag, str):
            continue
        address = _picture(name_of(element), element)
        if address:
            wide = element.get("width") or ""
            here = int(wide) if wide.isdecimal() and len(wide) < 6 else 0
            if here > width:
                best, width = whole(address, element, base), here
    return best


def _picture(name: str, element: Element) -> str | None:
    kind = (element.get("type") or "").lower()
    match name:
        case "media:content":
            is_picture = element.get("medium") == "image" or kind.startswith("image/")
            return element.get("url") if is_picture else None
        case "media:thumbnail":
            return element.get("url")
        case "enclosure":
            return element.get("url") if kind.startswith("image/") else None
        case "itunes:image":
            return element.get("href")
        case _:
            return None
