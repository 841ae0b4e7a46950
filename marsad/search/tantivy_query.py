"""From the tree of a query to Tantivy's own queries: what matches, and what it scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, singledispatchmethod
from itertools import accumulate, pairwise
from math import log

import tantivy
from tantivy import FieldType, Occur, Query

from marsad.language.analyser import ARTICLE, Form, beginnings, readings, spellings_begun, words
from marsad.search import tantivy_fields as fields
from marsad.search.query import (
    And,
    Field,
    Name,
    Node,
    Not,
    Or,
    Period,
    Phrase,
    Prefix,
    Word,
    conditions,
    leaves,
    spoken,
)
from marsad.search.query import parts as _parts
from marsad.search.tantivy_clauses import Clause, boolean, either, unscored, with_optional

#: Terms that a prefix stands for at most: the most frequent ones.
MOST_TERMS = 64
#: Words of a query whose being side by side is always looked at. Of a longer one that is asked beside meaning
#: only where the rarer of the two is had by few articles: all that have both may have to be read for one.
FEW = 4
MOST_PAIRED = 10_000
#: Articles that have a word, summed over the words that are read to find those with some of a query's, and
#: the rarest words that are read however many have them: common words only order what these find. In a
#: million articles whole headlines go on finding theirs (MRR 0.714, with all words 0.716), the slowest in
#: two thirds of the time; 400,000 lose more (0.701).
MOST_READ = 1_000_000
FEWEST_READ = 3
#: Beginnings whose terms are remembered.
MOST_REMEMBERED = 2_000

_NAMED = {Field.AUTHOR: "author", Field.CREDIT: "credit", Field.PLACE: "place"}
_EXACT = {Field.SECTION: "section", Field.LANGUAGE: "language"}


@dataclass(frozen=True, slots=True)
class Weights:
    """What a match adds to the score, by field, as factors of its BM25 there.

    Found by pairwise logistic regression over half of the queries of two collections of
    Arabic questions and headlines, and rounded; the other half gained as much. Titles are
    not in those collections: their weight is what editors would give them.
    """

    text: float = 1.0
    root: float = 1.3
    title: float = 1.5
    spelling: float = 0.5
    opening: float = 0.7
    #: Being there at all, as a factor of the word's rarity: makes having all words worth more beside
    #: meaning (MRR of questions 0.834 to 0.839). Words alone do without it (headlines 0.781, with it 0.779).
    having: float = 1.0
    #: Two words of the query next to each other, or with one word between them. Long queries without
    #: meaning do as well when it is not asked.
    pair: float = 0.5


class Dictionary:
    """The terms of one searcher by what they begin with, remembered: finding them is slow."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._remembered: dict[tuple[str, str], list[str]] = {}

    def begun(self, name: str, beginning: str) -> list[str]:
        """The `MOST_TERMS` most frequent terms of the field `name` that begin so."""
        known = self._remembered.get((name, beginning))
        if known is None:
            found = self._searcher.terms_with_prefix(name, beginning, limit=MOST_TERMS)
            known = [term for term, _ in found]
            if len(self._remembered) < MOST_REMEMBERED:
                self._remembered[name, beginning] = known
        return known

    def knows(self, name: str, terms: Sequence[str]) -> bool:
        """Whether some article has each of `terms` in the field `name`."""
        return bool(terms) and all(self._searcher.doc_freq(name, term) for term in terms)

    def articles(self, stem: str) -> int:
        """How many articles have that term in their text."""
        return int(self._searcher.doc_freq("text", stem))

    def rarity(self, stem: str) -> float:
        """The inverse document frequency of a term of the text, as BM25 has it; highest where none has it."""
        articles, having = int(self._searcher.num_docs), self.articles(stem)
        return log(1 + (articles - having + 0.5) / (having + 0.5))


