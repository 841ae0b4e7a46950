"""What a page says of itself to machines: schema.org for search engines, OpenGraph for who shares it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from marsad import addresses
from marsad.model import Precision
from marsad.views.places import Known
from marsad.views.reading import ArticleView

#: What could end a script element, or a line of JavaScript.
_BREAKS_OUT = str.maketrans({letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"})


@dataclass(frozen=True, slots=True)
class Described:
    """An article, with absolute addresses."""

    address: str
    image: str
    published: str
    data: Markup


def described(view: ArticleView, base: str, site: str) -> Described:
    """What to say of the article, which is cut to what may be shown already."""
    article = view.article
    address = addresses.absolute(base, addresses.article(article.source, article.number or 0))
    published = article.published
    moment = published.moment if published else article.collected
    exact = published is not None and published.precision is Precision.MINUTE
    said = moment.isoformat() if exact else moment.date().isoformat()
    image = addresses.absolute(base, addresses.preview(article.source, article.number or 0))
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": said,
        "inLanguage": article.language,
        "url": address,
        "mainEntityOfPage": address,
        "image": [image],
        "isBasedOn": article.address,
        "publisher": {"@type": "NewsMediaOrganization", "name": view.source.name, "url": view.source.home},
        "provider": {"@type": "Organization", "name": site, "url": addresses.absolute(base, addresses.FRONT)},
    }
    if view.where:
        data["contentLocation"] = [_located(place) for place in view.where]
    if article.lead:
        data["description"] = article.lead
    if article.author:
        data["author"] = {"@type": "Person", "name": article.author}
    if article.modified:
        data["dateModified"] = article.modified.isoformat()
    return Described(address, image, said, _in_script(data))


def _located(place: Known) -> dict[str, Any]:
    """A place as schema.org tells it, with its names in every language."""
    said: dict[str, Any] = {"@type": "Place", "name": list(dict.fromkeys(filter(None, place.names)))}
    if place.latitude is not None:
        said["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    return said


def _in_script(data: dict[str, Any]) -> Markup:
    """The data as it may stand inside of a script element: nothing in it ends the element."""
    return Markup(json.dumps(data, ensure_ascii=False).translate(_BREAKS_OUT))  # noqa: S704  # escaped just so
