"""A body as it travelled, opened piece by piece and never beyond a bound."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, Protocol

from marsad.errors import Later, Refused
from marsad.outcome import Outcome


def _brotli_where_installed() -> Any:
    try:
        return import_module("brotli")
    except ImportError:
        return None


brotli = _brotli_where_installed()

_PIECE = 64 * 1024
_GZIP_BEGINS = b"\x1f\x8b\x08"
#: Codings laid one over another; more is nothing but an attack.
_MOST_LAYERS = 2
#: Members of a gzip file; each costs a copy of what follows it.
_MOST_MEMBERS = 1000
#: Before 1.2 brotli cannot stop in the middle of its output.
_BROTLI = brotli is not None and hasattr(brotli.Decompressor, "can_accept_more_data")
_BROKEN = (zlib.error, brotli.error) if _BROTLI else (zlib.error,)

#: What the Accept-Encoding header says.
ACCEPTED = "gzip, deflate, br" if _BROTLI else "gzip, deflate"


class _Layer(Protocol):
    def open(self, data: bytes) -> Iterator[bytes]:
        """The pieces that `data` opens to, each of bounded size."""

    def complete(self) -> bool:
        """Whether the end was reached."""


class _Zlib:
    """gzip, of one member or several, and deflate, wrapped or raw (as some servers send it)."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._machine: zlib._Decompress | None = None
        self._members = 0

    def open(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._machine is None or self._machine.eof:
                if self._members and not (self._gzip and data.startswith(_GZIP_BEGINS[:1])):
                    return  # Padding after the end.
                self._machine = self._next_member(data[0])
            yield from _pieces(self._machine, data)
            data = self._machine.unused_data

    def complete(self) -> bool:
        return self._machine is None or self._machine.eof

    def _next_member(self, first: int) -> zlib._Decompress:
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise zlib.error(f"more than {_MOST_MEMBERS} members")
        if self._gzip:
            return zlib.decompressobj(zlib.MAX_WBITS | 16)
        wrapped = first & 15 == 8  # RFC 1950; a raw stream does not begin so.
        return zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


def _pieces(machine: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    piece = b" "
    while not machine.eof and (data or piece):
        piece = machine.decompress(data, _PIECE)
        data = machine.unconsumed_tail
        yield piece


class _Brotli:
    def __init__(self) -> None:
        self._machine = brotli.Decompressor()

    def open(self, data: bytes) -> Iterator[bytes]:
        piece = b" "
        while not self._machine.is_finished() and (data or piece):
            piece = self._machine.process(data, output_buffer_limit=_PIECE)
            data = b""
            yield piece

    def complete(self) -> bool:
        return bool(self._machine.is_finished())


class Body:
    """Takes the pieces of an answer and gives its whole body back."""

    def __init__(self, coding: str, most: int, thing: str) -> None:
        """`coding` is the Content-Encoding header, `most` the bytes that the opened body may have.

        Raises Refused where the coding is none that was offered.
        """
        self._layers = _layers(coding, thing)
        self._most = most
        self._thing = thing
        self._parts: list[bytes] = []
        self._size = 0
        self._begun = False

    def take(self, data: bytes) -> None:
        """Add what was received; raises Refused where the body grows too large or cannot be opened."""
        self._begun = self._begun or bool(data)
        try:
            for start in range(0, len(data), _PIECE):
                for part in _opened(self._layers, data[start : start + _PIECE]):
                    self._keep(part)
        except _BROKEN as error:
            raise Refused("cannot be decompressed", self._thing, error) from error

    def whole(self) -> bytes:
        """The body, opened also where it is a gzip file by itself (``sitemap.xml.gz``).

        Raises Later where its end is missing, Refused like `take`.
        """
        self._check_end()
        body = b"".join(self._parts)
        if not body.startswith(_GZIP_BEGINS):
            return body
        file = Body("gzip", self._most, self._thing)
        file.take(body)
        file._check_end()
        return b"".join(file._parts)

    def _check_end(self) -> None:
        if self._begun and not all(layer.complete() for layer in self._layers):
            raise Later("was cut short", self._thing, "the compressed body has no end")

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._most:
            message = f"opens to more than {self._most} bytes"
            raise Refused(message, self._thing, outcome=Outcome.TOO_LARGE)
        if part:
            self._parts.append(part)


def _layers(coding: str, thing: str) -> list[_Layer]:
    """The layers to take off, the outermost first."""
    names = [name for part in coding.lower().split(",") if (name := part.strip()) not in {"", "identity"}]
    if len(names) > _MOST_LAYERS:
        raise Refused("is compressed too many times", thing, coding[:80])
    return [_layer(name, thing) for name in reversed(names)]


def _layer(name: str, thing: str) -> _Layer:
    if name in {"gzip", "x-gzip"}:
        return _Zlib(gzip=True)
    if name == "deflate":
        return _Zlib(gzip=False)
    if name == "br" and _BROTLI:
        return _Brotli()
    raise Refused("is compressed in a way that was not offered", thing, name[:40])


def _opened(layers: list[_Layer], piece: bytes) -> Iterator[bytes]:
    pieces: Iterable[bytes] = [piece]
    for layer in layers:
        pieces = _through(layer, pieces)
    yield from pieces


def _through(layer: _Layer, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield from layer.open(piece)
