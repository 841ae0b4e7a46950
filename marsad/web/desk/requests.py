"""Requests for removal at the desk."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.oversight import RequestState
from marsad.views import removing
from marsad.web.answers import bases_of, marsad_of
from marsad.web.desk.guard import Visitor, again, shown
from marsad.web.desk.words import STATES

SHOWN = 100
LONGEST_ANSWER = 2000


def requests_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """All requests, open ones first."""
    with marsad_of(request).store.reading() as connection:
        found = removing.latest(connection, SHOWN, bases_of(request))
    return shown(request, visitor, "requests.html", {"asked": found, "states": STATES})


def answer_request(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    """Say what becomes of a request; what it asks for is decided on the article's own page."""
    if given.get("state") not in set(RequestState):
        raise HTTPException(422)
    state, words = RequestState(given["state"]), given.get("answer", "").strip()[:LONGEST_ANSWER]
    store, number, now = marsad_of(request).store, request.path_params["number"], datetime.now(UTC)
    if not removing.answer(store, number, state, words, visitor.user.name, now):
        raise HTTPException(404)
    return again(request, addresses.desk("requests"))
