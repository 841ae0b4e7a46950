"""The databases that an archive may be kept in, each empty and real."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from marsad.evaluate.cluster import cluster, postgresql_programs
from marsad.store.engine import Store
from marsad.store.sqlite import FILE

_NAMES = map("archive{}".format, itertools.count())


def prepare(folder: Path) -> Path:
    """An empty archive in `folder`, where there is none: copied, for its making takes longer than most tests."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / FILE).exists():
        (folder / FILE).write_bytes(_empty_file())
    return folder


@cache
def _empty_file() -> bytes:
    with TemporaryDirectory() as name:
        Store(Path(name)).close()
        return (Path(name) / FILE).read_bytes()


@contextmanager
def server() -> Iterator[Path | None]:
    """The socket of a PostgreSQL server for the tests of one process; None where it is not installed."""
    programs = postgresql_programs()
    if programs is None:
        yield None
        return
    with cluster(programs) as socket:
        yield socket


def empty_database(socket: Path | None) -> str:
    """The address of a new database; the test is skipped where there is no server."""
    if socket is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: postgresql)")
    name = next(_NAMES)
    with psycopg.connect(host=str(socket), dbname="postgres", user="postgres", autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return f"postgresql://postgres@/{name}?host={socket}"
