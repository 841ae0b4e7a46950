"""What can be measured of the segments of a page, a row of numbers for each.

It measures a segment itself, where it stands, its kin and its neighbours, in the order of `COLUMNS`; shares
are from 0 to 1, lengths in letters. After Kohlschütter et al., "Boilerplate detection using shallow text
features" (2010), with the names of elements and what the page says to machines beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marsad.extract.frames import Home, homes_of
from marsad.extract.names import TAGS, Names, names
from marsad.extract.segments import Segment

Matrix = NDArray[np.float32]
Vector = NDArray[np.float64]
Indices = NDArray[np.intp]

#: Letters of a segment that its marks are counted in; the beginning tells.
_LOOKED_AT = 400
_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.!?؟。؛;…](?=\s|$|[\"”»])")
_SENTENCE_END = re.compile(r"[.!?؟。…][\"'”»’)\]]*$")
_DIGIT = re.compile(r"\d")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_BARS = re.compile(r"[|•›→·]")
_ELSEWHERE = re.compile(r"@|http|www\.")

_OWN = (
    "length words word_length linked links bold commas stops ends digits capitals begins_small begins_quoted "
    "copyright colon bars question dots elsewhere bracketed begins_digit"
).split()
_PLACE = (
    "position index to_end good_before good_after repeated from_h1 from_title all_good count share good "
    "like_title from_first to_last letters_from_first"
).split()
_HOME = "up down mass_home mass_parent mass_grand score within_big depth_from_main depth".split()
_KIN = "count length free good_share_of_count good_share letters".split()
_CLUES = "in_body body_covered body_length in_description".split()
_NEIGHBOUR = "length linked words ends up good bold capitals".split()
_NEAR = (-2, -1, 1, 2)


def _columns(bits: Names) -> tuple[str, ...]:
    groups = [name for name in bits.bits if name not in TAGS]
    return (
        *_OWN,
        *(f"is {name}" for name in bits.bits),
        *(f"near {name}" for name in groups),
        *(f"in {name}" for name in bits.bits),
        *_PLACE,
        *_HOME,
        *(f"{kin} {name}" for kin in ("alike", "home", "beside") for name in _KIN),
        *_CLUES,
        *(f"{step:+d} {name}" for step in _NEAR for name in _NEIGHBOUR),
        "alike-1", "home-1", "alike+1", "home+1",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clues:
    """What the page says of its article to machines, as far as it helps to find the text."""

    title: str = ""
    description: str = ""
    #: The whole text, as JSON-LD or microdata carry it.
    body: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """The features of the segments of a page, and the groups that they stand in."""

    rows: Matrix
    lengths: Vector
    #: For each segment the number of its group: made alike, of one home, of homes side by side.
    alike: Indices
    home: Indices
    beside: Indices


class _Page:
    """The measurements that several groups of columns need."""

    def __init__(self, segments: Sequence[Segment], clues: Clues) -> None:
        self.segments = segments
        self.clues = clues
        self.count = len(segments)
        self.own = np.array([_own(segment) for segment in segments], dtype=np.float64)
        self.lengths: Vector = self.own[:, 0]
        self.free: Vector = self.lengths * (1 - self.own[:, 3])
        avoided = _mask(names(), *_NEVER_TEXT)
        self.good: Vector = np.array([_good(segment, avoided) for segment in segments], dtype=np.float64)
        self.all_good = max(float(self.good.sum()), 1.0)
        self.homes = homes_of(segments, self.good.tolist())
        self.alike = _numbered([segment.frame.signature for segment in segments])
        self.home = _numbered([id(home.frame) for home in self.homes])
        self.beside = _numbered([id(home.frame.parent) for home in self.homes])


#: Nothing in these is counted as text when the place of the text is sought.
_NEVER_TEXT = ("nav", "footer", "unshown", "#comments", "form", "#asked", "figcaption")


def measured(segments: Sequence[Segment], clues: Clues) -> Measured:
    """The features of the text `segments` of one page; at least one."""
    page = _Page(segments, clues)
    home = _home_columns(page.homes, page.all_good)
    left = [page.own, _bit_columns(segments), _place_columns(page, home), home]
    left += [_kin_columns(page, group) for group in (page.alike, page.home, page.beside)]
    left.append(_clue_columns(page))
    around = _neighbour_columns(page, home)
    rows = np.concatenate([*left, around], axis=1).astype(np.float32)
    return Measured(rows, page.lengths, page.alike, page.home, page.beside)


def _own(segment: Segment) -> tuple[float, ...]:
    text = segment.text
    length = len(text)
    seen = text[:_LOOKED_AT]
    looked = len(seen)
    words = text.count(" ") + 1
    scale = looked / length
    seen_words = max(words * scale, 1.0)
    first, last = text[0], text[-1]
    return (
        length,
        words,
        length / words,
        segment.linked / length,
        segment.links,
        segment.bold / length,
        (seen.count(",") + seen.count("،") + seen.count("、")) / seen_words,
        len(_STOP.findall(seen)) / scale,
        _SENTENCE_END.search(text[-6:]) is not None,
        len(_DIGIT.findall(seen)) / looked,
        len(_CAPITAL.findall(seen)) / seen_words,
        first.islower(),
        first in "\"'“«„‘–—-",
        "©" in seen or "copyright" in seen.lower(),
        last in ":：",
        len(_BARS.findall(seen)),
        last in "?؟",
        last == "…" or text.endswith("..."),
        _ELSEWHERE.search(seen) is not None,
        first in "([" or last in ")]",
        first.isdigit(),
    )


def _good(segment: Segment, avoided: int) -> float:
    """Letters that look like running text."""
    text = segment.text
    length = len(text)
    if length < 50 or segment.linked * 3 >= length or segment.frame.around & avoided:
        return 0.0
    if length <= 120 and not ("," in text or "،" in text or _STOP.search(text)):
        return 0.0
    return float(length - segment.linked)


def _mask(bits: Names, *wanted: str) -> int:
    return sum(1 << place for place, name in enumerate(bits.bits) if name in wanted)


def _bit_columns(segments: Sequence[Segment]) -> Vector:
    frames = [segment.frame for segment in segments]
    groups = [place for place, name in enumerate(names().bits) if name not in TAGS]
    own, near, around = (
        _bits(numbers)
        for numbers in (
            [frame.own for frame in frames],
            [frame.near for frame in frames],
            [frame.around for frame in frames],
        )
    )
    return np.concatenate((own, near[:, groups], around), axis=1).astype(np.float64)


def _bits(numbers: Sequence[int]) -> NDArray[np.uint8]:
    """A row for each number: its bits, as many as `names` has, the lowest first."""
    eighths = np.array(numbers, dtype="<u8").view(np.uint8).reshape(-1, 8)
    return np.unpackbits(eighths, axis=1, bitorder="little", count=len(names().bits))


def _home_columns(homes: Sequence[Home], all_good: float) -> Vector:
    scale = np.array([1, 1, all_good, all_good, all_good, all_good, 1, 1, 1])
    columns: Vector = np.array([home.numbers for home in homes], dtype=np.float64) / scale
    return columns


def _place_columns(page: _Page, home: Vector) -> Vector:
    count, index = page.count, np.arange(page.count)
    good = np.concatenate([[0.0], np.cumsum(page.good)])
    letters = np.cumsum(page.lengths)
    times = Counter(segment.text for segment in page.segments)
    like = _likeness(page)
    heading = _mask(names(), "h1")
    h1 = _first([bool(s.frame.own & heading) and len(s.text) > 10 for s in page.segments])
    title = _first((like > 0.6).tolist())
    start = title if title >= 0 else h1
    main = np.flatnonzero((home[:, 0] == 0) & (home[:, 1] == 0) & (page.good > 0))
    main = main if len(main) else np.flatnonzero(page.good > 0)
    first, last = (main[0], main[-1]) if len(main) else (0, 0)
    columns = (
        index / count,
        index,
        count - index,
        good[:-1] / page.all_good,
        (page.all_good - good[1:]) / page.all_good,
        np.array([times[segment.text] for segment in page.segments]),
        _since(index, h1),
        _since(index, start),
        np.full(count, page.all_good),
        np.full(count, count),
        page.lengths / page.all_good,
        page.good,
        like,
        np.clip(index - first, -60, 60),
        np.clip(last - index, -60, 60),
        letters - letters[first],
    )
    result: Vector = np.stack(columns, axis=1).astype(np.float64)
    return result


def _since(index: Indices, start: int) -> Vector:
    """Steps since the segment `start`; 99 where there is none."""
    steps = np.clip(index - start, -50, 50) if start >= 0 else np.full(len(index), 99)
    return steps.astype(np.float64)


def _first(answers: Sequence[bool]) -> int:
    return next((place for place, answer in enumerate(answers) if answer), -1)


def _likeness(page: _Page) -> Vector:
    """How many of the words of a segment and of the page's title they have in common."""
    title = set(_WORD.findall(page.clues.title.lower()))
    like = np.zeros(page.count)
    for place, segment in enumerate(page.segments if title else ()):
        if len(segment.text) < 300:
            words = set(_WORD.findall(segment.text.lower()))
            like[place] = len(words & title) / len(words | title)
    return like


