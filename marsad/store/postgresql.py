"""The archive on a PostgreSQL server, for who has one already or has outgrown one machine."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from marsad.errors import SettingsError

#: Who holds this lock of the database writes.
_WRITER = 0x6D61727361640001


def postgresql(address: str) -> Engine:
    """The engine of the archive in that database, such as ``postgresql://marsad@db.example/marsad``.

    Raises SettingsError where the address is none of PostgreSQL, or its driver is not installed.
    """
    if not address.startswith("postgresql://"):
        raise SettingsError("store.database begins with postgresql://")
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
        # Connections that a restart of the server broke are made anew.
        engine = create_engine(url, pool_size=8, max_overflow=24, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise SettingsError("store.database is no address of a database", cause=error) from error
    except ImportError as error:
        raise SettingsError(
            "store.database needs the driver of PostgreSQL: pip install marsad[postgresql]", cause=error
        ) from error

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("marsad_writes", False):
            # One writer at a time, also of several processes: rows of the outbox become visible in the
            # order of their positions, or a reader would move past some that come late.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def _say(
        _connection: Connection, _cursor: Any, statement: str, given: Any, _context: Any, _many: bool
    ) -> tuple[str, Any]:
        return statement, _without_nul(given)

    return engine


def _without_nul(given: Any) -> Any:
    """What was given, with no NUL in its texts: PostgreSQL refuses them, and no text needs them."""
    match given:
        case str():
            return given.replace("\0", "")
        case list() | tuple():
            return type(given)(_without_nul(each) for each in given)
        case dict():
            return {name: _without_nul(each) for name, each in given.items()}
    return given
