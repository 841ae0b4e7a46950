"""The large archive in what a newsroom would use instead: SQLite's FTS5 and PostgreSQL's full-text search."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from marsad.evaluate.scale import Search
from marsad.evaluate.search import DEPTH
from marsad.search.index import Document

_WORD = re.compile(r"\w+")
#: Where Debian keeps its servers, the newest last.
_DEBIAN = Path("/usr/lib/postgresql")
_SETTINGS = "-c listen_addresses='' -c fsync=off -c shared_buffers=512MB -c work_mem=64MB -c jit=off"


@contextmanager
def fts5(documents: Iterable[Document], cache: Path) -> Iterator[Search]:
    """FTS5 with its own tokenizer and its own BM25, any of the words; its file stays in `cache`."""
    file = cache / "fts5.sqlite3"
    fresh = not file.exists()
    connection = sqlite3.connect(file)
    if fresh:
        connection.execute("create virtual table found using fts5(title, body)")
        rows = ((each.number, each.title, each.body) for each in documents)
        connection.executemany("insert into found(rowid, title, body) values (?, ?, ?)", rows)
        connection.execute("insert into found(found) values ('optimize')")
        connection.commit()

    def search(text: str) -> Sequence[int]:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(text))
        wanted = "select rowid from found where found match ? order by rank limit ?"
        return [row[0] for row in connection.execute(wanted, (words, DEPTH))] if words else []

    try:
        yield search
    finally:
        connection.close()


def postgresql_programs() -> Path | None:
    """The folder with PostgreSQL's server programs as Debian installs them; None where there are none."""
    found = sorted(_DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else None


@contextmanager
def postgresql(documents: Iterable[Document], programs: Path) -> Iterator[Search]:
    """PostgreSQL with its Arabic configuration, a GIN index and ts_rank, any of the words.

    In a cluster of its own that nobody else reaches, gone afterwards.
    """
    import psycopg  # for measuring only

    address = "host={} dbname=postgres user=postgres"
    with _cluster(programs) as socket, psycopg.connect(address.format(socket)) as link:
        link.execute("create table raw (number int, title text, body text)")
        link.execute("create table found (number int primary key, said tsvector)")
        with link.cursor().copy("copy raw from stdin") as copy:
            for each in documents:
                copy.write_row((each.number, each.title, each.body))
        link.execute(
            "insert into found select number, setweight(to_tsvector('arabic', title), 'A') || "
            "to_tsvector('arabic', body) from raw"
        )
        link.execute("create index on found using gin (said)")
        link.commit()
        link.autocommit = True
        link.execute("vacuum analyze found")

        def search(text: str) -> Sequence[int]:
            words = " | ".join(f"'{word}'" for word in _WORD.findall(text))
            wanted = (
                "select number from found, to_tsquery('arabic', %s) as asked where said @@ asked "
                "order by ts_rank(said, asked) desc limit %s"
            )
            return [row[0] for row in link.execute(wanted, (words, DEPTH))]

        yield search


@contextmanager
def _cluster(programs: Path) -> Iterator[Path]:
    """The folder of the socket of a server that runs while the context lasts."""
    with TemporaryDirectory(prefix="marsad-postgresql-") as name:
        folder = Path(name)
        data = folder / "data"
        _owned(folder)
        _run(programs / "initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--pgdata", data)
        options = f"{_SETTINGS} -c unix_socket_directories='{folder}'"
        _run(programs / "pg_ctl", "start", "-w", "-D", data, "-l", folder / "log", "-o", options)
        try:
            yield folder
        finally:
            _run(programs / "pg_ctl", "stop", "-m", "immediate", "-D", data)


def _owned(folder: Path) -> None:
    """PostgreSQL refuses to run as root: there, the folder becomes its own user's."""
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")


def _run(*command: str | Path) -> None:
    user = pwd.getpwnam("postgres").pw_uid if os.getuid() == 0 else None
    quiet = subprocess.DEVNULL
    arguments = [str(part) for part in command]
    subprocess.run(  # noqa: S603 # programs and arguments are ours
        arguments, check=True, stdin=quiet, stdout=quiet, stderr=quiet, user=user, cwd="/"
    )
