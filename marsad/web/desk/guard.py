"""Who is at the desk, and whether a form is really theirs."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad import addresses
from marsad.app import Marsad
from marsad.oversight import Role, User
from marsad.views.signing import Bounds, sessions
from marsad.web.answers import answer, bare_path, here, marsad_of
from marsad.web.forms import check_origin, fields

COOKIE = "marsad_session"
_RANKS = tuple(Role)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in."""

    user: User
    #: What the cookie holds.
    token: str

    @property
    def csrf(self) -> str:
        """What every form of this session carries, and no other site can know."""
        return hmac.digest(self.token.encode(), b"csrf", "sha256").hex()

    def may(self, role: Role) -> bool:
        """Whether this is somebody of that role, or of one that may more."""
        return _RANKS.index(self.user.role) >= _RANKS.index(role)


#: Makes a page of a request, of who asks, and of what the form holds (empty for GET).
Page: TypeAlias = Callable[[Request, Visitor, dict[str, str]], Response]


def behind(role: Role, page: Page) -> Callable[[Request], Awaitable[Response]]:
    """`page` for those of that role; who is not signed in is asked to."""

    async def guarded(request: Request) -> Response:
        visitor = await asyncio.to_thread(visitor_of, request)
        if visitor is None and request.method == "GET":
            return to_sign_in(request)
        if visitor is None:
            raise HTTPException(403)
        given: dict[str, str] = {}
        if request.method == "POST":
            check_origin(request)
            given = await fields(request)
            if not hmac.compare_digest(given.pop("csrf", "").encode(), visitor.csrf.encode()):
                raise HTTPException(403)
        if not visitor.may(role):
            raise HTTPException(403)
        return private(await asyncio.to_thread(page, request, visitor, given))

    return guarded


def visitor_of(request: Request) -> Visitor | None:
    """Who is signed in; None for nobody."""
    token = request.cookies.get(COOKIE, "")
    if not 20 <= len(token) <= 100:
        return None
    marsad, now = marsad_of(request), datetime.now(UTC)
    with marsad.store.reading() as connection:
        user = sessions.user_of(connection, token, now, bounds(marsad))
    if user is None:
        return None
    with marsad.store.writing() as connection:
        sessions.note_seen(connection, token, now)
    return Visitor(user, token)


def case_for(request: Request, article: int) -> str:
    """Where that article is decided on, within the reader's language; "" for who may not decide."""
    visitor = visitor_of(request) if COOKIE in request.cookies else None
    return here(request, addresses.desk_case(article)) if visitor and visitor.may(Role.MODERATOR) else ""


def bounds(marsad: Marsad) -> Bounds:
    """How long somebody stays signed in."""
    chosen = marsad.settings.moderation
    return Bounds(timedelta(hours=chosen.session_hours), timedelta(minutes=chosen.idle_minutes))


def shown(
    request: Request, visitor: Visitor, template: str, values: dict[str, Any], status: int = 200
) -> Response:
    """A page of the desk."""
    everywhere = {"visitor": visitor, "csrf": visitor.csrf}
    return answer(request, f"desk/{template}", {**everywhere, **values}, status)


def again(request: Request, path: str) -> Response:
    """After a form: to the page at `path`, in the language of this one."""
    language = request.scope.get("language", "")
    return RedirectResponse(addresses.within(language, path), 303)


def private(response: Response) -> Response:
    """An answer that nobody else may see or keep."""
    response.headers["cache-control"] = "private, no-store"
    # Else browsers would not say that a form comes from its own page.
    response.headers["referrer-policy"] = "same-origin"
    response.headers["x-robots-tag"] = "noindex"
    return response


def to_sign_in(request: Request) -> Response:
    """To the form, and from there back to what was asked for, in the language that is read by then."""
    wanted = bare_path(request) + (f"?{request.url.query}" if request.url.query else "")
    return again(request, f"{addresses.SIGN_IN}?{urlencode({'next': wanted})}")
