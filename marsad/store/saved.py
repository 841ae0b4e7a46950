"""Searches that users keep under a name of their own."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from marsad.errors import SettingsError
from marsad.store.people_tables import saved_searches

#: As many does a user keep at most, and as long is a name.
MOST, LONGEST_NAME = 200, 80


@dataclass(frozen=True, slots=True)
class Saved:
    """A search that a user keeps."""

    #: What its address ends with; who knows it can read the search, and nothing else of the user.
    token: str
    user: str
    name: str
    #: What stands in the address of the search.
    parameters: Mapping[str, str]
    #: The newest article there was when its user last looked.
    seen: int


def keep(
    connection: Connection, user: str, name: str, parameters: Mapping[str, str], seen: int, now: datetime
) -> str:
    """Keep a search, once under one name; gives its token.

    Raises SettingsError where the user keeps too many already.
    """
    mine, row = of_user(connection, user), {"name": name[:LONGEST_NAME], "parameters": dict(parameters)}
    for each in mine:
        if {"name": each.name, "parameters": each.parameters} == row:
            return each.token
    if len(mine) >= MOST:
        raise SettingsError(f"no more than {MOST} searches can be kept", user)
    token = secrets.token_urlsafe(12)
    row |= {"token": token, "user": user}
    connection.execute(insert(saved_searches).values(**row, seen=seen, made=now))
    return token


def of_user(connection: Connection, user: str) -> list[Saved]:
    """All that a user keeps, the newest first (ix_saved_searches_user)."""
    wanted = select(saved_searches).where(saved_searches.c.user == user)
    return [_saved(row) for row in connection.execute(wanted.order_by(saved_searches.c.number.desc()))]


def by_token(connection: Connection, token: str) -> Saved | None:
    """The search of that token, None where there is none (uq_saved_searches_token)."""
    row = connection.execute(select(saved_searches).where(saved_searches.c.token == token)).one_or_none()
    return None if row is None else _saved(row)


def rename(connection: Connection, user: str, token: str, name: str) -> None:
    """Give one of the user's searches another name."""
    mine = (saved_searches.c.token == token, saved_searches.c.user == user)
    connection.execute(update(saved_searches).where(*mine).values(name=name[:LONGEST_NAME]))


def look(connection: Connection, user: str, token: str, newest: int) -> None:
    """The user has seen what one of his searches finds, up to the article of that number."""
    mine = (saved_searches.c.token == token, saved_searches.c.user == user)
    connection.execute(update(saved_searches).where(*mine).values(seen=newest))


def forget(connection: Connection, user: str, token: str) -> None:
    """Forget one of the user's searches."""
    mine = (saved_searches.c.token == token, saved_searches.c.user == user)
    connection.execute(delete(saved_searches).where(*mine))


def _saved(row: Row[Any]) -> Saved:
    return Saved(row.token, row.user, row.name, row.parameters, row.seen)
