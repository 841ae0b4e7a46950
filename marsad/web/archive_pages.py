"""The calendar, and what stood in the archive on a day; of all newspapers or of one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad.model import Source
from marsad.views import calendar, lists
from marsad.web.answers import cached, marsad_of

DAY = timedelta(days=1)


def archive_page(request: Request) -> Response:
    """The month that the address names, or the newest."""
    when = request.path_params.get("when", "")
    if (day := calendar.read_day(when)) is not None:
        return _day_page(request, day)
    month = calendar.read_month(when)
    if when and month is None:
        raise HTTPException(404)

    def values(connection: Connection) -> dict[str, Any]:
        source = _source(request, connection)
        slug = source.slug if source else None
        return {
            "source": source,
            "month": calendar.month(connection, month, _clock(request, source), slug),
        }

    return cached(request, "calendar.html", values)


def _day_page(request: Request, day: date) -> Response:
    if "source" in request.path_params:
        return cached(request, "newspaper_day.html", lambda connection: _of_source(request, connection, day))

    def values(connection: Connection) -> dict[str, Any]:
        front = calendar.front_of(connection, day, _clock(request, None))
        return {"front": front, "day": day, "before": day - DAY, "after": day + DAY, "source": None}

    return cached(request, "day.html", values)


def _of_source(request: Request, connection: Connection, day: date) -> dict[str, Any]:
    source = _source(request, connection)
    clock = _clock(request, source)
    found = lists.latest(
        connection,
        source=request.path_params["source"],
        since=calendar.start_of(day, clock),
        until=calendar.start_of(day + DAY, clock),
        mark=request.query_params.get("from", ""),
    )
    days = {"day": day, "before": day - DAY, "after": day + DAY}
    return {"source": source, "list": found, "clock": clock, **days}


def _source(request: Request, connection: Connection) -> Source | None:
    """The newspaper that the address names; None where it names none."""
    slug = request.path_params.get("source")
    if slug is None:
        return None
    source = lists.newspaper(connection, slug)
    if source is None:
        raise HTTPException(404)
    return source


def _clock(request: Request, source: Source | None) -> ZoneInfo:
    return ZoneInfo(source.timezone if source else marsad_of(request).settings.server.timezone)
