"""``python -m marsad.demo``: the sample press alone, until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from datetime import UTC, datetime

from marsad.demo.gold import gold_lines
from marsad.demo.newspapers import newspapers
from marsad.demo.press import Press, utc_now
from marsad.demo.running import RunningPress
from marsad.demo.server import Manners, serve


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m marsad.demo", description="Serve the sample press.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8801, help="the first of its ports, the rest follow")
    parser.add_argument("--epoch", type=_moment, help="when it starts, ISO 8601; now where none is given")
    parser.add_argument("--gold", action="store_true", help="only print its articles with their events")
    parser.add_argument("--hostile", action="store_true", help="a tenth site, for testing, that means harm")
    return parser.parse_args(given)


def _announce(running: RunningPress) -> None:
    lines = [f"The sample press, since {running.press.epoch.isoformat()}:"]
    for site in running.sites:
        feeds = " ".join(feed.address for feed in site.feeds)
        lines.append(f"{site.slug:14} {site.base_url}/  {feeds}")
    if running.hostile:
        lines.append(f"{'hostile':14} {running.hostile.base_url}/")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


async def _run(options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    press = Press(options.epoch or utc_now())
    count = len(newspapers()) + options.hostile
    ports = range(options.port, options.port + count)
    async with serve(
        press, host=options.host, ports=ports, manners=Manners(hostile=options.hostile)
    ) as running:
        _announce(running)
        await stop.wait()


def main(given: list[str] | None = None) -> int:
    """Serves until SIGINT or SIGTERM; 0, or 1 with one line on standard error."""
    options = _arguments(given)
    try:
        if options.gold:
            sys.stdout.writelines(f"{line}\n" for line in gold_lines(options.epoch or utc_now()))
            return 0
        asyncio.run(_run(options))
    except (OSError, ValueError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
