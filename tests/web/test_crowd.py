"""Many who search at once are answered by words alone; whoever comes after them is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marsad.app import Marsad
from marsad.pipeline.engines import Engines
from marsad.pipeline.keeping import Arrival
from marsad.search.hybrid import Meaning
from marsad.search.vectors import VectorIndex
from marsad.web import crowd as crowds
from marsad.web.crowd import MANY, PATIENCE, SPAN, Crowd
from marsad.web.site import site
from tests.embedders import WordEmbedder
from tests.press.world import archive
from tests.samples import SOURCE, article

IN_HASTE = "كثيرون يبحثون في هذه اللحظة"


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def crowd(clock: Clock) -> Crowd:
    return Crowd(clock)


async def line(crowd: Crowd, clock: Clock, *, many: int, taking: float) -> list[bool]:
    """What each of `many` is told who come at once, each of whom takes so long."""
    told: list[tuple[int, bool]] = []

    async def come(place: int) -> None:
        async with crowd.turn() as in_haste:
            told.append((place, in_haste))
            await asyncio.sleep(0)  # so that all have come
            clock.now += taking

    await asyncio.gather(*map(come, range(many)))
    assert [place for place, _ in told] == list(range(many))
    return [in_haste for _, in_haste in told]


def test_one_after_another_has_a_turn(crowd: Crowd) -> None:
    inside: list[str] = []

    async def come(name: str) -> None:
        async with crowd.turn():
            assert crowd.is_waited_for
            inside.append(name)
            await asyncio.sleep(0)
            inside.append(name)

    async def both() -> None:
        await asyncio.gather(come("a"), come("b"))

    asyncio.run(both())
    assert inside == ["a", "a", "b", "b"]
    assert not crowd.is_waited_for


def test_who_has_waited_in_a_crowd_makes_do_with_less(crowd: Crowd, clock: Clock) -> None:
    told = asyncio.run(line(crowd, clock, many=MANY + 3, taking=PATIENCE * 0.9))
    assert told == [False, False, *[True] * (MANY + 1)]


def test_a_few_are_given_everything_however_long_they_wait(crowd: Crowd, clock: Clock) -> None:
    assert asyncio.run(line(crowd, clock, many=MANY - 1, taking=1.0)) == [False] * (MANY - 1)


def test_those_who_come_seldom_are_no_crowd(crowd: Crowd, clock: Clock) -> None:
    async def pairs() -> None:
        for _ in range(3 * MANY):
            clock.now += SPAN / 2
            assert await line(crowd, clock, many=2, taking=PATIENCE * 2) == [False, False]

    asyncio.run(pairs())


def test_whoever_fails_leaves_the_turn_to_the_next(crowd: Crowd) -> None:
    async def fail() -> None:
        async with crowd.turn():
            raise ZeroDivisionError

    async def succeed() -> bool:
        async with crowd.turn() as in_haste:
            return in_haste

    async def both() -> bool:
        with pytest.raises(ZeroDivisionError):
            await fail()
        return await asyncio.wait_for(succeed(), 5)

    assert not asyncio.run(both())


def test_nobody_waits_for_ever_for_who_does_not_leave(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowds, "LONGEST", 0.01)

    async def both() -> list[bool]:
        told: list[bool] = []
        async with crowd.turn(), crowd.turn() as in_haste:
            told.append(in_haste)
        async with crowd.turn() as in_haste:
            told.append(in_haste)
        return told

    assert asyncio.run(both()) == [True, False]


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


@asynccontextmanager
async def in_haste(crowd: Crowd) -> AsyncIterator[bool]:
    yield True


def test_in_a_crowd_words_alone_are_searched_and_that_page_is_not_kept(
    reader: TestClient, embedder: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as crowded:
        crowded.setattr(Crowd, "turn", in_haste)
        page = reader.get("/search?q=أمطار").text
        assert IN_HASTE in page
        assert 'class="count">1' in page
        assert embedder.asked == 0
        assert len(reader.app.state.cache) == 0  # type: ignore[attr-defined]
    calm = reader.get("/search?q=أمطار").text
    assert IN_HASTE not in calm
    assert embedder.asked == 1
    # What is kept is the better page, and a crowd is given it too, without waiting for a turn.
    monkeypatch.setattr(Crowd, "is_waited_for", True)
    monkeypatch.setattr(Crowd, "turn", None)
    assert reader.get("/search?q=أمطار").text == calm


def test_programs_are_answered_in_full(
    reader: TestClient, embedder: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Crowd, "turn", in_haste)
    assert reader.get("/api/v1/search?q=أمطار").json()["total"] == 1
    assert embedder.asked == 1
