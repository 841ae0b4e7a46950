"""Dangers of the connection itself: bodies without end, bombs, answers that stop in the middle."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Mapping
from functools import cache

from marsad.demo.hostile.answer import HTML, RSS, Asked, Handler, Parts, answer, head, whole

#: A bomb grows to so many times this.
BLOCK = 16 * 1024 * 1024
BLOCKS = 16

PARAGRAPH = "<p>هذه الصفحة لا تنتهي أبدا.</p>\n".encode() * 1000


async def endless_body(_: Asked) -> Parts:
    """A page that never ends."""
    yield head()
    while True:
        yield PARAGRAPH


async def endless_chunks(_: Asked) -> Parts:
    """The same in chunks."""
    yield head(Transfer_Encoding="chunked")
    while True:
        yield f"{len(PARAGRAPH):x}\r\n".encode() + PARAGRAPH + b"\r\n"


async def endless_headers(_: Asked) -> Parts:
    """Headers that never end."""
    yield head()[:-2]
    while True:
        yield b"X-More: " + b"a" * 8000 + b"\r\n"


def huge_header(_: Asked) -> bytes:
    """One header of 1 MiB."""
    return answer("<p>نص</p>", X_Huge="a" * 1024 * 1024)


def many_headers(_: Asked) -> bytes:
    """20,000 headers."""
    return answer("<p>نص</p>", **{f"X_Header_{number}": "a" for number in range(20_000)})


async def slow_drip(_: Asked) -> Parts:
    """A byte each fifth of a second, for ever."""
    yield head()
    while True:
        yield b"a"
        await asyncio.sleep(0.2)


async def slow_headers(_: Asked) -> Parts:
    """The same, before the headers have ended."""
    yield head()[:-2] + b"X-Slow: "
    while True:
        yield b"a"
        await asyncio.sleep(0.2)


async def silent(_: Asked) -> Parts:
    """No answer at all, and the connection stays open."""
    await asyncio.sleep(3600)
    yield b""


def cut(_: Asked) -> bytes:
    """Half of what was announced."""
    return head(Content_Length="100000") + b"<p>" + b"a" * 50_000


def cut_chunk(_: Asked) -> bytes:
    """A chunk that stops in its middle."""
    return head(Transfer_Encoding="chunked") + b"4000\r\n<p>" + b"a" * 1000


def cut_gzip(_: Asked) -> bytes:
    """Compressed, and cut before the end of the compression."""
    packed = zlib.compress(PARAGRAPH, wbits=31)
    return answer(packed[: len(packed) // 2], Content_Encoding="gzip")


def false_gzip(_: Asked) -> bytes:
    """Called compressed, though it is not."""
    return answer("<p>نص غير مضغوط</p>", Content_Encoding="gzip")


def false_chunks(_: Asked) -> bytes:
    """Called chunked, though it is not."""
    return head(Transfer_Encoding="chunked") + "<p>نص</p>".encode()


def unknown_encoding(_: Asked) -> bytes:
    """Compressed in a way that nobody knows."""
    return answer(b"\x00\x01\x02\x03", Content_Encoding="marsad-9")


def too_short_length(_: Asked) -> bytes:
    """More than was announced."""
    return head(Content_Length="10") + b"<p>" + b"a" * 5000


def two_lengths(_: Asked) -> bytes:
    """Two lengths that contradict each other."""
    return head(Content_Length="10\r\nContent-Length: 20") + b"a" * 20


def negative_length(_: Asked) -> bytes:
    """A length below nothing."""
    return head(Content_Length="-1") + b"a" * 20


def declared_huge(_: Asked) -> bytes:
    """10 GiB announced, a little sent."""
    return head(Content_Length=str(10 * 1024**3)) + b"a" * 1000


def not_http(_: Asked) -> bytes:
    """Another protocol."""
    return b"220 mail.example ESMTP ready\r\n"


@cache
def bomb() -> bytes:
    """256 MiB of zeros in 256 KiB of gzip: one block, compressed once and repeated."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, wbits=-15).flush()
    check = 0
    for _ in range(BLOCKS):
        check = zlib.crc32(bytes(BLOCK), check)
    size = BLOCK * BLOCKS
    trailer = check.to_bytes(4, "little") + size.to_bytes(4, "little")
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03" + block * BLOCKS + end + trailer


def gzip_bomb(_: Asked) -> bytes:
    """A page of 256 MiB, compressed to 256 KiB."""
    return answer(bomb(), Content_Encoding="gzip")


def gzip_bomb_twice(_: Asked) -> bytes:
    """The same, compressed once more."""
    return answer(zlib.compress(bomb(), 9, wbits=31), Content_Encoding="gzip, gzip")


def gzip_bomb_feed(_: Asked) -> bytes:
    """A bomb where a feed is expected."""
    return answer(bomb(), RSS, Content_Encoding="gzip")


def gzip_bomb_file(_: Asked) -> bytes:
    """A sitemap whose file is a bomb, with no word of it in the headers."""
    return answer(bomb(), "application/gzip")


def broken_headers(_: Asked) -> bytes:
    """Header lines that are no header lines."""
    return (
        b"HTTP/1.1 200 OK\r\nno colon here\r\n: no name\r\nContent-Type: "
        + HTML.encode()
        + b"\r\n\r\n<p>a</p>"
    )


WIRE: Mapping[str, Handler] = {
    "/wire/endless-body": endless_body,
    "/wire/endless-chunks": endless_chunks,
    "/wire/endless-headers": endless_headers,
    "/wire/huge-header": whole(huge_header),
    "/wire/many-headers": whole(many_headers),
    "/wire/broken-headers": whole(broken_headers),
    "/wire/slow-drip": slow_drip,
    "/wire/slow-headers": slow_headers,
    "/wire/silent": silent,
    "/wire/cut": whole(cut),
    "/wire/cut-chunk": whole(cut_chunk),
    "/wire/cut-gzip": whole(cut_gzip),
    "/wire/false-gzip": whole(false_gzip),
    "/wire/false-chunks": whole(false_chunks),
    "/wire/unknown-encoding": whole(unknown_encoding),
    "/wire/too-short-length": whole(too_short_length),
    "/wire/two-lengths": whole(two_lengths),
    "/wire/negative-length": whole(negative_length),
    "/wire/declared-huge": whole(declared_huge),
    "/wire/not-http": whole(not_http),
    "/wire/gzip-bomb": whole(gzip_bomb),
    "/wire/gzip-bomb-twice": whole(gzip_bomb_twice),
    "/wire/gzip-bomb-feed": whole(gzip_bomb_feed),
    "/wire/gzip-bomb-file": whole(gzip_bomb_file),
}
