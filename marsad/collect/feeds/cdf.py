"""Microsoft's Channel Definition Format of 1997."""

from __future__ import annotations

from itertools import islice

from marsad.collect.feeds.document import Document, Element
from marsad.collect.feeds.moments import moment
from marsad.collect.feeds.names import named
from marsad.collect.feeds.texts import own, plain, whole
from marsad.model import Entry, Feed


def is_cdf(root: Element) -> bool:
    """Whether a root called channel is one of this format: its name or an address stands in capitals."""
    return root.tag == "CHANNEL" or any(child.tag in {"ITEM", "TITLE", "ABSTRACT"} for child in root)


def read(document: Document, base: str, limit: int) -> Feed:
    """The channel; up to `limit` of its items."""
    root = document.root
    inside = dict(reversed(list(named(root))))
    items = (child for name, child in named(root) if name == "item")
    return Feed(
        title=plain(own(inside["title"])) if "title" in inside else "",
        home=whole(_attribute(root, "href"), root, base) or None,
        entries=tuple(_entry(item, base) for item in islice(items, limit)),
        tolerated=document.tolerated,
    )


def _entry(item: Element, base: str) -> Entry:
    inside = dict(reversed(list(named(item))))
    return Entry(
        address=whole(_attribute(item, "href"), item, base),
        title=plain(own(inside["title"])) if "title" in inside else "",
        summary=plain(own(inside["abstract"])) if "abstract" in inside else "",
        updated=moment(_attribute(item, "lastmod")),
    )


def _attribute(element: Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).lower() == name), "")
