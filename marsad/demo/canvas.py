"""A small canvas for landscapes: skies, ridges, water, trees and houses.

Everything is measured in pixels of the finished picture and drawn twice as large, so that
edges come out smooth.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sin

from PIL import Image, ImageDraw, ImageOps

WIDTH, HEIGHT = 800, 450
SCALE = 2

Colour = tuple[int, int, int]
Point = tuple[float, float]


def rgb(code: str) -> Colour:
    """The colour of ``e8b04b``."""
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def between(one: Colour, other: Colour, share: float) -> Colour:
    """The colour that lies `share` (0 to 1) of the way from `one` to `other`."""
    first, second, third = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return first, second, third


class Canvas:
    """A picture in the making. `seed` makes two pictures of one scene differ."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self._draw = ImageDraw.Draw(self.image)

    def chance(self, index: int, low: float, high: float) -> float:
        """A number from `low` to `high` that depends on the seed and `index` alone."""
        mixed = (self.seed * 2654435761 + index * 40503 + 12345) & 0xFFFFFFFF
        mixed = (mixed ^ (mixed >> 13)) * 1274126177 & 0xFFFFFFFF
        return low + (high - low) * ((mixed ^ (mixed >> 16)) % 10007) / 10006

    def sky(self, top: str, bottom: str, upto: float = HEIGHT) -> None:
        """A sky that goes from one colour to another."""
        size = (WIDTH * SCALE, round(upto * SCALE))
        shades = Image.linear_gradient("L").resize(size)
        self.image.paste(ImageOps.colorize(shades, rgb(top), rgb(bottom)), (0, 0))

    def polygon(self, points: Sequence[Point], colour: str) -> None:
        """A filled shape."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=rgb(colour))

    def box(self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0) -> None:
        """A filled rectangle by its upper left corner."""
        corners = (x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE)
        self._draw.rounded_rectangle(corners, radius * SCALE, fill=rgb(colour))

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle by its middle."""
        self.oval(x, y, radius, radius, colour)

    def oval(self, x: float, y: float, across: float, down: float, colour: str) -> None:
        """A filled ellipse by its middle and its two radii."""
        corners = ((x - across) * SCALE, (y - down) * SCALE, (x + across) * SCALE, (y + down) * SCALE)
        self._draw.ellipse(corners, fill=rgb(colour))

    def line(self, points: Sequence[Point], colour: str, width: float = 1) -> None:
        """A line through `points`."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.line(scaled, fill=rgb(colour), width=round(width * SCALE), joint="curve")

    def arc(
        self, x: float, y: float, radius: float, span: tuple[float, float], colour: str, width: float
    ) -> None:
        """A part of a circle, `span` in degrees clockwise from three o'clock."""
        corners = ((x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE)
        self._draw.arc(corners, *span, fill=rgb(colour), width=round(width * SCALE))

    def ridge(self, base: float, height: float, colour: str, *, index: int = 0, rough: float = 1.0) -> None:
        """Hills from edge to edge: their mean line at `base`, their tops up to `height` above it."""
        phases = [self.chance(index * 7 + turn, 0, 2 * pi) for turn in range(3)]
        points: list[Point] = [(0, HEIGHT)]
        for x in range(0, WIDTH + 8, 8):
            wave = sum(
                sin(x / WIDTH * 2 * pi * (turn * 1.7 * rough + 0.8) + phase) / (turn + 1)
                for turn, phase in enumerate(phases)
            )
            points.append((x, base - height * wave / 1.84))
        self.polygon([*points, (WIDTH, HEIGHT)], colour)

    def sun(self, x: float, y: float, radius: float, colour: str, glow: str) -> None:
        """A sun in its glow."""
        behind = self.at(x, y)
        for step in range(12, 0, -1):
            shade = between(rgb(glow), behind, (step / 12) ** 0.7)
            self.disc(x, y, radius + step * 5, "{:02x}{:02x}{:02x}".format(*shade))
        self.disc(x, y, radius, colour)

    def at(self, x: float, y: float) -> Colour:
        """The colour that stands there now."""
        inside = (min(max(round(x), 0), WIDTH - 1) * SCALE, min(max(round(y), 0), HEIGHT - 1) * SCALE)
        pixel = self.image.getpixel(inside)
        if not isinstance(pixel, tuple):
            raise TypeError("the canvas is in colour")
        return int(pixel[0]), int(pixel[1]), int(pixel[2])

    def cloud(self, x: float, y: float, size: float, colour: str) -> None:
        """A cloud of four puffs."""
        for across, up, radius in ((-0.9, 0, 0.45), (-0.3, -0.3, 0.6), (0.4, -0.15, 0.5), (0.95, 0.05, 0.38)):
            self.disc(x + across * size, y + up * size, radius * size, colour)
        self.box(x - 1.2 * size, y, 2.4 * size, 0.43 * size, colour, 0.2 * size)

    def palm(self, x: float, foot: float, height: float, lean: float = 0.0) -> None:
        """A date palm with its foot at `foot`."""
        top_x, top_y = x + lean, foot - height
        self.line([(x, foot), (x + lean * 0.35, foot - height * 0.5), (top_x, top_y)], "6b4a2b", height / 18)
        for turn, (across, down) in enumerate(
            (
                (-0.5, 0.16),
                (-0.42, -0.12),
                (-0.2, -0.28),
                (0.12, -0.3),
                (0.38, -0.16),
                (0.5, 0.12),
                (0.3, 0.3),
                (-0.3, 0.32),
            )
        ):
            tip = (top_x + across * height * 0.8 + lean * 0.4, top_y + down * height * 0.8)
            knee = (top_x + across * height * 0.45, top_y + down * height * 0.4 - height * 0.08)
            self.line([(top_x, top_y), knee, tip], "2f6b3a" if turn % 2 else "3f8a4a", height / 26)

    def finished(self) -> Image.Image:
        """The picture in its own size."""
        return self.image.reduce(SCALE)
