"""The queue, one case, the log."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.errors import MarsadError, Refused
from marsad.model import Standing
from marsad.oversight import OF_USERS, Reason, Role, Thing
from marsad.views import desk
from marsad.web.answers import marsad_of
from marsad.web.desk.guard import Visitor, again, private, shown, visitor_of
from marsad.web.desk.words import ACTS, POLICIES, ROLES, STANDINGS, STATES
from marsad.web.reports import REASONS

LOG = 50
_MARK = re.compile(r"(\d{1,15})-(\d{1,15})", re.ASCII)


def queue_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """What waits for a decision."""
    with marsad_of(request).store.reading() as connection:
        waiting = desk.queue(connection, datetime.now(UTC))
    return shown(request, visitor, "queue.html", {"cases": waiting, "reasons": REASONS, "called": STANDINGS})


def case_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """One thing, what was said of it, and what can be decided."""
    with marsad_of(request).store.reading() as connection:
        found = desk.case(connection, _thing(request), datetime.now(UTC))
    if found is None:
        raise HTTPException(404)
    likely = max(found.people, key=lambda reason: found.people[reason], default=Reason.OTHER)
    values = {"case": found, "reasons": REASONS, "called": STANDINGS, "likely": likely}
    return shown(request, visitor, "case.html", values)


def decide(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    """Do as the moderator says, and write it down."""
    thing = _thing(request)
    standing, reason = given.get("standing"), given.get("reason")
    if standing not in set(Standing) or reason not in set(Reason):
        raise HTTPException(422)
    judgement = desk.Judgement(Standing(standing), Reason(reason), visitor.user.name, given.get("note", ""))
    try:
        marsad_of(request).moderator.decide(thing, judgement)
    except Refused as error:
        raise HTTPException(422) from error
    return again(request, addresses.desk_case(thing.article, thing.image))


def log_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """All decisions and whatever else was done, the newest first."""
    mark = _MARK.fullmatch(request.query_params.get("from", ""))
    before = (int(mark[1]), int(mark[2])) if mark else desk.BEGINNING
    with marsad_of(request).store.reading() as connection:
        found = desk.log(connection, LOG, before)
    names = {"reasons": REASONS, "called": STANDINGS, "acts": ACTS, "policies": POLICIES, "states": STATES}
    return shown(request, visitor, "log.html", {"log": found, "of_users": OF_USERS, "roles": ROLES, **names})


async def image(request: Request) -> Response:
    """An image that is to be decided on, hidden or not."""
    visitor = await asyncio.to_thread(visitor_of, request)
    if visitor is None or not visitor.may(Role.MODERATOR):
        raise HTTPException(403)
    marsad = marsad_of(request)

    def look() -> str | None:
        with marsad.store.reading() as connection:
            return desk.image_address(connection, _thing(request))

    address = await asyncio.to_thread(look)
    if address is None:
        raise HTTPException(404)
    try:
        body = await marsad.pictures.get(address, addresses.IMAGE_WIDTHS[-1])
    except MarsadError as error:
        raise HTTPException(404) from error
    return private(Response(body, headers={"x-content-type-options": "nosniff"}, media_type="image/webp"))


def _thing(request: Request) -> Thing:
    asked = request.path_params
    return Thing(asked["article"], asked.get("image", ""))
