"""What ``/robots.txt`` can be like."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from marsad.demo.hostile.answer import Asked, Handler, Parts, answer, head, whole

PLAIN = "text/plain; charset=utf-8"


def _says(text: str, kind: str = PLAIN, status: str = "200 OK") -> Handler:
    def says(_: Asked) -> bytes:
        return answer(text, kind, status)

    says.__doc__ = f"{status}: {text!r}"
    return whole(says)


def huge(_: Asked) -> bytes:
    """2 MiB: rules that matter in front, where a reader of 500 KiB sees them, and others at the end."""
    front = "User-agent: *\nDisallow: /page/\n"
    padding = "".join(f"# {number:060}\n" for number in range(32_000))
    return answer(f"{front}{padding}Disallow: /feed/\n", PLAIN)


def many_rules(_: Asked) -> bytes:
    """100,000 rules with wildcards."""
    rules = "".join(f"Disallow: /*a*a*a*a*{number}$\n" for number in range(100_000))
    return answer(f"User-agent: *\n{rules}", PLAIN)


def redirecting(asked: Asked) -> bytes:
    """A redirect to itself."""
    return answer("", PLAIN, "302 Found", Location=f"{asked.base}/robots.txt")


def garbage(_: Asked) -> bytes:
    """Bytes that are no text."""
    return answer(bytes(range(256)) * 200, PLAIN)


async def slow(_: Asked) -> Parts:
    """A line each second, for ever."""
    yield head(kind=PLAIN)
    while True:
        yield b"# wait\n"
        await asyncio.sleep(1)


async def endless(_: Asked) -> Parts:
    """No end."""
    yield head(kind=PLAIN)
    while True:
        yield b"Disallow: /nowhere\n" * 2000


ROBOTS: Mapping[str, Handler] = {
    "allow": _says("User-agent: *\nAllow: /\n"),
    "disallow-all": _says("User-agent: *\nDisallow: /\n"),
    "crawl-delay": _says("User-agent: *\nCrawl-delay: 7\n"),
    "crawl-delay-nonsense": _says("User-agent: *\nCrawl-delay: -1e999\nCrawl-delay: tomorrow\n"),
    "crawl-delay-for-ever": _says("User-agent: *\nCrawl-delay: 99999999999\n"),
    "missing": _says("nothing here", status="404 Not Found"),
    "forbidden": _says("no", status="403 Forbidden"),
    "error": _says("oops", status="500 Internal Server Error"),
    "html": _says("<!doctype html><title>Welcome</title><p>Disallow: everything", "text/html"),
    "huge": whole(huge),
    "many-rules": whole(many_rules),
    "redirect-loop": whole(redirecting),
    "garbage": whole(garbage),
    "slow": slow,
    "endless": endless,
}
