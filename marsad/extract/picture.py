"""Bytes of an image → the same image at reading size, made anew so that nothing else travels along."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image as Pillow
from PIL import ImageOps

from marsad.errors import Refused
from marsad.outcome import Outcome

#: What is decoded. SVG is a document that can act, and is none of these.
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_QUALITY = 72
#: Narrower ones are counters and spacers.
_NARROWEST = 32


@dataclass(frozen=True, slots=True)
class Reduced:
    """An image at reading size."""

    #: Width and height of the widest.
    size: tuple[int, int]
    #: Width asked for → WebP. An image that is narrower keeps its own width.
    files: Mapping[int, bytes]


def reduce(body: bytes, widths: Sequence[int], most_pixels: int) -> Reduced:
    """The image in `body` at each of `widths`; of an animated one its first picture.

    Raises Refused where it is no image of a format that is shown, has more than `most_pixels`
    (told before it is decoded), or is too small to be a photograph.
    """
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Pillow.open(io.BytesIO(body), formats=_FORMATS) as found,
        ):
            _check(found, most_pixels)
            found.draft("RGB", (max(widths), max(widths)))
            upright = ImageOps.exif_transpose(found)
            plain = _plain(upright)
    except Refused:
        raise
    except Pillow.DecompressionBombError as error:
        raise Refused(f"has more than {most_pixels} pixels", outcome=Outcome.TOO_LARGE) from error
    except Exception as error:  # decoders raise what they like
        raise Refused("is no image that can be shown", cause=type(error).__name__) from error
    made = {width: _narrowed(plain, width) for width in widths}
    return Reduced(made[max(widths)].size, {width: _written(image) for width, image in made.items()})


def _opened(body: bytes) -> Pillow.Image:
    with warnings.catch_warnings(action="ignore"):  # of sizes, which are looked at next
        return Pillow.open(io.BytesIO(body), formats=_FORMATS)


def _check(image: Pillow.Image, most_pixels: int) -> None:
    width, height = image.size
    if width * height > most_pixels:
        raise Refused(f"has more than {most_pixels} pixels", outcome=Outcome.TOO_LARGE)
    if min(width, height) < _NARROWEST:
        raise Refused("is too small to be shown", cause=f"{width}×{height}")


def _plain(image: Pillow.Image) -> Pillow.Image:
    """In three colours, what was transparent on white: without palette, profile or metadata."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Pillow.new("RGB", layered.size, "white")
        ground.paste(layered, mask=layered.getchannel("A"))
        return ground
    return image.convert("RGB")


def _narrowed(image: Pillow.Image, width: int) -> Pillow.Image:
    """At most `width` wide and twice as high."""
    smaller = image.copy()
    smaller.thumbnail((width, 2 * width), Pillow.Resampling.LANCZOS)
    return smaller


def _written(image: Pillow.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=_QUALITY, method=4)
    return out.getvalue()
