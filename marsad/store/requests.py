"""Requests for removal, as long as they are worked on; then what became of them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from marsad.oversight import Request, RequestState
from marsad.store.people_tables import requests


def add(connection: Connection, role: str, about: str, text: str, contact: str, now: datetime) -> str:
    """Keep a new request; gives what its address ends with, by which whoever asked can follow it."""
    token = secrets.token_urlsafe(18)
    values = {"role": role, "about": about, "text": text, "contact": contact, "at": now}
    state = {"state": RequestState.OPEN.value, "answer": "", "by": "", "digest": _digest(token)}
    connection.execute(insert(requests).values(**values, **state))
    return token


def by_token(connection: Connection, token: str) -> Request | None:
    """The request that is followed there, None where there is none (uq_requests_digest)."""
    row = connection.execute(select(requests).where(requests.c.digest == _digest(token))).one_or_none()
    return None if row is None else _request(row)


def by_number(connection: Connection, number: int) -> Request | None:
    """The request of that number (primary key)."""
    row = connection.execute(select(requests).where(requests.c.number == number)).one_or_none()
    return None if row is None else _request(row)


def latest(connection: Connection, limit: int) -> list[Request]:
    """The newest requests, open ones first."""
    is_closed = requests.c.state != RequestState.OPEN.value
    wanted = select(requests).order_by(is_closed, requests.c.number.desc()).limit(limit)
    return [_request(row) for row in connection.execute(wanted)]


def close(
    connection: Connection, number: int, state: RequestState, answer: str, by: str, now: datetime
) -> bool:
    """What becomes of a request; False where there is none of that number."""
    values = {"state": state.value, "answer": answer, "by": by}
    closed = None if state is RequestState.OPEN else now
    changed = connection.execute(
        update(requests).where(requests.c.number == number).values(**values, closed=closed)
    )
    return changed.rowcount > 0


def forget(connection: Connection, before: datetime) -> None:
    """Forget who asked, and in which words, of requests that were closed before that moment."""
    wanted = update(requests).where(requests.c.closed < before, requests.c.contact != "")
    connection.execute(wanted.values(contact="", text=""))


def counts(connection: Connection) -> Mapping[RequestState, int]:
    """How many requests stand in each state."""
    wanted = select(requests.c.state, func.count()).group_by(requests.c.state)
    return {RequestState(state): count for state, count in connection.execute(wanted)}


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _request(row: Row[Any]) -> Request:
    return Request(
        number=row.number,
        at=row.at,
        role=row.role,
        about=row.about,
        text=row.text,
        contact=row.contact,
        state=RequestState(row.state),
        answer=row.answer,
        by=row.by,
        closed=row.closed,
    )
