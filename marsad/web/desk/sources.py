"""Newspapers at the desk: added, paused, removed, and how much of each may be shown."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.errors import MarsadError
from marsad.model import DisplayPolicy, Source
from marsad.views.managing import change_source, source_lines
from marsad.web.answers import marsad_of
from marsad.web.desk.guard import Visitor, again, shown
from marsad.web.desk.words import POLICIES

LONGEST_ADDRESS = 2000


def sources_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """The list."""
    return _page(request, visitor)


def add_source(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    """Find a newspaper's feeds from its home page and put it on the list."""
    marsad, address = marsad_of(request), given.get("address", "").strip()[:LONGEST_ADDRESS]
    try:
        source, tried = asyncio.run(marsad.discover(address))
    except MarsadError as error:
        return _page(request, visitor, str(error), 422)
    if not source.feeds:
        return _page(request, visitor, "; ".join(tried) or address, 422)
    if not marsad.add_found(source, address):
        return _page(request, visitor, status=409, listed=source)
    return again(request, addresses.desk("sources"))


def change(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """Pause, resume or remove a newspaper, or decide how much of it is shown."""
    marsad, slug = marsad_of(request), request.path_params["slug"]
    display = given.get("display", "")
    policy = DisplayPolicy(display) if display in set(DisplayPolicy) else None
    known = change_source(
        marsad.store, slug, given.get("do", ""), policy, permitted=given.get("permitted") == "yes"
    )
    if not known:
        raise HTTPException(404)
    return again(request, addresses.desk("sources"))


def settings_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """The settings as they are; they are changed in their file."""
    return shown(request, visitor, "settings.html", {"rows": marsad_of(request).settings.rows()})


def _page(
    request: Request,
    visitor: Visitor,
    trouble: str = "",
    status: int = 200,
    *,
    listed: Source | None = None,
) -> Response:
    with marsad_of(request).store.reading() as connection:
        lines = source_lines(connection)
    values = {"lines": lines, "policies": POLICIES, "trouble": trouble, "listed": listed}
    return shown(request, visitor, "sources.html", values, status)
