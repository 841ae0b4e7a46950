"""What a reader reports, as the form shows it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from marsad.addresses import image_key
from marsad.model import Headline, Image
from marsad.moderation.reports import Reader
from marsad.oversight import Thing
from marsad.store import articles
from marsad.views.pictures import images_of
from marsad.views.shown import Shown, Terms

__all__ = ["Reader", "Reported", "reported"]


@dataclass(frozen=True, slots=True)
class Reported:
    """An article, and the image of it that is meant, as far as it may be seen."""

    headline: Headline
    image: Image | None = None


def reported(connection: Connection, thing: Thing, terms: Terms) -> Reported | None:
    """The thing as a reader sees it; None where there is none, or where it is withheld."""
    found = articles.headlines(connection, [thing.article])
    if not found or not thing.image:
        return Reported(found[0]) if found else None
    article = articles.by_number(connection, thing.article)
    for image in images_of(article) if article else ():
        if image_key(image.address) == thing.image:
            return Reported(found[0], Shown(connection, terms).image(image))
    return None
