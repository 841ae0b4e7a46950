"""Who is signed in. The cookie's value is never kept, only a digest of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from marsad.oversight import User
from marsad.store import users
from marsad.store.people_tables import sessions

#: Browsers that somebody is signed in with at once; one more, and the oldest is signed out.
MOST = 5
#: How often it is noted that somebody is still there.
_NOTED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long somebody stays signed in."""

    longest: timedelta
    #: Without doing anything.
    idle: timedelta


def start(connection: Connection, name: str, now: datetime) -> str:
    """Sign somebody in; gives what the cookie holds."""
    token = secrets.token_urlsafe(32)
    row = {"digest": users.digest(token), "user": name, "started": now, "seen": now}
    connection.execute(insert(sessions).values(**row))
    kept = select(sessions.c.digest).where(sessions.c.user == name)
    newest = kept.order_by(sessions.c.started.desc(), sessions.c.seen.desc()).limit(MOST)
    others = sessions.c.digest.not_in(newest.scalar_subquery())
    is_new = sessions.c.digest == row["digest"]
    connection.execute(delete(sessions).where(sessions.c.user == name, others, ~is_new))
    return token


def user_of(connection: Connection, token: str, now: datetime, bounds: Bounds) -> User | None:
    """Who is signed in by that cookie; None for nobody, or for too long (primary key)."""
    wanted = select(sessions).where(sessions.c.digest == users.digest(token))
    row = connection.execute(wanted).one_or_none()
    if row is None or now - row.started > bounds.longest or now - row.seen > bounds.idle:
        return None
    return users.by_name(connection, row.user)


def note_seen(connection: Connection, token: str, now: datetime) -> None:
    """Note that somebody is still there, at most once a minute."""
    connection.execute(
        update(sessions)
        .where(sessions.c.digest == users.digest(token), sessions.c.seen < now - _NOTED)
        .values(seen=now)
    )


def end(connection: Connection, token: str) -> None:
    """Sign somebody out."""
    connection.execute(delete(sessions).where(sessions.c.digest == users.digest(token)))


def forget(connection: Connection, now: datetime, bounds: Bounds) -> None:
    """Forget the sessions that are over."""
    is_over = (sessions.c.started < now - bounds.longest) | (sessions.c.seen < now - bounds.idle)
    connection.execute(delete(sessions).where(is_over))
