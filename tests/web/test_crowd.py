"""Many who search at once are answered by words alone; whoever comes after them is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marsad.app import Marsad
from marsad.pipeline.engines import Engines
from marsad.pipeline.keeping import Arrival
from marsad.search.hybrid import Meaning
from marsad.search.vectors import VectorIndex
from marsad.web.crowd import Crowd
from marsad.web.site import site
from tests.embedders import WordEmbedder
from tests.press.world import archive
from tests.samples import SOURCE, article

IN_HASTE = "كثيرون يبحثون في هذه اللحظة"


def test_a_crowd_is_many_from_a_number_on_and_only_while_it_is_there() -> None:
    crowd, seen = Crowd(many=2), []
    with crowd.joined():
        seen.append(crowd.is_many)
        with crowd.joined():
            seen.append(crowd.is_many)
        seen.append(crowd.is_many)
    assert seen == [False, True, False]


def test_whoever_fails_leaves_the_crowd_too() -> None:
    crowd = Crowd(many=1)

    def fail() -> None:
        with crowd.joined():
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not crowd.is_many


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> WordEmbedder:
    model = WordEmbedder()
    engines = property(lambda marsad: Engines(marsad.index, Meaning(model, VectorIndex())))
    monkeypatch.setattr(Marsad, "engines", engines)
    return model


@pytest.fixture
def reader(embedder: WordEmbedder, tmp_path: Path) -> Iterator[TestClient]:
    with archive(tmp_path) as marsad:
        marsad.add_sources([SOURCE])
        marsad.keeper.keep([Arrival(article("أمطار غزيرة في الشمال"))])
        marsad.indexer.catch_up()
        yield TestClient(site(marsad), headers={"accept-language": "ar"})


def test_in_a_crowd_words_alone_are_searched_and_that_page_is_not_kept(
    reader: TestClient, embedder: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as crowded:
        crowded.setattr(Crowd, "is_many", True)
        page = reader.get("/search?q=أمطار").text
        assert IN_HASTE in page
        assert 'class="count">1' in page
        assert embedder.asked == 0
        assert len(reader.app.state.cache) == 0  # type: ignore[attr-defined]
    calm = reader.get("/search?q=أمطار").text
    assert IN_HASTE not in calm
    assert embedder.asked == 1
    # What is kept is the better page, and a crowd is given it too.
    monkeypatch.setattr(Crowd, "is_many", True)
    assert reader.get("/search?q=أمطار").text == calm


def test_programs_are_answered_in_full(
    reader: TestClient, embedder: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Crowd, "is_many", True)
    assert reader.get("/api/v1/search?q=أمطار").json()["total"] == 1
    assert embedder.asked == 1
