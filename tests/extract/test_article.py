"""What is read in a page, and where it was read."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from marsad.errors import Refused
from marsad.extract.article import extract, from_feed
from marsad.model import Entry, Precision
from tests.extract.pages import ADDRESS, CASABLANCA, NOW, PARAGRAPHS, article, document, page


def json_ld(**parts: object) -> str:
    text = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **parts})
    return f"<script type='application/ld+json'>{text}</script>"


def test_the_paragraphs_are_the_text() -> None:
    assert tuple(block.text for block in article(document()).blocks) == PARAGRAPHS


def test_structured_data_is_trusted_before_what_is_seen() -> None:
    head = json_ld(
        headline="The bridge opened",
        datePublished="2026-02-08T07:05:00+01:00",
        dateModified="2026-02-09T10:00:00+01:00",
        author=[{"@type": "Person", "name": "Salma Idrissi"}],
        articleSection="Society",
    )
    read = article(document(head))
    assert (read.title, read.author) == ("The bridge opened", "Salma Idrissi")
    assert read.published is not None
    assert read.published.moment == datetime(2026, 2, 8, 6, 5, tzinfo=UTC)
    assert read.modified == datetime(2026, 2, 9, 9, tzinfo=UTC)
    assert read.origins["title"] == read.origins["author"] == read.origins["published"] == "json-ld"
    assert "Society" in read.rubrics


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A bridge opens early - The Valley Post", "The Valley Post"),
        ("A bridge opens early | The Valley Post", ""),
        ("The Valley Post: A bridge opens early", "The Valley Post"),
        ("A bridge opens early « Society « The Valley Post", "The Valley Post"),
    ],
)
def test_a_newspaper_s_name_is_cut_from_a_title(title: str, name: str) -> None:
    heading = "" if name else "A bridge opens early"
    assert (
        article(document(f"<title>{title}</title>", heading=heading), name=name).title
        == "A bridge opens early"
    )


def test_a_title_is_without_the_marks_of_where_it_may_break() -> None:
    assert (
        article(document(heading="The con\u00adsti\u00adtu\u00adtion\u200b holds")).title
        == "The constitution holds"
    )


def test_a_date_to_come_is_passed_over() -> None:
    head = json_ld(headline="The bridge", datePublished="2031-01-01T00:00:00Z")
    read = article(document(head, before="<p class='date'>Posted on 8 February 2026</p>"))
    assert read.published is not None
    assert (read.published.moment.date().isoformat(), read.published.precision) == (
        "2026-02-08",
        Precision.DAY,
    )


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(Refused, match="no article"):
        article("<html><body><nav><a href='/'>Home</a></nav></body></html>")


def test_what_is_no_page_is_refused() -> None:
    with pytest.raises(Refused, match="no HTML"):
        extract(page(b"\x00\x01 nothing"), timezone=CASABLANCA, now=NOW)


def test_a_canonical_address_of_another_site_is_not_believed() -> None:
    assert article(document("<link rel='canonical' href='https://elsewhere.example/a'>")).address == ADDRESS
    own = "https://newspaper.example/bridge"
    assert article(document(f"<link rel='canonical' href='{own}'>")).address == own


def test_a_feed_tells_an_article_whose_page_cannot_be_had() -> None:
    content = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    entry = Entry(ADDRESS, "A bridge opens", content=content, published=datetime(2026, 2, 8, tzinfo=UTC))
    read = from_feed(entry, source="newspaper", languages=("en",), now=NOW)
    assert tuple(block.text for block in read.blocks) == PARAGRAPHS
    assert read.published is not None
    assert read.origins["text"] == "feed"


def test_a_feed_that_tells_too_little_is_refused() -> None:
    with pytest.raises(Refused, match="too little"):
        from_feed(Entry(ADDRESS, "A bridge", summary="Soon."), source="newspaper", languages=(), now=NOW)
