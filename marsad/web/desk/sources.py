"""Newspapers at the desk: added, described, paused, taken off, and how much of each may be shown."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.errors import MarsadError
from marsad.model import DisplayPolicy, Source
from marsad.oversight import Act, Deed
from marsad.views.managing import carry_out, description
from marsad.views.status import SourceLine, source_lines
from marsad.web.answers import marsad_of
from marsad.web.desk.guard import Visitor, again, shown
from marsad.web.desk.words import POLICIES

LONGEST_ADDRESS = 2000

#: What the forms of a newspaper ask for.
_ACTS = {
    "pause": Act.PAUSED,
    "resume": Act.RESUMED,
    "remove": Act.REMOVED,
    "display": Act.DISPLAY,
    "describe": Act.DESCRIBED,
}


def sources_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """The list."""
    return _list(request, visitor)


def add_source(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    """Find a newspaper's feeds from its home page and put it on the list."""
    marsad, address = marsad_of(request), given.get("address", "").strip()[:LONGEST_ADDRESS]
    try:
        source, found = asyncio.run(marsad.discover(address))
    except MarsadError as error:
        return _list(request, visitor, 422, asked=address, unread=(str(error),))
    if not source.feeds:
        return _list(request, visitor, 422, asked=address, barren=found.tried)
    source, changed = marsad.add_found(source, found.asked, visitor.user.name)
    if not changed:
        return _list(request, visitor, 409, listed=source)
    return again(request, addresses.desk(f"sources/{source.slug}"))


def source_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """One newspaper: how it fares, and what can be changed of it."""
    return _one(request, visitor, _line(request))


def change(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    """Do to a newspaper what the form says."""
    line, act = _line(request), _ACTS.get(given.get("do", ""))
    slug = line.source.slug
    if act is None:
        raise HTTPException(422)
    said = _detail(act, given, line.source)
    if said is None:
        return _one(request, visitor, line, given, 422)
    if not carry_out(marsad_of(request).store, Deed(act, slug, visitor.user.name, datetime.now(UTC), said)):
        raise HTTPException(404)
    return again(request, addresses.desk("sources" if act is Act.REMOVED else f"sources/{slug}"))


def settings_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """The settings as they are; they are changed in their file."""
    return shown(request, visitor, "settings.html", {"rows": marsad_of(request).settings.rows()})


def _detail(act: Act, given: Mapping[str, str], source: Source) -> Mapping[str, str] | None:
    """What the form asks for; None where it cannot be read."""
    if act is Act.DISPLAY:
        permitted = "yes" if given.get("permitted") == "yes" else "no"
        known = given.get("display") in set(DisplayPolicy)
        return {"display": given["display"], "permitted": permitted} if known else None
    if act is Act.DESCRIBED:
        return description(source, given)
    return {}


def _line(request: Request) -> SourceLine:
    """The newspaper of the address, with its state. Raises 404 where none is on the list."""
    with marsad_of(request).store.reading() as connection:
        lines = source_lines(connection)
    for line in lines:
        if line.source.slug == request.path_params["slug"]:
            return line
    raise HTTPException(404)


def _list(
    request: Request,
    visitor: Visitor,
    status: int = 200,
    *,
    asked: str = "",
    unread: tuple[str, ...] = (),
    barren: tuple[str, ...] | None = None,
    listed: Source | None = None,
) -> Response:
    """The list; with what became of an address that was `asked` for, and not added."""
    with marsad_of(request).store.reading() as connection:
        lines = source_lines(connection)
    values = {"asked": asked, "unread": unread, "barren": barren, "listed": listed}
    return shown(request, visitor, "sources.html", {"lines": lines, "policies": POLICIES, **values}, status)


def _one(
    request: Request,
    visitor: Visitor,
    line: SourceLine,
    given: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """A newspaper's page; with what was typed, where that could not be read."""
    source = line.source
    typed: dict[str, Any] = {
        "name": source.name,
        "country": source.country or "",
        "languages": " ".join(source.languages),
        "timezone": source.timezone,
        **(given or {}),
    }
    values = {"line": line, "policies": POLICIES, "typed": typed, "trouble": given is not None}
    return shown(request, visitor, "source.html", values, status)
