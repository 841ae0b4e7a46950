"""Searches that who is signed in keeps: their list, their lasting addresses, and a feed of each."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from marsad import addresses
from marsad.errors import SettingsError
from marsad.oversight import Role
from marsad.views import saving
from marsad.views.asking import asked
from marsad.web.answers import marsad_of, today, wording_of
from marsad.web.desk.guard import Visitor, again, behind, private, shown, visitor_of
from marsad.web.search import period_name
from marsad.web.syndication.pages import found_feed


def routes() -> list[BaseRoute]:
    """All addresses of saved searches."""
    return [
        Route(addresses.SAVED, behind(Role.READER, _list_page), methods=["GET"]),
        Route(addresses.saved("new"), behind(Role.READER, _name_page), methods=["GET"]),
        Route(addresses.saved("new"), behind(Role.READER, _save), methods=["POST"]),
        Route(addresses.saved_feed("{token}", "{form}"), _feed),
        Route("/saved/{token}", _look, methods=["GET"]),
        Route("/saved/{token}", behind(Role.READER, _change), methods=["POST"]),
    ]


def _list_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    marsad = marsad_of(request)
    clock = ZoneInfo(marsad.settings.server.timezone)
    with marsad.store.reading() as connection:
        kept = saving.kept(connection, marsad.engines, visitor.user.name, today(marsad), clock)
    values = {
        "kept": kept,
        "longest": saving.LONGEST_NAME,
        "period": lambda when: period_name(wording_of(request), when),
    }
    return shown(request, visitor, "saved.html", values)


def _name_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    return _named(request, visitor)


def _save(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    marsad = marsad_of(request)
    parameters = {
        name: str(value) for name, value in asked(request.query_params).changed().parameters().items()
    }
    name = given.get("name", "").strip() or parameters["q"]
    if not name:
        return _named(request, visitor, status=422)
    try:
        with marsad.store.writing() as connection:
            newest = saving.newest(connection)
            saving.saved.keep(connection, visitor.user.name, name, parameters, newest, today(marsad))
    except SettingsError:
        return _named(request, visitor, full=True, status=422)
    return again(request, addresses.SAVED)


def _named(request: Request, visitor: Visitor, *, full: bool = False, status: int = 200) -> Response:
    """The form that asks for a name."""
    wanted = asked(request.query_params)
    values: dict[str, Any] = {"asked": wanted, "full": full, "longest": saving.LONGEST_NAME}
    return shown(request, visitor, "save.html", values, status)


def _change(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    """Do what the form says, where the search is the visitor's own."""
    token, user = request.path_params["token"], visitor.user.name
    with marsad_of(request).store.writing() as connection:
        if given.get("do") == "forget":
            saving.saved.forget(connection, user, token)
        elif name := given.get("name", "").strip():
            saving.saved.rename(connection, user, token, name)
    return again(request, addresses.SAVED)


def _look(request: Request) -> Response:
    """To what the search finds now. Its own user has seen it then."""
    found = _saved(request)
    visitor, marsad = visitor_of(request), marsad_of(request)
    if visitor is not None:
        with marsad.store.writing() as connection:
            saving.saved.look(connection, visitor.user.name, found.token, saving.newest(connection))
    return private(again(request, addresses.search("", **asked(found.parameters).parameters())))


def _feed(request: Request) -> Response:
    found = _saved(request)
    return found_feed(request, asked(found.parameters), found.name)


def _saved(request: Request) -> saving.Saved:
    with marsad_of(request).store.reading() as connection:
        found = saving.saved.by_token(connection, request.path_params["token"])
    if found is None:
        raise HTTPException(404)
    return found
