"""The database: opened, migrated, read and written in transactions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from marsad.errors import StoreError
from marsad.store.postgresql import postgresql
from marsad.store.sqlite import FILE, sqlite


class Store:
    """One archive's database, created and brought up to date when opened.

    It is a file in `folder`, or, where `database` is the address of one, on a PostgreSQL server.
    Any thread may read; one thread at a time writes, the others wait for it.
    Raises StoreError when it cannot be used, SettingsError for an address that is none.
    """

    def __init__(self, folder: Path, database: str = "") -> None:
        self._writing = threading.Lock()
        self._engine = postgresql(database) if database else sqlite(folder)
        #: Where it is, for messages: without a password.
        self._where = self._engine.url.render_as_string() if database else str(folder / FILE)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _migrate(self._engine)
        except (OSError, SQLAlchemyError) as error:
            self._engine.dispose()
            raise StoreError("the archive cannot be opened", self._where, error) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state of the archive."""
        with self._translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all that is done in it is kept when it ends well, nothing when it does not."""
        with self._writing, self._translated(), self._engine.connect() as connection:
            writer = connection.execution_options(marsad_writes=True)
            with writer.begin():
                yield writer

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise StoreError("the archive could not be used", self._where, error) from error


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        writer = connection.execution_options(marsad_writes=True)
        with writer.begin():
            config.attributes["connection"] = writer
            command.upgrade(config, "head")
