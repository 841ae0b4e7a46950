"""The pages of places: one each, and all of them by country."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad.views import places
from marsad.web.answers import cached
from marsad.web.rendering import PLACE_KINDS


def place_page(request: Request) -> Response:
    """What happens at a place, and in what lies in it."""
    slug, mark = request.path_params["slug"], request.query_params.get("from", "")

    def values(connection: Connection) -> dict[str, Any]:
        found = places.place(connection, slug, datetime.now(UTC), mark)
        if found is None:
            raise HTTPException(404)
        return {"page": found, "kind": PLACE_KINDS[found.place.kind], "is_first": not mark}

    return cached(request, "place.html", values)


def places_page(request: Request) -> Response:
    """All places by country, counted at most once an hour."""
    return cached(
        request,
        "places.html",
        lambda connection: {"countries": places.by_country(connection)},
        state=lambda _: "hourly",
    )
