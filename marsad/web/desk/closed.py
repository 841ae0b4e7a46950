"""A site that only its users read."""

from __future__ import annotations

import asyncio
import re
from base64 import b64decode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad import addresses
from marsad.views.signing import users
from marsad.web.answers import marsad_of
from marsad.web.api.manners import problem
from marsad.web.desk.guard import to_sign_in, visitor_of
from marsad.web.rates import Rates, network_of
from marsad.web.reader_api import ATTEMPTS
from marsad.web.syndication.channel import TYPES

#: What anybody may ask for: the way in, what it looks like, whether all is well, and what signs in by itself.
_OPEN = frozenset({"static", "healthz", "robots.txt", "favicon.ico", "reader"})
#: What programs ask for. A form is nothing to them; they sign in as reader apps do, with name and token.
_OF_PROGRAMS = frozenset({"api", "metrics", "oembed", "sitemap", "sitemap.xml", "sources.opml"})
_FEEDS = frozenset(f"feed.{form}" for form in TYPES)
#: The feed of a search that somebody keeps. Who has its address was given it: it cannot be guessed.
_SAVED_FEED = re.compile(rf"{addresses.SAVED}/[^/]+/feed\.({'|'.join(TYPES)})")
_CHALLENGE = {"www-authenticate": 'Basic realm="Marsad", charset="UTF-8"', "cache-control": "no-store"}


class Closed:
    """Lets in who is signed in; readers are led to the form, programs are told in their own way."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or ask to sign in; what is sent is for no cache that others share."""
        if scope["type"] != "http" or _is_open(scope):
            await self._app(scope, receive, send)
            return
        if _SAVED_FEED.fullmatch(_path(scope)):
            await self._app(scope, receive, _privately(send))
            return
        request = Request(scope, receive)
        if await asyncio.to_thread(_is_known, request):
            scope["is_user"] = True
            await self._app(scope, receive, _privately(send))
        elif _is_for_programs(scope):
            await _unauthorised(request)(scope, receive, send)
        elif request.method in {"GET", "HEAD"}:
            await to_sign_in(request)(scope, receive, send)
        else:
            await PlainTextResponse("Sign in first.", 403)(scope, receive, send)


def _is_open(scope: Scope) -> bool:
    path = _path(scope)
    return (
        path in {addresses.SIGN_IN, addresses.READER_LOGIN}
        or path.startswith(f"{addresses.READER_OF_FRESHRSS}/")
        or _first(path) in _OPEN
    )


def _is_for_programs(scope: Scope) -> bool:
    path = _path(scope)
    return _first(path) in _OF_PROGRAMS or path.rpartition("/")[2] in _FEEDS


def _is_known(request: Request) -> bool:
    """Whether it comes from a user: one who is signed in, or a program with a user's token."""
    if visitor_of(request) is not None:
        return True
    return _is_for_programs(request.scope) and _has_token(request)


def _has_token(request: Request) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        name, _, token = b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        return False
    with marsad_of(request).store.reading() as connection:
        return users.with_token(connection, name[:80], token[:200]) is not None


def _unauthorised(request: Request) -> Response:
    """The challenge; who goes on guessing is told to wait, as at the other doors."""
    rates: Rates = request.app.state.rates
    guessed = "authorization" in request.headers
    if guessed and not rates.admits("reader", network_of(request), ATTEMPTS):
        status, title, headers = 429, "Too many attempts", {"retry-after": "60", "cache-control": "no-store"}
    else:
        status, title, headers = 401, "Sign in first", _CHALLENGE
    if _path(request.scope).startswith(f"{addresses.API}/"):
        return problem(status, title, "with your name and the token of your reader apps", headers)
    return PlainTextResponse(f"{title}.", status, headers)


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def _first(path: str) -> str:
    return path.removeprefix("/").partition("/")[0]


def _privately(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                (name, value.replace(b"public", b"private") if name == b"cache-control" else value)
                for name, value in message["headers"]
            ]
        await send(message)

    return sent