class Compiler:
    """Compiles one query for one searcher, up to the article `newest` and for none of those `without`."""

    def __init__(
        self,
        schema: tantivy.Schema,
        dictionary: Dictionary,
        weights: Weights,
        newest: int | None = None,
        without: Sequence[int] = (),
    ) -> None:
        self._schema = schema
        self._dictionary = dictionary
        self._weights = weights
        self._newest = newest
        self._without = without

    def all_of(self, root: Node | None) -> Query:
        """What has everything that is asked for, unscored."""
        return unscored(boolean([*self._clauses(_parts(root)), *self._bounds()]))

    def best_of_all(self, root: Node | None) -> Query:
        """What `all_of` finds, scored by its words and by those of them that stand in the title."""
        if isinstance(root, Word) and root.field is None and not self._bounds():
            # Every article with one of them is wanted: none has to be looked at for all.
            return either(self._words(root, _stems(root)))
        matching = boolean([*self._clauses(_parts(root)), *self._bounds()])
        return with_optional(matching, self._titles(_stems(root)))

    def best_of_some(self, root: Node | None) -> Query | None:
        """What meets the conditions and has some of the words, scored; None where no two are loose."""
        bound = conditions(root)
        loose = And(tuple(part for part in _parts(root) if part not in bound))
        if len(spoken(loose)) < 2:
            return None
        clauses = [*self._clauses(bound), *self._bounds()]
        # Few articles may meet the conditions, and have common words alone.
        words = either(self._words(loose, _stems(loose) if bound else self._telling(_stems(loose))))
        return boolean([(Occur.Must, words), *clauses]) if clauses else words

    def meeting(self, root: Node | None, these: Query, words: bool = False) -> Query:
        """Those of `these` that meet what is asked for beside plain words, and the `words` too; unscored."""
        parts = _parts(root) if words else conditions(root)
        clauses = [*self._clauses(parts), *self._bounds()]
        return unscored(boolean([(Occur.Must, these), *clauses])) if clauses else these

    def ideal(self, root: Node | None) -> float:
        """About the score of an article that has every word once, in the language that knows most of them.

        A word that no article has counts as the rarest.
        """
        said = [word for part in _parts(root) if _is_text(part) for word in spoken(part)]
        read = _read(tuple(said)) if said else ()
        sums = [sum(map(self._dictionary.rarity, {form.stem for form in reading})) for reading in read]
        weights = self._weights
        return min(sums, default=0.0) * (weights.text + weights.root + weights.having)

    def refinements(self, root: Node | None, beside_meaning: bool) -> list[Query]:
        """All that adds to the score of an article, in pieces."""
        weights = self._weights
        few = len(spoken(root)) <= FEW
        found: dict[tuple[str, ...], Query] = {}
        for reading in _readings(root):
            for form in reading:
                for name, term, weight in (
                    ("text", form.stem, weights.text),
                    ("title", form.stem, weights.title),
                    ("root", form.root, weights.root),
                    ("spelling", form.spelling, weights.spelling),
                    ("opening", form.stem, weights.opening),
                ):
                    found[name, term] = self._term(name, term, weight)
                if beside_meaning:
                    found["having", form.stem] = self._having(form.stem)
            if few or beside_meaning:
                for one, other in pairwise(form.stem for form in reading):
                    if few or self._is_rare(one, other):
                        found["pair", one, other] = self._pair(one, other)
        return list(found.values())

    def had(self, root: Node | None) -> list[Query]:
        """For each word that is looked for, what has it in some form, with a score of 1."""
        read = [_read((word,)) for word in dict.fromkeys(spoken(root))]
        roots = [{form.root for reading in each for form in reading} for each in read if () not in each]
        return [
            Query.const_score_query(either([self._term("root", root) for root in sorted(one)]), 1.0)
            for one in roots
            if one
        ]

    def _is_rare(self, *stems: str) -> bool:
        """Whether few articles can have all of `stems`."""
        return min(self._dictionary.articles(stem) for stem in stems) <= MOST_PAIRED

    def _having(self, stem: str) -> Query:
        """What a word adds by being there, however often."""
        rarity = self._dictionary.rarity(stem)
        return Query.const_score_query(self._term("text", stem), self._weights.having * rarity)

    def _words(self, root: Node | None, stems: Sequence[str]) -> list[Query]:
        """`stems` in text and title, and the prefixes: single terms, so that few articles are looked at."""
        text = [self._term("text", stem, self._weights.text) for stem in stems]
        begun = [self._query(leaf) for leaf in leaves(root) if isinstance(leaf, Prefix)]
        return [*text, *self._titles(stems), *(query for query in begun if query is not None)]

    def _titles(self, stems: Sequence[str]) -> list[Query]:
        return [self._term("title", stem, self._weights.title) for stem in stems]

    def _telling(self, stems: Sequence[str]) -> list[str]:
        """The rarest of `stems`, as many as are read: what that costs does not grow with the archive."""
        articles = {stem: self._dictionary.articles(stem) for stem in stems}
        rarest = sorted(articles, key=articles.__getitem__)
        read = accumulate(articles[stem] for stem in rarest)
        return [
            stem
            for place, (stem, so_far) in enumerate(zip(rarest, read, strict=True))
            if place < FEWEST_READ or so_far <= MOST_READ
        ]

    def _clauses(self, parts: Sequence[Node]) -> list[Clause]:
        """A clause for each of `parts`; what one language takes for a stop word need not be there."""
        clauses: list[Clause] = []
        for part in parts:
            excluded = isinstance(part, Not)
            query = self._query(part.part if isinstance(part, Not) else part)
            if query is not None and not (isinstance(part, Word) and () in _read((part.text,))):
                clauses.append((Occur.MustNot if excluded else Occur.Must, query))
        if parts and not clauses:
            return [(Occur.Must, Query.empty_query())]
        return clauses

    def _bounds(self) -> list[Clause]:
        bounds = [(Occur.MustNot, self._term("number", number)) for number in self._without]
        if self._newest is not None:
            known = Query.range_query(self._schema, "number", FieldType.Integer, upper_bound=self._newest)
            bounds.append((Occur.Must, unscored(known)))
        return bounds

    @singledispatchmethod
    def _query(self, node: Node) -> Query | None:
        """What matches `node`; None where there is nothing to look for."""
        raise TypeError(node)

    @_query.register
    def _word(self, node: Word) -> Query | None:
        return self._run((node.text,), node.field)

    @_query.register
    def _phrase(self, node: Phrase) -> Query | None:
        return self._run(node.words, node.field)

    @_query.register
    def _prefix(self, node: Prefix) -> Query:
        """Stems that begin so, and spellings: what changes inside has another stem."""
        found = [self._begun(_where(node.field), beginning) for beginning in beginnings(node.text)]
        spelt = "spelling" if node.field is None else "headline"
        found += [self._begun(spelt, beginning) for beginning in spellings_begun(node.text)]
        whole = self._run((node.text,), node.field)
        return either([*found, *([whole] if whole is not None else [])])

    @_query.register
    def _name(self, node: Name) -> Query:
        if node.field in _EXACT:
            return self._term(_EXACT[node.field], node.value)
        run = fields.name_words(node.value).split()
        if node.field is Field.PLACE:
            return self._place(node, run)
        if node.field is not Field.SOURCE:
            runs = (run, *(fields.name_words(each).split() for each in node.known))
            return either([self._side_by_side(_NAMED[node.field], each) for each in runs])
        return either([self._term("source", node.value), self._side_by_side("source_name", run)])

    def _place(self, node: Name, run: Sequence[str]) -> Query:
        """What happens at the place of that slug or name; where nothing is known to, what speaks of it.

        A name that places bear is theirs alone, though it is a part of others too.
        """
        slugs = [
            slug for slug in node.known or (node.value,) if self._dictionary.knows(fields.PLACES, [slug])
        ]
        if slugs:
            return either([self._term(fields.PLACES, slug) for slug in slugs])
        known = [] if node.known else self._called(run)
        told = None if known else self._run(words(node.value), None)
        return either([*known, *([told] if told is not None else [])] or [Query.empty_query()])

    def _called(self, run: Sequence[str]) -> list[Query]:
        """What happens at places in whose names that stands, with or without the article."""
        bare = run[0].removeprefix(ARTICLE) if run else ""
        runs = ([first, *run[1:]] for first in dict.fromkeys((*run[:1], bare, ARTICLE + bare)))
        return [self._side_by_side("place", each) for each in runs if self._dictionary.knows("place", each)]

    @_query.register
    def _period(self, node: Period) -> Query:
        since = fields.moment(node.since) if node.since else None
        until = fields.moment(node.until) - 1 if node.until else None
        return Query.range_query(self._schema, "moment", FieldType.Integer, since, until)

    @_query.register
    def _not(self, node: Not) -> Query:
        return boolean(self._clauses([node]))

    @_query.register
    def _and(self, node: And) -> Query:
        return boolean(self._clauses(node.parts))

    @_query.register
    def _or(self, node: Or) -> Query | None:
        found = [query for part in node.parts if (query := self._query(part)) is not None]
        return either(found) if found else None

    def _run(self, words: Sequence[str], field: Field | None) -> Query | None:
        """`words` side by side, as any language reads them."""
        runs = dict.fromkeys(
            tuple(form.stem for form in reading) for reading in _read(tuple(words)) if reading
        )
        found = [self._side_by_side(_where(field), run) for run in runs]
        return either(found) if found else None

    def _side_by_side(self, name: str, run: Sequence[str]) -> Query:
        if not run:
            return Query.empty_query()
        if len(run) == 1:
            return self._term(name, run[0])
        return Query.phrase_query(self._schema, name, list(run))

    def _begun(self, name: str, beginning: str) -> Query:
        return Query.term_set_query(self._schema, name, self._dictionary.begun(name, beginning))

    def _term(self, name: str, term: str | int, weight: float = 1.0) -> Query:
        query = Query.term_query(self._schema, name, term, "position" if name in fields.RUNNING else "freq")
        return query if weight == 1.0 else Query.boost_query(query, weight)

    def _pair(self, one: str, other: str) -> Query:
        return Query.boost_query(
            Query.phrase_query(self._schema, "text", [one, other], 1), self._weights.pair
        )


def _is_text(node: Node) -> bool:
    """Whether `node` is words that an article may lack some of."""
    if isinstance(node, Or | And):
        return all(_is_text(part) for part in node.parts)
    return isinstance(node, Word | Phrase | Prefix) and node.field is None


# A query is read many times over, whole and word by word, in each of the searches that answer it.
@lru_cache(1_000)
def _read(said: tuple[str, ...]) -> tuple[tuple[Form, ...], ...]:
    return readings(said)


def _readings(root: Node | None) -> tuple[tuple[Form, ...], ...]:
    """All words that are looked for, in order, as each language reads them."""
    said = spoken(root)
    return _read(tuple(said)) if said else ()


def _stems(root: Node | None) -> list[str]:
    return list(dict.fromkeys(form.stem for reading in _readings(root) for form in reading))


def _where(field: Field | None) -> str:
    return "title" if field is Field.TITLE else "text"
