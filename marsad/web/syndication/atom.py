"""Atom (RFC 4287)."""

from __future__ import annotations

from lxml import etree

from marsad.web.syndication.channel import TYPES, Channel, Item, writable

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def write(channel: Channel) -> str:
    """The feed as XML."""
    root = etree.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: channel.language}, nsmap={None: _ATOM})
    _add(root, "id", channel.address)
    _add(root, "title", channel.title)
    _add(root, "updated", channel.updated.isoformat())
    _add(_add(root, "author"), "name", channel.site)
    _add(root, "generator", "Marsad")
    _add(root, "link", rel="self", type=TYPES["atom"], href=channel.address)
    _add(root, "link", rel="alternate", type="text/html", href=channel.page)
    for item in channel.items:
        _entry(_add(root, "entry"), item)
    return etree.tostring(root, encoding="unicode", pretty_print=True)


def _entry(top: etree._Element, item: Item) -> None:
    top.set(_LANGUAGE, item.language)
    _add(top, "id", item.address)
    _add(top, "title", item.title)
    _add(top, "link", rel="alternate", type="text/html", href=item.address)
    _add(top, "published", item.dated.isoformat())
    _add(top, "updated", item.dated.isoformat())
    _add(_add(top, "author"), "name", item.newspaper)
    _add(top, "category", term=item.section)
    if item.summary:
        _add(top, "summary", item.summary)


def _add(top: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(top, f"{{{_ATOM}}}{name}", attributes)
    made.text = writable(text) or None
    return made
