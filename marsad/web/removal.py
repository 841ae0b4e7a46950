"""Where publishers and persons ask for a removal and follow it; and what everybody may know."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad import addresses
from marsad.views import desk
from marsad.views.removing import requests
from marsad.web.answers import answer, marsad_of
from marsad.web.desk.guard import case_for, private
from marsad.web.desk.words import STANDINGS, STATES
from marsad.web.forms import check_origin, fields
from marsad.web.rates import Rates, network_of
from marsad.web.reports import REASONS

ROLES = {"publisher": "I speak for the newspaper", "person": "It is about me or somebody close to me"}
LIMITS = {"about": 2000, "text": 4000, "contact": 200}
RATE = 5
#: After a request is closed, who asked and in which words is kept so long.
REMEMBERED = timedelta(days=90)


def removal_form(request: Request) -> Response:
    """The form."""
    return _form(request, {}, 200)


async def take_request(request: Request) -> Response:
    """A request that was sent; whoever asked is led to the page that tells what becomes of it."""
    check_origin(request)
    given = await fields(request)
    rates: Rates = request.app.state.rates
    if not rates.admits("removal", network_of(request), RATE):
        raise HTTPException(429, headers={"retry-after": "60"})
    cut = {name: given.get(name, "").strip()[:most] for name, most in LIMITS.items()}
    if given.get("role") not in ROLES or not all(cut.values()):
        return await asyncio.to_thread(_form, request, given, 422)
    token = await asyncio.to_thread(_kept, request, given["role"], cut)
    language = request.scope.get("language", "")
    return private(RedirectResponse(addresses.within(language, addresses.removal(token)), 303))


def followed(request: Request) -> Response:
    """How far a request has come, for who knows its address."""
    with marsad_of(request).store.reading() as connection:
        found = requests.by_token(connection, request.path_params["token"])
    if found is None:
        raise HTTPException(404)
    return private(answer(request, "removal_state.html", {"asked": found, "states": STATES}))


def tombstone(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """What stands at the address of an article that is not shown: 410, and why in general terms."""
    asked = request.path_params
    number: int | None = asked.get("number", asked.get("article"))
    decision, at_desk = None, ""
    if number is not None:
        with marsad_of(request).store.reading() as connection:
            decision = desk.why_withheld(connection, number)
        at_desk = case_for(request, number)
    said = answer(request, "tombstone.html", {"decision": decision, "reasons": REASONS, "case": at_desk}, 410)
    return private(said) if at_desk else said


def transparency_page(request: Request) -> Response:
    """What was reported, asked for and decided, in numbers."""
    with marsad_of(request).store.reading() as connection:
        seen = desk.transparency(connection)
    values = {"seen": seen, "reasons": REASONS, "called": STANDINGS, "states": STATES}
    return answer(request, "transparency.html", values)


def _kept(request: Request, role: str, cut: dict[str, str]) -> str:
    now = datetime.now(UTC)
    with marsad_of(request).store.writing() as connection:
        requests.forget(connection, now - REMEMBERED)
        return requests.add(connection, role, cut["about"], cut["text"], cut["contact"], now)


def _form(request: Request, given: dict[str, str], status: int) -> Response:
    typed = {name: given.get(name, "") for name in ("role", *LIMITS)}
    typed["about"] = typed["about"] or request.query_params.get("about", "")[:200]
    values = {"roles": ROLES, "typed": typed, "missing": status != 200}
    return private(answer(request, "removal.html", values, status))
