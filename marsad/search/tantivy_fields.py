"""The fields of the Tantivy index, and how values are written into them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import tantivy

from marsad.language.analyser import words
from marsad.language.normalise import fold
from marsad.search.index import Facet

#: Name of the tokenizer that takes terms as they are, between spaces.
TERMS = "terms"
#: Fields of running text.
RUNNING = ("title", "lead", "body")
#: Fields of names: folded words, not stemmed.
NAMES = ("author", "credit", "source_name", "place")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER_BITS = 24


def schema() -> tantivy.Schema:
    """The schema; whoever changes it raises `SCHEMA`."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_integer_field("moment", indexed=True, fast=True)
    builder.add_unsigned_field("month", fast=True)
    builder.add_unsigned_field("story", indexed=True, fast=True)
    for name in ("source", "section", "language"):
        builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
    for name in (*RUNNING, *NAMES):
        builder.add_text_field(name, tokenizer_name=TERMS)
    return builder.build()


def terms_tokenizer() -> tantivy.TextAnalyzer:
    """What `TERMS` names."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


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


def facet_value(facet: Facet, key: str | float) -> str:
    """A facet's value as readers see it, from the key that Tantivy counts by."""
    if facet is Facet.YEAR:
        return str(int(key) // 100)
    if facet is Facet.MONTH:
        return f"{int(key) // 100:04}-{int(key) % 100:02}"
    return str(key)
