"""Who can sign in: names, roles, and digests of what each one proves it by.

No secret is kept in clear but the second factor's, which has to be.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, delete, insert, select, update

from marsad.errors import SettingsError
from marsad.oversight import Role, User
from marsad.store.people_tables import sessions, users

SHORTEST_PASSWORD = 10
#: Longer ones would only be work for whoever checks them.
LONGEST_PASSWORD = 256
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
#: RFC 9106, second recommended option: 64 MiB. At most two at once, so that a flood of attempts to sign
#: in takes no more memory than that.
_HASHER = PasswordHasher()
_AT_ONCE = threading.BoundedSemaphore(2)
_STEP = 30


def add(connection: Connection, name: str, password: str, role: Role, now: datetime) -> None:
    """A new user. Raises SettingsError where the name is taken or no name, or the password too short."""
    if not _NAME.fullmatch(name):
        raise SettingsError("no name for a user; letters, digits and . _ @ - are", name)
    if by_name(connection, name) is not None:
        raise SettingsError("there is already a user of that name", name)
    row = {"name": name, "role": role.value, "password": _hashed(password), "totp_step": 0, "added": now}
    connection.execute(insert(users).values(**row))


def remove(connection: Connection, name: str) -> bool:
    """Forget a user and end its sessions; False where there is none of that name."""
    connection.execute(delete(sessions).where(sessions.c.user == name))
    return connection.execute(delete(users).where(users.c.name == name)).rowcount > 0


def all_users(connection: Connection) -> list[User]:
    """Everybody, by name."""
    return [_user(row) for row in connection.execute(select(users).order_by(users.c.name))]


def by_name(connection: Connection, name: str) -> User | None:
    """The user of that name, None where there is none (primary key)."""
    row = _row(connection, name)
    return None if row is None else _user(row)


def set_password(connection: Connection, name: str, password: str) -> bool:
    """Another password, and the end of all sessions; False where there is no such user."""
    connection.execute(delete(sessions).where(sessions.c.user == name))
    return _changed(connection, name, password=_hashed(password))


def with_password(connection: Connection, name: str, password: str) -> User | None:
    """The user whose password that is, else None; as slow for a name that there is as for another."""
    row = _row(connection, name)
    proved = _proves(row.password if row else _nobody(), password)
    return _user(row) if row is not None and proved else None


def new_token(connection: Connection, name: str) -> str | None:
    """A token for reader apps, in the place of the last one. It is told once; None for no such user."""
    token = secrets.token_urlsafe(24)
    return token if _changed(connection, name, token=digest(token)) else None


def with_token(connection: Connection, name: str, token: str) -> User | None:
    """The user whose reader apps sign in with that token, else None. Quick: a token cannot be guessed."""
    row = _row(connection, name)
    if row is None or row.token is None or not hmac.compare_digest(row.token, digest(token)):
        return None
    return _user(row)


def new_totp(connection: Connection, name: str, secret: str | None) -> bool:
    """Ask for a second factor from now on, or with None no longer; False where there is no such user."""
    return _changed(connection, name, totp=secret)


def pass_totp(connection: Connection, name: str, code: str, now: datetime) -> bool:
    """Whether that is the second factor of now, a step early or late; none is good twice (RFC 6238)."""
    row = _row(connection, name)
    if row is None or row.totp is None:
        return False
    factor, given = pyotp.TOTP(row.totp), code.strip()[:12].encode()
    for step in (now, now - timedelta(seconds=_STEP), now + timedelta(seconds=_STEP)):
        number = int(step.timestamp()) // _STEP
        if number > row.totp_step and hmac.compare_digest(factor.at(step).encode(), given):
            return _changed(connection, name, totp_step=number)
    return False


def digest(secret: str) -> bytes:
    """By which a long random secret is recognised without being kept."""
    return hashlib.sha256(secret.encode()).digest()


def _hashed(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        wanted = f"between {SHORTEST_PASSWORD} and {LONGEST_PASSWORD} characters"
        raise SettingsError("a password has " + wanted)
    return _HASHER.hash(password)


def _proves(kept: str, password: str) -> bool:
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        with _AT_ONCE:
            return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """What the password of a user that is not there is compared with."""
    return _HASHER.hash(secrets.token_urlsafe(16))


def _row(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(users).where(users.c.name == name)).one_or_none()


def _changed(connection: Connection, name: str, **values: object) -> bool:
    return connection.execute(update(users).where(users.c.name == name).values(**values)).rowcount > 0


def _user(row: Row[Any]) -> User:
    return User(row.name, Role(row.role), row.added, row.token is not None, row.totp is not None)
