"""A PostgreSQL server for the length of a measurement or a test, from the programs that Debian installs."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

#: Where Debian keeps its servers, the newest last.
_DEBIAN = Path("/usr/lib/postgresql")
_FOR_A_SHORT_LIFE = ("listen_addresses=''", "fsync=off", "jit=off")


def postgresql_programs() -> Path | None:
    """The folder with PostgreSQL's server programs as Debian installs them; None where there are none."""
    found = sorted(_DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else None


@contextmanager
def cluster(programs: Path, *settings: str) -> Iterator[Path]:
    """The folder of the socket of a server that runs while the context lasts, with the user ``postgres``.

    `settings` are such as ``work_mem=64MB``. It listens on no network, and forgets all at its end.
    """
    with TemporaryDirectory(prefix="marsad-postgresql-") as name:
        folder = Path(name)
        data = folder / "data"
        _owned(folder)
        _run(programs / "initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--pgdata", data)
        chosen = (f"unix_socket_directories='{folder}'", *_FOR_A_SHORT_LIFE, *settings)
        options = " ".join(f"-c {setting}" for setting in chosen)
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
