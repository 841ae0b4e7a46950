"""A story's page over a real archive."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from marsad.model import Copy, Image, Precision, Published
from marsad.moderation.policy import Terms
from marsad.pipeline.keeping import Arrival, Keeper
from marsad.store import sources
from marsad.store.engine import Store
from marsad.stories.grouping import Grouping
from marsad.stories.importance import Kind
from marsad.views import telling
from marsad.views.shown import Shown
from tests.samples import NOW, SOURCE, article
from tests.stories.test_importance import HEADLINE

TEXT = " ".join(f"كلمة{letter}" for letter in "بتثجحخدذرزسشصضطظعغفقكلمنهي") + " يوم 3 ماي 2023."


def _page(folder: Path, terms: Terms) -> telling.StoryPage:
    with closing(Store(folder)) as store:
        with store.writing() as connection:
            sources.put(connection, SOURCE, NOW)
        keeper = Keeper(store, lambda found, _: found, Grouping, clock=lambda: NOW)
        moments = (NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=20))
        texts = (TEXT, TEXT, f"{TEXT} وجد جديد اليوم لم يكن بالأمس: ٣٥ جريحا")
        for number, (moment, text) in enumerate(zip(moments, texts, strict=True), 1):
            address = f"{SOURCE.home}{number}"
            published = Published(moment, Precision.MINUTE, "json-ld")
            image = Image(f"{address}.jpg", "وادي مرتيل")
            keeper.keep([Arrival(article(text, address=address, published=published, images=(image,)))])
        keeper.mend()
        with store.reading() as connection:
            found = telling.story(connection, 1, NOW + timedelta(hours=21), Shown(connection, terms))
    assert found is not None
    return found


def test_it_tells_who_was_first_who_copied_and_how_it_went_on(tmp_path: Path) -> None:
    page = _page(tmp_path, Terms(public=False, excerpt_words=40, images=True))
    assert page.first
    assert page.first.number == 1
    assert {copy.number for copy in page.copies[1]} >= {2}
    assert page.story.articles == 3
    assert [(share.key, share.tellings) for share in page.newspapers] == [(SOURCE.slug, 3)]
    assert {reason.kind for reason in page.reasons} >= {Kind.NEWSPAPERS, Kind.OWN_WORDS, Kind.FIRST}
    assert [named.day.isoformat() for named in page.chronology] == ["2023-05-03"]
    assert page.course == ()  # a list of three says as much


@pytest.mark.parametrize("words", [5])
def test_no_day_is_named_by_what_may_not_be_shown(tmp_path: Path, words: int) -> None:
    assert _page(tmp_path, Terms(public=True, excerpt_words=words, images=True)).chronology == ()


def test_it_tells_what_a_later_telling_adds_and_shows_each_image_once(tmp_path: Path) -> None:
    page = _page(tmp_path, Terms(public=False, excerpt_words=40, images=True))
    assert page.added[3].figures == ("٣٥ جريحا",)
    assert [(each.headline.number, each.image.caption) for each in page.pictures] == [
        (page.story.representative.number, "وادي مرتيل")
    ]


def test_nothing_is_added_and_no_image_shown_of_what_may_not_be(tmp_path: Path) -> None:
    page = _page(tmp_path, Terms(public=True, excerpt_words=5, images=False))
    assert (page.added, page.pictures) == ({}, ())


@pytest.mark.parametrize(
    ("copied", "folded"),
    [
        ({2: 1, 3: 2}, {1: [2, 3]}),
        ({2: 9, 3: 2}, {1: [], 2: [3]}),
        ({1: 2, 2: 1, 3: 1}, {2: [1, 3]}),
    ],
    ids=["a copy of a copy", "of what is elsewhere", "each of the other"],
)
def test_each_telling_stands_once_copies_under_what_they_go_back_to(
    tmp_path: Path, copied: dict[int, int], folded: dict[int, list[int]]
) -> None:
    everyone = _page(tmp_path, Terms(public=False, excerpt_words=40, images=True)).by_number.values()
    told = sorted(everyone, key=lambda each: each.dated)
    within = {number: Copy(of, 0.9) for number, of in copied.items() if of != 9}
    found = telling._folded(told, within)
    assert {number: [copy.number for copy in copies] for number, copies in found.items()} == folded


@pytest.mark.parametrize(
    ("precision", "hours", "is_known"),
    [(Precision.MINUTE, 1, True), (Precision.DAY, 20, False), (Precision.DAY, 25, True)],
)
def test_who_was_first_is_told_where_hours_are_known(
    precision: Precision, hours: int, is_known: bool
) -> None:
    first = replace(HEADLINE, precision=precision)
    other = replace(HEADLINE, number=2, source="vent", dated=NOW + timedelta(hours=hours))
    assert telling._first([first, other]) == (first if is_known else None)
    assert telling._first([first, replace(other, source=first.source)]) == first


def test_a_copy_breaks_a_silence_and_opens_no_step_alone() -> None:
    told = [replace(HEADLINE, number=n, dated=NOW + timedelta(hours=h)) for n, h in enumerate((0, 5, 10, 30))]
    assert [[each.number for each in step] for step in telling._steps(told, {0, 2})] == [[0, 2]]
