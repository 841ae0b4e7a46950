"""Tellings of one event come together as they arrive, and tellings of another never join them."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from marsad.model import Part, Place
from marsad.stories.grouping import Grouping, Telling
from marsad.stories.whereabouts import whereabouts
from tests.stories.world import telling, vector

#: Event → how many tell it.
EVENTS = {1: 6, 2: 1, 3: 3, 4: 2, 5: 1, 6: 9, 7: 4, 8: 1}


def week(*, meant: bool = True, text: bool = True) -> list[tuple[int, Telling]]:
    """Who tells what, an hour between two of them."""
    events = [event for event, times in EVENTS.items() for _ in range(times)]
    random.Random(5).shuffle(events)
    return [(event, telling(n, event, hours=n, meant=meant, text=text)) for n, event in enumerate(events, 1)]


def grouped(stream: Iterable[tuple[int, Telling]], *, mended: bool = True) -> dict[int, int]:
    """The story of each telling, as a keeper would have it."""
    grouping, story_of, opened = Grouping(), {}, 0
    for _, told in stream:
        placement = grouping.place(told)
        opened += placement.story is None
        story_of[told.number] = placement.story or opened
        grouping.settle(told, story_of[told.number], placement)
    for group in grouping.regroup() if mended else ():
        opened += group.story is None
        story_of |= dict.fromkeys(group.articles, group.story or opened)
    return story_of


def parted(story_of: dict[int, int]) -> set[frozenset[int]]:
    """The stories, whatever their numbers."""
    return {frozenset(n for n in story_of if story_of[n] == story) for story in story_of.values()}


def right(stream: Iterable[tuple[int, Telling]]) -> set[frozenset[int]]:
    return parted({told.number: event for event, told in stream})


@pytest.mark.parametrize("how", [{}, {"meant": False}, {"text": False}], ids=["all", "words", "headlines"])
def test_each_event_is_one_story(how: dict[str, bool]) -> None:
    stream = week(**how)
    assert parted(grouped(stream)) == right(stream)


def test_they_are_right_before_any_repair() -> None:
    stream = week()
    assert parted(grouped(stream, mended=False)) == right(stream)


def test_another_order_of_arrival_gives_the_same_stories() -> None:
    stream = week()
    other = sorted(stream, key=lambda each: random.Random(each[1].number).random())
    assert parted(grouped(stream)) == parted(grouped(other))


def test_the_same_event_in_two_languages_is_one_story() -> None:
    stream = [(1, telling(1, 1)), (1, telling(2, 1, 1, language="fr")), (2, telling(3, 2, 2, language="fr"))]
    assert parted(grouped(stream)) == right(stream)


def test_what_is_alike_but_weeks_apart_is_not_compared() -> None:
    assert len(set(grouped([(1, telling(1, 1)), (1, telling(2, 1, hours=24 * 14))]).values())) == 2


def test_a_repair_joins_what_came_apart_and_keeps_the_elder_number() -> None:
    grouping = Grouping()
    for number, story in ((1, 71), (2, 72), (3, 73)):
        told = telling(number, 1, number)
        grouping.settle(told, story, grouping.place(told))
    [group] = grouping.regroup()
    assert (group.story, group.articles) == (71, (1, 2, 3))


def test_a_repair_splits_what_does_not_belong_together() -> None:
    grouping = Grouping()
    for number, event in ((1, 1), (2, 1), (3, 1), (4, 2), (5, 2)):
        told = telling(number, event, number)
        grouping.settle(told, 9, grouping.place(told))
    found = {group.story: group.articles for group in grouping.regroup()}
    assert found == {9: (1, 2, 3), None: (4, 5)}


def test_a_repair_without_news_looks_at_nothing() -> None:
    grouping = Grouping()
    told = telling(1, 1)
    grouping.settle(told, 1, grouping.place(told))
    assert len(grouping.regroup()) == 1
    assert grouping.regroup() == []
    assert len(grouping.regroup(everything=True)) == 1


def test_what_an_article_means_may_become_known_later() -> None:
    grouping = Grouping()
    for number, language in ((1, "ar"), (2, "fr")):
        told = telling(number, 1, number, language=language, meant=False)
        placement = grouping.place(told)
        assert placement.story is None
        grouping.settle(told, number, placement)
    for number, language in ((1, "ar"), (2, "fr"), (12345, "ar")):
        grouping.mean(number, vector(1, number, language))
    [group] = grouping.regroup()
    assert group.articles == (1, 2)


def test_a_placement_tells_its_reasons() -> None:
    grouping = Grouping()
    for number, event in ((1, 1), (2, 2)):
        grouping.settle(telling(number, event), number)
    [nearest, *_] = grouping.place(telling(3, 1, 1)).likenesses
    assert (nearest.story, nearest.nearest) == (1, 1)
    assert nearest.link > 0


def test_an_article_that_moved_is_found_where_it_is_now() -> None:
    grouping = Grouping()
    grouping.settle(telling(1, 1), 1)
    grouping.move(1, 5)
    grouping.move(99, 5)
    assert grouping.place(telling(2, 1, 1)).story == 5


def test_the_most_central_is_the_one_most_like_all_others() -> None:
    grouping = Grouping()
    for number in range(1, 6):
        told = telling(number, 1, number)
        grouping.settle(told, 1, grouping.place(told))
    [group] = grouping.regroup()
    assert set(group.central) == set(group.articles)
    assert len(set(group.central.values())) > 1


def test_bulletins_of_several_towns_are_no_story_however_alike() -> None:
    grouping, stories = Grouping(), set[int]()
    for number, town in enumerate(("ma-fes", "ma-agadir", "ma-oujda"), 1):
        where = whereabouts([Place(town, Part.TITLE, 0, 4, main=True)])
        told = replace(telling(number, event=1), where=where)
        placement = grouping.place(told)
        stories.add(placement.story or number)
        grouping.settle(told, placement.story or number, placement)
    assert len(stories) == 3
    assert not any(len(group.articles) > 1 for group in grouping.regroup(everything=True))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_an_opinion_joins_no_story_however_many_tell_it(language: str) -> None:
    grouping, story_of = Grouping(), dict[int, int]()
    for number in range(1, 12):
        told = telling(number, event=1, hours=number, language=language if number == 6 else "ar")
        if number == 6:
            told = replace(told, wording=replace(told.wording, opinion=True))
        placement = grouping.place(told)
        story_of[number] = placement.story or number
        grouping.settle(told, story_of[number], placement)
    assert set(story_of.values()) == {1, 6}
    assert [number for number, story in story_of.items() if story == 6] == [6]
    groups = {group.articles for group in grouping.regroup(everything=True)}
    assert groups == {(6,), tuple(number for number in range(1, 12) if number != 6)}


def test_an_opinion_that_stood_in_a_story_leaves_it() -> None:
    grouping = Grouping()
    for number in (1, 2, 3):
        told = telling(number, event=1, hours=number)
        if number == 3:
            told = replace(told, wording=replace(told.wording, opinion=True))
        grouping.settle(told, 1, grouping.place(told))
    assert {group.articles for group in grouping.regroup()} == {(1, 2), (3,)}


def test_a_copy_of_an_opinion_joins_it() -> None:
    grouping = Grouping()
    first = telling(1, event=1)
    first = replace(first, wording=replace(first.wording, opinion=True))
    grouping.settle(first, 1, grouping.place(first))
    copy = replace(first, number=2, source="another")
    placement = grouping.place(copy)
    assert placement.story == 1
    grouping.settle(copy, 1, placement)
    assert [group.articles for group in grouping.regroup(everything=True)] == [(1, 2)]
