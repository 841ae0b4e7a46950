"""``marsad demo``: the sample press, and Marsad over it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from marsad.cli.options import Data, settings
from marsad.cli.running import Host, Port, serve
from marsad.demo.newspapers import newspapers
from marsad.demo.press import Press
from marsad.demo.running import sources
from marsad.demo.threaded import running_press
from marsad.errors import SettingsError
from marsad.settings import Settings
from marsad.store import ledger
from marsad.store.engine import Store

#: When the press was first started; it goes on from there at every further start.
BEGAN = "sample_press_began"

#: By which most of the press's newspapers write.
CLOCK = "Africa/Casablanca"

FirstPort = Annotated[int, typer.Option(help="First port of the press's nine sites; the others follow.")]

#: The newspapers are ours and near: no need to be patient with them.
MANNERS = {
    "private_networks": ["127.0.0.0/8"],
    "pause_seconds": 0.1,
    "poll_minutes_min": 0.2,
    "poll_minutes_max": 0.5,
    "revisit_minutes": 0.5,
}


def demo(data: Data = None, host: Host = None, port: Port = None, press_port: FirstPort = 8801) -> None:
    """Start nine invented newspapers on this machine, and Marsad over them. Ctrl-C stops all."""
    chosen = settings(data, server={"host": host, "port": port, "timezone": CLOCK}, collect=MANNERS)
    ports = range(press_port, press_port + len(newspapers()))
    try:
        with running_press(Press(_began(chosen)), ports=ports) as running:
            serve(chosen, sources(running.sites))
    except OSError as error:
        raise SettingsError("the sample press cannot be started", cause=error) from error


def _began(chosen: Settings) -> datetime:
    store = Store(chosen.data, chosen.store.database.get_secret_value())
    try:
        with store.writing() as connection:
            known = ledger.fact(connection, BEGAN)
            if known is None:
                known = datetime.now(UTC).isoformat(timespec="seconds")
                ledger.set_fact(connection, BEGAN, known)
            return datetime.fromisoformat(known)
    finally:
        store.close()
