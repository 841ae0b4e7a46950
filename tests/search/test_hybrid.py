"""Searching by words and meaning at once, over a real index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from marsad.search.hybrid import Meaning
from marsad.search.index import Document, Facet, Hits, Order, Window
from marsad.search.parser import read_query
from marsad.search.tantivy import TantivyIndex
from marsad.search.vectors import VectorIndex, Vectors
from tests.embedders import WordEmbedder

DAY = datetime(2024, 3, 10, 12, 0, tzinfo=UTC)

#: A small world: what each article says, and in other words what it means.
ARTICLES = {
    1: ("ar", "sahil", "تفكيك خلية في طنجة", "police cell"),
    2: ("fr", "vent", "Une cellule démantelée à Tanger", "police cell"),
    3: ("en", "gazette", "Olive harvest begins", "olive harvest farm"),
    4: ("ar", "sahil", "موسم جني الزيتون", "olive harvest farm"),
}
#: What queries mean.
MEANT = {"خلية": "police cell", "حصاد الزيت": "olive harvest farm", "olive": "olive harvest farm"}


class Glossary(WordEmbedder):
    """Knows what the queries of this world mean."""

    def queries(self, texts: object) -> Vectors:
        return self.passages([MEANT.get(text, text) for text in texts])  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Embedded:
    article: int
    vectors: Vectors
    position: int = 0


@pytest.fixture
def index(tmp_path: Path) -> Iterator[TantivyIndex]:
    opened = TantivyIndex(tmp_path / "index")
    opened.replace(
        Document(number, source, language, title, "", "", DAY + timedelta(hours=number), story=number)
        for number, (language, source, title, _) in ARTICLES.items()
    )
    opened.commit()
    yield opened
    opened.close()


class Kept:
    """What the archive of this world keeps."""

    def vectors(self, numbers: Sequence[int]) -> dict[int, Vectors]:
        return {number: ROWS[number] for number in numbers if number in ROWS}

    def texts(self, numbers: Sequence[int]) -> dict[int, str]:
        return {number: ARTICLES[number][2] for number in numbers if number in ARTICLES}


MODEL = Glossary()
ROWS = {number: MODEL.passages([meaning]) for number, (*_, meaning) in ARTICLES.items()}


def search(index: TantivyIndex, text: str, **window: object) -> Hits:
    near = VectorIndex()
    near.add([Embedded(number, rows) for number, rows in ROWS.items()])
    wanted = Window(**window)  # type: ignore[arg-type]
    return Meaning(MODEL, near).search(index, read_query(text), wanted, Kept(), None)


def found(index: TantivyIndex, text: str, **window: object) -> list[int]:
    return [hit.number for hit in search(index, text, **window).hits]


def test_a_word_of_one_language_finds_what_means_the_same_in_another(index: TantivyIndex) -> None:
    assert found(index, "خلية") == [1, 2]


def test_where_no_word_is_found_meaning_carries(index: TantivyIndex) -> None:
    hits = search(index, "حصاد الزيت", facets=(Facet.LANGUAGE,))
    assert {hit.number for hit in hits.hits} == {3, 4}
    assert hits.total == 2
    assert dict(hits.facets[Facet.LANGUAGE]) == {"ar": 1, "en": 1}


def test_conditions_hold_for_what_is_found_by_meaning(index: TantivyIndex) -> None:
    assert found(index, "خلية lang:fr") == [2]
    assert found(index, "خلية source:sahil") == [1]
    assert found(index, "خلية -Tanger") == [1]
    assert found(index, "خلية before:2024-03-01") == []
    assert found(index, 'خلية "une cellule"') == [2]
    assert found(index, "خلية title:cellule") == [2]


def test_only_articles_up_to_the_first_page_are_shown(index: TantivyIndex) -> None:
    assert found(index, "خلية", newest=1) == [1]


def test_a_quotation_and_an_order_by_date_go_by_words_alone(index: TantivyIndex) -> None:
    assert found(index, '"تفكيك خلية"') == [1]
    assert found(index, "خلية", order=Order.NEWEST) == [1]


def test_pages_follow_one_another_without_gaps(index: TantivyIndex) -> None:
    whole = found(index, "خلية")
    assert [found(index, "خلية", start=start, size=1) for start in (0, 1, 2)] == [[whole[0]], [whole[1]], []]


def test_pages_go_on_by_words_beyond_what_is_ranked_anew(tmp_path: Path) -> None:
    opened = TantivyIndex(tmp_path / "large")
    opened.replace(
        Document(n, "sahil", "ar", "خلية نحل", "", "", DAY + timedelta(hours=n)) for n in range(10, 260)
    )
    # One that is near and lacks the word; one that is near, and has it where hundreds have more of it.
    opened.replace([Document(2, "vent", "fr", "Une cellule", "", "", DAY)])
    opened.replace([Document(1, "sahil", "ar", "تفكيك", "", f"{'كلام ' * 90} خلية", DAY)])
    opened.commit()
    pages = [found(opened, "خلية", start=start, size=20) for start in range(0, 280, 20)]
    shown = [number for page in pages for number in page]
    assert len(shown) == len(set(shown)) == 252
    assert {1, 2} <= set(shown[:102])
    hits = search(opened, "خلية", facets=(Facet.LANGUAGE,))
    assert (hits.total, hits.added) == (252, 1)
    assert dict(hits.facets[Facet.LANGUAGE]) == {"ar": 251, "fr": 1}
    opened.close()


def test_counts_tell_of_what_only_meaning_finds(index: TantivyIndex) -> None:
    hits = search(index, "خلية", facets=(Facet.LANGUAGE, Facet.SOURCE))
    assert hits.facets == {Facet.LANGUAGE: (("ar", 1), ("fr", 1)), Facet.SOURCE: (("sahil", 1), ("vent", 1))}


def test_far_meanings_are_not_shown(index: TantivyIndex) -> None:
    assert 3 not in found(index, "خلية")
    assert np.allclose(np.linalg.norm(ROWS[3]), 1)
