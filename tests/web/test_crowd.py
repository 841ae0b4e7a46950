"""Many who search at once are answered by words alone; whoever comes after them is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marsad.app import Marsad
from marsad.model import Standing
from marsad.oversight import Reason, Thing
from marsad.pipeline.engines import Engines
from marsad.pipeline.keeping import Arrival
from marsad.pipeline.moderating import Judgement
from marsad.search.hybrid import Meaning
from marsad.search.vectors import VectorIndex
from marsad.web import crowd as crowds
from marsad.web.crowd import LOAD, MANY, PATIENCE, SPAN, TRIED, Crowd
from marsad.web.search import LATELY
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
            assert crowd.is_pressed
            inside.append(name)
            await asyncio.sleep(0)
            inside.append(name)

    async def both() -> None:
        await asyncio.gather(come("a"), come("b"))

    asyncio.run(both())
    assert inside == ["a", "a", "b", "b"]
    assert not crowd.is_pressed


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


async def steady(crowd: Crowd, clock: Clock, *, seconds: float, rate: float, taking: float) -> list[bool]:
    """What those are told who come at that rate, none of whom ever waits."""
    told: list[bool] = []
    for _ in range(round(seconds * rate)):
        async with crowd.turn() as in_haste:
            told.append(in_haste)
            clock.now += taking
        clock.now += 1 / rate - taking
    return told


def test_where_more_come_than_can_be_given_everything_none_waits_for_it(crowd: Crowd, clock: Clock) -> None:
    rate = 40.0
    told = asyncio.run(steady(crowd, clock, seconds=4, rate=rate, taking=1.1 * LOAD / rate))
    # For the first half second nobody knows yet that they are many.
    assert set(told[: round(SPAN * rate) - 2]) == {False}
    assert set(told[round(SPAN * rate) :]) == {True}
    assert crowd.is_pressed


def test_where_everybody_can_be_given_everything_all_are(crowd: Crowd, clock: Clock) -> None:
    rate = 40.0
    assert not any(asyncio.run(steady(crowd, clock, seconds=4, rate=rate, taking=0.9 * LOAD / rate)))
    assert not crowd.is_pressed


def test_what_took_long_once_is_tried_again(crowd: Crowd, clock: Clock) -> None:
    rate = 40.0
    asyncio.run(steady(crowd, clock, seconds=2, rate=rate, taking=0.9 / rate))
    told = asyncio.run(steady(crowd, clock, seconds=10 * TRIED, rate=rate, taking=0.01 / rate))
    assert told[0]
    assert not any(told[-round(TRIED * rate) :])


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


def test_a_crowd_is_given_what_words_find_or_the_better_page_where_it_is_there(
    reader: TestClient, embedder: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as crowded:
        crowded.setattr(Crowd, "turn", in_haste)
        page = reader.get("/search?q=أمطار").text
        assert IN_HASTE in page
        assert 'class="count">1' in page
        assert embedder.asked == 0
        # It is kept for the others of the crowd alone.
        crowded.setattr(Crowd, "is_pressed", True)
        crowded.setattr(Crowd, "turn", None)
        assert reader.get("/search?q=أمطار").text == page
    calm = reader.get("/search?q=أمطار").text
    assert IN_HASTE not in calm
    assert embedder.asked == 1
    # What is kept is the better page, and a crowd is given it too, without waiting for a turn.
    monkeypatch.setattr(Crowd, "is_pressed", True)
    monkeypatch.setattr(Crowd, "turn", None)
    assert reader.get("/search?q=أمطار").text == calm


def test_while_many_search_a_page_of_some_seconds_ago_will_do(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(reader.app.state.cache, "_clock", lambda: now[0])  # type: ignore[attr-defined]
    marsad: Marsad = reader.app.state.marsad  # type: ignore[attr-defined]
    page = reader.get("/search?q=أمطار").text
    marsad.keeper.keep([Arrival(article("أمطار أخرى في الجنوب", address="https://nakhla.example/2"))])
    marsad.indexer.catch_up()
    monkeypatch.setattr(Crowd, "is_pressed", True)
    now[0] += LATELY - 1
    assert reader.get("/search?q=أمطار").text == page
    now[0] += 2
    assert 'class="count">2' in reader.get("/search?q=أمطار").text


def test_what_must_not_be_shown_any_more_is_not_shown_to_a_crowd_either(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Crowd, "is_pressed", True)
    marsad: Marsad = reader.app.state.marsad  # type: ignore[attr-defined]
    assert 'class="count">1' in reader.get("/search?q=أمطار").text
    marsad.moderator.decide(Thing(1), Judgement(Standing.REMOVED, Reason.PRIVACY, "sami"))
    marsad.indexer.catch_up()
    assert 'class="count">1' not in reader.get("/search?q=أمطار").text


def test_programs_are_answered_in_full(
    reader: TestClient, embedder: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Crowd, "turn", in_haste)
    assert reader.get("/api/v1/search?q=أمطار").json()["total"] == 1
    assert embedder.asked == 1
