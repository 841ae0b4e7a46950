"""What the head of an answer means: read it, follow it, look again later, or never. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from marsad.errors import Later, Refused
from marsad.outcome import Outcome

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}

#: A server that asks for more patience than this is looked at again all the same.
_LONGEST_PATIENCE = timedelta(days=7)
_GONE = frozenset({404, 410})
_FORBIDDEN = frozenset({401, 402, 403, 407, 451})
#: Timeout, too early, too many requests, and 202: not ready yet.
_NOT_NOW = frozenset({202, 408, 425, 429})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a caller can read."""

    #: The Accept header.
    accept: str
    #: How the media types begin that are read; an answer that names none is read too.
    types: tuple[str, ...]


ANYTHING = Wanted("*/*", ("",))
#: An article or a section page.
HTML = Wanted(
    "text/html, application/xhtml+xml, */*;q=0.1",
    ("text/html", "application/xhtml", "text/plain", "text/xml", "application/xml"),
)
#: A feed or a sitemap, under whatever wrong name it comes.
FEED = Wanted(
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    ("text/", "application/", "binary/"),
)
IMAGE = Wanted("image/*", ("image/",))


def lowered(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by their names in lower case; those given twice are joined, cookies are let fall."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
        if name != "set-cookie":
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def check_status(status: int, headers: Mapping[str, str], thing: str, now: datetime) -> None:
    """Return where the body is to be read (200, 203).

    Raises Refused where it is no use to ask again (GONE for 404 and 410, DISALLOWED for 401, 402,
    403 and 451), Later where it is (408, 425, 429, all of 5xx), with the moment that the server asks for.
    """
    if status in {200, 203}:
        return
    said = f"the server answered {status}"
    if status in _NOT_NOW or status >= 500:
        raise Later("is not to be had now", thing, said, when=retry_after(headers.get("retry-after"), now))
    if status in _GONE:
        raise Refused("is no longer there", thing, said, outcome=Outcome.GONE)
    if status in _FORBIDDEN:
        raise Refused("is not for us to read", thing, said, outcome=Outcome.DISALLOWED)
    raise Refused("cannot be read", thing, said)


def check_type(headers: Mapping[str, str], wanted: Wanted, thing: str) -> None:
    """Raise Refused where the answer is of a type that the caller does not read."""
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type and not media_type.startswith(wanted.types):
        raise Refused("is not what was looked for", thing, f"its type is {media_type[:80]}")


def check_length(headers: Mapping[str, str], most: int, thing: str) -> None:
    """Raise Refused where the answer says itself that it is longer than `most` bytes."""
    length = headers.get("content-length", "")
    if length.isdecimal() and (len(length) > 15 or int(length) > most):
        raise Refused(f"has more than {most} bytes", thing, outcome=Outcome.TOO_LARGE)


def retry_after(value: str | None, now: datetime) -> datetime | None:
    """The moment that a Retry-After header (RFC 9110, section 10.2.3) asks for, at most a week from now.

    It holds seconds or a date; None where it is missing, past or cannot be read.
    """
    value = (value or "").strip()
    latest = now + _LONGEST_PATIENCE
    if value.isascii() and value.isdecimal():
        return latest if len(value) > 6 else min(now + timedelta(seconds=int(value)), latest)
    try:
        moment = parsedate_to_datetime(value[:64])
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(moment, latest) if moment > now else None
