"""How much of an article may be shown: what the source, its page, the desk and the site say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from marsad.model import Article, Block, DisplayPolicy, Headline, Part, Standing

#: The widest first.
_WIDTHS = (DisplayPolicy.FULL, DisplayPolicy.EXCERPT, DisplayPolicy.HEADLINE)
#: Words that a paragraph of an excerpt has at least, where it goes on.
FEWEST = 5
WITHHELD = frozenset({Standing.HIDDEN, Standing.REMOVED})


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a site shows what it keeps."""

    #: Whether strangers read it: neither bound to its own machine nor behind a sign-in.
    public: bool = True
    #: The longest excerpt, in words.
    excerpt_words: int = 60
    #: Whether images are shown at all.
    images: bool = True


def narrowest(policies: Iterable[DisplayPolicy]) -> DisplayPolicy:
    """The one that shows least; FULL of none."""
    return max(policies, key=_WIDTHS.index, default=DisplayPolicy.FULL)


def of_source(display: DisplayPolicy, terms: Terms, *, permitted: bool) -> DisplayPolicy:
    """How much a site shows of a source that has that policy.

    A private one all of it; a public one an excerpt at most, unless the source permits more.
    """
    if not terms.public:
        return DisplayPolicy.FULL
    return display if permitted else narrowest([display, DisplayPolicy.EXCERPT])


def of_article(source: DisplayPolicy, article: Article | Headline) -> DisplayPolicy:
    """How much is shown of an article whose source shows that much: what its page or the desk forbids
    is forbidden on every site. A withheld one is not shown at all, which is not told here."""
    if article.display is DisplayPolicy.FULL and article.standing is Standing.SHOWN:
        return source  # as nearly always
    decided = DisplayPolicy.EXCERPT if article.standing is Standing.EXCERPT else DisplayPolicy.FULL
    return narrowest([source, article.display, decided])


def cut_headline(headline: Headline, policy: DisplayPolicy, words: int) -> Headline:
    """As much of a headline as `policy` lets be seen."""
    if policy is DisplayPolicy.FULL:
        return headline
    if policy is DisplayPolicy.EXCERPT:
        return replace(headline, lead=first_words(headline.lead, words), display=policy)
    return replace(headline, lead="", picture=None, display=policy)


def cut_text(text: str, policy: DisplayPolicy, words: int) -> str:
    """As much of a running text as `policy` lets be seen."""
    if policy is DisplayPolicy.FULL:
        return text
    return first_words(text, words) if policy is DisplayPolicy.EXCERPT else ""


def cut_article(article: Article, policy: DisplayPolicy, words: int) -> Article:
    """As much of an article as `policy` lets be seen, its `display` telling how much that is.

    An excerpt is the lead and the beginning of the text, `words` words together, and one image.
    """
    if policy is DisplayPolicy.FULL:
        return article
    if policy is DisplayPolicy.HEADLINE:
        in_title = tuple(place for place in article.places if place.part is Part.TITLE)
        return replace(article, lead="", blocks=(), images=(), places=in_title, display=policy)
    lead = first_words(article.lead, words)
    blocks = tuple(_beginning(article.blocks, words - len(lead.split()), begun=bool(lead)))
    return replace(article, lead=lead, blocks=blocks, images=article.images[:1], display=policy)


def first_words(text: str, most: int) -> str:
    """The first `most` words of a text, with an ellipsis where it goes on."""
    words = text.split(maxsplit=most)
    if len(words) <= most:
        return text
    return text[: len(text) - len(words[-1])].rstrip() + "…" if most > 0 else ""


def _beginning(blocks: Iterable[Block], words: int, *, begun: bool) -> Iterator[Block]:
    """The first `words` words; a paragraph is rather left out than begun with a word or two."""
    for block in blocks:
        length = len(block.text.split())
        if words <= 0 or (begun and words < min(FEWEST, length)):
            return
        if block.text:
            yield replace(block, text=first_words(block.text, words), image=None)
            words, begun = words - length, True
