"""What robots.txt allows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from marsad.collect.guard import Guard
from marsad.collect.robots import Robots, RobotsFile, crawl_delay_at, sitemaps_in
from marsad.collect.target import target
from marsad.errors import Later, Refused
from marsad.outcome import Outcome
from tests.collect.server import Behaviour, Server, fetcher, redirect, reply, run

NOW = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SITE = "https://nakhla.example"
Found = TypeVar("Found")


def allows(body: str, path: str) -> bool:
    try:
        crawl_delay_at(RobotsFile(SITE, body, NOW), target(SITE + path), NOW)
    except Refused as refused:
        return refused.outcome is not Outcome.DISALLOWED
    return True


@pytest.mark.parametrize(
    ("body", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("user-agent: *\ndisallow: /admin", "/admin/x", False),
        ("user-agent: *\ndisallow: /admin", "/news", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Marsad\nDisallow: /x", "/a", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: marsad/2.0\nDisallow: /x", "/x", False),
        ("User-agent: Other\nUser-agent: MARSAD\nDisallow: /x", "/x", False),
        ("User-agent: Other\nDisallow: /", "/a", True),
        ("User-agent: MarsadOther\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /أخبار", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1", False),
        ("User-agent: *\nDisallow: /%d8%a3", "/أخبار", False),
        ("User-agent: *\nDisallow: /s?q=", "/s?q=x", False),
        ("# note\nUser-agent: * # all\nDisallow: /a # b", "/a", False),
        ("<html><body>Not found</body></html>", "/a", True),
        ("Disallow: /", "/a", True),
    ],
)
def test_the_rules_are_read_as_the_rfc_says(body: str, path: str, allowed: bool) -> None:
    assert allows(body, path) is allowed


def test_the_crawl_delay_is_that_of_our_group() -> None:
    body = "User-agent: *\nCrawl-delay: 20\n\nUser-agent: Marsad\nCrawl-delay: 1.5\nDisallow: /x"
    assert crawl_delay_at(RobotsFile(SITE, body, NOW), target(SITE), NOW) == 1.5
    for wrong in ("-1", "inf", "nan", "soon"):
        body = f"User-agent: *\nCrawl-delay: {wrong}"
        assert crawl_delay_at(RobotsFile(SITE, body, NOW), target(SITE), NOW) == 0


def test_sitemaps_are_listed_once_and_whole() -> None:
    body = "Sitemap: /a.xml\nSitemap: https://b.example/b.xml\nsitemap: /a.xml\nSitemap: file:///etc/passwd"
    assert sitemaps_in(RobotsFile(SITE, body, NOW)) == (f"{SITE}/a.xml", "https://b.example/b.xml")


def test_an_origin_that_cannot_be_reached_forbids_all_for_a_while() -> None:
    unknown = RobotsFile(SITE, None, NOW, unreachable_since=NOW)
    with pytest.raises(Later) as later:
        crawl_delay_at(unknown, target(SITE), NOW)
    assert later.value.when == NOW + timedelta(hours=1)
    assert crawl_delay_at(unknown, target(SITE), NOW + 30 * DAY) == 0


HOSTILE = [
    "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "Disallow: /x\n" * 20_000,
    "".join(f"useragent b{n}\n" for n in range(15_000)) + "Disallow: /x\n" * 20_000,
    "user-agent: *\n" + "".join(f"Disallow: /{n}*a$\n" for n in range(25_000)),
    "user-agent: *\nDisallow: /" + "*a" * 250_000,
    "user-agent" + " " * 500_000,
    "user-agent: *\nDisallow: /" + "%" * 500_000,
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_file_costs_little(body: str) -> None:
    started = time.process_time()
    assert allows(body, "/" + "a" * 4000)
    assert time.process_time() - started < 3


def asking(
    answers: dict[str, bytes | Behaviour],
    what: Callable[[Robots, Server], Awaitable[Found]],
    clock: Callable[[], datetime] = lambda: NOW,
) -> tuple[Found, int]:
    """What `what` comes to with the robots.txt of a server, and how often that was asked for."""

    async def story() -> tuple[Found, int]:
        async with Server(answers) as server, fetcher(clock=clock) as reader:
            found = await what(Robots(reader, clock), server)
            return found, sum(request.path == "/robots.txt" for request in server.asked)

    return run(story())


async def permit(robots: Robots, server: Server) -> float:
    return await robots.permit(target(f"{server.root}/a"))


def test_a_file_is_asked_for_once_a_day() -> None:
    moment = NOW

    async def days(robots: Robots, server: Server) -> list[int]:
        nonlocal moment
        asked = []
        for hours in (0, 1, 23, 25, 30):
            moment = NOW + timedelta(hours=hours)
            await permit(robots, server)
            asked.append(len(server.asked))
        return asked

    assert asking({"/robots.txt": reply(b"")}, days, lambda: moment)[0] == [1, 1, 1, 2, 2]


def test_many_who_ask_at_once_make_one_request() -> None:
    async def many(robots: Robots, server: Server) -> list[float]:
        return await asyncio.gather(*(permit(robots, server) for _ in range(8)))

    found, asked = asking({"/robots.txt": reply(b"user-agent: *\ncrawl-delay: 3")}, many)
    assert found == [3.0] * 8
    assert asked == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_where_there_is_no_file_all_is_allowed(status: int) -> None:
    assert asking({"/robots.txt": reply(b"Disallow: /", status)}, permit)[0] == 0


@pytest.mark.parametrize("status", [429, 500, 503])
def test_where_the_file_cannot_be_had_nothing_is_visited(status: int) -> None:
    with pytest.raises(Later, match=r"robots\.txt cannot be reached"):
        asking({"/robots.txt": reply(b"", status)}, permit)


def test_what_was_known_holds_while_the_file_cannot_be_had() -> None:
    moment = NOW

    async def days(robots: Robots, server: Server) -> tuple[float, RobotsFile]:
        nonlocal moment
        await permit(robots, server)
        server.answers["/robots.txt"] = reply(b"", 503)
        moment = NOW + 2 * DAY
        return await permit(robots, server), robots.kept()[0]

    found, file = asking({"/robots.txt": reply(b"user-agent: *\ncrawl-delay: 3")}, days, lambda: moment)[0]
    assert found == 3
    assert file.unreachable_since == NOW + 2 * DAY


def test_five_redirects_are_followed_and_not_to_private_addresses() -> None:
    answers: dict[str, bytes | Behaviour] = {f"/{n}": redirect(f"/{n + 1}") for n in range(1, 9)}
    answers |= {"/robots.txt": redirect("/1"), "/5": reply(b"user-agent: *\ncrawl-delay: 3")}
    assert asking(answers, permit)[0] == 3
    assert asking({"/robots.txt": redirect("/robots.txt")}, permit)[0] == 0
    answers = {"/robots.txt": redirect("http://169.254.169.254/robots.txt")}
    assert asking(answers, permit)[0] == 0


def test_an_endless_file_is_not_read_and_a_long_one_in_part() -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"# " + b"x" * 60_000)
            await writer.drain()

    with pytest.raises(Later):
        asking({"/robots.txt": endless}, permit)
    long = b"user-agent: *\ndisallow: /b\n" + b"#" * 600_000 + b"\ndisallow: /a\n"
    assert asking({"/robots.txt": reply(long)}, permit)[0] == 0


def test_what_is_remembered_can_be_kept_and_restored() -> None:
    file = RobotsFile("http://127.0.0.1:1", "user-agent: *\ndisallow: /", NOW)

    async def story() -> tuple[RobotsFile, ...]:
        async with fetcher(guard=Guard()) as reader:
            robots = Robots(reader, lambda: NOW)
            robots.restore([file, replace(file, origin="http://127.0.0.1:2")])
            with pytest.raises(Refused, match=r"robots\.txt forbids"):
                await robots.permit(target("http://127.0.0.1:1/x"))
            return robots.kept()

    assert {kept.origin for kept in run(story())} == {"http://127.0.0.1:1", "http://127.0.0.1:2"}


def test_the_sitemaps_of_a_site_are_told() -> None:
    async def sitemaps(robots: Robots, server: Server) -> tuple[str, ...]:
        return await robots.sitemaps(f"{server.root}/anything")

    found = asking({"/robots.txt": reply(b"sitemap: /news.xml.gz")}, sitemaps)[0]
    assert [each.rpartition("/")[2] for each in found] == ["news.xml.gz"]
