"""Which images may be asked for: those of articles that are kept and may be seen."""

from __future__ import annotations

from sqlalchemy import Connection

from marsad.addresses import image_key
from marsad.model import Article, Image
from marsad.store import articles
from marsad.views.shown import Shown, Terms


def address_of(connection: Connection, terms: Terms, number: int, key: str) -> str | None:
    """The newspaper's address of the image of that key in that article; None where it may not be seen.

    Raises Withheld where the article itself may not be seen.
    """
    article = articles.by_number(connection, number)
    if article is None:
        return None
    seen = images_of(Shown(connection, terms).article(article))
    return next((image.address for image in seen if image_key(image.address) == key), None)


def images_of(article: Article) -> tuple[Image, ...]:
    """Its images, each once: those that speak for it first, then those in the text."""
    inside = (block.image for block in article.blocks if block.image is not None)
    found = {image.address: image for image in (*inside, *article.images)}
    first = [image.address for image in article.images]
    return tuple(found[address] for address in dict.fromkeys([*first, *found]))
