"""Answers that say no, or not now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from email.utils import format_datetime

from marsad.demo.hostile.answer import Asked, Handler, answer, head, whole

#: What the answers with a date ask for.
WAIT = timedelta(seconds=120)


def _status(status: str, **headers: str) -> Handler:
    def plain(_: Asked) -> bytes:
        return answer(status, "text/plain", status, **headers)

    plain.__doc__ = f"Always {status}" + "".join(f", {name}: {value}" for name, value in headers.items())
    return whole(plain)


def _dated(status: str) -> Handler:
    def dated(asked: Asked) -> bytes:
        when = format_datetime((asked.now + WAIT).replace(microsecond=0), usegmt=True)
        return answer(status, "text/plain", status, Retry_After=when)

    dated.__doc__ = f"Always {status}, with a date two minutes ahead"
    return whole(dated)


def unasked_304(_: Asked) -> bytes:
    """304 to somebody who has nothing yet."""
    return head("304 Not Modified", kind="")


def nothing(_: Asked) -> bytes:
    """204, without a body."""
    return head("204 No Content", kind="")


STATUSES: Mapping[str, Handler] = {
    "/status/429-seconds": _status("429 Too Many Requests", Retry_After="120"),
    "/status/429-date": _dated("429 Too Many Requests"),
    "/status/429-nonsense": _status("429 Too Many Requests", Retry_After="soon"),
    "/status/503-seconds": _status("503 Service Unavailable", Retry_After="120"),
    "/status/503-date": _dated("503 Service Unavailable"),
    "/status/503-for-ever": _status("503 Service Unavailable", Retry_After="999999999999"),
    "/status/500": _status("500 Internal Server Error"),
    "/status/401": _status("401 Unauthorized", WWW_Authenticate='Basic realm="x"'),
    "/status/403": _status("403 Forbidden"),
    "/status/404": _status("404 Not Found"),
    "/status/410": _status("410 Gone"),
    "/status/451": _status("451 Unavailable For Legal Reasons"),
    "/status/304-unasked": whole(unasked_304),
    "/status/204": whole(nothing),
}
