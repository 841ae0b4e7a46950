"""From the store's vectors to the vector index."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from marsad.pipeline.nearness import Nearness
from marsad.store import articles, sources, vectors
from marsad.store.engine import Store
from tests.embedders import WordEmbedder
from tests.samples import NOW, SOURCE, article

MODEL = WordEmbedder()


def put(store: Store, *numbers: int, text: str = "") -> None:
    with store.writing() as connection:
        for number in numbers:
            vectors.put(connection, number, b"", MODEL.passages([text or f"article {number}"]))


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as connection:
        sources.put(connection, SOURCE, NOW)
        for number in range(1, 10):
            articles.keep(connection, article(address=f"https://nakhla.example/{number}"), story=1)
    put(store, 1, 2, 3)
    return store


def nearest(nearness: Nearness, text: str) -> int:
    return nearness.near.nearest(np.asarray(MODEL.queries([text])[0]), 1)[0]


def test_it_follows_what_is_embedded_and_embedded_again(filled: Store, tmp_path: Path) -> None:
    nearness = Nearness(filled, tmp_path)
    assert nearness.catch_up() == 3
    put(filled, 4)
    put(filled, 2, text="another one")
    assert nearness.catch_up() == 2
    assert (nearest(nearness, "article 4"), nearest(nearness, "another one")) == (4, 2)
    assert nearness.near.count() == 4


def test_a_start_reads_only_what_is_new(filled: Store, tmp_path: Path) -> None:
    first = Nearness(filled, tmp_path)
    first.catch_up()
    first.close()
    put(filled, 4)
    again = Nearness(filled, tmp_path)
    assert again.catch_up() == 1
    assert again.near.count() == 4


@pytest.mark.parametrize("harm", ["lost", "broken", "of another archive"])
def test_without_its_copy_it_reads_everything_again(filled: Store, tmp_path: Path, harm: str) -> None:
    first = Nearness(filled, tmp_path)
    first.catch_up()
    if harm == "of another archive":
        first.near.position = 1_000_000
    first.close()
    copy = tmp_path / "meaning.npz"
    if harm == "lost":
        copy.unlink()
    elif harm == "broken":
        copy.write_bytes(copy.read_bytes()[:100])
    again = Nearness(filled, tmp_path)
    assert again.catch_up() == 3
    assert nearest(again, "article 2") == 2
