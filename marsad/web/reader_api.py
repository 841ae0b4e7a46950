"""The Google Reader API, as FreshRSS and others offer it, so that existing apps can read this archive.

A user signs in with the token of `marsad users token` in the place of a password. Newspapers are the
subscriptions, in a folder for each country.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from marsad import addresses
from marsad.model import BlockKind, Source
from marsad.oversight import User
from marsad.views import following, lists
from marsad.views.following import Followed, Marked, Wanted
from marsad.views.shown import Shown
from marsad.web.answers import base_of, marsad_of
from marsad.web.rates import Rates, network_of

#: Attempts to sign in, for a minute, each network.
ATTEMPTS = 10
#: Articles with their texts at once, of a stream and by name; identifiers at once. There is no going on after
#: what was named, and apps name up to a thousand.
MOST_CONTENTS, MOST_NAMED, MOST_IDS = 200, 1000, 10_000

_STATE = "user/-/state/com.google/"
_LABEL = "user/-/label/"
_ITEM = "tag:google.com,2005:reader/item/"
#: The state of a stream → what it asks for.
_STATES: Mapping[str, dict[str, bool]] = {
    "reading-list": {},
    "read": {"read": True},
    "unread": {"read": False},
    "kept-unread": {"read": False},
    "starred": {"starred": True},
}

Given = QueryParams | FormData


def routes() -> list[Route]:
    """Where the apps look for it."""
    start = addresses.READER
    asked: dict[str, Callable[[Request, User, Given], Response]] = {
        "token": lambda *_: PlainTextResponse("marsad"),
        "user-info": _user_info,
        "subscription/list": _subscriptions,
        "tag/list": _tags,
        "unread-count": _unread,
        "stream/items/ids": _ids,
        "stream/items/contents": _items,
        "edit-tag": _edit,
        "mark-all-as-read": _all_read,
    }
    found = [Route(f"{start}/{name}", _signed_in(do), methods=["GET", "POST"]) for name, do in asked.items()]
    return [
        Route(addresses.READER_LOGIN, login, methods=["GET", "POST"]),
        *found,
        Route(f"{start}/stream/contents/{{stream:path}}", _signed_in(_contents), methods=["GET", "POST"]),
        Route(f"{start}/stream/contents", _signed_in(_contents), methods=["GET", "POST"]),
    ]


async def login(request: Request) -> Response:
    """What the app signs its requests with."""
    given = await _given(request)
    rates: Rates = request.app.state.rates
    if not rates.admits("reader", network_of(request), ATTEMPTS):
        return PlainTextResponse("Error=TooManyAttempts", 429, {"retry-after": "60"})
    name, token = str(given.get("Email", "")), str(given.get("Passwd", ""))
    if await run_in_threadpool(_user, request, name, token) is None:
        return PlainTextResponse("Error=BadAuthentication", 401)
    auth = f"{name}/{token}"
    return PlainTextResponse(f"SID={auth}\nLSID=null\nAuth={auth}\n")


def _signed_in(do: Callable[[Request, User, Given], Response]) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        _, _, auth = request.headers.get("authorization", "").partition("GoogleLogin auth=")
        name, _, token = auth.strip().partition("/")
        user = await run_in_threadpool(_user, request, name, token)
        if user is None:
            return PlainTextResponse("Unauthorized", 401, {"www-authenticate": "GoogleLogin"})
        return await run_in_threadpool(do, request, user, await _given(request))

    return answer


def _user(request: Request, name: str, token: str) -> User | None:
    with marsad_of(request).store.reading() as connection:
        return following.reader(connection, name[:80], token[:200]) if name and token else None


async def _given(request: Request) -> Given:
    """What was sent in the form, together with what stands in the address."""
    if request.method != "POST":
        return request.query_params
    form = await request.form(max_files=0, max_fields=5000)
    return FormData([*form.multi_items(), *request.query_params.multi_items()])


def _user_info(_: Request, user: User, __: Given) -> Response:
    return JSONResponse(
        {"userId": user.name, "userName": user.name, "userProfileId": user.name, "userEmail": ""}
    )


def _subscriptions(request: Request, _: User, __: Given) -> Response:
    base = base_of(request)
    with marsad_of(request).store.reading() as connection:
        found = following.subscriptions(connection)
    return JSONResponse({"subscriptions": [_subscription(base, source) for source in found]})


def _subscription(base: str, source: Source) -> dict[str, Any]:
    page = addresses.newspaper(source.slug)
    folder = source.country or "world"
    return {
        "id": f"feed/{source.slug}",
        "title": source.name,
        "categories": [{"id": f"{_LABEL}{folder}", "label": folder}],
        "url": addresses.absolute(base, addresses.feed(page)),
        "htmlUrl": addresses.absolute(base, page),
        "iconUrl": addresses.absolute(base, addresses.static("icon.svg")),
    }


def _tags(request: Request, _: User, __: Given) -> Response:
    with marsad_of(request).store.reading() as connection:
        folders = {source.country or "world" for source in following.subscriptions(connection)}
    labels = [{"id": f"{_LABEL}{folder}", "type": "folder"} for folder in sorted(folders)]
    return JSONResponse({"tags": [{"id": f"{_STATE}starred"}, *labels]})


def _unread(request: Request, user: User, _: Given) -> Response:
    with marsad_of(request).store.reading() as connection:
        counts = following.unread(connection, user.name)
    told = [
        {"id": f"feed/{slug}", "count": count, "newestItemTimestampUsec": _usec(newest)}
        for slug, (count, newest) in counts.items()
    ]
    everything = sum(count for count, _ in counts.values())
    return JSONResponse(
        {"max": MOST_IDS, "unreadcounts": [*told, {"id": f"{_STATE}reading-list", "count": everything}]}
    )


def _ids(request: Request, user: User, given: Given) -> Response:
    with marsad_of(request).store.reading() as connection:
        wanted = _wanted(following.subscriptions(connection), str(given.get("s", "")), given, MOST_IDS)
        found = following.numbers(connection, user.name, wanted)
    refs = [
        {"id": str(each.number), "timestampUsec": _usec(each.dated), "directStreamIds": []} for each in found
    ]
    return JSONResponse({"itemRefs": refs, **_going_on(wanted, found)})


def _contents(request: Request, user: User, given: Given) -> Response:
    stream = str(request.path_params.get("stream") or given.get("s") or f"{_STATE}reading-list")
    marsad, base = marsad_of(request), base_of(request)
    with marsad.store.reading() as connection:
        wanted = _wanted(following.subscriptions(connection), stream, given, MOST_CONTENTS)
        found = following.numbers(connection, user.name, wanted)
        shown = Shown(connection, marsad.terms)
        read = following.contents(connection, user.name, [each.number for each in found], shown)
    return JSONResponse(_stream(base, stream, read) | _going_on(wanted, found))


def _items(request: Request, user: User, given: Given) -> Response:
    marsad, base = marsad_of(request), base_of(request)
    wanted = _numbers(given)[:MOST_NAMED]
    with marsad.store.reading() as connection:
        read = following.contents(connection, user.name, wanted, Shown(connection, marsad.terms))
    return JSONResponse(_stream(base, f"{_STATE}reading-list", read))


def _edit(request: Request, user: User, given: Given) -> Response:
    """Read or unread, starred or not; what else apps tag with is passed over."""
    added, removed = ({_state(str(tag)) for tag in given.getlist(name)} for name in ("a", "r"))
    read = True if "read" in added else False if "read" in removed or "kept-unread" in added else None
    starred = True if "starred" in added else False if "starred" in removed else None
    marsad_of(request).mark(user.name, _numbers(given)[:MOST_IDS], read=read, starred=starred)
    return PlainTextResponse("OK")


def _all_read(request: Request, user: User, given: Given) -> Response:
    marsad = marsad_of(request)
    with marsad.store.reading() as connection:
        everyone = following.subscriptions(connection)
    among = _among(everyone, str(given.get("s", "")))
    slugs = [source.slug for source in everyone] if among is None else sorted(among)
    stamp = str(given.get("ts", ""))
    until = _moment(int(stamp) // 1_000_000 if stamp.isdecimal() and len(stamp) < 19 else None)
    marsad.mark_all_read(user.name, slugs, until or datetime.now(UTC))
    return PlainTextResponse("OK")


def _wanted(everyone: list[Source], stream: str, given: Given, most: int) -> Wanted:
    def number(name: str, otherwise: int | None) -> int | None:
        value = str(given.get(name, ""))
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 12 else otherwise

    state = _STATES.get(_state(stream), {})
    wanted = Wanted(
        among=_among(everyone, stream),
        since=_moment(number("ot", None)),
        until=_moment(number("nt", None)),
        oldest_first=given.get("r") == "o",
        limit=max(1, min(number("n", 20) or 20, most)),
        beyond=lists.read_mark(str(given.get("c", ""))),
        starred=state.get("starred"),
        read=state.get("read"),
    )
    hidden = _state(str(given.get("xt", "")))
    return replace(wanted, read=False) if hidden == "read" else wanted


def _among(everyone: list[Source], stream: str) -> set[str] | None:
    """The sources of a stream; None for all."""
    if stream.startswith("feed/"):
        return {stream.removeprefix("feed/")}
    kind, _, label = stream.partition("/label/")
    if kind.startswith("user/") and label:
        return {source.slug for source in everyone if (source.country or "world") == label}
    return None


def _state(tag: str) -> str:
    """``read`` of ``user/-/state/com.google/read``, whoever the user is."""
    return tag.rpartition("/state/com.google/")[2] if "/state/com.google/" in tag else ""


def _numbers(given: Given) -> list[int]:
    """The articles that are named, in the long form or in the short one; others are passed over."""
    found = []
    for value in given.getlist("i"):
        text = str(value)
        is_long = text.startswith(_ITEM)
        try:
            number = int(text.removeprefix(_ITEM), 16 if is_long else 10)
        except ValueError:
            continue
        if 0 < number < 2**53:
            found.append(number)
    return found


def _stream(base: str, stream: str, read: list[Followed]) -> dict[str, Any]:
    newest = max((each.marked.dated for each in read), default=datetime.now(UTC))
    return {
        "id": stream,
        "direction": "ltr",
        "updated": int(newest.timestamp()),
        "items": [_item(base, each) for each in read],
    }


def _item(base: str, followed: Followed) -> dict[str, Any]:
    article, source, marked = followed.article, followed.source, followed.marked
    number, address = marked.number, addresses.absolute(base, addresses.article(source.slug, marked.number))
    states = [f"{_STATE}reading-list"]
    states += [f"{_STATE}{name}" for name, has in (("read", marked.read), ("starred", marked.starred)) if has]
    return {
        "id": f"{_ITEM}{number:016x}",
        "crawlTimeMsec": str(int(article.collected.timestamp() * 1000)),
        "timestampUsec": _usec(marked.dated),
        "published": int(marked.dated.timestamp()),
        "title": article.title,
        "author": article.author or source.name,
        "canonical": [{"href": address}],
        "alternate": [{"href": address, "type": "text/html"}],
        "summary": {"content": _html(base, followed)},
        "categories": [*states, f"{_LABEL}{source.country or 'world'}"],
        "origin": {
            "streamId": f"feed/{source.slug}",
            "title": source.name,
            "htmlUrl": addresses.absolute(base, addresses.newspaper(source.slug)),
        },
    }


def _html(base: str, followed: Followed) -> str:
    """As much of the text as may be shown, and the way to its source."""
    article, number = followed.article, followed.marked.number
    blocks = article.blocks or ()
    parts = [] if blocks or not article.lead else [f"<p>{escape(article.lead)}</p>"]
    for block in blocks:
        if block.image is not None and not block.image.blurred:
            address = addresses.absolute(base, addresses.image(number, block.image.address))
            parts.append(f'<p><img src="{escape(address)}" alt="{escape(block.image.alt)}"></p>')
        elif block.text:
            tag = _TAGS.get(block.kind, "p")
            parts.append(f"<{tag}>{escape(block.text)}</{tag}>")
    parts.append(f'<p><a href="{escape(article.address)}">{escape(followed.source.name)}</a></p>')
    return "".join(parts)


_TAGS = {BlockKind.HEADING: "h2", BlockKind.QUOTE: "blockquote"}


def _going_on(wanted: Wanted, found: Sequence[Marked]) -> dict[str, str]:
    return {"continuation": lists.mark_of(found[-1])} if len(found) == wanted.limit else {}


def _moment(seconds: int | None) -> datetime | None:
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _usec(moment: datetime) -> str:
    return str(int(moment.timestamp()) * 1_000_000)