def _numbered(keys: Sequence[object]) -> Indices:
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.intp)


def _kin_columns(page: _Page, group: Indices) -> Vector:
    size = int(group.max()) + 1
    count = np.bincount(group, minlength=size)
    letters = np.bincount(group, page.lengths, size)
    free = np.bincount(group, page.free, size)
    columns = (
        count,
        letters / count,
        free / np.maximum(letters, 1),
        np.bincount(group, page.good > 0, size) / count,
        np.bincount(group, page.good, size) / page.all_good,
        letters / page.lengths.sum(),
    )
    result: Vector = np.stack(columns, axis=1)[group].astype(np.float64)
    return result


def _clue_columns(page: _Page) -> Vector:
    count, body = page.count, page.clues.body
    told = len(body) > 200
    inside = _inside(page.segments, body) if told else np.full(count, -1.0)
    covered = float((page.lengths * (inside > 0.7)).sum()) / len(body) if told else -1.0
    columns = (
        inside,
        np.full(count, covered),
        np.full(count, len(body) / page.all_good),
        _described(page.segments, page.clues.description),
    )
    return np.stack(columns, axis=1)


def _inside(segments: Sequence[Segment], body: str) -> Vector:
    """The share of each segment's runs of three words that stand in `body`; of a shorter one, its words."""
    words = _WORD.findall(body.lower())
    runs = set(zip(words, words[1:], words[2:], strict=False))
    known = set(words)
    shares = []
    for segment in segments:
        said = _WORD.findall(segment.text[:1000].lower())
        if len(said) < 3:
            shares.append(0.9 if said and known.issuperset(said) else 0.0)
        else:
            mine = list(zip(said, said[1:], said[2:], strict=False))
            shares.append(sum(run in runs for run in mine) / len(mine))
    return np.array(shares)


