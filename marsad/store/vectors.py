"""What articles mean, as vectors: one for each part of the text that was embedded.

A row's position grows with every change, so that a reader can ask for what is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select

from marsad.language.compact import Vectors, packed, unpacked
from marsad.store import ledger
from marsad.store.tables import article_vectors, articles

_MODEL = "vectors_model"
_FORGET = delete(article_vectors).where(article_vectors.c.article == bindparam("gone"))
_ADD = insert(article_vectors)


@dataclass(frozen=True, slots=True)
class Kept:
    """The vectors of an article, and the position of the change that brought them."""

    position: int
    article: int
    vectors: Vectors


def put(connection: Connection, article: int, state: bytes, vectors: Vectors) -> None:
    """Keep the vectors of an article as it is in that `state` (its digest), in place of earlier ones.

    384 bytes for each vector of 384 numbers.
    """
    connection.execute(_FORGET, {"gone": article})
    connection.execute(_ADD, {"article": article, "digest": state, "vectors": packed(vectors).tobytes()})


def forget(connection: Connection, numbers: Iterable[int]) -> None:
    """Forget the vectors of these articles, known or not."""
    gone = [{"gone": number} for number in numbers]
    if gone:
        connection.execute(_FORGET, gone)


def of(connection: Connection, numbers: Iterable[int], dimensions: int = 384) -> dict[int, Vectors]:
    """The vectors of those articles that have any (uq_article_vectors_article)."""
    found = _rows(connection, numbers)
    rows = unpacked([raw for _, raw in found], dimensions)
    return {article: vectors for (article, _), vectors in zip(found, rows, strict=True)}


def directions_of(
    connection: Connection, numbers: Iterable[int], dimensions: int = 384
) -> dict[int, NDArray[np.int8]]:
    """The same as they are kept, of whatever length: to make it 1 takes as long as to read them."""
    found = _rows(connection, numbers)
    rows = np.frombuffer(b"".join([raw for _, raw in found]), np.int8).reshape(-1, dimensions)
    ends = accumulate((len(raw) // dimensions for _, raw in found), initial=0)
    return {
        article: rows[first:end] for (article, _), (first, end) in zip(found, pairwise(ends), strict=True)
    }


def _rows(connection: Connection, numbers: Iterable[int]) -> list[tuple[int, bytes]]:
    # Numbers as they are: to bind hundreds of them takes longer than to read the rows.
    marks = ",".join(map(str, map(int, numbers)))
    # And rows as the driver gives them: hundreds, of which a search needs nothing else.
    found = connection.exec_driver_sql(
        f"SELECT article, vectors FROM article_vectors WHERE article IN ({marks})"  # noqa: S608 # integers
    ).cursor.fetchall()
    return [(article, raw) for article, raw in found]


def after(connection: Connection, position: int, limit: int, dimensions: int = 384) -> Iterator[Kept]:
    """The next changes after that position, in their order (primary key)."""
    wanted = (
        select(article_vectors)
        .where(article_vectors.c.position > position)
        .order_by(article_vectors.c.position)
        .limit(limit)
    )
    found = connection.execute(wanted).all()
    rows = unpacked([row.vectors for row in found], dimensions)
    for row, vectors in zip(found, rows, strict=True):
        yield Kept(row.position, row.article, vectors)


def lacking(connection: Connection, numbers: Iterable[int]) -> list[int]:
    """Those of `numbers` that stand for an article whose present state has no vectors yet."""
    is_another_state = or_(article_vectors.c.digest.is_(None), article_vectors.c.digest != articles.c.digest)
    wanted = (
        select(articles.c.number)
        .outerjoin(article_vectors, article_vectors.c.article == articles.c.number)
        .where(articles.c.number.in_(list(numbers)), is_another_state)
        .order_by(articles.c.number)
    )
    return list(connection.execute(wanted).scalars())


def count(connection: Connection) -> int:
    """How many articles have vectors."""
    return connection.execute(select(func.count()).select_from(article_vectors)).scalar_one()


def last(connection: Connection) -> int:
    """Position of the newest change; 0 where there is none."""
    return connection.execute(select(func.max(article_vectors.c.position))).scalar() or 0


def made_by(connection: Connection, model: str) -> bool:
    """Whether what is kept comes from that model; what another one made is forgotten."""
    before = ledger.fact(connection, _MODEL)
    if before == model:
        return True
    connection.execute(delete(article_vectors))
    ledger.set_fact(connection, _MODEL, model)
    return before is None
