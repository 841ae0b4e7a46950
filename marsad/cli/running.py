"""``marsad run``: collect and serve until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import anyio.to_thread
import typer
import uvicorn

from marsad.app import Marsad
from marsad.cli.logs import configure
from marsad.cli.options import Data, settings
from marsad.collect.source_files import load_sources
from marsad.errors import SettingsError
from marsad.model import Source
from marsad.pipeline.upkeep import repeated
from marsad.settings import Settings
from marsad.web.site import site

#: Threads that make pages. Python runs one at a time: with many, all are late together.
PAGES_AT_ONCE = 4
#: Seconds for which a thread may keep Python while others wait: what is computed beside pages takes them.
TURN = 0.001
#: Seconds between two collections of cycles, and how long one waits for a moment in which nobody is answered.
COLLECTED_EVERY = 1.0
COLLECTED_WITHIN = 0.5
#: Of so many collections one looks at all that came since the start, which takes a tenth of a second.
WHOLLY_EVERY = 600
#: When they are collected even so, in the middle of a page: only where far more comes than pages make.
COLLECTED_AT = (100_000, 10, 10)

SourceFiles = Annotated[
    list[Path] | None, typer.Argument(help="OPML or TOML files with newspapers to add to the list.")
]
Host = Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")]
Port = Annotated[int | None, typer.Option(help="Port to listen on.", show_default="8800")]


def run(files: SourceFiles = None, data: Data = None, host: Host = None, port: Port = None) -> None:
    """Collect the newspapers on the list and serve the site. Ctrl-C stops it."""
    chosen = settings(data, server={"host": host, "port": port})
    serve(chosen, [source for file in files or () for source in read_list(file)])


def read_list(file: Path) -> tuple[Source, ...]:
    """The newspapers of an OPML or TOML file; what was wrong with it goes to standard error."""
    loaded = load_sources(file)
    for note in loaded.tolerated:
        typer.echo(f"{file}: {note}", err=True)
    return loaded.sources


def serve(chosen: Settings, found: Sequence[Source]) -> None:
    """Serve with these settings, `found` put on the list first; returns when told to stop."""
    configure(chosen.log)
    with Marsad(chosen) as marsad, contextlib.suppress(KeyboardInterrupt):
        marsad.add_sources(found)
        asyncio.run(_serve(marsad))
    typer.echo("Marsad has stopped.")


async def _serve(marsad: Marsad) -> None:
    anyio.to_thread.current_default_thread_limiter().total_tokens = PAGES_AT_ONCE
    chosen = marsad.settings.server
    config = uvicorn.Config(
        site(marsad),
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    with _listening(chosen.host, chosen.port) as listener:
        port = listener.getsockname()[1]
        typer.echo(f"Marsad: http://{chosen.host}:{port}/  (data in {marsad.folder})")
        async with marsad.collecting():
            sys.setswitchinterval(TURN)
            _spare_readers_the_collector()
            tidying = asyncio.create_task(repeated(_collector(marsad), COLLECTED_EVERY, "memory"))
            try:
                await uvicorn.Server(config).serve([listener])
            finally:
                tidying.cancel()


def _spare_readers_the_collector() -> None:
    """Python's collector of cycles leaves alone what stands now, and what a page is just made of: to walk
    through that takes as long as a quarter of the page, and finds nothing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AT)


def _collector(marsad: Marsad) -> Callable[[], None]:
    """What collects cycles between two pages each time that it is called."""
    rounds = itertools.count(1)

    def collect() -> None:
        marsad.precedence.make_way(patience=COLLECTED_WITHIN)
        gc.collect(1 if next(rounds) % WHOLLY_EVERY else 2)

    return collect


def _listening(host: str, port: int) -> socket.socket:
    """A socket that readers can reach from now on. Raises SettingsError where the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, else answers would wait for one another (Nagle's algorithm).
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise SettingsError("the site cannot be served", f"{host}:{port}", error.strerror or error) from error
    return listener
