"""What of the archive may be shown: the one place that pages, feeds and answers of the API go through.

    shown = Shown(connection, marsad.terms)
    view = shown(reading.article(connection, source, number))

gives the same view with every headline, article and image in it cut to what may be seen of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection

from marsad import addresses
from marsad.errors import Withheld
from marsad.model import Article, Block, DisplayPolicy, Headline, Image, Revision, Source, Standing
from marsad.moderation import policy
from marsad.moderation.policy import Terms
from marsad.store import articles, images, sources

__all__ = ["Shown", "Terms"]

Seen = TypeVar("Seen")
#: Values that hold nothing of the archive.
_PLAIN = (str, bytes, int, float, type(None), Source)
#: As they stand in dataclasses: a page is made of hundreds of parts, most of them counts and names.
_PLAIN_PARTS = {"str", "str | None", "int", "int | None", "float", "bool", "date", "datetime"}


#: Looked up once for each class.
_PARTS: dict[type, tuple[str, ...]] = {}


def _parts_of(kind: type) -> tuple[str, ...]:
    """The names of the parts of a dataclass that may hold something of the archive; none of anything else."""
    if kind not in _PARTS:
        found = fields(kind) if is_dataclass(kind) else ()
        _PARTS[kind] = tuple(field.name for field in found if field.init and field.type not in _PLAIN_PARTS)
    return _PARTS[kind]


class Shown:
    """Cuts what is read in one transaction to what may be seen; make one for each answer."""

    def __init__(self, connection: Connection, terms: Terms) -> None:
        self._connection = connection
        self._terms = terms
        self._revised: dict[int, DisplayPolicy] = {}

    def __call__(self, seen: Seen) -> Seen:
        """`seen` (a view, or mappings and sequences of them) with all in it cut to what may be seen.

        Raises Withheld for an article that may not be seen at all. Headlines of such articles
        are not listed in the first place.
        """
        cut: Seen = self._cut(seen)
        return cut

    def policy(self, article: Article | Headline) -> DisplayPolicy:
        """How much of it may be seen."""
        source = self._policies.get(article.source, DisplayPolicy.FULL)
        return policy.of_article(source, article)

    def text(self, article: Article | Headline, text: str) -> str:
        """As much of its running text as may be seen: for passages."""
        return policy.cut_text(text, self.policy(article), self._terms.excerpt_words)

    def article(self, article: Article) -> Article:
        """As much of it as may be seen; its `display` tells how much that is. Raises Withheld."""
        if article.standing in policy.WITHHELD:
            raise Withheld("may not be shown", f"{article.source}/{article.number}")
        cut = policy.cut_article(article, self.policy(article), self._terms.excerpt_words)
        sizes = self._sizes(cut)
        blocks = (self._cut_block(block, sizes) for block in cut.blocks)
        shown = (self.image(image, sizes) for image in cut.images)
        return replace(
            cut,
            blocks=tuple(block for block in blocks if block is not None),
            images=tuple(image for image in shown if image is not None),
        )

    def headline(self, headline: Headline) -> Headline:
        """As much of it as may be seen."""
        cut = policy.cut_headline(headline, self.policy(headline), self._terms.excerpt_words)
        if cut.picture is None or self._decided(cut.picture) is Standing.SHOWN:
            return cut
        return replace(cut, picture=None)

    def image(self, image: Image, sizes: Mapping[str, tuple[int, int]] | None = None) -> Image | None:
        """The image, marked where it is shown only to who asks to see it; None where it may not be seen,
        or cannot be had."""
        decided = self._decided(image.address)
        if decided in policy.WITHHELD:
            return None
        size = (sizes or {}).get(addresses.image_key(image.address))
        is_blurred = decided is Standing.BLURRED
        return replace(image, blurred=is_blurred, size=size) if is_blurred or size else image

    @cached_property
    def _policies(self) -> dict[str, DisplayPolicy]:
        everyone = sources.displays(self._connection).items()
        return {
            slug: policy.of_source(display, self._terms, permitted=permitted)
            for slug, (display, permitted) in everyone
        }

    @cached_property
    def _images(self) -> dict[str, Standing]:
        return images.standings(self._connection)

    @cached_property
    def _lost(self) -> frozenset[str]:
        return images.lost(self._connection, datetime.now(UTC))

    def _sizes(self, article: Article) -> dict[str, tuple[int, int]]:
        shown = [*article.images, *(block.image for block in article.blocks if block.image)]
        return images.sizes(self._connection, [addresses.image_key(image.address) for image in shown])

    def _decided(self, address: str) -> Standing:
        """What was decided of an image; one that cannot be had is as good as hidden."""
        if not self._terms.images:
            return Standing.HIDDEN
        if not self._images and not self._lost:
            return Standing.SHOWN
        key = addresses.image_key(address)
        return Standing.HIDDEN if key in self._lost else self._images.get(key, Standing.SHOWN)

    def _cut(self, seen: Any) -> Any:
        if isinstance(seen, _PLAIN):
            return seen
        if isinstance(seen, Headline):
            return self.headline(seen)
        if isinstance(seen, Article):
            return self.article(seen)
        if isinstance(seen, Mapping):
            return {key: self._cut(value) for key, value in seen.items()}
        if type(seen) in {tuple, list}:
            return type(seen)(self._cut(each) for each in seen if self._may_be_listed(each))
        return self._cut_parts(seen, _parts_of(type(seen)))

    def _cut_parts(self, seen: Any, names: tuple[str, ...]) -> Any:
        """The dataclass with its fields cut; itself where nothing had to be."""
        changed = {
            name: cut for name in names if (cut := self._cut(value := getattr(seen, name))) is not value
        }
        return replace(seen, **changed) if changed else seen

    def _cut_block(self, block: Block, sizes: Mapping[str, tuple[int, int]]) -> Block | None:
        if block.image is None:
            return block
        image = self.image(block.image, sizes)
        return None if image is None else replace(block, image=image)

    def _may_be_listed(self, each: Any) -> bool:
        """Earlier states are listed only where all of the article may be seen."""
        if not isinstance(each, Revision):
            return True
        if each.article not in self._revised:
            found = articles.by_number(self._connection, each.article)
            self._revised[each.article] = self.policy(found) if found else DisplayPolicy.HEADLINE
        return self._revised[each.article] is DisplayPolicy.FULL
