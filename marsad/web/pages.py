"""The pages, one function each: what was asked for, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.app import Marsad
from marsad.model import DisplayPolicy, Headline, Section
from marsad.views import about, front, lists, reading, telling, trends
from marsad.views.earlier import beside
from marsad.views.places import Known, of_articles
from marsad.views.related import related
from marsad.views.shown import Shown
from marsad.web.answers import answer, base_of, cached, here, marsad_of, wording_of
from marsad.web.describing import described
from marsad.web.desk.guard import case_for, private
from marsad.web.search import period_name


def front_page(request: Request) -> Response:
    """Ticker, stories, sections, latest."""
    now = datetime.now(UTC)

    def values(connection: Connection) -> dict[str, Any]:
        marsad = marsad_of(request)
        seen = front.front(connection, now, marsad.settings.stories.source_weights)
        rising = trends.risen(connection, marsad.trending.rising(now, trends.ON_FRONT))
        return {"front": seen, "trends": rising}

    return cached(request, "front.html", values)


def section_page(request: Request) -> Response:
    """The newest of one section."""
    name = request.path_params["section"]
    if name not in set(Section):
        raise HTTPException(404)
    section = Section(name)
    mark = request.query_params.get("from", "")

    def values(connection: Connection) -> dict[str, Any]:
        return {"section": section, "list": lists.latest(connection, section=section, mark=mark)}

    return cached(request, "section.html", values)


def newspaper_page(request: Request) -> Response:
    """A newspaper and its newest articles."""
    slug = request.path_params["source"]
    mark = request.query_params.get("from", "")

    def values(connection: Connection) -> dict[str, Any]:
        seen = about.newspaper(connection, slug)
        if seen is None:
            raise HTTPException(404)
        found = lists.latest(connection, source=slug, mark=mark)
        return {"newspaper": seen, "list": found, "clock": ZoneInfo(seen.source.timezone)}

    return cached(request, "newspaper.html", values)


def sources_page(request: Request) -> Response:
    """All newspapers."""

    def values(connection: Connection) -> dict[str, Any]:
        return {"countries": lists.by_country(lists.all_newspapers(connection))}

    return cached(request, "sources.html", values)


def country_page(request: Request) -> Response:
    """The newest of one country's newspapers."""
    code = request.path_params["code"]
    mark = request.query_params.get("from", "")

    def values(connection: Connection) -> dict[str, Any]:
        newspapers = lists.of_country(connection, code)
        if not newspapers:
            raise HTTPException(404)
        found = lists.latest(connection, among={source.slug for source in newspapers}, mark=mark)
        return {"code": code, "newspapers": newspapers, "list": found}

    return cached(request, "country.html", values)


def about_page(request: Request) -> Response:
    """What this site is, and what it never does."""
    return cached(request, "about.html", lambda _: {})


def statistics_page(request: Request) -> Response:
    """What the archive holds, counted at most once an hour."""
    clock = ZoneInfo(marsad_of(request).settings.server.timezone)
    return cached(
        request,
        "statistics.html",
        lambda connection: {"seen": about.statistics(connection, clock)},
        state=lambda _: "hourly",
    )


def article_page(request: Request) -> Response:
    """One article; for a moderator, with the way to its case."""
    source, number = request.path_params["source"], request.path_params["number"]
    at_desk = case_for(request, number)

    def values(connection: Connection) -> dict[str, Any]:
        seen = reading.article(connection, source, number)
        if seen is None:
            raise HTTPException(404)
        marsad, base = marsad_of(request), base_of(request)
        shown = Shown(connection, marsad.terms)
        view = shown(seen)
        said = described(view, base, marsad.settings.server.title)
        return {
            "view": view,
            "described": said,
            "oembed": addresses.oembed(said.address),
            "related": shown(_related(connection, marsad, number)),
            "case": at_desk,
        }

    if at_desk:
        with marsad_of(request).store.reading() as connection:
            told = values(connection)
        return private(answer(request, "article.html", told))
    return cached(request, "article.html", values)


def _related(connection: Connection, marsad: Marsad, number: int) -> tuple[Headline, ...]:
    near = marsad.near
    return () if near is None else related(connection, near, number)


def story_page(request: Request) -> Response:
    """One story; the address of one that was joined to another leads there."""
    number = request.path_params["number"]
    now, marsad, words = datetime.now(UTC), marsad_of(request), wording_of(request)
    weights, clock = marsad.settings.stories.source_weights, ZoneInfo(marsad.settings.server.timezone)

    def values(connection: Connection) -> dict[str, Any]:
        shown = Shown(connection, marsad.terms)
        seen = telling.story(connection, number, now, shown, weights, clock)
        if seen is None:
            raise HTTPException(404)
        if seen.story.number != number:
            raise HTTPException(301, headers={"location": here(request, addresses.story(seen.story.number))})
        return {
            "page": seen,
            "where": _where(connection, seen.by_number.values(), shown),
            "beside": beside(connection, marsad.index, marsad.near, seen.story),
            "period": lambda when: period_name(words, when),
        }

    return cached(request, "story.html", values)


def _where(connection: Connection, told: Iterable[Headline], shown: Shown) -> tuple[Known, ...]:
    """Where those articles happen, as far as more than their headlines may be shown."""
    read = [each.number for each in told if shown.policy(each) is not DisplayPolicy.HEADLINE]
    return of_articles(connection, read)
