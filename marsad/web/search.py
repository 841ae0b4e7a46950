"""Finding: the search page, and what browsers ask to offer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from marsad import addresses
from marsad.app import SearchedState
from marsad.views import completing, finding
from marsad.views.asking import NARROWED_BY, Asked, asked
from marsad.views.folding import Remembered
from marsad.views.shown import Shown
from marsad.web.answers import cached, here, kept_already, marsad_of, today, wording_of
from marsad.web.cache import QUICK
from marsad.web.crowd import Crowd
from marsad.web.wording import Wording

#: What stands in the place of the value that a click narrows a search by.
_ANY = "\0"

#: What a page is kept as that was searched by words alone, because many searched at once.
BY_WORDS = "by words"
#: Seconds for which a page will do while many search, whatever came meanwhile.
LATELY = 10.0

#: Seconds that a browser may keep the completions of one beginning.
KEPT = 60

#: The hour, and what searches are answered from.
_State = tuple[datetime, SearchedState]

_DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{name}</ShortName>
<Description>{description}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image width="64" height="64" type="image/svg+xml">{icon}</Image>
<Url type="text/html" template="{search}?q={{searchTerms}}"/>
<Url type="application/x-suggestions+json" template="{suggest}?q={{searchTerms}}"/>
</OpenSearchDescription>
"""


async def search_page(request: Request) -> Response:
    """What was found, kept until the archive or the index changes.

    Where many search at once, by words alone, which takes half as long, and as it was some seconds ago.
    """
    searching: Crowd = request.app.state.searching
    kept = await run_in_threadpool(_kept, request, searching.is_pressed)
    if kept is not None:  # nobody waits for a page that is there
        return kept
    async with searching.turn() as in_haste:
        return await run_in_threadpool(_search_page, request, in_haste)


def _kept(request: Request, pressed: bool) -> Response | None:
    state = marsad_of(request).searched_state
    if not pressed:
        return kept_already(request, state)
    return kept_already(request, state, editions=("", BY_WORDS), lately=_is_new_enough)


def _is_new_enough(seconds: float, made_of: _State, now: _State) -> bool:
    """What came meanwhile can wait while many search; what must not be shown any more cannot."""
    return seconds < LATELY and made_of[1].decided == now[1].decided


def _search_page(request: Request, hurried: bool) -> Response:
    with marsad_of(request).precedence.first():
        return _made(request, hurried=hurried)


def _made(request: Request, *, hurried: bool) -> Response:
    marsad, words = marsad_of(request), wording_of(request)
    wanted = asked(request.query_params)
    clock = ZoneInfo(marsad.settings.server.timezone)

    in_haste = hurried and marsad.engines.meaning is not None
    engines = marsad.engines.by_words() if in_haste else marsad.engines

    def values(connection: Connection) -> dict[str, Any]:
        shown = Shown(connection, marsad.terms)
        remembered: Remembered = request.app.state.found
        listed = remembered.listed(wanted, finding.as_of(connection, wanted), kept=not in_haste)
        found = finding.find(
            connection, engines, wanted, today(marsad), clock, shown, listed, in_haste=in_haste
        )
        return {
            "found": found,
            "in_haste": in_haste,
            "asked": wanted,
            "query": wanted.query,
            "period": lambda when: period_name(words, when),
            "link": narrowing(request, wanted),
        }

    return cached(
        request,
        "search.html",
        values,
        state=marsad.searched_state,
        level=QUICK,
        edition=BY_WORDS if in_haste else "",
    )


def narrowing(request: Request, wanted: Asked) -> Callable[[Mapping[str, Any]], str]:
    """From changes to the address of the search changed so.

    Dozens on a page narrow it by one value of the same field: what stands around that is made once.
    """
    around: dict[str, tuple[str, str]] = {}

    def changed(changes: Mapping[str, Any]) -> str:
        return here(request, _address(wanted.changed(**changes)))

    def link(changes: Mapping[str, Any]) -> str:
        field, value = next(iter(changes.items()), ("", ""))
        if not value or field not in NARROWED_BY:
            return changed(changes)
        if field not in around:
            # Only the words of the query, which stand before it, may hold the same.
            before, _, after = changed({field: _ANY}).rpartition(addresses.quoted(_ANY))
            around[field] = before, after
        return addresses.quoted(value).join(around[field])

    return link


def _address(wanted: Asked) -> str:
    parameters = wanted.parameters()
    return addresses.search(str(parameters.pop("q")), **parameters)


def suggestions(request: Request) -> Response:
    """How what was typed may go on, as OpenSearch suggestions: the beginning, and a list."""
    marsad = marsad_of(request)
    typed = request.query_params.get("q", "")[: completing.LONGEST]
    with marsad.store.reading() as connection:
        found = completing.completions(connection, marsad.index, typed)
    headers = {"cache-control": f"max-age={KEPT}", "x-content-type-options": "nosniff"}
    return JSONResponse([typed, list(found)], headers=headers, media_type="application/x-suggestions+json")


def description(request: Request) -> Response:
    """How a browser can search here by itself (OpenSearch 1.1)."""
    server, words = marsad_of(request).settings.server, wording_of(request)
    base = server.public_address or str(request.base_url)
    places = {
        "search": addresses.absolute(base, addresses.SEARCH),
        "suggest": addresses.absolute(base, addresses.SUGGEST),
        "icon": addresses.absolute(base, addresses.static("icon.svg")),
    }
    said = {"name": server.title[:16], "description": words.say("Search the archive")}
    body = _DESCRIPTION.format(**{name: escape(value) for name, value in (said | places).items()})
    return Response(body, media_type="application/opensearchdescription+xml")


def period_name(words: Wording, when: str) -> str:
    """A year, month, day or moment (``2020``, ``2020-11``, ``2020-11-05``) as a reader says it."""
    if "T" in when:
        return words.moment(datetime.fromisoformat(when).replace(tzinfo=UTC))
    parts = [int(part) for part in when.split("-")]
    try:
        day = date(*[*parts, 1, 1][:3])
    except ValueError:
        return when
    return (when, words.month(day), words.day(day))[len(parts) - 1]
