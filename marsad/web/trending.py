"""The page of what rises."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from marsad.views import lists, trends
from marsad.web.answers import cached, marsad_of, today, wording_of
from marsad.web.search import period_name


def trends_page(request: Request) -> Response:
    """What rises in all newspapers, in one section, or in one country."""
    marsad, words = marsad_of(request), wording_of(request)

    def values(connection: Connection) -> dict[str, Any]:
        now, clock = today(marsad), ZoneInfo(marsad.settings.server.timezone)
        countries = [code for code, _ in lists.by_country(lists.all_newspapers(connection)) if code]
        among = trends.among(request.query_params)
        found = trends.risen(connection, marsad.trending.rising(now, trends.ON_PAGE, among.group))
        until = marsad.trending.as_of(now).astimezone(clock)
        return {
            "trends": trends.charted(marsad.index, found, until, clock),
            "until": until.date() if now - until > trends.NOW else None,
            "period": lambda when: period_name(words, when),
            "countries": countries,
            "among": among,
        }

    return cached(request, "trends.html", values)
