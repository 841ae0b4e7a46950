"""Who can sign in, and by what: changed at the desk and by commands, and each change written down.

`by` names who was signed in, "" for a command. What is written down never holds a secret.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from marsad.oversight import Act, Deed, Role
from marsad.store import deeds, users
from marsad.store.engine import Store

Done = TypeVar("Done")


def let_in(store: Store, name: str, password: str, role: Role, now: datetime, by: str = "") -> None:
    """A new user. Raises SettingsError where the name is taken or no name, or the password too short."""

    def added(connection: Connection) -> bool:
        users.add(connection, name, password, role, now)
        return True

    _written_down(store, Deed(Act.LET_IN, name, by, now, {"role": role.value}), added)


def let_out(store: Store, name: str, now: datetime, by: str = "") -> bool:
    """Forget a user and end its sessions; False where there is none of that name."""
    return _written_down(store, Deed(Act.LET_OUT, name, by, now), lambda it: users.remove(it, name))


def new_password(store: Store, name: str, password: str, now: datetime, by: str = "") -> bool:
    """Another password, and the end of all sessions; False where there is no such user.

    Raises SettingsError where it is too short.
    """
    deed = Deed(Act.PASSWORD, name, by, now)
    return _written_down(store, deed, lambda it: users.set_password(it, name, password))


def new_token(store: Store, name: str, now: datetime, by: str = "") -> str | None:
    """A token for reader apps, in the place of the last one; None where there is no such user."""
    return _written_down(store, Deed(Act.TOKEN, name, by, now), lambda it: users.new_token(it, name))


def new_factor(store: Store, name: str, secret: str | None, now: datetime, by: str = "") -> bool:
    """Ask for a second factor from now on, or with None no longer; False where that changes nothing."""

    def changed(connection: Connection) -> bool:
        user = users.by_name(connection, name)
        is_asked = secret is not None or (user is not None and user.has_totp)
        return is_asked and users.new_totp(connection, name, secret)

    return _written_down(store, Deed(Act.FACTOR if secret else Act.NO_FACTOR, name, by, now), changed)


def _written_down(store: Store, deed: Deed, change: Callable[[Connection], Done]) -> Done:
    """Make a change, and write it down with it where it is one."""
    with store.writing() as connection:
        done = change(connection)
        if done:
            deeds.add(connection, deed)
    return done
