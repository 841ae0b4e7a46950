"""What a fetch brings, and what it refuses."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from marsad.collect.answers import FEED, HTML
from marsad.collect.fetch import Fetched, Limits, NotModified, Validators, user_agent
from marsad.collect.guard import Guard
from marsad.collect.hosts import Politeness
from marsad.collect.target import Target
from marsad.errors import Later, Refused
from marsad.outcome import Outcome
from tests.collect.server import AGENT, Behaviour, Server, fetcher, redirect, reply, run

NOW = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)
ARTICLE = "<p>أمطار قوية على تطوان</p>".encode()


def fetch(
    answers: dict[str, bytes | Behaviour],
    path: str = "/",
    *,
    asked: dict[str, Any] | None = None,
    **made: Any,
) -> Fetched | NotModified:
    """What a fetcher gets from a server with those answers; raises as it does."""

    async def story() -> Fetched | NotModified:
        async with Server(answers) as server, fetcher(**made) as reader:
            return await reader.fetch(server.root + path, **(asked or {}))

    return run(story())


def page_of(found: Fetched | NotModified) -> Fetched:
    assert isinstance(found, Fetched)
    return found


def test_a_page_is_brought_whole() -> None:
    found = page_of(fetch({"/a": reply(ARTICLE, etag='"7"', X_Robots_Tag="noarchive")}, "/a"))
    assert found.page.body == ARTICLE
    assert found.page.status == 200
    assert found.page.address == found.page.final_address
    assert found.page.headers["x-robots-tag"] == "noarchive"
    assert found.validators == Validators(etag='"7"')
    assert found.moved is None


def test_the_request_is_honest_and_carries_no_cookies() -> None:
    async def story() -> list[dict[str, str]]:
        async with Server({"/": reply(b"x", set_cookie="who=you")}) as server, fetcher() as reader:
            await reader.fetch(server.root)
            await reader.fetch(server.root + "/")
            return [dict(request.headers) for request in server.asked]

    first, second = run(story())
    assert first["user-agent"] == AGENT
    assert "cookie" not in second


def test_the_agent_names_the_product_and_a_contact() -> None:
    assert user_agent("mailto:desk@marsad.example").startswith("Marsad/")
    assert "mailto:desk@marsad.example" in user_agent("mailto:desk@marsad.example")


def test_a_page_that_has_not_changed_is_a_normal_result() -> None:
    known = Validators('"7"', "Tue, 05 Mar 2024 10:00:00 GMT")

    async def story() -> tuple[Fetched | NotModified, dict[str, str]]:
        answers: dict[str, bytes | Behaviour] = {"/": b'HTTP/1.1 304 Same\r\netag: "8"\r\n\r\n'}
        async with Server(answers) as server, fetcher(clock=lambda: NOW) as reader:
            found = await reader.fetch(server.root, validators=known)
            return found, dict(server.asked[0].headers)

    found, headers = run(story())
    assert isinstance(found, NotModified)
    assert found.fetched == NOW
    assert found.validators == Validators('"8"', known.last_modified)
    assert headers["if-none-match"] == '"7"'
    assert headers["if-modified-since"] == known.last_modified


def test_not_modified_that_nobody_asked_for_is_refused() -> None:
    with pytest.raises(Refused, match="304"):
        fetch({"/": b"HTTP/1.1 304 Same\r\n\r\n"})


def test_redirects_are_followed_and_the_last_address_is_told() -> None:
    answers: dict[str, bytes | Behaviour] = {
        "/old": redirect("/new", 301),
        "/new": redirect("here/%D8%A3?a=1#part", 302),
        "/here/%D8%A3?a=1": reply(ARTICLE),
    }
    found = page_of(fetch(answers, "/old"))
    assert found.page.final_address.endswith("/here/%D8%A3?a=1")
    assert found.page.address.endswith("/old")
    assert found.moved is not None
    assert found.moved.endswith("/new")


def test_a_passing_redirect_does_not_move_the_address() -> None:
    answers: dict[str, bytes | Behaviour] = {
        "/": redirect("/a", 302),
        "/a": redirect("/b", 301),
        "/b": reply(ARTICLE),
    }
    assert page_of(fetch(answers)).moved is None


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (401, Outcome.DISALLOWED),
        (403, Outcome.DISALLOWED),
        (451, Outcome.DISALLOWED),
        (400, Outcome.REFUSED),
        (204, Outcome.REFUSED),
        (206, Outcome.REFUSED),
    ],
)
def test_a_status_that_ends_it(status: int, outcome: Outcome) -> None:
    with pytest.raises(Refused, match=str(status)) as refused:
        fetch({"/": reply(b"no", status)})
    assert refused.value.outcome is outcome


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520])
def test_a_status_that_puts_it_off(status: int) -> None:
    with pytest.raises(Later) as later:
        fetch({"/": reply(b"busy", status, retry_after=90)}, clock=lambda: NOW)
    assert later.value.when == NOW + timedelta(seconds=90)


def test_wrong_types_are_refused_before_they_are_read() -> None:
    with pytest.raises(Refused, match="video/mp4"):
        fetch({"/": reply(b"0" * 100, content_type="video/mp4")})
    mislabelled = reply(b"<rss/>", content_type="application/octet-stream")
    assert page_of(fetch({"/": mislabelled}, asked={"wanted": FEED})).page.body == b"<rss/>"
    with pytest.raises(Refused, match="octet-stream"):
        fetch({"/": mislabelled}, asked={"wanted": HTML})


def test_an_answer_without_a_type_is_read() -> None:
    assert page_of(fetch({"/": b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx"})).page.body == b"x"


# Compression


def raw_deflate(data: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return machine.compress(data) + machine.flush()


TEXT = ARTICLE * 5000


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0" * 512),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
        ("identity", TEXT),
        ("identity", gzip.compress(TEXT)),
    ],
)
def test_what_is_compressed_is_opened(coding: str, body: bytes) -> None:
    assert page_of(fetch({"/": reply(body, content_encoding=coding)})).page.body == TEXT


def test_brotli_is_opened_where_it_was_offered() -> None:
    brotli = pytest.importorskip("brotli")
    if not hasattr(brotli.Decompressor, "can_accept_more_data"):
        pytest.skip("this brotli cannot be bounded")
    body = reply(brotli.compress(TEXT), content_encoding="br")
    assert page_of(fetch({"/": body})).page.body == TEXT
    bomb = reply(brotli.compress(bytes(5_000_000)), content_encoding="br")
    assert_refused_cheaply(bomb, message="opens to more than")


def test_a_coding_that_was_not_offered_is_refused() -> None:
    with pytest.raises(Refused, match="snappy"):
        fetch({"/": reply(b"x", content_encoding="snappy")})


def test_a_compressed_body_without_its_end_is_looked_at_again() -> None:
    for coding in ("gzip", "identity"):
        with pytest.raises(Later, match="cut short"):
            fetch({"/": reply(gzip.compress(TEXT)[:-20], content_encoding=coding)})


def test_a_broken_compressed_body_is_refused() -> None:
    whole = gzip.compress(TEXT)
    broken = whole[:-8] + bytes(4) + whole[-4:]  # A wrong checksum.
    with pytest.raises(Refused, match="decompressed"):
        fetch({"/": reply(broken, content_encoding="gzip")})


# Attacks


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


def test_an_endless_body_is_cut() -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n")
        while True:
            writer.write(b"x" * 10_000)
            await writer.drain()

    assert_refused_cheaply(endless, message="more than 100000 bytes")


def test_endless_headers_are_cut() -> None:
    async def one_header(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nx: ")
        while True:
            writer.write(b"x" * 10_000)
            await writer.drain()

    async def many_headers(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"x: y\r\n" * 1_000)
            await writer.drain()

    assert_refused_cheaply(one_header, message="endless headers")
    assert_refused_cheaply(many_headers, message="endless headers")
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
    answers["/4"] = reply(ARTICLE)
    assert page_of(fetch(answers, "/0", limits=SMALL)).page.body == ARTICLE


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


def test_the_crawl_delay_that_permission_names_is_kept() -> None:
    async def permit(where: Target) -> float:
        return 0.3

    async def story() -> float:
        async with Server({"/": reply(b"x")}) as server, fetcher() as reader:
            await reader.fetch(server.root, permit=permit)
            await reader.fetch(server.root, permit=permit)
            first, second = server.asked
            return second.moment - first.moment

    assert run(story()) >= 0.3


def test_a_host_sees_one_connection_at_a_time_and_hosts_do_not_wait_for_one_another() -> None:
    async def slowly(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.15)
        writer.write(reply(b"x"))

    async def story() -> None:
        async with Server({"/": slowly}) as one, Server({"/": slowly}) as two:
            async with fetcher(politeness=Politeness(pause=0.05)) as reader:
                await asyncio.gather(*(reader.fetch(server.root) for server in (one, two) * 3))
            assert one.most == two.most == 1
            assert one.asked[0].moment < two.asked[-1].moment
            assert two.asked[0].moment < one.asked[-1].moment
            for server in (one, two):
                moments = [request.moment for request in server.asked]
                assert all(after - before >= 0.19 for before, after in pairwise(moments))

    run(story())


def test_waiting_for_a_turn_costs_nothing_of_the_time_allowed() -> None:
    async def slowly(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.25)
        writer.write(reply(b"x"))

    async def story() -> int:
        async with Server({"/": slowly}) as server, fetcher(limits=SHORT) as reader:
            found = await asyncio.gather(*(reader.fetch(server.root) for _ in range(4)))
            return len(found)

    assert run(story()) == 4


def test_a_fetch_that_is_called_off_gives_its_turn_back() -> None:
    async def silence(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    async def story() -> bytes:
        async with Server({"/": silence, "/a": reply(b"next")}) as server, fetcher() as reader:
            waiting = asyncio.create_task(reader.fetch(server.root))
            await asyncio.sleep(0.05)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            return page_of(await reader.fetch(server.root + "/a")).page.body

    assert run(story()) == b"next"
