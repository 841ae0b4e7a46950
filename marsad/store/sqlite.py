"""The archive in one file: SQLite in the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

FILE = "marsad.sqlite3"

#: WAL lets pages be read while an article is kept. NORMAL loses nothing when the process is
#: killed, and at worst the last moments, never the rest, when the power goes. Each connection has
#: a cache of its own: 8 MB hold what leads to the rows of a million articles. Mapping the file would
#: spare no time worth mentioning, and count as memory once for each connection.
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=20000",
    "PRAGMA cache_size=-8000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA journal_size_limit=67108864",
)


def sqlite(folder: Path) -> Engine:
    """The engine of the archive in that folder."""
    engine = create_engine(f"sqlite:///{folder / FILE}", pool_size=8, max_overflow=24)

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _record: Any) -> None:
        connection.isolation_level = None  # we begin by ourselves
        for pragma in PRAGMAS:
            connection.cursor().execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock at once, so that no transaction fails half-way for want of it.
        writes = connection.get_execution_options().get("marsad_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
