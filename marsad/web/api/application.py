"""`/api/v1`: what the archive shows, for programs. Read-only; described by OpenAPI."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, FastAPI, HTTPException, Path, Query, Request
from starlette.responses import Response

from marsad.app import Marsad
from marsad.model import Section
from marsad.views import finding, front, lists, places, reading, telling, trends
from marsad.views.earlier import beside
from marsad.views.shown import Shown
from marsad.web.answers import base_of, marsad_of, today
from marsad.web.api import shapes
from marsad.web.api.manners import Heads, admit, as_asked, refuse_unknown, tell_problems
from marsad.web.api.searching import Search
from marsad.web.api.shaping import Shaper
from marsad.web.rates import Rates

DESCRIPTION = "What newspapers publish, as this archive keeps it. Reading only; no key is needed."

Slug = Annotated[str, Path(max_length=80, description="Slug of a newspaper.")]
Number = Annotated[int, Path(ge=1, le=2**53)]
Cursor = Annotated[str, Query(pattern=f"^({lists.MARK})?$", description="`next` of the page before.")]


def _described(said: str) -> dict[str, Any]:
    schema = shapes.Problem.model_json_schema()
    return {"description": said, "content": {"application/problem+json": {"schema": schema}}}


_PROBLEMS: dict[int | str, dict[str, Any]] = {
    404: _described("There is none."),
    410: _described("No longer shown."),
    422: _described("A parameter cannot be read."),
}


def api(marsad: Marsad, rates: Rates) -> FastAPI:
    """The application, to mount under `/api/v1`."""
    application = FastAPI(
        title="Marsad",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(admit), Depends(refuse_unknown)],
        responses={
            422: _PROBLEMS[422],
            429: _described("Too many requests."),
            503: _described("Cannot answer now."),
        },
    )
    application.state.marsad, application.state.rates = marsad, rates
    tell_problems(application)
    application.add_middleware(Heads)
    _add_search(application)
    _add_articles(application)
    _add_stories(application)
    _add_trends(application)
    _add_places(application)
    _add_sources(application)
    return application


def _add_search(application: FastAPI) -> None:
    @application.get("/search", response_model=shapes.Found, summary="Find articles", responses=_PROBLEMS)
    def search(request: Request, given: Annotated[Search, Query()]) -> Response:
        marsad, wanted = marsad_of(request), given.asked()
        clock = ZoneInfo(marsad.settings.server.timezone)
        with marsad.store.reading() as connection:
            shown = Shown(connection, marsad.terms)
            found = shown(finding.find(connection, marsad.engines, wanted, today(marsad), clock, shown))
        if found.broken:
            raise HTTPException(503, "the search does not answer")
        return as_asked(request, Shaper(base_of(request)).found(found))


def _add_articles(application: FastAPI) -> None:
    @application.get(
        "/articles", response_model=shapes.Headlines, summary="List articles", responses=_PROBLEMS
    )
    def articles(
        request: Request,
        source: Annotated[str | None, Query(max_length=80)] = None,
        section: Section | None = None,
        since: Annotated[date | None, Query(description="The first day, by UTC.")] = None,
        until: Annotated[date | None, Query(description="The last day, by UTC.")] = None,
        cursor: Cursor = "",
    ) -> Response:
        marsad = marsad_of(request)
        with marsad.store.reading() as connection:
            listed = lists.latest(
                connection,
                source=source,
                section=section,
                since=_start(since) if since else None,
                until=_start(until + timedelta(days=1)) if until and until < date.max else None,
                mark=cursor,
            )
            shown = Shown(connection, marsad.terms)(listed)
        headlines = Shaper(base_of(request)).headlines(shown.headlines)
        return as_asked(request, shapes.Headlines(articles=headlines, next=shown.next_mark))

    @application.get(
        "/articles/{source}/{number}",
        response_model=shapes.Article,
        summary="Read an article",
        responses=_PROBLEMS,
    )
    def article(request: Request, source: Slug, number: Number) -> Response:
        marsad = marsad_of(request)
        with marsad.store.reading() as connection:
            seen = reading.article(connection, source, number)
            if seen is None:
                raise HTTPException(404, "no article of that newspaper has that number")
            view = Shown(connection, marsad.terms)(seen)
        return as_asked(request, Shaper(base_of(request)).article(view))


def _add_stories(application: FastAPI) -> None:
    @application.get("/stories", response_model=shapes.Stories, summary="What matters now")
    def stories(request: Request) -> Response:
        marsad = marsad_of(request)
        with marsad.store.reading() as connection:
            weights = marsad.settings.stories.source_weights
            seen = Shown(connection, marsad.terms)(front.front(connection, datetime.now(UTC), weights))
        shaper = Shaper(base_of(request))
        return as_asked(request, shapes.Stories(stories=[shaper.story(view) for view in seen.top]))

    @application.get(
        "/stories/{number}", response_model=shapes.StoryPage, summary="Follow one story", responses=_PROBLEMS
    )
    def story(request: Request, number: Number) -> Response:
        marsad = marsad_of(request)
        with marsad.store.reading() as connection:
            shown = Shown(connection, marsad.terms)
            seen = telling.story(connection, number, datetime.now(UTC), shown)
            if seen is None:
                raise HTTPException(404, "no story has that number")
            page = shown(seen)
            others = shown(beside(connection, marsad.index, marsad.near, seen.story))
        return as_asked(request, Shaper(base_of(request)).story_page(page, others))


def _add_trends(application: FastAPI) -> None:
    @application.get("/trends", response_model=shapes.Trends, summary="What rises now")
    def rising(
        request: Request,
        section: Section | None = None,
        country: Annotated[str, Query(max_length=2, description="An ISO 3166 code.")] = "",
    ) -> Response:
        marsad = marsad_of(request)
        among = trends.among({"section": section.value if section else "", "country": country})
        found = marsad.trending.rising(datetime.now(UTC), trends.ON_PAGE, among.group)
        with marsad.store.reading() as connection:
            seen = Shown(connection, marsad.terms)(trends.risen(connection, found))
        shaper = Shaper(base_of(request))
        return as_asked(request, shapes.Trends(trends=[shaper.trend(each) for each in seen]))


def _add_places(application: FastAPI) -> None:
    @application.get("/places", response_model=shapes.Places, summary="List places")
    def all_places(
        request: Request, most: Annotated[int, Query(ge=1, le=1000, description="How many.")] = 100
    ) -> Response:
        with marsad_of(request).store.reading() as connection:
            found = places.told(connection)[:most]
        shaper = Shaper(base_of(request))
        counted = [
            shapes.CountedPlace(place=shaper.place(each.place), articles=each.articles) for each in found
        ]
        return as_asked(request, shapes.Places(places=counted))

    @application.get(
        "/places/{slug}", response_model=shapes.PlaceArticles, summary="Follow a place", responses=_PROBLEMS
    )
    def one_place(
        request: Request,
        slug: Annotated[str, Path(max_length=80, description="Slug of a place.")],
        cursor: Cursor = "",
    ) -> Response:
        marsad, found = marsad_of(request), places.known(slug)
        if found is None:
            raise HTTPException(404, "no place has that slug")
        with marsad.store.reading() as connection:
            listed = Shown(connection, marsad.terms)(places.latest(connection, slug, cursor))
        shaper = Shaper(base_of(request))
        told = shaper.headlines(listed.headlines)
        shape = shapes.PlaceArticles(place=shaper.place(found), articles=told, next=listed.next_mark)
        return as_asked(request, shape)


def _add_sources(application: FastAPI) -> None:
    @application.get("/sources", response_model=list[shapes.Source], summary="List newspapers")
    def sources(request: Request) -> Response:
        marsad = marsad_of(request)
        with marsad.store.reading() as connection:
            everyone = lists.all_newspapers(connection)
        shaper = Shaper(base_of(request))
        return as_asked(request, shapes.Sources([shaper.source(source) for source in everyone]))

    @application.get(
        "/sources/{source}", response_model=shapes.Source, summary="One newspaper", responses=_PROBLEMS
    )
    def one_source(request: Request, source: Slug) -> Response:
        with marsad_of(request).store.reading() as connection:
            found = lists.newspaper(connection, source)
        if found is None:
            raise HTTPException(404, "no newspaper has that slug")
        return as_asked(request, Shaper(base_of(request)).source(found))


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
