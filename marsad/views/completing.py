"""How what a reader began to type may go on: words, names and headlines of the archive itself.

What stands before the word that is being typed stays as it is written, operators included.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection

from marsad.errors import SearchError
from marsad.language.analyser import ARTICLE, readings, spellings_begun, words
from marsad.language.normalise import fold
from marsad.language.registry import FRENCH
from marsad.search.index import Index, Order, Window
from marsad.search.parser import read_query
from marsad.search.pieces import QUOTES, field_of, names_of
from marsad.search.query import And, Cause, Field, Name, Node, Phrase, Prefix, Query, Word, parts, spoken
from marsad.store import articles, sources
from marsad.views import places
from marsad.views.spelling import as_written

#: Headlines that are looked through, the newest.
LOOKED_THROUGH = 60
MOST_WORDS = 5
MOST_HEADLINES = 4
#: Spellings of the archive that are offered, out of the most frequent, of which so many are searched for.
MOST_SPELLINGS, MOST_FREQUENT, TRIED = 4, 40, 12
#: Behind a word that more articles have, headlines alone tell what follows: to look into all takes long.
COMMON = 10_000
#: Names that a field is completed by.
MOST_NAMES = 8
#: Longer beginnings are no beginnings.
LONGEST = 80
SHORTEST = 2

#: A field, its quotation mark, and what of its value was typed.
_FIELD = re.compile(rf"([^\W\d_]+):([{QUOTES}]?)([^{QUOTES}:()]*)$")
#: An elided French word before the one that is typed: l’eau, qu'ils.
_ELIDED = re.compile(r"(?<!\w)(?:[cdjlmnst]|\w*qu)['’]$", re.IGNORECASE)
_IN_FRENCH = Name(Field.LANGUAGE, FRENCH.code)
_PARTNERS = {"«": "»", "“": "”", "„": "“"}


def completions(connection: Connection, index: Index, typed: str) -> tuple[str, ...]:
    """What `typed` may become: first longer queries, then whole headlines; () where nothing fits."""
    typed = typed[:LONGEST]
    inside = _FIELD.search(typed)
    field = field_of(inside[1]) if inside else ""
    if inside and field not in ("", Field.TITLE):
        names = _names(connection, field, inside[1], inside[3])
        if names or " " not in inside[3]:
            return tuple(typed[: inside.start(2)] + _quoted(name) for name in names)
    begun = next(iter(words(typed)[-1:]), "")
    before = typed.removesuffix(begun)
    following = _following(before)
    if before == typed or len(fold(begun)) < (1 if following and following[0] else SHORTEST):
        return ()
    plain, close = _is_plain(before), _closing(before)
    try:
        titles = _titles(connection, index, before, begun)
        endings = _endings(titles, begun, in_pairs=plain or close != "")
        if field != Field.TITLE:
            likely = _likely(index, following, begun, {fold(ending) for ending in endings})
            written = (as_written(connection, index, each) for each in likely)
            endings += islice(filter(None, written), MOST_SPELLINGS)
    except SearchError:
        return ()
    longer = [f"{before}{ending}{close}" for ending in endings]
    return tuple(dict.fromkeys([*longer, *(titles[:MOST_HEADLINES] if plain else ())]))


def _names(connection: Connection, field: str, called: str, begun: str) -> Sequence[str]:
    """Values of the field that begin so; all of them where nothing was typed yet, but of the many places."""
    if field == Field.PLACE:
        return places.begun(connection, begun) if len(fold(begun)) >= SHORTEST else ()
    if field == Field.SOURCE:
        return _newspapers(connection, begun)[:MOST_NAMES]
    if field not in (Field.SECTION, Field.LANGUAGE):
        return ()
    arabic = not fold(called).isascii()
    found = (
        next((name for name in names if _goes_on(name, begun, arabic)), "")
        for names in names_of(Field(field)).values()
    )
    return [name for name in found if name]


def _goes_on(name: str, begun: str, arabic: bool) -> bool:
    """Whether `name` is longer than what was typed; where that is nothing, in the script of the field."""
    if not begun:
        return name.isascii() != arabic
    return name != begun and fold(name).startswith(spellings_begun(begun))


def _newspapers(connection: Connection, begun: str) -> list[str]:
    """Newspapers of which a word of the name begins so, by that; else by what stands in their addresses."""
    folded = fold(begun)
    beginnings = spellings_begun(begun) if folded else ("",)
    found = []
    for source in sources.all_sources(connection):
        name = fold(source.name)
        if name.startswith(beginnings) or any(word.startswith(beginnings) for word in name.split()):
            found.append(source.name)
        elif source.slug.startswith(folded):
            found.append(source.slug)
    return found


def _quoted(name: str) -> str:
    """A name as it stands in a query: one of several words is quoted."""
    name = re.sub(f"[{QUOTES}]", "", name)
    return name if re.fullmatch(r"[\w.’'-]+", name) else f'"{name}"'


def _titles(connection: Connection, index: Index, before: str, begun: str) -> list[str]:
    """The newest headlines that have a word that begins so, of what answers the query before it."""
    root = read_query(before).root
    if _is_plain(before):
        asked: tuple[Node, ...] = tuple(Word(word, Field.TITLE) for word in spoken(root))
    else:
        asked = parts(root)
    elided = (_IN_FRENCH,) if _ELIDED.search(before) else ()
    query = Query(And((*asked, *elided, Prefix(begun, Field.TITLE))))
    hits = index.search(query, Window(size=LOOKED_THROUGH, order=Order.NEWEST, relax=False))
    return [headline.title for headline in articles.headlines(connection, [hit.number for hit in hits.hits])]


def _endings(titles: Sequence[str], begun: str, *, in_pairs: bool) -> list[str]:
    """The words of titles that begin so, the most frequent first; `in_pairs` with the one behind it, too."""
    beginnings, counted = spellings_begun(begun), Counter[str]()
    for said in map(words, titles):
        for place, word in enumerate(said):
            if fold(word).startswith(beginnings) and word != begun:
                counted[word] += 1
                counted.update(f"{word} {other}" for other in said[place + 1 : place + 2] if in_pairs)
    return [ending for ending, _ in counted.most_common(MOST_WORDS)]


def _following(before: str) -> tuple[str, Callable[[str], Node]] | None:
    """The word that `before` ends with, and what must be found of one to follow it; None for any."""
    if _ELIDED.search(before):
        return "", lambda word: And((Word(word), _IN_FRENCH))
    said = spoken(read_query(before).root)
    if not said or not before[-1:].isspace() or not before.rstrip().endswith(said[-1]):
        return None  # an operator stands before it, or nothing
    return said[-1], lambda word: Phrase((said[-1], word))


def _likely(
    index: Index, following: tuple[str, Callable[[str], Node]] | None, begun: str, known: Collection[str]
) -> Iterator[str]:
    """Words of the archive that begin so and are found as `following` asks, those in most articles first."""
    folded = fold(begun)
    if ARTICLE.startswith(folded):
        return
    spelt = index.spellings(spellings_begun(begun), MOST_FREQUENT)
    likely = [each for each in spelt if each != folded and each not in known]
    if following is None:
        yield from likely[:TRIED]
        return
    previous, asked = following
    if index.frequencies([fold(previous)])[0] > COMMON:
        return
    # Forms of one word are found alike: the most frequent of them stands for all.
    forms: dict[tuple[str, ...], str] = {}
    for each in likely:
        forms.setdefault(_stems(each), each)
    yield from (each for each in islice(forms.values(), TRIED) if _is_found(index, asked(each)))


def _stems(word: str) -> tuple[str, ...]:
    return tuple(form.stem for reading in readings((word,)) for form in reading)


def _is_found(index: Index, node: Node) -> bool:
    """Whether `node` finds any article; in the order that takes the least work."""
    return index.search(Query(node), Window(size=0, order=Order.NEWEST, relax=False)).total > 0


def _is_plain(before: str) -> bool:
    """Whether nothing but words stands there, so that a headline may take the place of the whole."""
    query = read_query(before)
    said = all(isinstance(part, Word) and part.field is None for part in parts(query.root))
    understood = all(each.cause is Cause.COMMON for each in query.ignored)
    apart = not before or before[-1].isspace() or _ELIDED.search(before) is not None
    return said and understood and apart


def _closing(before: str) -> str:
    """The partner of a quotation mark that is open."""
    marks = [letter for letter in before if letter in QUOTES]
    return _PARTNERS.get(marks[-1], marks[-1]) if len(marks) % 2 else ""
