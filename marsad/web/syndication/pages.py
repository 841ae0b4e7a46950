"""A feed for every page that lists articles: the page's address and ``/feed.rss``, ``.atom`` or ``.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.errors import SearchError
from marsad.model import Headline, Section
from marsad.search.index import Order
from marsad.views import finding, front, lists, places, telling
from marsad.views.asking import Asked, asked
from marsad.views.shown import Shown
from marsad.web.answers import State, bare_path, base_of, document, here, marsad_of, today, wording_of
from marsad.web.rendering import SECTION_NAMES
from marsad.web.syndication import atom, jsonfeed, rss
from marsad.web.syndication.channel import TYPES, Channel, Item

#: The formats, by what stands behind the dot.
FORMATS: Mapping[str, Callable[[Channel], str]] = {
    "rss": rss.write,
    "atom": atom.write,
    "json": jsonfeed.write,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What a page lists, under its name."""

    name: str
    headlines: Iterable[Headline]


List = Callable[[Connection, Request], Listed]


def front_feed(request: Request) -> Response:
    """The newest of all newspapers, one article of each story."""
    return _feed(request, lambda connection, _: Listed("", front.ticker(connection)))


def section_feed(request: Request) -> Response:
    """The newest of one section."""

    def listed(connection: Connection, request: Request) -> Listed:
        name = request.path_params["section"]
        if name not in set(Section):
            raise HTTPException(404)
        section = Section(name)
        said = wording_of(request).say(SECTION_NAMES[section])
        return Listed(said, lists.latest(connection, section=section).headlines)

    return _feed(request, listed)


def newspaper_feed(request: Request) -> Response:
    """The newest of one newspaper."""

    def listed(connection: Connection, request: Request) -> Listed:
        source = lists.newspaper(connection, request.path_params["source"])
        if source is None:
            raise HTTPException(404)
        return Listed(source.name, lists.latest(connection, source=source.slug).headlines)

    return _feed(request, listed)


def country_feed(request: Request) -> Response:
    """The newest of one country's newspapers."""

    def listed(connection: Connection, request: Request) -> Listed:
        code = request.path_params["code"]
        among = [source.slug for source in lists.of_country(connection, code)]
        if not among:
            raise HTTPException(404)
        return Listed(wording_of(request).country(code), lists.latest(connection, among=among).headlines)

    return _feed(request, listed)


def place_feed(request: Request) -> Response:
    """The newest of what happens at a place."""

    def listed(connection: Connection, request: Request) -> Listed:
        slug = request.path_params["slug"]
        found = places.latest(connection, slug).headlines
        if not found:
            raise HTTPException(404)
        return Listed(places.place_name(slug, wording_of(request).language), found)

    return _feed(request, listed)


def story_feed(request: Request) -> Response:
    """All who tell one story, the newest first."""

    def listed(connection: Connection, request: Request) -> Listed:
        shown = Shown(connection, marsad_of(request).terms)
        seen = telling.story(connection, request.path_params["number"], datetime.now(UTC), shown)
        if seen is None:
            raise HTTPException(404)
        tellings = [*seen.tellings, *(copy for copies in seen.copies.values() for copy in copies)]
        newest = sorted(tellings, key=lambda told: (told.dated, told.number), reverse=True)
        return Listed(seen.story.representative.title, newest)

    return _feed(request, listed)


def search_feed(request: Request) -> Response:
    """The newest that a search finds."""
    wanted = asked(request.query_params)
    return found_feed(request, wanted, wanted.query)


def found_feed(request: Request, search: Asked, name: str) -> Response:
    """The newest that `search` finds, under that name."""
    marsad = marsad_of(request)
    wanted = search.changed(order=Order.NEWEST)
    clock = ZoneInfo(marsad.settings.server.timezone)

    def listed(connection: Connection, _: Request) -> Listed:
        try:
            found = finding.headlines(connection, marsad.engines, wanted, today(marsad), clock)
        except SearchError as error:
            raise HTTPException(503) from error
        return Listed(name, found)

    return _feed(request, listed, lambda connection: (name, *marsad.searched_state(connection)))


def _feed(request: Request, list_them: List, state: State | None = None) -> Response:
    form = request.path_params["form"]
    if form not in FORMATS:
        raise HTTPException(404)

    def write(connection: Connection) -> str:
        shown = Shown(connection, marsad_of(request).terms)
        listed = list_them(connection, request)
        return FORMATS[form](_channel(request, listed.name, shown(tuple(listed.headlines))))

    return document(request, TYPES[form], write, state=state)


def _channel(request: Request, name: str, headlines: tuple[Headline, ...]) -> Channel:
    words, site, base = wording_of(request), marsad_of(request).settings.server.title, base_of(request)
    path, query = bare_path(request), f"?{request.url.query}" if request.url.query else ""
    page = path.rpartition("/")[0] or addresses.FRONT
    return Channel(
        title=f"{name} · {site}" if name else site,
        page=addresses.absolute(base, here(request, page + query)),
        address=addresses.absolute(base, here(request, path + query)),
        language=words.language,
        site=site,
        items=tuple(_item(base, words.say(SECTION_NAMES[told.section]), told) for told in headlines),
        made=datetime.now(UTC).replace(minute=0, second=0, microsecond=0),
    )


def _item(base: str, section: str, told: Headline) -> Item:
    image = addresses.image(told.number, told.picture) if told.picture else ""
    return Item(
        address=addresses.absolute(base, addresses.article(told.source, told.number)),
        title=told.title,
        summary=told.lead,
        language=told.language,
        newspaper=told.newspaper,
        section=section,
        dated=told.dated,
        image=addresses.absolute(base, image) if image else "",
    )
