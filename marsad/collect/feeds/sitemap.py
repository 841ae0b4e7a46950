"""Sitemaps, those of news and images among them, and their indexes (sitemaps.org protocol 0.9)."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice

from marsad.collect.feeds.document import Document, Element
from marsad.collect.feeds.moments import moment
from marsad.collect.feeds.names import name_of, named
from marsad.collect.feeds.texts import own, plain, whole
from marsad.model import Entry, Feed

ROOTS = frozenset(
    {"sitemap:urlset", "urlset", "?:urlset", "sitemap:sitemapindex", "sitemapindex", "?:sitemapindex"}
)

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def read(document: Document, base: str, limit: int) -> Feed:
    """The sitemap's entries, or the further sitemaps of an index, the newest first."""
    root = document.root
    if name_of(root).endswith("sitemapindex"):
        return Feed(further=_further(root, base, limit), tolerated=document.tolerated)
    entries = (_entry(child, base) for name, child in named(root) if _bare(name) == "url")
    found = (entry for entry in entries if entry.address)
    return Feed(entries=tuple(islice(found, limit)), tolerated=document.tolerated)


def _further(root: Element, base: str, limit: int) -> tuple[str, ...]:
    listed = []
    for name, child in named(root):
        if _bare(name) == "sitemap":
            inside = {_bare(part): element for part, element in named(child)}
            if "loc" in inside and own(inside["loc"]):
                changed = moment(own(inside["lastmod"])) if "lastmod" in inside else None
                listed.append((changed or _LONG_AGO, whole(own(inside["loc"]), child, base)))
    listed.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(address for _, address in listed[:limit])


def _entry(url: Element, base: str) -> Entry:
    inside: dict[str, Element] = {}
    for element in url.iter():
        if isinstance(element.tag, str):
            inside.setdefault(name_of(element), element)
    texts = {_bare(name): own(element) for name, element in inside.items() if not len(element)}
    news_date = texts.get("news:publication_date", "")
    keywords = texts.get("news:keywords", "").replace("،", ",").split(",")
    picture = texts.get("image:loc", "")
    return Entry(
        address=whole(texts.get("loc", ""), url, base),
        title=plain(texts.get("news:title", "")),
        published=moment(news_date),
        updated=moment(texts.get("lastmod", "")),
        categories=tuple(word for keyword in keywords if (word := plain(keyword))),
        image=whole(picture, url, base) if picture else None,
        language=texts.get("news:language") or None,
    )


def _bare(name: str) -> str:
    return name.removeprefix("sitemap:").removeprefix("?:")
