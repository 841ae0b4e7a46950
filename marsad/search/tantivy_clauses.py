"""Queries of Tantivy put together."""

from __future__ import annotations

from collections.abc import Sequence

from tantivy import Occur, Query

Clause = tuple[Occur, Query]

#: Articles from which on those that nobody asked for are many.
MANY = 50_000


def boolean(clauses: Sequence[Clause]) -> Query:
    """All of `clauses`; where they only exclude, everything else."""
    if any(occur is not Occur.MustNot for occur, _ in clauses):
        return Query.boolean_query(clauses)
    return Query.boolean_query([(Occur.Must, unscored(Query.all_query())), *clauses])


def either(queries: Sequence[Query]) -> Query:
    """Any of `queries`, their scores added."""
    return (
        queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, each) for each in queries])
    )


def with_optional(query: Query, optional: Sequence[Query], among: int = MANY) -> Query:
    """What `query` matches, with the scores of those of `optional` that match too.

    One inside the other where there are many articles, for Tantivy reads several optional queries
    through long stretches of articles that nobody asked for, and a single one only where it is
    wanted. `among` so many articles: where these are few, to put so much together takes longer.
    """
    if among < MANY:
        return Query.boolean_query([(Occur.Must, query), *((Occur.Should, each) for each in optional)])
    for each in optional:
        query = Query.boolean_query([(Occur.Must, query), (Occur.Should, each)])
    return query


def unscored(query: Query) -> Query:
    """What `query` matches, adding nothing to a score."""
    return Query.const_score_query(query, 0.0)
