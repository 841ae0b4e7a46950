"""RSS 2.0, with Atom's link to itself, Dublin Core's language and creator, and Media RSS for images."""

from __future__ import annotations

from email.utils import format_datetime

from lxml import etree

from marsad.web.syndication.channel import TYPES, Channel, Item, writable

_ATOM = "http://www.w3.org/2005/Atom"
_CORE = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"


def write(channel: Channel) -> str:
    """The feed as XML."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": _ATOM, "dc": _CORE, "media": _MEDIA})
    top = etree.SubElement(root, "channel")
    _add(top, "title", channel.title)
    _add(top, "link", channel.page)
    _add(top, "description", channel.title)
    _add(top, "language", channel.language)
    _add(top, "lastBuildDate", format_datetime(channel.updated))
    _add(top, "generator", "Marsad")
    own = {"rel": "self", "type": TYPES["rss"], "href": channel.address}
    etree.SubElement(top, f"{{{_ATOM}}}link", own)
    for item in channel.items:
        _item(etree.SubElement(top, "item"), item)
    return etree.tostring(root, encoding="unicode", pretty_print=True)


def _item(top: etree._Element, item: Item) -> None:
    _add(top, "title", item.title)
    _add(top, "link", item.address)
    _add(top, "guid", item.address)
    _add(top, "pubDate", format_datetime(item.dated))
    _add(top, f"{{{_CORE}}}creator", item.newspaper)
    _add(top, f"{{{_CORE}}}language", item.language)
    _add(top, "category", item.section)
    if item.summary:
        _add(top, "description", item.summary)
    if item.image:
        etree.SubElement(top, f"{{{_MEDIA}}}content", {"url": item.image, "medium": "image"})


def _add(top: etree._Element, name: str, text: str) -> None:
    etree.SubElement(top, name).text = writable(text)
