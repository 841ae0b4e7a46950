"""The pictures of the sample press: drawn here, the same on every run."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from marsad.demo.canvas import Canvas
from marsad.demo.scenes import SCENES

#: Pictures of one subject differ in so many ways.
VARIANTS = 6


def drawn(subject: str, number: int, kind: str = "jpg") -> bytes:
    """The picture of `subject` for article `number`, 800 x 450, as JPEG (`jpg`) or PNG (`png`).

    A subject that nobody has drawn yet becomes a mountain.
    """
    return _encoded(subject if subject in SCENES else "mountain", number % VARIANTS, kind)


@lru_cache(maxsize=512)
def _encoded(subject: str, seed: int, kind: str) -> bytes:
    canvas = Canvas(seed)
    SCENES[subject](canvas)
    out = BytesIO()
    if kind == "png":
        canvas.finished().quantize(128).save(out, "PNG", optimize=True)
    else:
        canvas.finished().save(out, "JPEG", quality=82)
    return out.getvalue()
