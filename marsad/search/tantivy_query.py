"""From the tree of a query to Tantivy's own queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatchmethod

import tantivy
from tantivy import FieldType, Occur, Query

from marsad.language.analyser import beginnings, readings
from marsad.search import tantivy_fields as fields
from marsad.search.query import And, Field, Name, Node, Not, Or, Period, Phrase, Prefix, Word

#: How much a word counts by where it stands.
WEIGHTS = {"title": 3.0, "lead": 1.5, "body": 1.0}
#: Terms that a prefix stands for at most: the most frequent ones.
MOST_TERMS = 64

_NAMED = {Field.AUTHOR: "author", Field.CREDIT: "credit", Field.PLACE: "place"}
Clause = tuple[Occur, Query]

_EXACT = {Field.SECTION: "section", Field.LANGUAGE: "language"}


class Compiler:
    """Compiles the nodes of one query for one searcher, up to the article `newest`."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, newest: int | None) -> None:
        self._schema = schema
        self._searcher = searcher
        self._newest = newest

    def all_of(self, root: Node | None) -> Query:
        """What has everything that is asked for."""
        return _boolean([*self._clauses(_parts(root)), *self._bounds()])

    def some_of(self, root: Node | None) -> Query | None:
        """What meets every condition and has some of the words; None where there is but one word."""
        parts = _parts(root)
        sought = [query for part in parts if _is_text(part) and (query := self._query(part)) is not None]
        if len(sought) < 2:
            return None
        conditions = self._clauses([part for part in parts if not _is_text(part)])
        return _boolean([(Occur.Must, _either(sought)), *conditions, *self._bounds()])

    def _clauses(self, parts: Sequence[Node]) -> list[Clause]:
        """A clause for each of `parts`; what one language takes for a stop word need not be there."""
        clauses: list[Clause] = []
        for part in parts:
            excluded = isinstance(part, Not)
            query = self._query(part.part if isinstance(part, Not) else part)
            if query is not None:
                required = (
                    Occur.Should if isinstance(part, Word) and () in readings((part.text,)) else Occur.Must
                )
                clauses.append((Occur.MustNot if excluded else required, query))
        if parts and not clauses:
            return [(Occur.Must, Query.empty_query())]
        return clauses

    def _bounds(self) -> list[Clause]:
        if self._newest is None:
            return []
        known = Query.range_query(self._schema, "number", FieldType.Integer, upper_bound=self._newest)
        return [(Occur.Must, _unscored(known))]

    @singledispatchmethod
    def _query(self, node: Node) -> Query | None:
        """The query for `node`; None where there is nothing to look for."""
        raise TypeError(node)

    @_query.register
    def _word(self, node: Word) -> Query | None:
        return self._run((node.text,), node.field)

    @_query.register
    def _phrase(self, node: Phrase) -> Query | None:
        return self._run(node.words, node.field)

    @_query.register
    def _prefix(self, node: Prefix) -> Query:
        found = [
            self._begun(beginning, field)
            for beginning in beginnings(node.text)
            for field in _where(node.field)
        ]
        whole = self._run((node.text,), node.field)
        return _either([*found, *([whole] if whole is not None else [])])

    @_query.register
    def _name(self, node: Name) -> Query:
        if node.field in _EXACT:
            return _unscored(Query.term_query(self._schema, _EXACT[node.field], node.value))
        run = fields.name_words(node.value).split()
        if node.field is not Field.SOURCE:
            return _unscored(self._side_by_side(_NAMED[node.field], run))
        slug = Query.term_query(self._schema, "source", node.value)
        return _unscored(_either([slug, self._side_by_side("source_name", run)]))

    @_query.register
    def _period(self, node: Period) -> Query:
        since = fields.moment(node.since) if node.since else None
        until = fields.moment(node.until) - 1 if node.until else None
        return _unscored(Query.range_query(self._schema, "moment", FieldType.Integer, since, until))

    @_query.register
    def _not(self, node: Not) -> Query:
        return _boolean(self._clauses([node]))

    @_query.register
    def _and(self, node: And) -> Query:
        return _boolean(self._clauses(node.parts))

    @_query.register
    def _or(self, node: Or) -> Query | None:
        found = [query for part in node.parts if (query := self._query(part)) is not None]
        return _either(found) if found else None

    def _run(self, words: Sequence[str], field: Field | None) -> Query | None:
        """`words` side by side, in any language and where `field` allows."""
        runs = [run for run in readings(words) if run]
        found = [
            Query.boost_query(self._side_by_side(name, run), WEIGHTS[name])
            for run in runs
            for name in _where(field)
        ]
        return _either(found) if found else None

    def _side_by_side(self, name: str, run: Sequence[str]) -> Query:
        if not run:
            return Query.empty_query()
        if len(run) == 1:
            return Query.term_query(self._schema, name, run[0])
        return Query.phrase_query(self._schema, name, list(run))

    def _begun(self, beginning: str, name: str) -> Query:
        found = self._searcher.terms_with_prefix(name, beginning, limit=MOST_TERMS)
        terms = Query.term_set_query(self._schema, name, [term for term, _ in found])
        return Query.boost_query(terms, WEIGHTS[name])


def _parts(root: Node | None) -> tuple[Node, ...]:
    if root is None:
        return ()
    return root.parts if isinstance(root, And) else (root,)


def _is_text(node: Node) -> bool:
    """Whether `node` looks for words, rather than setting a condition."""
    if isinstance(node, Or | And):
        return any(_is_text(part) for part in node.parts)
    return isinstance(node, Word | Phrase | Prefix)


def _where(field: Field | None) -> Iterable[str]:
    return ("title",) if field is Field.TITLE else fields.RUNNING


def _either(queries: Sequence[Query]) -> Query:
    return (
        queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, each) for each in queries])
    )


def _boolean(clauses: list[Clause]) -> Query:
    """All of `clauses`; where they only exclude, everything else."""
    if any(occur is not Occur.MustNot for occur, _ in clauses):
        return Query.boolean_query(clauses)
    return Query.boolean_query([(Occur.Must, _unscored(Query.all_query())), *clauses])


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
