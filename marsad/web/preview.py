"""The image that stands for an article where its address is shared: its headline, drawn by us."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad.views import reading
from marsad.views.shown import Shown
from marsad.web.answers import marsad_of
from marsad.web.rates import Rates, network_of
from marsad.web.wording import RIGHT_TO_LEFT

#: What those who show previews ask for.
WIDTH, HEIGHT, MARGIN = 1200, 630, 80
LETTERS = 300
#: Sizes of a headline, and the lines of each that there is room for: the largest that holds all is taken.
SIZES = ((84, 3), (66, 4), (54, 5))
#: For a minute, each network.
RATE = 120

_FONT = Path(__file__).parent / "static" / "fonts" / "naskh.woff2"
_BOLD = 700
_PAPER, _INK, _QUIET, _ACCENT = "#fcfbf8", "#211f1c", "#6b665e", "#8a1f2d"


def preview(request: Request) -> Response:
    """The preview of one article, as PNG."""
    rates: Rates = request.app.state.rates
    if not rates.admits("preview", network_of(request), RATE):
        return Response("", 429, {"retry-after": "60"})
    marsad = marsad_of(request)
    with marsad.store.reading() as connection:
        seen = reading.article(connection, request.path_params["source"], request.path_params["number"])
        if seen is None:
            raise HTTPException(404)
        article = Shown(connection, marsad.terms).article(seen.article)
    below = f"{seen.source.name} · {marsad.settings.server.title}"
    body = drawn(article.title[:LETTERS], below, is_rtl=article.language in RIGHT_TO_LEFT)
    return Response(body, headers={"cache-control": "public, max-age=86400"}, media_type="image/png")


def drawn(title: str, below: str, *, is_rtl: bool) -> bytes:
    """A PNG of 1200 by 630 pixels: the headline, and under it who says so."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    canvas = ImageDraw.Draw(image)
    direction, anchor, start = ("rtl", "ra", WIDTH - MARGIN) if is_rtl else ("ltr", "la", MARGIN)
    canvas.rectangle((0, 0, WIDTH, 16), fill=_ACCENT)
    size, lines = _set(canvas, title, direction)
    for place, line in enumerate(lines):
        where = (start, MARGIN + place * size * 1.5)
        canvas.text(where, line, font=_font(size), fill=_INK, anchor=anchor, direction=direction)
    canvas.text((start, HEIGHT - 110), below, font=_font(32), fill=_QUIET, anchor=anchor, direction=direction)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _set(canvas: ImageDraw.ImageDraw, title: str, direction: str) -> tuple[int, list[str]]:
    """The size of the title and its lines; what is too much for the smallest ends in an ellipsis."""
    for size, most in SIZES:
        lines = _lines(canvas, title, direction, size)
        if len(lines) <= most:
            return size, lines
    return size, [*lines[: most - 1], lines[most - 1] + "…"]


def _lines(canvas: ImageDraw.ImageDraw, title: str, direction: str, size: int) -> list[str]:
    """The title in lines that fit."""
    lines, line = [], ""
    for word in title.split():
        longer = f"{line} {word}".strip()
        if line and canvas.textlength(longer, font=_font(size), direction=direction) > WIDTH - 2 * MARGIN:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(_FONT, size)
    font.set_variation_by_axes([_BOLD])
    return font
