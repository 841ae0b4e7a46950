"""Which reader reads a feed: by what its bytes are, not by what its server calls them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from marsad.collect.feeds import atom, cdf, jsonfeed, rss, sitemap
from marsad.collect.feeds.document import Document, decoded, parsed, unpacked
from marsad.collect.feeds.names import name_of
from marsad.errors import Refused
from marsad.model import Feed


class Format(NamedTuple):
    """A format of XML, known by the names that its root can have."""

    roots: frozenset[str]
    read: Callable[[Document, str, int], Feed]


FORMATS = (
    Format(rss.ROOTS, rss.read),
    Format(atom.ROOTS, atom.read),
    Format(sitemap.ROOTS, sitemap.read),
)


def parse_feed(body: bytes, content_type: str | None, base: str, *, limit: int = 8000) -> Feed:
    """The feed or sitemap that `body` is: up to `limit` entries, their addresses resolved against `base`.

    Raises Refused, saying why, where it is none. What was wrong and read all the same stands in
    `Feed.tolerated`.
    """
    text, tolerated = decoded(unpacked(body), content_type)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        feed = jsonfeed.read(text.lstrip("\ufeff"), base, limit)
    else:
        document = parsed(text)
        feed = _reader(document)(Document(document.root, (*tolerated, *document.tolerated)), base, limit)
    return feed


def _reader(document: Document) -> Callable[[Document, str, int], Feed]:
    name = name_of(document.root)
    if name == "channel" and cdf.is_cdf(document.root):
        return cdf.read
    for form in FORMATS:
        if name in form.roots:
            return form.read
    if name in {"html", "xhtml:html"}:
        raise Refused("not a feed: a web page")
    raise Refused("not a feed: XML of another kind", name[:60])
