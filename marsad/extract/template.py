"""What the pages of one source repeat: promotions, notices and calls that stand in article after article.

A single page cannot tell them from its text; several of the same source can, as in Bar-Yossef and
Rajagopalan, "Template detection via data mining and its applications" (2002), here as a stream. Pure: a
template and blocks in, a template or blocks out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from marsad.language.normalise import fold
from marsad.model import Block

#: Blocks that are remembered of a source, the latest seen: those of some thirty articles, and all that recur.
REMEMBERED = 600
#: Articles whose addresses are remembered, so that one that is read again is not counted again.
_KNOWN = 60
#: A block is the source's and not the article's from so many articles on …
_FEWEST = 3
#: … when it stands in at least this share of those read since it first appeared: what a story goes on
#: telling in each of its articles stays, what every second page carries goes.
_SHARE = 0.5
#: A text of fewer letters is no sentence; it may well be said in two articles.
_SHORTEST = 12
#: Less text than this is not worth keeping: a page that is all repetition is left as it is.
_LEAST_LEFT = 120


@dataclass(frozen=True, slots=True)
class Template:
    """What is remembered of a source's articles."""

    #: Articles learnt from.
    articles: int = 0
    #: Fingerprints of the latest articles' addresses, the newest last.
    known: tuple[str, ...] = ()
    #: fingerprint of a block → (the article, counted from 0, that it first stood in; how many it stood in);
    #: the latest seen last.
    blocks: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def to_plain(self) -> dict[str, Any]:
        """The template as JSON writes it."""
        blocks = {key: list(value) for key, value in self.blocks.items()}
        return {"articles": self.articles, "known": list(self.known), "blocks": blocks}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Template:
        """The template that `to_plain` wrote."""
        blocks = {key: (int(first), int(times)) for key, (first, times) in plain["blocks"].items()}
        return cls(int(plain["articles"]), tuple(plain["known"]), blocks)

    def repeats(self, fingerprint: str) -> bool:
        """Whether a block with that `fingerprint` is the source's and not the article's."""
        first, times = self.blocks.get(fingerprint, (0, 0))
        return times >= _FEWEST and times >= _SHARE * (self.articles - first)


def learn(template: Template, address: str, blocks: Iterable[Block]) -> Template:
    """`template` with one more article, the one at `address`; the same where that is known already."""
    article = _digest(address)
    if article in template.known:
        return template
    seen = dict(template.blocks)
    for mark in dict.fromkeys(filter(None, map(fingerprint, blocks))):
        first, times = seen.pop(mark, (template.articles, 0))
        seen[mark] = (first, times + 1)
    latest = dict(list(seen.items())[-REMEMBERED:])
    return Template(template.articles + 1, (*template.known, article)[-_KNOWN:], latest)


def strip(template: Template, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """`blocks` without those that the source repeats; all of them where hardly a text would be left."""
    kept = tuple(block for block in blocks if not template.repeats(fingerprint(block)))
    return kept if sum(len(block.text) for block in kept) >= _LEAST_LEFT else blocks


def fingerprint(block: Block) -> str:
    """What two blocks that say the same have in common; empty for what is too short to tell."""
    if block.image is not None:
        return _digest(urlsplit(block.image.address)._replace(query="", fragment="").geturl())
    letters = "".join(letter for letter in fold(block.text) if letter.isalpha())
    return _digest(letters) if len(letters) >= _SHORTEST else ""


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()
