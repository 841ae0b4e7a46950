"""Images of articles, through us: no reader's address reaches a newspaper."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad.addresses import IMAGE_WIDTHS
from marsad.errors import Later, Refused
from marsad.views import pictures
from marsad.web.answers import is_known, marsad_of
from marsad.web.rates import Rates, network_of

#: For a minute, each reader; a front page has some thirty.
RATE = 600
HEADERS = {
    # For as long may an image be seen after it was hidden, where somebody saw it before. Then a browser
    # asks again, which costs a few bytes while the image stands.
    "cache-control": "public, max-age=300, must-revalidate",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-site",
}


async def image(request: Request) -> Response:
    """One image of one article at reading size."""
    marsad, asked = marsad_of(request), request.path_params
    rates: Rates = request.app.state.rates
    if asked["width"] not in IMAGE_WIDTHS or not marsad.settings.images.shown:
        raise HTTPException(404)
    if not rates.admits("image", network_of(request), RATE):
        return Response("", 429, {"retry-after": "60"})

    def look() -> str | None:
        with marsad.store.reading() as connection:
            return pictures.address_of(connection, marsad.terms, asked["article"], asked["key"])

    address = await asyncio.to_thread(look)
    if address is None:
        return _none(404)
    headers = {**HEADERS, "etag": f'"{asked["key"]}-{asked["width"]}"'}
    if is_known(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    try:
        body = await marsad.pictures.get(address, asked["width"])
    except Refused:
        return _none(404)
    except Later:
        return _none(503)
    return Response(body, headers=headers, media_type="image/webp")


def _none(status: int) -> Response:
    return Response("", status, {"cache-control": "public, max-age=300"}, "text/plain")
