"""HTTPS and HTTP/2, with a certificate of our own for ``nakhla.example``."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest

from marsad.collect.fetch import Fetched, Limits
from marsad.errors import Later, Refused
from marsad.outcome import Outcome
from tests.collect.server import Server, fetcher, reply, run

CERTIFICATE = Path(__file__).parent.parent / "cases" / "collect" / "tls" / "nakhla.pem"


def serving(*protocols: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.set_alpn_protocols(list(protocols))
    return context


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


async def loopback(host: str, port: int) -> Sequence[str]:
    return ("127.0.0.1",)


def test_the_certificate_is_checked_against_the_name_and_not_the_address() -> None:
    async def story() -> bytes:
        secure = Server({"/": reply(b"secure")}, tls=serving("http/1.1"))
        async with secure as server, fetcher(tls=trusting(), resolver=loopback) as reader:
            with pytest.raises(Later, match="certificate"):
                await reader.fetch(f"https://other.example:{server.port}/")
            found = await reader.fetch(f"https://nakhla.example:{server.port}/")
        assert isinstance(found, Fetched)
        return found.page.body

    assert run(story()) == b"secure"


def test_a_certificate_that_nobody_vouches_for_is_not_trusted() -> None:
    async def story() -> int:
        secure = Server({"/": reply(b"x")}, tls=serving("http/1.1"))
        async with secure as server, fetcher(resolver=loopback) as reader:
            with pytest.raises(Later, match="certificate"):
                await reader.fetch(f"https://nakhla.example:{server.port}/")
            return len(server.asked)

    assert run(story()) == 0


def test_two_names_at_one_address_do_not_share_a_connection() -> None:
    async def story() -> set[str]:
        async with Server({"/": reply(b"x")}) as server, fetcher(resolver=loopback) as reader:
            for name in ("one", "two", "one"):
                await reader.fetch(f"http://{name}.example:{server.port}/")
            assert server.most == 2
            return {request.headers["host"].partition(".")[0] for request in server.asked}

    assert run(story()) == {"one", "two"}


async def talk_http2(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers with the path; without end for ``/endless``, with huge headers for ``/headers``; leaves after ``/bye``."""
    machine = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    machine.initiate_connection()
    writer.write(machine.data_to_send())
    path = b""
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            for event in machine.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    path = dict(event.headers)[b":path"]
                    answer(machine, event.stream_id, path)
                elif isinstance(event, h2.events.WindowUpdated) and event.stream_id:
                    fill(machine, event.stream_id)
            writer.write(machine.data_to_send())
            if path == b"/bye":
                break
    writer.close()


def answer(machine: h2.connection.H2Connection, stream: int, path: bytes) -> None:
    long = [(f"x-{n}", "y" * 4000) for n in range(12)] if path == b"/headers" else []
    machine.send_headers(stream, [(":status", "200"), ("content-type", "text/html"), *long])
    if path == b"/endless":
        fill(machine, stream)
    else:
        machine.send_data(stream, path, end_stream=True)


def fill(machine: h2.connection.H2Connection, stream: int) -> None:
    with suppress(Exception):  # the client may have gone
        while room := min(machine.local_flow_control_window(stream), 16_000):
            machine.send_data(stream, b"x" * room)


def fetched_by_http2(*paths: str, limits: Limits) -> list[bytes | Outcome]:
    """What the fetches of `paths`, one after another, come to."""

    async def story() -> list[bytes | Outcome]:
        server = await asyncio.start_server(talk_http2, "127.0.0.1", 0, ssl=serving("h2"))
        port = server.sockets[0].getsockname()[1]
        found: list[bytes | Outcome] = []
        async with server, fetcher(tls=trusting(), resolver=loopback, limits=limits) as reader:
            for path in paths:
                try:
                    got = await reader.fetch(f"https://nakhla.example:{port}{path}")
                    assert isinstance(got, Fetched)
                    found.append(got.page.body)
                except Refused as refused:
                    found.append(refused.outcome)
        await asyncio.sleep(0.05)
        return found

    return run(story())


def test_http2_is_spoken_where_it_is_offered() -> None:
    assert fetched_by_http2("/a", "/b", limits=Limits()) == [b"/a", b"/b"]


def test_the_limits_hold_for_http2() -> None:
    limits = Limits(received=100_000, headers=8_000)
    found = fetched_by_http2("/endless", "/headers", "/a", limits=limits)
    assert found == [Outcome.TOO_LARGE, Outcome.TOO_LARGE, b"/a"]


def test_a_connection_that_the_server_gave_up_is_opened_again() -> None:
    assert fetched_by_http2("/a", "/bye", "/b", limits=Limits()) == [b"/a", b"/bye", b"/b"]
