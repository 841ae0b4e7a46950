"""The pages, one function each: what was asked for, in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.model import Section
from marsad.views import front, lists, reading
from marsad.web.answers import answer, cached


def front_page(request: Request) -> Response:
    """Ticker, stories, sections, latest."""
    now = datetime.now(UTC)

    def values(connection: Connection) -> dict[str, Any]:
        seen = front.front(connection, now)
        return {"front": seen, "ticker": seen.latest}

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
        source = lists.newspaper(connection, slug)
        if source is None:
            raise HTTPException(404)
        return {"source": source, "list": lists.latest(connection, source=slug, mark=mark)}

    return cached(request, "newspaper.html", values)


def sources_page(request: Request) -> Response:
    """All newspapers."""
    return cached(
        request, "sources.html", lambda connection: {"newspapers": lists.all_newspapers(connection)}
    )


def article_page(request: Request) -> Response:
    """One article."""
    source, number = request.path_params["source"], request.path_params["number"]

    def values(connection: Connection) -> dict[str, Any]:
        seen = reading.article(connection, source, number)
        if seen is None:
            raise HTTPException(404)
        return {"view": seen}

    return cached(request, "article.html", values)


def story_page(request: Request) -> Response:
    """One story; the address of one that was joined to another leads there."""
    number = request.path_params["number"]

    def values(connection: Connection) -> dict[str, Any]:
        seen = reading.story(connection, number)
        if seen is None:
            raise HTTPException(404)
        if seen.story.number != number:
            raise HTTPException(301, headers={"location": addresses.story(seen.story.number)})
        return {"page": seen}

    return cached(request, "story.html", values)


def error_page(request: Request, error: Exception) -> Response:
    """What went wrong, in words, with a way on."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = (error.headers if isinstance(error, HTTPException) else None) or {}
    said = answer(request, "error.html", {"status": status}, status)
    said.headers.update(headers)
    return said
