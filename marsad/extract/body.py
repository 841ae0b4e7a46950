"""The body of an article: the blocks that belong to it, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from urllib.parse import urljoin

import numpy as np
from lxml.html import HtmlElement
from numpy.typing import NDArray

from marsad.extract.choosing import Model, shipped
from marsad.extract.features import Clues
from marsad.extract.names import names
from marsad.extract.second import read_again
from marsad.extract.segments import Frame, Segment, segments
from marsad.model import Block, BlockKind, Image

#: A segment is of the article from this chance on; where hardly anything is, from the second. From 0.55 to
#: 0.65 the cross-validated F1 is the same to three thousandths.
LIKELY = 0.6
POSSIBLE = 0.2
#: A page of more doubt than this is read by the second reader.
DOUBTFUL = 0.15
#: So many letters are no text yet.
HARDLY = 200
#: Of this much less than the page's own JSON-LD has, the page is drawn by a program, and JSON-LD is the text.
_DRAWN = 0.3
_LONGEST_IMAGE_ADDRESS = 2000
_SMALLEST_IMAGE = 100
#: An image before the text is the article's when it stands at most so many segments before it.
_IMAGE_REACH = 12
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NOT_ITS_IMAGES = (
    "nav footer aside #related #promoted #shared #advert #byline #comments #furniture #turning unshown"
).split()
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")


def body_of(
    tree: HtmlElement, address: str, clues: Clues | None = None, model: Model | None = None
) -> tuple[Block, ...]:
    """The blocks of the page's article; none where it has none."""
    clues = clues or Clues()
    found = segments(tree, names())
    texts = [segment for segment in found if segment.text]
    chances = (model or shipped()).chances(texts, clues)
    chosen = _chosen(texts, chances)
    if sum(len(segment.text) for segment in chosen) < _DRAWN * len(clues.body) and len(clues.body) > HARDLY:
        return tuple(Block(BlockKind.PARAGRAPH, line) for line in _lines(clues.body))
    if doubt(texts, chances) > DOUBTFUL and (read := read_again(tree, address)):
        return read
    return _blocks(found, {id(segment) for segment in chosen}, address)


def doubt(texts: Sequence[Segment], chances: NDArray[np.float64]) -> float:
    """The letters that are expected to be judged wrongly, for each that is expected to be of the article."""
    letters = np.array([len(segment.text) for segment in texts], dtype=np.float64)
    expected = float((letters * chances).sum())
    return float((letters * np.minimum(chances, 1 - chances)).sum()) / expected if expected else 1.0


def _chosen(texts: Sequence[Segment], chances: NDArray[np.float64]) -> list[Segment]:
    for least in (LIKELY, POSSIBLE):
        chosen = [segment for segment, chance in zip(texts, chances, strict=True) if chance >= least]
        if sum(len(segment.text) for segment in chosen) >= HARDLY:
            break
    return chosen


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _blocks(found: Sequence[Segment], chosen: set[int], address: str) -> tuple[Block, ...]:
    places = [place for place, segment in enumerate(found) if id(segment) in chosen]
    if not places:
        return ()
    first, last = places[0], places[-1]
    blocks: list[Block] = []
    for place in range(max(first - _IMAGE_REACH, 0), last + 1):
        segment = found[place]
        if segment.image is not None:
            caption = _caption(found, place)
            if image := _image(segment, address, caption):
                blocks.append(Block(BlockKind.IMAGE, image=image))
        elif id(segment) in chosen and not _is_caption(found, place):
            blocks.append(Block(_kind(segment.frame), segment.text))
    return tuple(blocks)


def _kind(frame: Frame) -> BlockKind:
    around: Frame | None = frame
    for _ in range(3):
        if around is None:
            break
        if around.tag in _HEADINGS:
            return BlockKind.HEADING
        if around.tag == "li":
            return BlockKind.LIST_ITEM
        if around.tag == "blockquote":
            return BlockKind.QUOTE
        around = around.parent
    return BlockKind.PARAGRAPH


def _caption(found: Sequence[Segment], place: int) -> str:
    """The caption of the image at `place`: its figure's, else one that stands before the next image."""
    figure = _figure(found[place].frame)
    after = found[place + 1 : place + 4]
    near = (
        [*after, *found[max(place - 2, 0) : place]]
        if figure
        else takewhile(lambda other: other.image is None, after)
    )
    told = [other.text for other in near if _figure(other.frame) is figure and _in_caption(other)]
    return " ".join(filter(None, told))[:500]


def _figure(frame: Frame | None) -> Frame | None:
    """The innermost figure around."""
    while frame is not None and frame.tag != "figure":
        frame = frame.parent
    return frame


def _in_caption(segment: Segment) -> bool:
    return bool(segment.frame.around & _bit("figcaption"))


def _is_caption(found: Sequence[Segment], place: int) -> bool:
    """Whether a text is the caption of an image: in the ``figcaption`` of a figure that has one."""
    return _in_caption(found[place]) and any(
        other.image is not None for other in found[max(place - 4, 0) : place + 3]
    )


def _image(segment: Segment, address: str, caption: str) -> Image | None:
    element = segment.image
    if element is None or segment.frame.around & _bit(*_NOT_ITS_IMAGES):
        return None
    source = next((told for name in _SOURCES if (told := (element.get(name) or "").strip())), "")
    if not source or source.startswith("data:") or len(source) > _LONGEST_IMAGE_ADDRESS or _tiny(element):
        return None
    try:
        whole = urljoin(address, source)
    except ValueError:
        return None
    return Image(whole, caption, " ".join((element.get("alt") or "").split())[:500])


def _tiny(element: HtmlElement) -> bool:
    sizes = (element.get("width") or "", element.get("height") or "")
    return any(size.isdecimal() and int(size[:6]) < _SMALLEST_IMAGE for size in sizes)


def _bit(*wanted: str) -> int:
    return sum(1 << place for place, name in enumerate(names().bits) if name in wanted)
