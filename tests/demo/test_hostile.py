"""The hostile site does the harm that it promises, and stops when told."""

from __future__ import annotations

import socket
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest

from marsad.demo.hostile.site import HOSTILE, HostileSite
from marsad.demo.hostile.wire import bomb
from marsad.demo.press import Press
from marsad.demo.server import Manners
from marsad.demo.threaded import running_press

NOW = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
ENOUGH = 200_000


@pytest.fixture(scope="module")
def hostile() -> Iterator[HostileSite]:
    press = Press(NOW, lambda: NOW)
    with running_press(press, manners=Manners(hostile=True)) as running:
        assert running.hostile is not None
        yield running.hostile


def raw(hostile: HostileSite, path: str, seconds: float = 0.4) -> tuple[bytes, bool]:
    """The first bytes that `path` answers with, and whether it ended by itself."""
    host, _, port = hostile.base_url.removeprefix("http://").partition(":")
    received = b""
    until = time.monotonic() + seconds
    with socket.create_connection((host, int(port)), timeout=seconds) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        try:
            while len(received) < ENOUGH and time.monotonic() < until:
                part = connection.recv(65536)
                if not part:
                    return received, True
                received += part
        except TimeoutError:
            pass
    return received, False


SILENT = {"/wire/silent"}
WITHOUT_END = {
    "/wire/endless-body", "/wire/endless-chunks", "/wire/endless-headers", "/wire/slow-drip",
    "/wire/slow-headers", "/robots/slow", "/robots/endless",
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(HOSTILE.keys() - SILENT - WITHOUT_END))
def test_each_danger_answers(hostile: HostileSite, path: str) -> None:
    received, ended = raw(hostile, path, seconds=10)
    assert received
    assert ended or len(received) >= ENOUGH


@pytest.mark.parametrize("path", sorted(WITHOUT_END))
def test_what_has_no_end_does_not_end(hostile: HostileSite, path: str) -> None:
    received, ended = raw(hostile, path)
    assert received
    assert not ended


def test_the_silent_one_says_nothing(hostile: HostileSite) -> None:
    assert raw(hostile, "/wire/silent") == (b"", False)


def test_every_danger_says_what_it_is() -> None:
    assert [path for path, handler in HOSTILE.items() if not handler.__doc__] == []


def test_the_bomb_grows_a_thousandfold_and_is_whole() -> None:
    opened = zlib.decompressobj(wbits=31)
    size, rest = 0, bomb()
    while rest and not opened.eof:
        size += len(opened.decompress(rest, 1 << 24))
        rest = opened.unconsumed_tail
    assert opened.eof
    assert size == 256 * 1024 * 1024 > 1000 * len(bomb())


@pytest.mark.parametrize("path", ["/wire/cut", "/wire/cut-chunk"])
def test_a_cut_answer_breaks_off(hostile: HostileSite, path: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(hostile.base_url + path)


def test_a_loop_has_no_way_out(hostile: HostileSite) -> None:
    with (
        httpx.Client(follow_redirects=True, max_redirects=10) as client,
        pytest.raises(httpx.TooManyRedirects),
    ):
        client.get(f"{hostile.base_url}/redirect/loop")


def test_who_is_to_wait_is_told_until_when(hostile: HostileSite) -> None:
    for status in (429, 503):
        seconds = httpx.get(f"{hostile.base_url}/status/{status}-seconds")
        date = httpx.get(f"{hostile.base_url}/status/{status}-date")
        assert (seconds.status_code, seconds.headers["retry-after"]) == (status, "120")
        assert date.status_code == status
        assert parsedate_to_datetime(date.headers["retry-after"]) == NOW + timedelta(seconds=120)


def test_a_huge_feed_has_a_hundred_thousand_entries(hostile: HostileSite) -> None:
    with httpx.stream("GET", f"{hostile.base_url}/feed/huge") as answer:
        assert sum(part.count(b"</item>") for part in _lines(answer)) == 100_000


def _lines(answer: httpx.Response) -> Iterator[bytes]:
    for line in answer.iter_lines():
        yield line.encode()


def test_the_site_remembers_who_was_led_to_the_canary(hostile: HostileSite) -> None:
    before = hostile.visits.count("/canary")
    httpx.get(f"{hostile.base_url}/redirect/canary", follow_redirects=True)
    assert hostile.visits.count("/canary") == before + 1


@pytest.mark.parametrize(
    ("name", "begins"), [("disallow-all", b"Disallow: /\n"), ("crawl-delay", b"Crawl-delay")]
)
def test_its_robots_txt_is_the_one_that_was_asked_for(name: str, begins: bytes) -> None:
    with running_press(Press(NOW), manners=Manners(hostile=True, hostile_robots=name)) as running:
        assert running.hostile is not None
        assert begins in httpx.get(f"{running.hostile.base_url}/robots.txt").content


def test_an_unknown_robots_txt_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"no such robots\.txt: kind:"):
        HostileSite("http://127.0.0.1:1", "kind")


def test_a_press_with_open_connections_stops_at_once() -> None:
    with running_press(Press(NOW), manners=Manners(hostile=True)) as running:
        assert running.hostile is not None
        host, _, port = running.hostile.base_url.removeprefix("http://").partition(":")
        connection = socket.create_connection((host, int(port)))
        connection.sendall(b"GET /wire/slow-drip HTTP/1.1\r\n\r\n")
        connection.recv(10)
        began = time.monotonic()
    assert time.monotonic() - began < 1
    connection.close()


def test_the_plain_feed_and_page_are_harmless(hostile: HostileSite) -> None:
    assert httpx.get(f"{hostile.base_url}/feed/plain").text.count("<item>") == 1
    assert "العرائش" in httpx.get(f"{hostile.base_url}/page/plain").text
