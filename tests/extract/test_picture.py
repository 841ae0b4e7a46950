"""Images at reading size."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from marsad.errors import Refused
from marsad.extract.picture import reduce

WIDTHS = (320, 800)


def drawn(width: int, height: int, kind: str = "PNG", mode: str = "RGB", **saved: object) -> bytes:
    out = io.BytesIO()
    Pillow.new(mode, (width, height), "red" if mode != "P" else 1).save(out, kind, **saved)
    return out.getvalue()


def opened(body: bytes) -> Pillow.Image:
    found = Pillow.open(io.BytesIO(body))
    found.load()
    return found


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("GIF", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK"), ("PNG", "LA"), ("PNG", "I;16")])  # fmt: skip
def test_every_usual_format_becomes_webp_at_both_widths(kind: str, mode: str) -> None:
    made = reduce(drawn(1600, 900, kind, mode) if mode != "I;16" else sixteen_bits(), WIDTHS, 10**7)
    assert made.size == (800, 450)
    assert {width: opened(body).size for width, body in made.files.items()} == {
        320: (320, 180),
        800: (800, 450),
    }
    assert {opened(body).format for body in made.files.values()} == {"WEBP"}


def sixteen_bits() -> bytes:
    out = io.BytesIO()
    Pillow.new("I;16", (1600, 900)).save(out, "PNG")
    return out.getvalue()


def test_a_small_image_is_not_made_larger_and_a_high_one_not_endless() -> None:
    assert reduce(drawn(200, 100), WIDTHS, 10**7).size == (200, 100)
    assert reduce(drawn(800, 8000), WIDTHS, 10**7).size[1] == 1600


def test_nothing_travels_along() -> None:
    exif = Pillow.Exif()
    exif[0x010E] = "where the photographer lives"
    exif[0x0112] = 6
    made = reduce(drawn(400, 200, "JPEG", exif=exif), WIDTHS, 10**7)
    assert made.size == (200, 400), "it stands upright"
    assert all(b"photographer" not in body for body in made.files.values())


def test_an_animation_becomes_its_first_picture() -> None:
    frames = [Pillow.new("RGB", (100, 100), colour) for colour in ("red", "blue", "green")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    [first] = {
        getattr(opened(body), "n_frames", 1) for body in reduce(out.getvalue(), WIDTHS, 10**7).files.values()
    }
    assert first == 1


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (bomb(60_000, 60_000), "more than"),
        (drawn(4000, 4000), "more than"),
        (drawn(1, 1), "too small"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no image"),
        (b"", "no image"),
        (drawn(900, 900)[:200], "no image"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "no image"),
    ],
)
def test_what_may_do_harm_is_refused(body: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        reduce(body, WIDTHS, 10**7)


@given(st.binary(max_size=300), st.integers(0, 200))
def test_no_bytes_raise_anything_else(noise: bytes, at: int) -> None:
    body = drawn(64, 64)
    for hostile in (noise, body[:at] + noise + body[at + len(noise) :]):
        try:
            reduce(hostile, WIDTHS, 10**6)
        except Refused:
            continue
