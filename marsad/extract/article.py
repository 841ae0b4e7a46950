"""From a page, or from a feed's entry, to an Article.

Order of trust, each with its origin in `Article.origins`:

- title: JSON-LD headline, OpenGraph, microdata, a heading, ``<title>``, the feed: see `titles`
- lead: JSON-LD description, OpenGraph, meta description, the feed's summary, else none; where the text begins
  with it, that block is the lead and no longer in the body
- author: JSON-LD, meta, microdata, the feed
- published: see `dating`
- address: ``link rel=canonical``, ``og:url``, where they stay on the page's own site
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from marsad.errors import Refused
from marsad.extract.body import body_of
from marsad.extract.dating import modified, published
from marsad.extract.edges import trimmed
from marsad.extract.features import Clues
from marsad.extract.structured import Structured, read_structured, texts_of
from marsad.extract.titles import LONGEST as LONGEST_TITLE
from marsad.extract.titles import squeezed, title_of
from marsad.language.charset import decode
from marsad.language.dates import judge
from marsad.language.detect import detect
from marsad.model import Article, Block, BlockKind, Entry, Image, Page, Precision, Published, body_text

#: Fewer letters than this are no article.
SHORTEST = 120
#: Fewer words than this in a feed are only a teaser.
FEWEST_WORDS = 20
_LONGEST_LEAD = 1200
_LONGEST_BODY = 200_000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Told:
    """A value and where it was read."""

    text: str = ""
    origin: str = ""


def extract(
    page: Page,
    *,
    entry: Entry | None = None,
    timezone: tzinfo,
    languages: tuple[str, ...] = (),
    source: str = "",
    source_name: str = "",
    now: datetime,
) -> Article:
    """The article of `page`. Raises Refused where it holds none.

    `entry` is what the feed said of it, `timezone` the clock that the source writes by, `languages` its
    usual ones; `now` (aware) bounds the dates that are believed.
    """
    tree = tree_of(page)
    structured = read_structured(tree)
    blocks = trimmed(body_of(tree, page.final_address, clues_of(structured)), now)
    text = body_text(blocks)
    if len(text) < SHORTEST:
        raise Refused("no article in the page", page.address, f"{len(text)} letters of text")
    language = detect(text, hint=languages)
    title = _Told(*title_of(tree, structured, entry, source_name=source_name, address=page.final_address))
    blocks = _without_title(blocks, title.text)
    lead = _lead(structured, entry, blocks)
    author = _author(structured, entry)
    date = published(
        tree,
        structured,
        entry=entry,
        address=page.final_address,
        language=language,
        timezone=timezone,
        now=now,
    )
    images = _images(structured, entry, blocks, page.final_address)
    if not title.text:
        raise Refused("no title in the page", page.address)
    told = {"title": title, "lead": lead, "author": author}
    return Article(
        source=source,
        address=_address(tree, structured, page),
        title=title.text,
        lead=lead.text,
        blocks=_without_lead(blocks, lead),
        language=language,
        collected=now,
        published=date,
        modified=modified(structured, language=language, timezone=timezone, now=now),
        author=author.text or None,
        images=images,
        rubrics=_rubrics(structured, entry, page.final_address),
        origins={name: value.origin for name, value in told.items() if value.text}
        | ({"published": date.origin} if date else {}),
    )


def from_feed(entry: Entry, *, source: str, languages: tuple[str, ...], now: datetime) -> Article:
    """The article as a feed tells it, for where its page cannot be had.

    Raises Refused where the feed tells less than twenty words.
    """
    blocks = tuple(_fragment_blocks(entry.content))
    if not blocks and entry.summary:
        blocks = (Block(BlockKind.PARAGRAPH, entry.summary),)
    text = body_text(blocks)
    if not entry.title or len(text.split()) < FEWEST_WORDS:
        raise Refused("the feed tells too little of it", entry.address, f"{len(text.split())} words")
    moment = entry.published or entry.updated
    believed = moment is not None and judge(moment, Precision.MINUTE, now) is None
    return Article(
        source=source,
        address=entry.address,
        title=entry.title[:LONGEST_TITLE],
        lead=entry.summary[:_LONGEST_LEAD] if entry.content else "",
        blocks=blocks,
        language=detect(text, hint=languages),
        collected=now,
        published=Published(moment, Precision.MINUTE, "feed") if moment and believed else None,
        author=entry.author,
        images=(Image(entry.image),) if entry.image else (),
        rubrics=entry.categories,
        origins=dict.fromkeys(("title", "text", "published"), "feed"),
    )


def tree_of(page: Page) -> HtmlElement:
    declared = _CHARSET.search(page.headers.get("content-type", ""))
    text, _ = decode(page.body, declared.group(1) if declared else None)
    text = text.replace("\0", "").strip()
    if "<" not in text:
        raise Refused("no HTML in the page", page.address)
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Refused("the page cannot be read as HTML", page.address, error) from error
    return tree


def clues_of(structured: Structured) -> Clues:
    """What helps to find the text."""
    body = structured.ld("articleBody") or structured.microdata.get("articlebody", "")
    return Clues(
        title=structured.ld("headline") or structured.first("og:title"),
        description=structured.first("og:description", "description"),
        body=_plain(body[:_LONGEST_BODY]),
    )


def _lead(structured: Structured, entry: Entry | None, blocks: Sequence[Block]) -> _Told:
    """What is told before the article begins; origin ``text`` where it is also the first of `blocks`."""
    first = next((block.text for block in blocks if block.text), "")
    opening = squeezed(body_text(tuple(blocks[:6]))[:_LONGEST_LEAD])
    for told in (
        _Told(structured.ld("description"), "json-ld"),
        _Told(structured.first("og:description"), "opengraph"),
        _Told(structured.first("description", "twitter:description", "dc.description"), "meta"),
        _Told(structured.microdata.get("description", ""), "microdata"),
        _Told(entry.summary if entry else "", "feed"),
    ):
        text = " ".join(_plain(told.text).split())[:_LONGEST_LEAD]
        known = squeezed(text)
        if len(text) > 20 and known == squeezed(first):
            return _Told(first, "text")
        # A description that only repeats how the text begins tells nothing of its own.
        if len(text) > 20 and not opening.startswith(known[:200]):
            return _Told(text, told.origin)
    return _Told()


def _without_lead(blocks: tuple[Block, ...], lead: _Told) -> tuple[Block, ...]:
    """`blocks` without the one that is the lead."""
    if lead.origin != "text":
        return blocks
    place = next(place for place, block in enumerate(blocks) if block.text)
    return blocks[:place] + blocks[place + 1 :]


def _author(structured: Structured, entry: Entry | None) -> _Told:
    names = ", ".join(texts_of(structured.json_ld.get("author")))
    for told in (
        _Told(names, "json-ld"),
        _Told(structured.first("author", "article:author", "dc.creator", "byl"), "meta"),
        _Told(structured.microdata.get("author", ""), "microdata"),
        _Told(entry.author or "" if entry else "", "feed"),
    ):
        text = " ".join(told.text.split())
        if text and len(text) <= 120 and not text.startswith("http"):
            return _Told(text, told.origin)
    return _Told()


def _images(
    structured: Structured, entry: Entry | None, blocks: Sequence[Block], address: str
) -> tuple[Image, ...]:
    """The main image first, then those of the body."""
    main = structured.first("og:image", "og:image:url", "twitter:image") or next(
        iter(texts_of(structured.json_ld.get("image"))), ""
    )
    found: dict[str, Image] = {}
    if main or (entry and entry.image):
        try:
            whole = urljoin(address, main or (entry.image or "" if entry else ""))
            found[whole] = Image(whole, alt=structured.first("og:image:alt"))
        except ValueError:
            pass
    for block in blocks:
        if block.image is not None:
            found[block.image.address] = block.image
    return tuple(found.values())


def _rubrics(structured: Structured, entry: Entry | None, address: str) -> tuple[str, ...]:
    path = [part for part in urlsplit(address).path.split("/")[1:-1] if part and not part.isdigit()]
    sections = (
        *texts_of(structured.json_ld.get("articleSection")),
        structured.first("article:section", "section"),
    )
    listed = (*structured.breadcrumbs, *sections, *(entry.categories if entry else ()), *path[:2])
    return tuple(dict.fromkeys(rubric.strip()[:80] for rubric in listed if rubric.strip()))[:12]


def _address(tree: HtmlElement, structured: Structured, page: Page) -> str:
    """The page's own name for itself, where it stays on its site and names no front page."""
    links = tree.xpath("//link[@rel='canonical']/@href")
    for written in (*links[:1], structured.first("og:url")):
        try:
            whole = urljoin(page.final_address, str(written).strip())
            there, here = urlsplit(whole), urlsplit(page.final_address)
        except ValueError:
            continue
        same_site = there.netloc.removeprefix("www.") == here.netloc.removeprefix("www.")
        if written and there.scheme in {"http", "https"} and same_site and there.path.strip("/"):
            return whole
    return page.final_address


def _without_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """`blocks` without a first text that says the title again."""
    place = next((place for place, block in enumerate(blocks) if block.text), None)
    if place is not None and squeezed(blocks[place].text) == squeezed(title):
        return blocks[:place] + blocks[place + 1 :]
    return blocks


def _fragment_blocks(fragment: str) -> Iterator[Block]:
    if not fragment.strip():
        return
    tree = html.fragment_fromstring(fragment.replace("\0", ""), create_parent="div")
    for element in tree.iter("script", "style", "iframe", "form", "noscript"):
        element.clear()
    lines: list[str] = []
    for element in tree.iter():
        if element.tag in {"p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "figure"}:
            lines.append("\n")
        lines.append(element.text or "" if isinstance(element.tag, str) else "")
        lines.append(element.tail or "" if element is not tree else "")
    for line in "".join(lines).split("\n"):
        if text := " ".join(line.split()):
            yield Block(BlockKind.PARAGRAPH, text)


def _plain(text: str) -> str:
    return html.fromstring(f"<p>{text}</p>").text_content() if "<" in text else text
