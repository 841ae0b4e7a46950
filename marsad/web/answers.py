"""From a template and its values to an answer, in the language that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.app import Marsad
from marsad.views import front
from marsad.views.shown import Shown
from marsad.web.cache import LEVEL, Lately, Newest, PackedPage, PageCache, pack
from marsad.web.rendering import HEADERS, Setting, render
from marsad.web.wording import LANGUAGES, Wording, chosen, wording

#: What a page needs of the archive, given a reading connection.
Values = Callable[[Connection], dict[str, Any]]
#: What changes whenever a page does.
State = Callable[[Connection], Hashable]

#: A longer address is nobody's who reads: its page is not kept.
LONGEST = 500


def cached(
    request: Request,
    template: str,
    values: Values,
    *,
    state: State | None = None,
    level: int = LEVEL,
    edition: str = "",
) -> Response:
    """The page, packed at that level and kept for an hour at most, and while its `state` stays the same.

    Where no state is given, it is that of the archive. Each `edition` is kept apart.
    """
    words = wording_of(request)

    def write(connection: Connection) -> str:
        return _render(request, words, template, values(connection), connection)

    return document(request, "text/html", write, state=state, level=level, edition=edition)


def document(
    request: Request,
    media_type: str,
    write: Callable[[Connection], str],
    *,
    state: State | None = None,
    level: int = LEVEL,
    edition: str = "",
) -> Response:
    """What `write` writes, of that type, kept as `cached` keeps pages."""
    cache: PageCache = request.app.state.cache
    with marsad_of(request).store.reading() as connection:
        if len(str(request.url)) > LONGEST:
            return _sent(request, pack(write(connection), level), media_type=media_type)
        now = _now(request, connection, state)
        kept = cache.get(now, _key(request, edition), lambda: write(connection), level)
    return _sent(request, kept, media_type=media_type)


def kept_already(
    request: Request,
    state: State | None = None,
    *,
    editions: Sequence[str] = ("",),
    lately: Lately | None = None,
) -> Response | None:
    """The page that was asked for, in the first of its `editions` that `cached` would not have to make.

    Or that was made `lately` enough.
    """
    cache: PageCache = request.app.state.cache
    with marsad_of(request).store.reading() as connection:
        now = _now(request, connection, state)
    found = (cache.kept(now, _key(request, edition), lately) for edition in editions)
    kept = next(filter(None, found), None)
    return None if kept is None else _sent(request, kept, media_type="text/html")


def _key(request: Request, edition: str = "") -> Hashable:
    return base_of(request), request.url.path, request.url.query, wording_of(request).language, edition


def _now(request: Request, connection: Connection, state: State | None) -> Hashable:
    """What a page is kept by: the hour, and the state of what it shows."""
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return hour, (state or marsad_of(request).state)(connection)


def answer(request: Request, template: str, values: dict[str, Any], status: int = 200) -> Response:
    """The page, made for this request alone."""
    with marsad_of(request).store.reading() as connection:
        body = _render(request, wording_of(request), template, values, connection)
    return _sent(request, pack(body), status)


def apart(request: Request, template: str, values: dict[str, Any], status: int) -> Response:
    """The page without anything of the archive, for when that cannot be read."""
    setting = _setting(request, marsad_of(request))
    body = render(template, wording_of(request), setting, {"query": "", "ticker": "", **values})
    return _sent(request, pack(body), status)


def marsad_of(request: Request) -> Marsad:
    """The archive that this site shows."""
    marsad: Marsad = request.app.state.marsad
    return marsad


def base_of(request: Request) -> str:
    """The public address of the site, else the one that the request came to."""
    return marsad_of(request).settings.server.public_address or str(request.base_url.replace(path=""))


def bases_of(request: Request) -> tuple[str, str]:
    """The addresses by which this site is known: the public one, and the one that the request came to."""
    return base_of(request), str(request.base_url)


def is_known(request: Request, tag: str) -> bool:
    """Whether the client says that it has the answer of that tag already (If-None-Match, RFC 9110).

    It may name several, and what packs an answer on its way may have made a weak tag of ours.
    """
    said = ",".join(request.headers.getlist("if-none-match")).split(",")
    return any(each.strip() == "*" or each.strip().removeprefix("W/") == tag for each in said)


def wording_of(request: Request) -> Wording:
    """The language of the address, else the one that the browser asks for."""
    named = _prefix(request)
    return wording(named) if named else chosen(request.headers.get("accept-language", ""))


def here(request: Request, path: str) -> str:
    """`path` of ours within the language that the request's address names."""
    return addresses.within(_prefix(request), path)


def bare_path(request: Request) -> str:
    """The path of the request without its language."""
    prefix, path = _prefix(request), request.url.path
    return (path.removeprefix(f"/{prefix}") if prefix else path) or "/"


def today(marsad: Marsad) -> datetime:
    """The present moment by the clock of the site."""
    return datetime.now(ZoneInfo(marsad.settings.server.timezone))


def _render(
    request: Request, words: Wording, template: str, values: dict[str, Any], connection: Connection
) -> str:
    marsad = marsad_of(request)
    setting, shown = _setting(request, marsad), Shown(connection, marsad.terms)
    tickers: Newest[dict[tuple[str, str], Markup]] = request.app.state.tickers
    ticker = tickers.get(marsad.state(connection), dict)
    if (spoken := (setting.prefix, words.language)) not in ticker:
        told = {"headlines": shown(front.ticker(connection))}
        ticker[spoken] = Markup(render("ticker.html", words, setting, told))  # noqa: S704  # our own template
    return render(
        template,
        words,
        setting,
        {"query": "", **shown(values), "ticker": ticker[spoken] if _may_read(request) else ""},
    )


def _may_read(request: Request) -> bool:
    """Whether news may be told at all: on a closed site the form to sign in tells none."""
    return not marsad_of(request).settings.site.sign_in or "is_user" in request.scope


def _setting(request: Request, marsad: Marsad) -> Setting:
    server = marsad.settings.server
    return Setting(
        site=server.title,
        base=server.public_address,
        prefix=_prefix(request),
        path=bare_path(request),
        query=request.url.query,
        now=today(marsad),
        hijri=server.hijri_dates,
    )


def _sent(request: Request, kept: PackedPage, status: int = 200, media_type: str = "text/html") -> Response:
    headers = HEADERS | {"vary": "accept-language, accept-encoding", "cache-control": "no-cache"}
    if status == 200:
        headers["etag"] = kept.tag
        if is_known(request, kept.tag):
            return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(kept.plain, status, headers, media_type)
    return Response(kept.packed, status, headers | {"content-encoding": "gzip"}, media_type)


def _prefix(request: Request) -> str:
    """The language that the address names; "" where it names none.

    An error is told from outside of the site, where nothing is known of the address but its letters.
    """
    named: str = request.scope.get("language") or request.url.path.split("/")[1]
    return named if named in LANGUAGES else ""
