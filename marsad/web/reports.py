"""Reports by readers: a form, and a word of thanks."""

from __future__ import annotations

import asyncio
import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad.errors import Refused
from marsad.oversight import Reason, Thing
from marsad.views import reporting
from marsad.views.reporting import Reader
from marsad.web.answers import answer, marsad_of
from marsad.web.forms import check_origin, fields
from marsad.web.rates import Rates, network_of

COOKIE = "marsad_reader"
#: As long as reports count, and the key that they are made with lives.
COOKIE_SECONDS = 60 * 86400
#: Reports from one network in a minute; who sends more is no reader.
RATE = 20
LONGEST_BROWSER = 400

REASONS = {
    Reason.VIOLENT: "Violent or indecent",
    Reason.PRIVACY: "It touches somebody's privacy",
    Reason.WRONG_IMAGE: "The wrong image",
    Reason.COPYRIGHT: "Copyright",
    Reason.WRONG_LINK: "The link is wrong or was hijacked",
    Reason.OTHER: "Another reason",
    Reason.PUBLISHER: "At its publisher's request",
}
OFFERED = [reason for reason in Reason if reason is not Reason.PUBLISHER]


def report_form(request: Request) -> Response:
    """The form to report an article or one of its images."""
    return _form(request)


async def take_report(request: Request) -> Response:
    """A report that was sent; the reader is thanked also when it is his second one."""
    check_origin(request)
    given = await fields(request)
    rates: Rates = request.app.state.rates
    if not rates.admits("report", network_of(request), RATE):
        raise HTTPException(429, headers={"retry-after": "60"})
    if given.get("reason") not in OFFERED:
        return _form(request, 422, missing=True)
    cookie = request.cookies.get(COOKIE, "")[:64]
    reader = Reader(
        request.client.host if request.client else "",
        request.headers.get("user-agent", "")[:LONGEST_BROWSER],
        cookie,
    )
    # The cookie that is set now is known from this report on.
    marked = reader if cookie else Reader(reader.address, reader.browser, secrets.token_urlsafe(16))
    values = await asyncio.to_thread(_values, request)
    report = marsad_of(request).moderator.report
    try:
        await asyncio.to_thread(
            report, _thing(request), Reason(given["reason"]), marked, given.get("note", "")
        )
    except Refused as error:
        raise HTTPException(404) from error
    thanks = await asyncio.to_thread(answer, request, "report_thanks.html", values)
    thanks.set_cookie(
        COOKIE,
        marked.cookie,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return thanks


def _form(request: Request, status: int = 200, *, missing: bool = False) -> Response:
    said = answer(request, "report.html", {**_values(request), "missing": missing}, status)
    # Else browsers would not say that the report comes from this page.
    said.headers["referrer-policy"] = "same-origin"
    return said


def _values(request: Request) -> dict[str, object]:
    thing = _thing(request)
    marsad = marsad_of(request)
    with marsad.store.reading() as connection:
        seen = reporting.reported(connection, thing, marsad.terms)
    if seen is None:
        raise HTTPException(404)
    return {"thing": thing, "seen": seen, "reasons": {reason: REASONS[reason] for reason in OFFERED}}


def _thing(request: Request) -> Thing:
    asked = request.path_params
    return Thing(asked["article"], asked.get("image", ""))
