"""Where on a page the text is: how much each element holds, and how far a segment is from most of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.extract.segments import Frame, Segment

#: Elements that hold text and nothing else: what they stand in is the home of their text.
_TEXT_TAGS = frozenset("p h1 h2 h3 h4 h5 h6 li ul ol dl dd dt blockquote pre figcaption figure".split())
#: The share of the text that the deepest element with most of it has to hold.
_MOST = 0.7
_FAR = 99


@dataclass(frozen=True, slots=True)
class Home:
    """The element that a segment's text lives in, and how it lies to the main one."""

    frame: Frame
    #: Steps up to what it shares with the main home and from there down to that; letters of text in it,
    #: its parent and the one above; letters in it and half of those in its children; whether it is in the
    #: deepest element that holds most text; its depth below the main home, and below the root.
    numbers: tuple[float, ...]


class _Masses:
    """How many letters of text stand in each frame, at any depth, and right in it."""

    def __init__(self, homes: Sequence[Frame], good: Sequence[float]) -> None:
        self.mass: dict[Frame, float] = {}
        self.score: dict[Frame, float] = {}
        self.total = sum(good)
        for home, letters in zip(homes, good, strict=True):
            if letters:
                self._add(home, letters)

    def _add(self, home: Frame, letters: float) -> None:
        self.score[home] = self.score.get(home, 0.0) + letters
        if home.parent is not None:
            self.score[home.parent] = self.score.get(home.parent, 0.0) + letters / 2
        frame: Frame | None = home
        while frame is not None:
            self.mass[frame] = self.mass.get(frame, 0.0) + letters
            frame = frame.parent

    def main(self, otherwise: Frame) -> Frame:
        """The home with most text of its own and of its children."""
        return max(self.score, key=self.score.__getitem__) if self.score else otherwise

    def big(self, otherwise: Frame) -> Frame:
        """The deepest frame that holds most of the text."""
        most = (frame for frame, mass in self.mass.items() if mass >= _MOST * self.total)
        return max(most, key=lambda frame: frame.depth, default=otherwise)


def homes_of(segments: Sequence[Segment], good: Sequence[float]) -> tuple[Home, ...]:
    """The home of each segment; `good` are its letters that look like text."""
    frames = [_home(segment.frame) for segment in segments]
    masses = _Masses(frames, good)
    main = masses.main(frames[0])
    big = masses.big(main)
    chain = {frame: steps for steps, frame in enumerate(_line(main))}
    known: dict[Frame, Home] = {}
    for frame in frames:
        if frame not in known:
            known[frame] = Home(frame, _numbers(frame, masses, chain, big, main))
    return tuple(known[frame] for frame in frames)


def _home(frame: Frame) -> Frame:
    while frame.tag in _TEXT_TAGS and frame.parent is not None:
        frame = frame.parent
    return frame


def _line(frame: Frame | None) -> list[Frame]:
    """`frame` and all that it stands in."""
    line = []
    while frame is not None:
        line.append(frame)
        frame = frame.parent
    return line


def _numbers(
    frame: Frame, masses: _Masses, chain: dict[Frame, int], big: Frame, main: Frame
) -> tuple[float, ...]:
    shared, up = frame, 0
    while shared not in chain and shared.parent is not None:
        shared, up = shared.parent, up + 1
    down = chain.get(shared, _FAR)
    deep = frame
    while deep.depth > big.depth and deep.parent is not None:
        deep = deep.parent
    within = deep is big
    above = (frame, frame.parent, frame.parent.parent if frame.parent else None)
    mass = (masses.mass.get(each, 0.0) if each else masses.total for each in above)
    score = masses.score.get(frame, 0.0)
    return (up, down, *mass, score, within, frame.depth - main.depth, frame.depth)
