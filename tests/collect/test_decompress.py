"""Bodies that arrive in pieces of any size."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.decompress import ACCEPTED, Body
from marsad.errors import Later, Refused
from marsad.outcome import Outcome

TEXT = "أمطار قوية على تطوان ".encode()


def opened(coding: str, pieces: Iterable[bytes], most: int = 10_000) -> bytes:
    body = Body(coding, most, "thing")
    for piece in pieces:
        body.take(piece)
    return body.whole()


def cut(data: bytes, sizes: list[int]) -> list[bytes]:
    pieces, start = [], 0
    for size in sizes:
        pieces.append(data[start : start + size])
        start += size
    return [*pieces, data[start:]]


def raw(data: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return machine.compress(data) + machine.flush()


def test_brotli_is_offered_where_it_can_be_bounded() -> None:
    assert hasattr(brotli.Decompressor, "can_accept_more_data")
    assert ACCEPTED == "gzip, deflate, br"


@given(
    st.one_of(st.binary(max_size=500), st.integers(0, 40).map(lambda n: TEXT * n)),
    st.lists(st.integers(0, 40), max_size=30),
)
def test_the_pieces_make_no_difference(text: bytes, sizes: list[int]) -> None:
    if text.startswith(b"\x1f\x8b\x08"):
        return
    forms = [
        ("gzip", gzip.compress(text)),
        ("gzip", gzip.compress(text[:10]) + gzip.compress(text[10:])),
        ("deflate", zlib.compress(text)),
        ("deflate", raw(text)),
        ("deflate, gzip", gzip.compress(zlib.compress(text))),
        ("br", brotli.compress(text)),
        ("", text),
        ("", gzip.compress(text)),
    ]
    for coding, data in forms:
        assert opened(coding, cut(data, sizes)) == text


@given(
    st.sampled_from(["gzip", "deflate", "br", "gzip, deflate", ""]),
    st.lists(st.binary(max_size=200), max_size=5),
)
def test_any_bytes_are_opened_or_refused(coding: str, pieces: list[bytes]) -> None:
    try:
        assert len(opened(coding, pieces)) <= 10_000
    except (Refused, Later) as error:
        assert "thing" in str(error)  # noqa: PT017 - each of the ends is right


@pytest.mark.parametrize("most", [100, 65_536, 1_000_000])
def test_exactly_as_much_as_is_allowed_is_opened(most: int) -> None:
    assert len(opened("gzip", [gzip.compress(bytes(most))], most)) == most
    with pytest.raises(Refused) as refused:
        opened("gzip", [gzip.compress(bytes(most + 1))], most)
    assert refused.value.outcome is Outcome.TOO_LARGE


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_an_empty_body_is_empty_whatever_it_says(coding: str) -> None:
    assert opened(coding, []) == b""
