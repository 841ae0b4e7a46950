"""Atom 1.0 (RFC 4287) and 0.3."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from marsad.collect.feeds.document import Document, Element
from marsad.collect.feeds.moments import moment
from marsad.collect.feeds.names import name_of, named
from marsad.collect.feeds.texts import construct, language, own, plain, said, whole
from marsad.model import Entry, Feed

ROOTS = frozenset({"atom:feed", "feed", "atom:entry", "entry", "?:feed"})

_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})


def read(document: Document, base: str, limit: int) -> Feed:
    """The feed; up to `limit` entries in the order that it gives them."""
    root = document.root
    if _bare(name_of(root)) == "entry":
        return Feed(entries=(_entry(root, base),), tolerated=document.tolerated)
    inside = [(_bare(name), child) for name, child in named(root)]
    items = (child for name, child in inside if name in {"entry", "item"})
    return Feed(
        title=_said(inside, "title"),
        home=_link(inside, base) or None,
        language=language(root),
        entries=tuple(_entry(item, base) for item in islice(items, limit)),
        tolerated=document.tolerated,
    )


def _entry(item: Element, base: str) -> Entry:
    inside = [(_bare(name), child) for name, child in named(item)]
    return Entry(
        address=_link(inside, base),
        title=_said(inside, "title", "dc:title", "media:title"),
        summary=_said(inside, "summary", "dc:description", "description", "media:description"),
        content=_content(inside),
        published=_moment(inside, "published", "issued", "dcterms:issued", "created", "dcterms:created"),
        updated=_moment(inside, "updated", "modified", "dcterms:modified", "dc:date"),
        author=_author(inside),
        categories=tuple(
            text
            for name, child in inside
            if name == "category" and (text := plain(child.get("label") or child.get("term") or own(child)))
        ),
        image=_image(item, inside, base),
        language=language(item),
        identifier=next((own(child) for name, child in inside if name == "id"), None),
    )


Children = list[tuple[str, Element]]


def _bare(name: str) -> str:
    return name.removeprefix("atom:")


def _all(inside: Children, names: Iterable[str]) -> Iterable[Element]:
    """The children of those names, in the order of the names."""
    return (child for wanted in names for name, child in inside if name == wanted)


def _said(inside: Children, *names: str) -> str:
    return next((text for child in _all(inside, names) if (text := said(child))), "")


def _moment(inside: Children, *names: str) -> datetime | None:
    return next((found for child in _all(inside, names) if (found := moment(own(child)))), None)


def _content(inside: Children) -> str:
    for child in _all(inside, ("content", "xhtml:body", "content:encoded")):
        text, is_html = construct(child)
        if text:
            return text if is_html or "<" in text else f"<p>{text}</p>"
    return ""


def _author(inside: Children) -> str | None:
    for child in _all(inside, ("author", "dc:creator")):
        name = next((own(part) for part_name, part in named(child) if _bare(part_name) == "name"), "")
        if text := plain(name or ("" if len(child) else own(child))):
            return text
    return None


def _link(inside: Children, base: str) -> str:
    """The page of it: the alternate that is HTML, else any alternate, else its identifier."""
    before = next((own(child) for child in _all(inside, ("feedburner:origlink",))), "")
    if before:
        return whole(before, inside[0][1], base)
    alternates = [
        child
        for name, child in inside
        if name == "link" and (child.get("rel") or "alternate").strip().lower() == "alternate"
    ]
    alternates.sort(key=lambda child: (child.get("type") or "").strip().lower() not in _PAGES)
    for child in alternates:
        if address := (child.get("href") or own(child)):
            return whole(address, child, base)
    named_by = (own(child) for child in _all(inside, ("id", "guid")))
    return next((text for text in named_by if text.lower().startswith(("http://", "https://"))), "")


def _image(item: Element, inside: Children, base: str) -> str | None:
    for name, child in inside:
        is_enclosure = name == "link" and child.get("rel") == "enclosure"
        if is_enclosure and (child.get("type") or "").lower().startswith("image/"):
            return whole(child.get("href") or "", child, base)
    for element in item.iter():
        if isinstance(element.tag, str) and name_of(element) in {"media:thumbnail", "media:content"}:
            is_picture = name_of(element) == "media:thumbnail" or element.get("medium") == "image"
            address = element.get("url")
            if address and (is_picture or (element.get("type") or "").startswith("image/")):
                return whole(address, element, base)
    return None
