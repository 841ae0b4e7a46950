"""Pages that say what went wrong, and help on."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad.errors import Withheld
from marsad.views import missing
from marsad.web.answers import answer, apart, bare_path, marsad_of


def error_page(request: Request, error: Exception) -> Response:
    """What went wrong, in words, with a way on."""
    said = _said(request, _status(error))
    if isinstance(error, HTTPException):
        said.headers.update(error.headers or {})
    return said


def _said(request: Request, status: int) -> Response:
    if status >= 500:  # the archive itself may be what fails
        return apart(request, "error.html", {"status": status, "guess": missing.Guess()}, status)
    seen = _guess(request) if status == 404 else missing.Guess()
    return answer(request, "error.html", {"status": status, "guess": seen, "query": seen.words}, status)


def _status(error: Exception) -> int:
    if isinstance(error, Withheld):
        return 410
    return error.status_code if isinstance(error, HTTPException) else 500


def _guess(request: Request) -> missing.Guess:
    with marsad_of(request).store.reading() as connection:
        return missing.guess(connection, bare_path(request))
