"""Where things stand on a site: paths from the patterns of `newspapers.toml`, and routes for them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from marsad.demo.newspapers import FeedPath, Newspaper
from marsad.demo.press import PressArticle
from marsad.model import Section

SLUG_WORDS = 8


def slug_of(title: str) -> str:
    """`title` as it stands in an address: its first words, without accents and marks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", title.lower()) if not unicodedata.combining(c))
    return "-".join(re.findall(r"\w+", unicodedata.normalize("NFC", plain))[:SLUG_WORDS])


def route_of(pattern: str) -> str:
    """`pattern` without its query, in the way that routes are written."""
    path = pattern.partition("?")[0]
    return re.sub(r"\{(\w+)(?::\d+)?\}", lambda m: f"{{{m[1]}{_KINDS.get(m[1], '')}}}", path)


_KINDS = {"number": ":int", "part": ":int"}


@dataclass(frozen=True, slots=True)
class Site:
    """One newspaper at its place: the addresses of all that it shows."""

    paper: Newspaper
    #: ``http://127.0.0.1:8801``, without a slash at its end.
    base: str

    def path(self, article: PressArticle) -> str:
        """The path of `article` from the root of the site."""
        return self._filled(self.paper.article, article)

    def address(self, article: PressArticle) -> str:
        """The one lasting address of `article`."""
        return self.base + self.path(article)

    def alias(self, article: PressArticle, which: int) -> str:
        """Another path under which `article` stands."""
        return self._filled(self.paper.aliases[which], article)

    def picture(self, article: PressArticle) -> str:
        """The address of the picture of `article`."""
        return self.base + self._filled(self.paper.picture, article)

    def section(self, section: Section | str, language: str) -> str:
        """The path of the page of a section."""
        return self.paper.section.format(section=str(section), language=self.paper.edition(language))

    def feed(self, feed: FeedPath, part: int = 1) -> str:
        """The address of one of its feeds."""
        return self.base + feed.path.format(part=part)

    def _filled(self, pattern: str, article: PressArticle) -> str:
        local = article.published.astimezone(self.paper.clock)
        return pattern.format(
            number=article.number,
            slug=quote(slug_of(article.first_title)),
            section=article.text.section.value,
            language=self.paper.edition(article.text.language),
            year=local.year,
            month=local.month,
            day=local.day,
        )
