"""Whole commands measured from outside: pages under load, and an import, the latter by a small process of its
own, for a command's highest memory is never told as less than that of who started it:
``python -m marsad.evaluate.serving LINES FOLDER``.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from marsad import addresses
from marsad.evaluate.alone import tell
from marsad.evaluate.lines import json_lines

#: Pages asked for, a second and in all; searches cost more than pages that are kept.
RATE = 200
SEARCH_RATE = 50
ASKED = 1500
CLIENTS = 8
WARM_UP = 20
#: Seconds after which a server has done what it does when it starts.
SETTLED = 5.0


def main(arguments: Sequence[str]) -> int:
    """Print the figures of importing the file LINES into FOLDER. 0, or 2 where arguments are missing."""
    if len(arguments) < 2:
        sys.stderr.write("usage: python -m marsad.evaluate.serving LINES FOLDER\n")
        return 2
    tell([importing(Path(arguments[0]), Path(arguments[1]))])
    return 0


def newest_article(folder: Path) -> str:
    """The path of the article that opens the front page."""
    with _served(folder) as port:
        asking = http.client.HTTPConnection("127.0.0.1", port)
        asking.request("GET", addresses.FRONT)
        main = asking.getresponse().read().decode().partition("<main")[2]
    found = re.search(r'href="(/[^/"]+/[0-9]+)"', re.sub(r'href="/story/[0-9]+"', "", main))
    if found is None:
        raise RuntimeError("the front page shows no article")
    return found[1]


def importing(lines: Path, folder: Path) -> dict[str, float]:
    """Articles a second of `marsad import` into an empty folder, and its peak memory in MiB."""
    command = [sys.executable, "-m", "marsad", "import", str(lines), "--data", str(folder)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)  # what this one used: others may have used more before
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds, peak = time.perf_counter() - started, used.ru_maxrss / 1024
    told = subprocess.run(
        [sys.executable, "-m", "marsad", "status", "--data", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    found = re.search(r"([0-9,]+) articles in ", told.stdout)
    if found is None:
        raise RuntimeError("the status does not say how many articles there are")
    articles = int(found[1].replace(",", ""))
    return {
        "articles": articles,
        "articles_per_second": round(articles / seconds, 1),
        "peak_memory_mb": round(peak, 1),
    }


def pages_under_load(folder: Path, paths: Sequence[str] = ("/",), rate: int = RATE) -> dict[str, float]:
    """Latencies in ms of pages asked for `rate` times a second in turn at a steady beat.

    Over kept connections; after the first twenty, which are asked for once before, and after what a server
    does when it starts.
    """
    with _served(folder) as port:
        first = http.client.HTTPConnection("127.0.0.1", port)
        for path in paths[:WARM_UP]:
            _get(first, path)
        time.sleep(SETTLED)
        started = time.perf_counter() + 0.2
        times: list[float] = []
        clients = [
            threading.Thread(target=_ask, args=(port, paths, rate, started, number, times))
            for number in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    times.sort()
    return {
        "requests": len(times),
        "p50_ms": round(statistics.median(times), 2),
        "p99_ms": round(times[int(len(times) * 0.99) - 1], 2),
    }


def searches(lines: Path) -> list[str]:
    """A search page for each of the first headlines, whole or its first words, in `lines`."""
    titles = [str(row["title"]).split() for row in islice(json_lines(lines), ASKED)]
    asked = (title[: place % 4 + 1] if place % 2 else title for place, title in enumerate(titles))
    return [addresses.search(" ".join(words)) for words in asked]


def _ask(port: int, paths: Sequence[str], rate: int, started: float, number: int, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for beat in range(number, ASKED, CLIENTS):
        due = started + beat / rate
        time.sleep(max(due - time.perf_counter(), 0))
        _get(connection, paths[beat % len(paths)])
        # Counted from when it was due, so that a late start is not forgiven.
        times.append((time.perf_counter() - due) * 1000)
    connection.close()


def _get(connection: http.client.HTTPConnection, path: str) -> None:
    connection.request("GET", path, headers={"accept-encoding": "gzip", "accept-language": "ar"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    environment = os.environ | {"MARSAD_LOG__LEVEL": "error"}
    command = [sys.executable, "-m", "marsad", "run", "--data", str(folder), "--port", "0"]
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=environment | {"PYTHONUNBUFFERED": "1"}
        )
        try:
            yield _port(process, output.fileno())
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(10)


def _port(process: subprocess.Popen[bytes], output: int) -> int:
    """The port that the server says it listens on."""
    patience = time.monotonic() + 30
    while time.monotonic() < patience and process.poll() is None:
        said = os.pread(output, 4096, 0).decode()
        if "http://" in said and "/  (" in said:
            return int(said.split("http://")[1].split("/")[0].rpartition(":")[2])
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
