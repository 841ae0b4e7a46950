"""The database: opened, migrated, read and written in transactions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError

from marsad.errors import StoreError

FILE = "marsad.sqlite3"

#: WAL lets pages be read while an article is kept. NORMAL loses nothing when the process is
#: killed, and at worst the last moments, never the rest, when the power goes.
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=20000",
    "PRAGMA cache_size=-16000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA mmap_size=268435456",
    "PRAGMA journal_size_limit=67108864",
)


class Store:
    """One archive's database, in the folder `folder`, created and brought up to date when opened.

    Any thread may read; one thread at a time writes, the others wait for it.
    Raises StoreError when the folder or the file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._writing = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._engine = _engine(self.path)
            _migrate(self._engine)
        except (OSError, SQLAlchemyError) as error:
            raise StoreError("the archive cannot be opened", str(self.path), error) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state of the archive."""
        with _translated(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all that is done in it is kept when it ends well, nothing when it does not."""
        with self._writing, _translated(self.path), self._engine.connect() as connection:
            writer = connection.execution_options(marsad_writes=True)
            with writer.begin():
                yield writer

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError("the archive could not be used", str(path), error) from error


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", pool_size=8, max_overflow=24)

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


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        writer = connection.execution_options(marsad_writes=True)
        with writer.begin():
            config.attributes["connection"] = writer
            command.upgrade(config, "head")
