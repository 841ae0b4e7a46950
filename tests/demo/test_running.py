"""The sample press as a program of its own, and what it says when it cannot start."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
import pytest

from marsad.demo.newspapers import newspapers
from marsad.demo.press import Press
from marsad.demo.server import Manners
from marsad.demo.threaded import running_press

EPOCH = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)


def free_ports(count: int) -> int:
    """The first of `count` free ports in a row."""
    for first in range(20_000 + time.monotonic_ns() % 20_000, 60_000, count):
        try:
            for port in range(first, first + count):
                with socket.socket() as tried:
                    tried.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise RuntimeError("no free ports")


@contextmanager
def program(*options: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-W", "error", "-m", "marsad.demo", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_the_program_names_its_addresses_and_stops_at_once(sent: signal.Signals) -> None:
    first = free_ports(len(newspapers()))
    with program("--port", str(first), "--epoch", EPOCH.isoformat()) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(1 + len(newspapers()))]
        assert EPOCH.isoformat() in lines[0]
        for place, slug in enumerate(newspapers()):
            base = f"http://127.0.0.1:{first + place}/"
            assert lines[1 + place].split()[:2] == [slug, base]
        # A slow answer under way does not hold it up.
        with socket.create_connection(("127.0.0.1", first + list(newspapers()).index("marsa-fajr"))) as slow:
            slow.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            assert httpx.get(f"http://127.0.0.1:{first}/").status_code == 200
            began = time.monotonic()
            process.send_signal(sent)
            assert process.wait(5) == 0
        assert time.monotonic() - began < 2
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_port_that_is_taken_is_named_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with program("--port", str(port)) as process:
            assert process.wait(10) == 1
            assert process.stderr is not None
            said = process.stderr.read()
    assert f"port {port} of 127.0.0.1 cannot be had" in said
    assert said.count("\n") == 1


def test_too_few_ports_are_refused() -> None:
    with (
        pytest.raises(ValueError, match="needs 10 ports, not 1"),
        running_press(Press(EPOCH), ports=[0], manners=Manners(hostile=True)),
    ):
        pass


def test_it_starts_and_stops_in_a_moment() -> None:
    began = time.monotonic()
    with running_press(Press(EPOCH)) as running:
        assert len(running.sites) == 9
    assert time.monotonic() - began < 2
