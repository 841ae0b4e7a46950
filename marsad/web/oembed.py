"""oEmbed: who is given the address of an article of ours may ask how to show it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from marsad import addresses
from marsad.views import reading
from marsad.views.shown import Shown
from marsad.web import preview
from marsad.web.answers import base_of, bases_of, marsad_of


def oembed(request: Request) -> Response:
    """A link with title and preview (oEmbed 1.0, JSON alone)."""
    if request.query_params.get("format", "json") != "json":
        raise HTTPException(501)
    marsad, base = marsad_of(request), base_of(request)
    path = addresses.path_at(request.query_params.get("url", "")[:2000], *bases_of(request))
    asked = addresses.read_article(path)
    with marsad.store.reading() as connection:
        seen = reading.article(connection, asked[0], asked[1]) if asked else None
        if seen is None:
            raise HTTPException(404)
        article = Shown(connection, marsad.terms).article(seen.article)
    return JSONResponse(
        {
            "version": "1.0",
            "type": "link",
            "title": article.title,
            "author_name": seen.source.name,
            "author_url": seen.source.home,
            "provider_name": marsad.settings.server.title,
            "provider_url": addresses.absolute(base, addresses.FRONT),
            "thumbnail_url": addresses.absolute(base, addresses.preview(article.source, article.number or 0)),
            "thumbnail_width": preview.WIDTH,
            "thumbnail_height": preview.HEIGHT,
        }
    )
