"""Short names for the elements of feeds, whatever namespace they were written in."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.collect.feeds.document import Element

#: How an address of a namespace begins (in small letters), and the prefix that it stands for here.
_SPACES = (
    ("http://www.w3.org/2005/atom", "atom"),
    ("http://purl.org/atom/ns", "atom"),
    ("http://purl.org/pie", "atom"),
    ("http://purl.org/rss/1.0/modules/content", "content"),
    ("http://purl.org/rss/1.0", ""),
    ("http://my.netscape.com/", ""),
    ("http://channel.netscape.com/", ""),
    ("http://backend.userland.com/", ""),
    ("http://blogs.law.harvard.edu/", ""),
    ("http://purl.org/net/rss1.1", ""),
    ("http://my.theinfo.org/", ""),
    ("http://purl.org/dc/elements", "dc"),
    ("http://purl.org/dc/terms", "dcterms"),
    ("http://search.yahoo.com/mrss", "media"),
    ("http://www.itunes.com/dtds/", "itunes"),
    ("http://www.w3.org/1999/02/22-rdf-syntax", "rdf"),
    ("http://rssnamespace.org/feedburner", "feedburner"),
    ("http://www.sitemaps.org/schemas/sitemap/", "sitemap"),
    ("http://www.google.com/schemas/sitemap/", "sitemap"),
    ("https://www.google.com/schemas/sitemap/", "sitemap"),
    ("http://www.google.com/schemas/sitemap-news/", "news"),
    ("http://www.google.com/schemas/sitemap-image/", "image"),
    ("http://www.w3.org/1999/xhtml", "xhtml"),
)
#: Names that were worked out; feeds use the same few, and one that uses many costs no memory.
_known: dict[str, str] = {}
_MOST_KNOWN = 4096


def name_of(element: Element) -> str:
    """The element's name in small letters with the prefix of its namespace, as ``media:content``.

    Elements of RSS have none. A prefix that the feed never declared is taken at its word.
    """
    tag = str(element.tag)
    name = _known.get(tag)
    if name is None:
        name = _worked_out(tag)
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[tag] = name
    return name


def named(parent: Element) -> Iterator[tuple[str, Element]]:
    """The children of `parent` that are elements, with their names."""
    for child in parent:
        if isinstance(child.tag, str):
            yield name_of(child), child


def _worked_out(tag: str) -> str:
    space, closed, local = tag.rpartition("}")
    local = local.lower()
    if not closed:
        return local
    space = space[1:].strip().lower()
    for beginning, prefix in _SPACES:
        if space.startswith(beginning):
            return f"{prefix}:{local}" if prefix else local
    return f"?:{local}"
