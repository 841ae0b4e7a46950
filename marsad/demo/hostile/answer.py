"""What a handler of the hostile site is given, and the bytes that it gives back."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to the hostile site."""

    path: str
    query: str
    #: Names in lower case.
    headers: Mapping[str, str]
    #: The address of the site, without a slash at its end.
    base: str
    now: datetime


#: The raw bytes of an answer, head and all. When they end, the connection is closed.
Parts = AsyncGenerator[bytes, None]

Handler = Callable[[Asked], Parts]

#: What most handlers need: from a request to one whole answer.
Whole = Callable[[Asked], bytes]

HTML = "text/html; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"


def head(status: str = "200 OK", kind: str = HTML, **headers: str) -> bytes:
    """The head of an answer. Underscores in the names of headers become hyphens."""
    lines = [f"HTTP/1.1 {status}", "Connection: close"]
    if kind:
        lines.append(f"Content-Type: {kind}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def answer(body: bytes | str, kind: str = HTML, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer with its length."""
    data = body.encode() if isinstance(body, str) else body
    return head(status, kind, Content_Length=str(len(data)), **headers) + data


def whole(make: Whole) -> Handler:
    """The handler that gives back what `make` makes, at once."""

    async def handler(asked: Asked) -> Parts:
        yield make(asked)

    handler.__doc__ = make.__doc__
    handler.__name__ = make.__name__
    return handler
