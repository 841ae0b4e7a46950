"""Searching by words and meaning over what the store keeps."""

from __future__ import annotations

from pathlib import Path

from marsad.pipeline.engines import Engines
from marsad.pipeline.meaning import Meaner
from marsad.search.hybrid import Meaning
from marsad.search.index import Document, Window
from marsad.search.parser import read_query
from marsad.search.tantivy import TantivyIndex
from marsad.search.vectors import VectorIndex
from marsad.store import articles, sources, vectors
from marsad.store.engine import Store
from tests.embedders import WordEmbedder
from tests.samples import NOW, SOURCE, article

TITLES = {"flood": "فيضانات في سيدي قاسم", "harvest": "موسم جني الزيتون", "court": "محكمة تنظر في قضية"}


def test_the_store_gives_vectors_and_texts_to_a_search(store: Store, tmp_path: Path) -> None:
    with store.writing() as connection:
        sources.put(connection, SOURCE, NOW)
        numbers = [
            articles.keep(connection, article(title=title, address=f"https://nakhla.example/{name}"), story=1)
            for name, title in TITLES.items()
        ]
    model = WordEmbedder()
    Meaner(store, model).catch_up()
    index, near = TantivyIndex(tmp_path / "index"), VectorIndex()
    index.replace(
        Document(n, "nakhla", "ar", t, "", "", NOW) for n, t in zip(numbers, TITLES.values(), strict=True)
    )
    index.commit()
    with store.reading() as connection:
        near.add(list(vectors.after(connection, 0, 10)))
        found = Engines(index, Meaning(model, near)).search(connection, read_query("الزيتون"), Window(), NOW)
    assert found.hits[0].number == numbers[1]
    index.close()
