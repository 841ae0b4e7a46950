"""What every answer of the programming interface has in common: a tag, a limit, problems in one form."""

from __future__ import annotations

import hashlib
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as PlainHTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from marsad.errors import MarsadError, Withheld
from marsad.web.answers import is_known
from marsad.web.rates import Rates, network_of

#: For a minute, each network.
RATE = 300


class TaggedJSON(JSONResponse):
    """JSON that carries a tag of its content, by which a client asks whether it changed."""

    def __init__(self, content: Any, status_code: int = 200, **given: Any) -> None:
        super().__init__(content, status_code, **given)
        digest = hashlib.blake2b(self.body, digest_size=9).hexdigest()
        self.headers["etag"] = f'"{digest}"'
        self.headers["cache-control"] = "no-cache"
        self.headers["access-control-allow-origin"] = "*"
        self.headers["x-content-type-options"] = "nosniff"


class Heads:
    """Answers HEAD as GET: whoever sends the answer leaves its body out."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application see a GET."""
        asked = {**scope, "method": "GET"} if scope.get("method") == "HEAD" else scope
        await self._application(asked, receive, send)


def admit(request: Request) -> None:
    """Raise 429 for who asks too often."""
    rates: Rates = request.app.state.rates
    if not rates.admits("api", network_of(request), RATE):
        raise HTTPException(429, "too many requests; at most 300 a minute", {"retry-after": "60"})


def refuse_unknown(request: Request) -> None:
    """Raise 422 for parameters that the operation is not described with: they would narrow nothing."""
    described = request.app.openapi()["paths"][request.scope["route"].path]["get"]
    known = {each["name"] for each in described.get("parameters", ()) if each["in"] == "query"}
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        raise RequestValidationError(
            [{"loc": ("query", name), "msg": "there is no such parameter"} for name in unknown]
        )


def as_asked(request: Request, found: Any) -> Response:
    """`found` (a pydantic model) as JSON; nothing but 304 for a client that has it already."""
    answer = TaggedJSON(found.model_dump(mode="json"))
    if is_known(request, answer.headers["etag"]):
        return Response(status_code=304, headers={"etag": answer.headers["etag"]})
    return answer


def problem(status: int, title: str, detail: str = "", headers: dict[str, str] | None = None) -> Response:
    """What went wrong (RFC 9457)."""
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(said, status, headers, media_type="application/problem+json")


def tell_problems(application: FastAPI) -> None:
    """Every error of `application` in that one form."""

    async def refused(_: Request, error: Exception) -> Response:
        assert isinstance(error, PlainHTTPException)  # registered for these alone
        return problem(error.status_code, _TITLES.get(error.status_code, "Error"), error.detail, _of(error))

    async def misread(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # registered for these alone
        wrong = "; ".join(f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors())
        return problem(422, "A parameter cannot be read", wrong)

    async def withheld(_: Request, __: Exception) -> Response:
        return problem(410, "No longer shown")

    async def failed(_: Request, error: Exception) -> Response:
        return problem(503, "Cannot answer now", type(error).__name__)

    application.add_exception_handler(PlainHTTPException, refused)
    application.add_exception_handler(RequestValidationError, misread)
    application.add_exception_handler(Withheld, withheld)
    application.add_exception_handler(MarsadError, failed)


_TITLES = {404: "There is no such thing here", 405: "Not that way", 429: "Too many requests"}


def _of(error: PlainHTTPException) -> dict[str, str]:
    return dict(error.headers or {})
