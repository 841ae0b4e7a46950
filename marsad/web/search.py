"""Finding: the search page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from marsad.views import finding
from marsad.web.answers import cached, marsad_of


def search_page(request: Request) -> Response:
    """What was found, kept until the archive or the index changes."""
    marsad = marsad_of(request)
    asked = request.query_params
    query = asked.get("q", "").strip()

    def values(connection: Connection) -> dict[str, Any]:
        found = finding.find(
            connection, marsad.index, query, page=asked.get("page", ""), sort=asked.get("sort", "")
        )
        return {"found": found, "query": query}

    with marsad.store.reading() as connection:
        state = marsad.searched_state(connection)
    return cached(request, "search.html", values, state=state)
