"""The fields of the Tantivy index, and how an article is written into them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import tantivy

from marsad.language.analyser import Form, forms, words
from marsad.language.normalise import fold
from marsad.search.index import Document

#: Name of the tokenizer that takes terms as they are, between spaces.
TERMS = "terms"
#: Terms at the beginning of an article that count as its opening, where news is told.
OPENING = 50

#: Fields with positions, for phrases: stems of the title; stems of title, lead and body.
RUNNING = ("title", "text")
#: Fields without: stems of the opening; spellings and roots of everything; spellings of the title.
_COUNTED = ("opening", "spelling", "root", "headline")
#: Names: folded words, not stemmed.
_NAMES = ("author", "credit", "source_name", "place")
_CODES = ("source", "section", "language")
#: Slugs of places.
PLACES = "places"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER_BITS = 24
#: What a day is in `moment`.
DAY = 86_400 << _NUMBER_BITS


def schema() -> tantivy.Schema:
    """The schema; whoever changes it raises `tantivy.SCHEMA`."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_integer_field("moment", indexed=True, fast=True)
    builder.add_integer_field("month", fast=True)
    builder.add_integer_field("story", indexed=True, fast=True)
    for name in _CODES:
        builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
    builder.add_text_field(PLACES, tokenizer_name="raw", fast=True, index_option="basic")
    for name in (*RUNNING, *_NAMES):
        builder.add_text_field(name, tokenizer_name=TERMS)
    for name in _COUNTED:
        builder.add_text_field(name, tokenizer_name=TERMS, index_option="freq")
    return builder.build()


def terms_tokenizer() -> tantivy.TextAnalyzer:
    """What `TERMS` names."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def filled(document: Document) -> tantivy.Document:
    """`document` as Tantivy takes it in."""
    row = tantivy.Document()
    row.add_integer("number", document.number)
    row.add_integer("moment", moment(document.published, document.number))
    row.add_integer("month", document.published.year * 100 + document.published.month)
    if document.story is not None:
        row.add_integer("story", document.story)
    for code in _CODES:
        row.add_text(code, getattr(document, code))
    for name in ("author", "credit", "source_name"):
        row.add_text(name, name_words(getattr(document, name)))
    for place in document.places:
        row.add_text("place", name_words(place))
    for slug in document.place_slugs:
        row.add_text(PLACES, slug)
    _add_text(row, document)
    return row


def _add_text(row: tantivy.Document, document: Document) -> None:
    title = forms(document.title, document.language)
    lead = () if document.body.startswith(document.lead) else forms(document.lead, document.language)
    body = [*lead, *forms(document.body, document.language)]
    row.add_text("title", _stems(title))
    row.add_text("opening", _stems(body[:OPENING]))
    row.add_text("headline", " ".join([form.spelling for form in title]))
    for part in (title, body):  # two values, so that no phrase runs from the title into the body
        row.add_text("text", _stems(part))
        row.add_text("spelling", " ".join([form.spelling for form in part]))
        row.add_text("root", " ".join([form.root for form in part]))


def _stems(part: list[Form]) -> str:
    return " ".join([form.stem for form in part])


def name_words(name: str) -> str:
    """The folded words of a name, between spaces."""
    return " ".join(fold(word) for word in words(name))


def moment(published: datetime, number: int = 0) -> int:
    """Seconds since 1970, and below them the number, so that no two articles tie."""
    seconds = (published - _EPOCH) // timedelta(seconds=1)
    return (seconds << _NUMBER_BITS) + number % (1 << _NUMBER_BITS)


def published(moment: int) -> datetime:
    """The second that `moment` was made of."""
    return _EPOCH + timedelta(seconds=moment >> _NUMBER_BITS)
