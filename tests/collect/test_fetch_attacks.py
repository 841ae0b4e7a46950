"""What a fetch refuses: bombs, drips, circles, and ways to what is private."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc

import brotli
import pytest

from marsad.collect.fetch import Limits
from marsad.collect.guard import Guard
from marsad.collect.target import Target
from marsad.errors import Later, Refused
from marsad.outcome import Outcome
from tests.collect.server import Behaviour, Server, fetch, fetcher, page_of, redirect, reply, run

SMALL = Limits(received=100_000, opened=400_000, headers=8_000, redirects=4)
SHORT = Limits(seconds=0.6)


def assert_refused_cheaply(answer: bytes | Behaviour, *, message: str, peak: int = 3_000_000) -> None:
    """The answer is refused as too large, and what it took in memory stays below `peak` bytes."""
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match=message) as refused:
            fetch({"/": answer}, limits=SMALL)
        assert tracemalloc.get_traced_memory()[1] < peak + (len(answer) if isinstance(answer, bytes) else 0)
    finally:
        tracemalloc.stop()
    assert refused.value.outcome is Outcome.TOO_LARGE


def test_a_gzip_bomb_is_not_opened() -> None:
    bomb = gzip.compress(bytes(60_000_000))
    assert_refused_cheaply(reply(bomb, content_encoding="gzip"), message="opens to more than")
    assert_refused_cheaply(reply(bomb), message="opens to more than")


def test_a_brotli_bomb_is_not_opened() -> None:
    bomb = reply(brotli.compress(bytes(5_000_000)), content_encoding="br")
    assert_refused_cheaply(bomb, message="opens to more than")


def test_a_bomb_in_a_bomb_is_not_opened() -> None:
    bomb = gzip.compress(gzip.compress(bytes(60_000_000)))
    assert_refused_cheaply(reply(bomb, content_encoding="gzip, gzip"), message="opens to more than")
    with pytest.raises(Refused, match="too many times"):
        fetch({"/": reply(bomb, content_encoding="gzip, gzip, gzip")})


def test_a_thousand_empty_members_are_refused() -> None:
    with pytest.raises(Refused, match="members"):
        fetch({"/": reply(gzip.compress(b"") * 100_000)})


def test_a_body_that_says_that_it_is_too_long_is_not_read() -> None:
    assert_refused_cheaply(
        b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n", message="more than 100000"
    )


def endless(begin: bytes, more: bytes) -> Behaviour:
    """An answer that begins so and goes on for ever."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n" + begin)
        while True:
            writer.write(more)
            await writer.drain()

    return answer


def test_an_endless_body_is_cut() -> None:
    body = endless(b"content-type: text/html\r\n\r\n", b"x" * 10_000)
    assert_refused_cheaply(body, message="more than 100000 bytes")


def test_endless_headers_are_cut() -> None:
    assert_refused_cheaply(endless(b"x: ", b"x" * 10_000), message="endless headers")
    assert_refused_cheaply(endless(b"", b"x: y\r\n" * 1_000), message="endless headers")
    assert_refused_cheaply(reply(b"x", x_long="y" * 9_000), message="more than 8000 bytes of headers")


def test_a_slow_drip_is_cut_by_the_time_in_all() -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n")
        while True:
            writer.write(b"x")
            await asyncio.sleep(0.02)

    async def drip_of_headers(writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"HTTP/1.1 103 Wait\r\n\r\n")
            await asyncio.sleep(0.02)

    for behaviour in (drip, drip_of_headers):
        with pytest.raises(Later, match="too long"):
            fetch({"/": behaviour}, limits=SHORT)


def test_time_runs_through_all_redirects() -> None:
    def slowly(there: str) -> Behaviour:
        async def answer(writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.25)
            writer.write(redirect(there))

        return answer

    answers: dict[str, bytes | Behaviour] = {
        "/": slowly("/a"),
        "/a": slowly("/b"),
        "/b": slowly("/c"),
        "/c": reply(b"late"),
    }
    with pytest.raises(Later, match="too long"):
        fetch(answers, limits=SHORT)


def test_a_server_that_says_nothing_is_left() -> None:
    async def silence(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    with pytest.raises(Later, match="too long"):
        fetch({"/": silence}, limits=SHORT)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nab",
        b"SSH-2.0-Server\r\n",
        b"\0\1\2\3\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n",
    ],
)
def test_a_connection_that_is_cut_is_looked_at_again(said: bytes) -> None:
    async def cut(writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        await writer.drain()

    with pytest.raises(Later):
        fetch({"/": cut})


def test_nobody_at_the_door() -> None:
    async def story() -> None:
        async with Server() as server:
            root = server.root
        async with fetcher() as reader:
            await reader.fetch(root)

    with pytest.raises(Later, match="cannot be reached"):
        run(story())


def test_redirects_in_a_circle_are_left_at_once() -> None:
    async def story() -> int:
        async with Server({"/": redirect("/a"), "/a": redirect("/")}) as server, fetcher() as reader:
            with pytest.raises(Refused, match="circle") as refused:
                await reader.fetch(server.root)
            assert refused.value.outcome is Outcome.TOO_LARGE
            return len(server.asked)

    assert run(story()) == 2


def test_redirects_without_end_are_left() -> None:
    answers: dict[str, bytes | Behaviour] = {f"/{n}": redirect(f"/{n + 1}") for n in range(20)}
    with pytest.raises(Refused, match="more than 4 times") as refused:
        fetch(answers, "/0", limits=SMALL)
    assert refused.value.outcome is Outcome.TOO_LARGE


def test_as_many_redirects_as_are_allowed_are_followed() -> None:
    answers: dict[str, bytes | Behaviour] = {f"/{n}": redirect(f"/{n + 1}") for n in range(4)}
    answers["/4"] = reply(b"arrived")
    assert page_of(fetch(answers, "/0", limits=SMALL)).page.body == b"arrived"


@pytest.mark.parametrize("there", ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:1", "", "http://"])
def test_a_redirect_to_what_is_no_web_address_is_refused(there: str) -> None:
    with pytest.raises(Refused):
        fetch({"/": redirect(there)})


def test_a_redirect_to_a_private_address_is_refused() -> None:
    """The first server is public as far as the guard is told; the second is not."""
    allowed: list[str] = []

    async def story() -> None:
        async with Server() as secret, Server() as public:
            public.answers["/"] = redirect(f"http://localhost:{secret.port}/")
            guard = OnlyPort(public.port)
            async with fetcher(guard=guard) as reader:
                with pytest.raises(Refused) as refused:
                    await reader.fetch(public.root)
            allowed.append(refused.value.outcome)
            assert not secret.asked

    run(story())
    assert allowed == [Outcome.DISALLOWED]


def OnlyPort(port: int) -> Guard:
    return Guard(allow_private=True, ports=frozenset({port}))


def test_each_hop_is_asked_for_permission() -> None:
    asked: list[str] = []

    async def permit(where: Target) -> float:
        asked.append(where.path)
        if where.path == "/private":
            raise Refused("robots.txt", where.address, outcome=Outcome.DISALLOWED)
        return 0.0

    with pytest.raises(Refused) as refused:
        fetch({"/": redirect("/private"), "/private": reply(b"secret")}, asked={"permit": permit})
    assert refused.value.outcome is Outcome.DISALLOWED
    assert asked == ["/", "/private"]