def _described(segments: Sequence[Segment], description: str) -> Vector:
    """How much of a segment is the page's description, for those that begin alike."""
    told = " ".join(_WORD.findall(description.lower()))
    shares = np.zeros(len(segments))
    for place, segment in enumerate(segments if len(told) > 30 else ()):
        if len(segment.text) > 30:
            said = " ".join(_WORD.findall(segment.text[:1500].lower()))
            if said and (said[:60] == told[:60] or said in told or told in said):
                shares[place] = min(len(said), len(told)) / max(len(said), len(told))
    return shares


def _neighbour_columns(page: _Page, home: Vector) -> Vector:
    own = page.own
    key: Vector = np.stack(
        (own[:, 0], own[:, 3], own[:, 1], own[:, 8], home[:, 0], page.good, own[:, 5], own[:, 10]), axis=1
    )
    columns = [moved(key, step, -1.0) for step in _NEAR]
    for step in (-1, 1):
        for group in (page.alike, page.home):
            other = moved(group[:, None].astype(np.float64), step, -1.0)[:, 0]
            columns.append((other == group)[:, None].astype(np.float64))
    return np.concatenate(columns, axis=1)


def moved(rows: Vector, step: int, empty: float) -> Vector:
    """`rows` so that each place has what stands `step` places from it, `empty` beyond the ends."""
    result = np.full_like(rows, empty)
    if abs(step) < len(rows):
        if step < 0:
            result[-step:] = rows[:step]
        else:
            result[:-step] = rows[step:]
    return result


COLUMNS = _columns(names())
