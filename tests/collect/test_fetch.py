"""What a fetch brings, what is opened of it, and whose turn it is."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import brotli
import pytest

from marsad.collect.answers import FEED, HTML
from marsad.collect.fetch import Fetched, Limits, NotModified, Validators, user_agent
from marsad.collect.hosts import Politeness
from marsad.collect.target import Target
from marsad.errors import Later, Refused
from marsad.outcome import Outcome
from tests.collect.server import AGENT, Behaviour, Server, fetch, fetcher, page_of, redirect, reply, run

NOW = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)
ARTICLE = "<p>أمطار قوية على تطوان</p>".encode()


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
    body = reply(brotli.compress(TEXT), content_encoding="br")
    assert page_of(fetch({"/": body})).page.body == TEXT


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


# Taking turns


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
        async with Server({"/": slowly}) as server, fetcher(limits=Limits(seconds=0.6)) as reader:
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
