"""Stories beside a story."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from marsad.model import Precision, Published, Story
from marsad.search.index import Document, Index
from marsad.search.tantivy import TantivyIndex
from marsad.search.vectors import VectorIndex
from marsad.store import articles, sources, stories, vectors
from marsad.store.engine import Store
from marsad.views.earlier import beside
from tests.samples import NOW, SOURCE, article
from tests.views.test_related import Change, towards

#: Number → days after now, title, direction of its meaning.
TOLD = {
    1: (-200, "سد بوغرارة يبلغ طاقته القصوى", (0, 0.1)),
    2: (0, "تصدع في جدار سد بوغرارة", (0, 0.0)),
    3: (2, "وزير الماء يزور السد المتصدع", (0, 0.2)),
    4: (-100, "الرجاء يتعادل مع الوداد", (9, 0.0)),
    5: (-300, "تصدع في جدار مدرسة", (20, 0.0)),
}


def _story(connection: Connection, index: Index, number: int, when: datetime, title: str) -> None:
    told = article(
        address=f"{SOURCE.home}{number}",
        title=title,
        published=Published(when, Precision.MINUTE, "json-ld"),
    )
    opened = stories.open_story(connection, told)
    kept = articles.keep(connection, told, opened)
    stories.introduce(connection, opened, kept)
    index.replace([Document(kept, SOURCE.slug, "ar", title, "", "", when, story=opened)])


@pytest.fixture
def near() -> VectorIndex:
    made = VectorIndex()
    made.add([Change(number, towards(*way), number) for number, (_, _, way) in TOLD.items()])
    return made


@pytest.fixture
def index(store: Store, tmp_path: Path) -> Iterator[Index]:
    with closing(TantivyIndex(tmp_path / "words")) as index:
        with store.writing() as connection:
            sources.put(connection, SOURCE, NOW)
            for number, (days, title, way) in TOLD.items():
                _story(connection, index, number, NOW + timedelta(days=days), title)
                vectors.put(connection, number, b"", towards(*way))
        index.commit()
        yield index


def _titles(found: tuple[Story, ...]) -> list[str]:
    return [story.representative.title for story in found]


def test_what_means_the_same_comes_before_it_or_stands_beside_it(
    store: Store, index: Index, near: VectorIndex
) -> None:
    with store.reading() as connection:
        told = stories.by_number(connection, 2)
        assert told is not None
        found = beside(connection, index, near, told)
    assert _titles(found.earlier) == [TOLD[1][1]]
    assert _titles(found.related) == [TOLD[3][1]]


def test_without_meaning_the_rare_words_tell(store: Store, index: Index) -> None:
    with store.reading() as connection:
        told = stories.by_number(connection, 2)
        assert told is not None
        found = beside(connection, index, None, told)
    assert set(_titles(found.earlier + found.related)) <= {TOLD[1][1], TOLD[3][1], TOLD[5][1]}
    assert TOLD[1][1] in _titles(found.earlier)
