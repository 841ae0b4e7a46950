"""A site that only its users read."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad import addresses
from marsad.web.desk.guard import to_sign_in, visitor_of

#: What anybody may ask for: the way in, what it looks like, whether all is well, and what signs in by itself.
_OPEN = frozenset({"static", "healthz", "robots.txt", "favicon.ico", "reader"})


class Closed:
    """Lets in who is signed in, and asks everybody else to sign in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or lead to the form; what is sent is for no cache that others share."""
        if scope["type"] != "http" or _is_open(scope):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        if await asyncio.to_thread(visitor_of, request) is not None:
            scope["is_user"] = True
            await self._app(scope, receive, _privately(send))
        elif request.method in {"GET", "HEAD"}:
            await to_sign_in(request)(scope, receive, send)
        else:
            await PlainTextResponse("Sign in first.", 403)(scope, receive, send)


def _is_open(scope: Scope) -> bool:
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    return (
        path in {addresses.SIGN_IN, addresses.READER_LOGIN}
        or path.startswith(f"{addresses.READER_OF_FRESHRSS}/")
        or path.removeprefix("/").partition("/")[0] in _OPEN
    )


def _privately(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                (name, value.replace(b"public", b"private") if name == b"cache-control" else value)
                for name, value in message["headers"]
            ]
        await send(message)

    return sent
