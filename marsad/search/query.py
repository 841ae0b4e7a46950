"""The query language: text to a tree that an index can answer.

    words          all of them, in any form           تفكيك خلايا
    "phrases"      side by side, in this order        "مكافحة الإرهاب"
    a OR b         either (also OU, أو, |)            أمطار OR ثلوج
    -a             without it (also NOT)              -كرة
    (…)            a group                            (أمطار OR ثلوج) -رياضة
    begin*         words that begin so                اقتصاد*
    field:value    title source section lang author place credit before after on
                   and their Arabic and French names

OR binds its two neighbours before words are joined: ``a b OR c`` asks for *a* with *b* or
*c*. Nothing a reader types is an error: what cannot be read is left out and named in
`Query.ignored`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

#: Words beside a quotation from which on a query reads like a sentence.
SENTENCE = 2


class Field(StrEnum):
    """Where a word or a name is looked for."""

    TITLE = "title"
    SOURCE = "source"
    SECTION = "section"
    LANGUAGE = "lang"
    AUTHOR = "author"
    PLACE = "place"
    CREDIT = "credit"


class Cause(StrEnum):
    """Why a part of a query was left out."""

    TOO_LONG = "too_long"
    """The query goes on beyond the limit; the part is what was cut off."""
    TOO_MANY = "too_many"
    """More words and fields than are searched for at once."""
    TOO_DEEP = "too_deep"
    """Groups within groups beyond the limit: their words are searched for, the grouping is not."""
    OPEN_QUOTE = "open_quote"
    """A quotation mark without its partner: the words are searched for singly."""
    OPEN_GROUP = "open_group"
    """A parenthesis without its partner."""
    LONELY_OPERATOR = "lonely_operator"
    """OR or NOT with nothing to join or exclude."""
    EMPTY_FIELD = "empty_field"
    """A field without a value."""
    UNKNOWN_DATE = "unknown_date"
    """before, after or on with what is no date."""
    UNKNOWN_NAME = "unknown_name"
    """A section or a language that there is not."""
    SHORT_PREFIX = "short_prefix"
    """Too few letters before ``*``."""
    COMMON = "common"
    """Only words that hold sentences together, which nearly every article has."""
    WORDLESS = "wordless"
    """Nothing but signs."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A part of the query that was left out, as the reader wrote it."""

    cause: Cause
    part: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word in any of its forms; in titles only where `field` says so."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side."""

    words: tuple[str, ...]
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text`."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A value of a field that is not running text, folded: a source, a section, an author…"""

    field: Field
    value: str
    #: What the archive knows under that name: slugs of places, usual names of agencies. () where nobody
    #: looked, or it knows nothing.
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """Published from `since` on and before `until`, either of which may be open."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever is not `part`."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """What is in all of `parts`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What is in any of `parts`."""

    parts: tuple[Node, ...]


Node = Word | Phrase | Prefix | Name | Period | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read. No root asks for everything."""

    root: Node | None = None
    ignored: tuple[Ignored, ...] = ()


def narrowed(query: Query, *parts: Node) -> Query:
    """`query` with further conditions, as when a reader clicks a facet."""
    if not parts:
        return query
    root = (query.root,) if query.root is not None else ()
    return Query(And((*root, *parts)), query.ignored)


def leaves(root: Node | None) -> Iterator[Word | Phrase | Prefix]:
    """The words, phrases and prefixes that `root` looks for, in order; not those it excludes."""
    if isinstance(root, And | Or):
        for part in root.parts:
            yield from leaves(part)
    elif isinstance(root, Word | Phrase | Prefix):
        yield root


def names(root: Node | None, field: Field) -> Iterator[Name]:
    """The names in `field` that `root` asks for; not those it excludes."""
    if isinstance(root, And | Or):
        for part in root.parts:
            yield from names(part, field)
    elif isinstance(root, Name) and root.field is field:
        yield root


def spoken(root: Node | None) -> list[str]:
    """The words that `root` looks for, one by one, as the reader wrote them."""
    said: list[str] = []
    for leaf in leaves(root):
        said += leaf.words if isinstance(leaf, Phrase) else (leaf.text,)
    return said


def parts(root: Node | None) -> tuple[Node, ...]:
    """What `root` asks for together, groups within groups laid open."""
    if root is None:
        return ()
    if not isinstance(root, And):
        return (root,)
    return tuple(each for part in root.parts for each in parts(part))


def without_words(root: Node | None) -> Node | None:
    """What `root` asks for beside words: names, days and what it excludes."""
    if not isinstance(root, And | Or):
        return None if isinstance(root, Word | Phrase | Prefix) else root
    kept = tuple(part for each in root.parts if (part := without_words(each)) is not None)
    return type(root)(kept) if len(kept) > 1 else next(iter(kept), None)


def is_loose(node: Node) -> bool:
    """Whether `node` is plain words, which an article that means the same may lack."""
    if isinstance(node, Or | And):
        return all(is_loose(part) for part in node.parts)
    return isinstance(node, Word) and node.field is None


def is_exact(root: Node | None) -> bool:
    """Whether quoted words are what is looked for, not part of a sentence that was pasted."""
    looked_for = list(leaves(root))
    free = sum(not isinstance(leaf, Phrase) for leaf in looked_for)
    return free < min(len(looked_for), SENTENCE)


def conditions(root: Node | None) -> tuple[Node, ...]:
    """What an article must meet that is found by its meaning: all but plain words."""
    pasted = not is_exact(root)
    return tuple(
        part
        for part in parts(root)
        if not is_loose(part) and not (pasted and isinstance(part, Phrase) and part.field is None)
    )


def meant(root: Node | None) -> str:
    """The plain words of `root` as one text; empty where it only sets conditions."""
    bound = conditions(root)
    return " ".join(word for part in parts(root) if part not in bound for word in spoken(part))
