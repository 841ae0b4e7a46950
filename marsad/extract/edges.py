"""What stands at the edges of an article's text, and between its paragraphs, and is not of it.

Pure: blocks in, blocks out. The phrases are in `edges.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.resources import files

from marsad.language.dates import find_dates
from marsad.language.normalise import fold
from marsad.model import Block, BlockKind, Image

#: A line with more words than this says something; it points nowhere.
_MOST_WORDS = 30
#: Words that may stand beside the date in a line that only tells the date.
_BESIDE_DATE = 8
_FEW_WORDS = 12
#: Letters of a line that its beginning is looked for in.
_BEGINNING = 80
_BEFORE_WORDS = re.compile(r"^[\W_]+")
_SENTENCE_END = (".", "!", "?", "؟", "…", "»", "”", '"', ":", "。")


def trimmed(blocks: Iterable[Block], now: datetime) -> tuple[Block, ...]:
    """`blocks` without captions told twice, lines that point elsewhere, bylines, and what follows the end."""
    kept = [block for block in _captioned(list(blocks)) if not begins("pointing", block)]
    _trim_end(kept)
    _trim_beginning(kept, now)
    return tuple(_once(kept))


def begins(kind: str, block: Block) -> bool:
    """Whether `block` is a short line that begins like those of `kind` in `edges.toml`."""
    if block.image is not None or len(block.text.split()) > _MOST_WORDS:
        return False
    return _phrases()[kind].match(_BEFORE_WORDS.sub("", fold(block.text[:_BEGINNING]))) is not None


@cache
def _phrases() -> Mapping[str, re.Pattern[str]]:
    read = tomllib.loads(files("marsad.extract").joinpath("edges.toml").read_text("utf-8"))
    return {
        kind: re.compile(
            rf"(?:{'|'.join(sorted((re.escape(fold(p)) for p in phrases), reverse=True))})(?!\w)"
        )
        for kind, phrases in read.items()
    }


def _captioned(blocks: list[Block]) -> list[Block]:
    """`blocks` where a line that an image says too (its alternative text) has become its caption."""
    told: dict[str, int] = {}
    for place, block in enumerate(blocks):
        if block.image is not None:
            for text in (block.image.alt, block.image.caption):
                if text:
                    told.setdefault(fold(text), place)
    if not told:
        return blocks
    longest = 2 * max(map(len, told))  # Folding takes little away, so a longer line is none of them.
    captions: dict[int, str] = {}
    kept = []
    for place, block in enumerate(blocks):
        of = told.get(fold(block.text)) if 0 < len(block.text) <= longest else None
        if of is None:
            kept.append(place)
        else:
            captions.setdefault(of, block.text)
    return [_with_caption(blocks[place], captions.get(place, "")) for place in kept]


def _with_caption(block: Block, caption: str) -> Block:
    image: Image | None = block.image
    if image is None or image.caption or not caption:
        return block
    return replace(block, image=replace(image, caption=caption))


def _trim_end(blocks: list[Block]) -> None:
    """Take away the last lines while they close, and a heading that nothing follows."""
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if block.image is not None:
            continue
        short = len(block.text.split()) <= _FEW_WORDS
        left_alone = block.kind is BlockKind.HEADING
        if not (left_alone or (short and begins("closing", block))):
            return
        del blocks[place]


def _trim_beginning(blocks: list[Block], now: datetime) -> None:
    """Take away the first lines while they tell when and by whom."""
    for place in [place for place, block in enumerate(blocks) if block.text][:4][::-1]:
        before = [block for block in blocks[:place] if block.text]
        if all(map(_short, before)) and _tells_when_or_who(blocks[place], now):
            del blocks[place]


def _tells_when_or_who(block: Block, now: datetime) -> bool:
    if not _short(block) or block.text.endswith(_SENTENCE_END):
        return False
    found = find_dates(block.text, now=now)
    if not found:
        return begins("opening", block)
    rest = block.text
    for date in reversed(found):
        rest = rest[: date.start] + " " + rest[date.end :]
    return len(rest.split()) <= _BESIDE_DATE


def _short(block: Block) -> bool:
    return len(block.text.split()) <= 2 * _FEW_WORDS


def _once(blocks: list[Block]) -> Iterable[Block]:
    """`blocks` without a line said twice in a row."""
    before = ""
    for block in blocks:
        if block.image is None and block.text == before:
            continue
        before = block.text or before
        yield block
