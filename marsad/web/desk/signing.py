"""Signing in and out."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.oversight import Role, User
from marsad.views.signing import sessions, users
from marsad.web.answers import answer, marsad_of
from marsad.web.desk.guard import COOKIE, Visitor, again, bounds, private, visitor_of
from marsad.web.forms import check_origin, fields
from marsad.web.rates import Rates, network_of

#: Attempts in a minute, of one network and for one name.
NETWORK_RATE, NAME_RATE = 20, 6


def sign_in_form(request: Request) -> Response:
    """The form; who is signed in already goes on at once."""
    if visitor := visitor_of(request):
        return again(request, _next(request) or _home(visitor))
    return _form(request, "", 200)


async def sign_in(request: Request) -> Response:
    """What was typed: right, and the desk opens; wrong, and nobody learns which part."""
    check_origin(request)
    given = await fields(request)
    rates: Rates = request.app.state.rates
    name = given.get("name", "").strip()[:64]
    if not (
        rates.admits("sign-in", network_of(request), NETWORK_RATE)
        and rates.admits("sign-in as", name, NAME_RATE)
    ):
        return await asyncio.to_thread(_form, request, "too often", 429)
    visitor = await asyncio.to_thread(_visitor, request, name, given)
    if visitor is None:
        return await asyncio.to_thread(_form, request, "wrong", 403)
    answered = again(request, _next(request) or _home(visitor))
    answered.set_cookie(
        COOKIE,
        visitor.token,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )
    return private(answered)


def sign_out(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """End this session."""
    with marsad_of(request).store.writing() as connection:
        sessions.end(connection, visitor.token)
    answered = again(request, addresses.SIGN_IN)
    answered.delete_cookie(COOKIE, path="/")
    return answered


def _visitor(request: Request, name: str, given: dict[str, str]) -> Visitor | None:
    """Who begins a new session; None where name, password or second factor are wrong."""
    marsad, now = marsad_of(request), datetime.now(UTC)
    with marsad.store.reading() as connection:
        user = users.with_password(connection, name, given.get("password", ""))
    if user is None:
        return None
    with marsad.store.writing() as connection:
        if not _has_second_factor(user) or users.pass_totp(connection, name, given.get("code", ""), now):
            sessions.forget(connection, now, bounds(marsad))
            return Visitor(user, sessions.start(connection, name, now))
    return None


def _has_second_factor(user: User) -> bool:
    return user.has_totp


def _form(request: Request, trouble: str, status: int) -> Response:
    return private(answer(request, "desk/sign_in.html", {"trouble": trouble}, status))


def _next(request: Request) -> str:
    """Where the visitor was going, if it is a page of ours; else ""."""
    wanted = request.query_params.get("next", "")
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return ""
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if is_ours else ""


def _home(visitor: Visitor) -> str:
    """Where somebody's work begins."""
    return addresses.DESK if visitor.may(Role.MODERATOR) else addresses.SAVED
