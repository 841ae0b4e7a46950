"""Sitemaps (sitemaps.org 0.9), one for each month and one for news; our robots.txt; the list of sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from lxml import etree
from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from marsad import addresses
from marsad.model import Headline
from marsad.views import mapping
from marsad.web.answers import base_of, document, marsad_of
from marsad.web.syndication.channel import writable

TYPE = "application/xml"

_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

_ROBOTS = """\
User-agent: *
Disallow: /desk
Disallow: /report
Disallow: /reader
Disallow: /*/search
Disallow: /search
Sitemap: {index}
"""


def robots(request: Request) -> Response:
    """What robots are asked not to read here, and where the sitemaps are."""
    index = addresses.absolute(base_of(request), addresses.sitemap())
    return PlainTextResponse(_ROBOTS.format(index=index))


def opml(request: Request) -> Response:
    """The newspapers that are read here, as feed readers take them in."""

    def ours(slug: str) -> str:
        return addresses.absolute(base_of(request), addresses.feed(addresses.newspaper(slug)))

    headers = {"content-disposition": 'attachment; filename="sources.opml"'}
    return Response(marsad_of(request).write_sources(ours), headers=headers, media_type="text/x-opml")


def index(request: Request) -> Response:
    """The list of all sitemaps."""

    def write(connection: Connection) -> str:
        root = etree.Element(f"{{{_MAP}}}sitemapindex", nsmap={None: _MAP})
        names = ["news", "places", *(f"{part.month}-{part.page}" for part in mapping.parts(connection))]
        for name in names:
            top = etree.SubElement(root, f"{{{_MAP}}}sitemap")
            address = addresses.absolute(base_of(request), addresses.sitemap(name))
            etree.SubElement(top, f"{{{_MAP}}}loc").text = address
        return _written(root)

    return document(request, TYPE, write)


def month(request: Request) -> Response:
    """The articles of a month."""
    asked = request.path_params

    def write(connection: Connection) -> str:
        found = mapping.mapped(connection, mapping.Part(asked["month"], asked["page"]))
        if not found:
            raise HTTPException(404)
        return _urls(base_of(request), found)

    return document(request, TYPE, write)


def places(request: Request) -> Response:
    """The pages of places, each in every language."""

    def write(connection: Connection) -> str:
        root = etree.Element(f"{{{_MAP}}}urlset", nsmap={None: _MAP})
        for slug in mapping.places(connection):
            address = addresses.absolute(base_of(request), addresses.place(slug))
            etree.SubElement(etree.SubElement(root, f"{{{_MAP}}}url"), f"{{{_MAP}}}loc").text = address
        return _written(root)

    return document(request, TYPE, write)


def news(request: Request) -> Response:
    """The articles of the last two days, as search engines for news read them."""

    def write(connection: Connection) -> str:
        return _urls(base_of(request), mapping.news(connection, datetime.now(UTC)), as_news=True)

    return document(request, TYPE, write)


def _urls(base: str, found: Iterable[Headline], *, as_news: bool = False) -> str:
    root = etree.Element(f"{{{_MAP}}}urlset", nsmap={None: _MAP, "news": _NEWS} if as_news else {None: _MAP})
    for told in found:
        top = etree.SubElement(root, f"{{{_MAP}}}url")
        address = addresses.absolute(base, addresses.article(told.source, told.number))
        etree.SubElement(top, f"{{{_MAP}}}loc").text = address
        if as_news:
            _news(etree.SubElement(top, f"{{{_NEWS}}}news"), told)
    return _written(root)


def _news(top: etree._Element, told: Headline) -> None:
    publication = etree.SubElement(top, f"{{{_NEWS}}}publication")
    etree.SubElement(publication, f"{{{_NEWS}}}name").text = writable(told.newspaper)
    etree.SubElement(publication, f"{{{_NEWS}}}language").text = told.language
    etree.SubElement(top, f"{{{_NEWS}}}publication_date").text = told.dated.isoformat()
    etree.SubElement(top, f"{{{_NEWS}}}title").text = writable(told.title)


def _written(root: etree._Element) -> str:
    return etree.tostring(root, encoding="unicode")
