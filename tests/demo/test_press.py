"""The sample press in time: what stands in which newspaper, at any moment."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from marsad.demo.gold import gold_lines
from marsad.demo.newspapers import newspapers
from marsad.demo.press import Behaviour, Change, Press, PressArticle, Removal, read_behaviour
from marsad.demo.texts import PressError, Text, all_texts
from marsad.model import Section

EPOCH = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
LATER = EPOCH + timedelta(hours=1)

TEXT = Text(
    id="old",
    newspaper="nasim-arz",
    event="rain",
    section=Section.WEATHER,
    country="MA",
    language="ar",
    age_hours=30,
    title="أمطار على تطوان",
    lead="موجز",
    paragraphs=("الفقرة الأولى", "الفقرة الثانية"),
)


def text(name: str, age_hours: float) -> Text:
    return replace(TEXT, id=name, age_hours=age_hours)


def press(*texts: Text, behaviour: Behaviour | None = None) -> Press:
    return Press(EPOCH, lambda: LATER, texts=texts, behaviour=behaviour or Behaviour())


def ids(articles: tuple[PressArticle, ...]) -> list[str]:
    return [article.id for article in articles if not article.id.startswith("bulletin")]


def after(seconds: float) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


def old(made: Press, now: datetime) -> PressArticle:
    (found,) = (article for article in made.articles("nasim-arz", now) if article.id == "old")
    return found


def test_articles_stand_newest_first_at_the_age_that_was_written() -> None:
    made = press(text("old", 30), text("new", 2)).articles("nasim-arz", EPOCH)
    assert ids(made) == ["new", "old"]
    assert timedelta(0) <= EPOCH - timedelta(hours=30) - made[1].published < timedelta(minutes=1)


def test_the_reserve_appears_one_each_interval_in_its_order() -> None:
    live = press(text("second", -2), text("first", -1), text("third", -3))
    assert ids(live.articles("nasim-arz", after(14))) == []
    assert ids(live.articles("nasim-arz", after(15))) == ["first"]
    assert ids(live.articles("nasim-arz", after(45))) == ["third", "second", "first"]


def test_it_never_stops_publishing() -> None:
    live = press(TEXT)
    moments = (EPOCH, after(600), after(3600), after(3600 * 24))
    counts = [sum(len(live.articles(slug, moment)) for slug in newspapers()) for moment in moments]
    assert counts == [1, 41, 241, 5761]


def test_every_newspaper_goes_on_publishing() -> None:
    assert all(len(press().articles(slug, after(900))) >= 4 for slug in newspapers())


def test_an_article_is_changed_in_its_time_and_keeps_its_place() -> None:
    change = Change("old", after=60, title="عنوان آخر", paragraph=2, text="فقرة أخرى")
    live = press(TEXT, behaviour=Behaviour(changed=(change,)))
    before, later = old(live, after(59)), old(live, after(60))
    assert (before.text, before.updated) == (TEXT, None)
    assert (later.text.title, later.updated) == ("عنوان آخر", after(60))
    assert later.text.paragraphs == ("الفقرة الأولى", "فقرة أخرى")
    assert (later.number, later.published, later.first_title) == (
        before.number,
        before.published,
        before.first_title,
    )


def test_an_article_is_removed_in_its_time() -> None:
    live = press(TEXT, behaviour=Behaviour(removed=(Removal("old", after=90),)))
    number = old(live, after(89)).number
    assert not live.removed("nasim-arz", number, after(89))
    assert live.removed("nasim-arz", number, after(90))
    assert live.find("nasim-arz", number, after(90)) is None
    assert ids(live.articles("nasim-arz", after(90))) == []


def test_behaviour_for_texts_that_are_not_there_is_passed_over() -> None:
    behaviour = Behaviour(changed=(Change("none", 1, "", 1, ""),), removed=(Removal("none", 1),))
    assert ids(press(TEXT, behaviour=behaviour).articles("nasim-arz", LATER)) == ["old"]


def test_the_behaviour_that_comes_with_the_press_names_texts_that_do() -> None:
    behaviour = read_behaviour()
    known = {text.id: text for text in all_texts()}
    assert behaviour.changed
    assert behaviour.removed
    for change in behaviour.changed:
        assert 1 <= change.paragraph <= len(known[change.article].paragraphs)
        assert change.title != known[change.article].title
    assert {removal.article for removal in behaviour.removed} <= known.keys()
    assert {c.article for c in behaviour.changed}.isdisjoint(r.article for r in behaviour.removed)


def test_an_article_is_found_by_its_number_in_its_own_newspaper_once_it_appeared() -> None:
    live = press(text("old", 30), text("first", -1))
    numbers = {article.id: article.number for article in live.articles("nasim-arz", LATER)}
    found = live.find("nasim-arz", numbers["first"], after(15))
    assert found is not None
    assert found.id == "first"
    assert live.find("nasim-arz", numbers["first"], after(14)) is None
    assert live.find("kuthban", numbers["first"], after(15)) is None
    assert live.find("nasim-arz", 123, LATER) is None


def test_all_that_stands_in_a_newspaper_is_found_by_its_number() -> None:
    live = Press(EPOCH, lambda: LATER)
    for slug in newspapers():
        for article in live.articles(slug, LATER):
            assert live.find(slug, article.number, LATER) == article


def test_two_presses_of_one_epoch_are_alike() -> None:
    one, other = (Press(EPOCH, lambda: LATER) for _ in range(2))
    assert all(one.articles(slug, LATER) == other.articles(slug, LATER) for slug in newspapers())


def test_an_epoch_without_a_time_zone_is_refused() -> None:
    with pytest.raises(PressError, match="time zone"):
        Press(EPOCH.replace(tzinfo=None))


def test_sections_keep_their_articles_however_many_bulletins_follow() -> None:
    live = press(replace(TEXT, section=Section.SPORTS))
    late = EPOCH + timedelta(days=30)
    assert [a.id for a in live.newest("nasim-arz", late, section=Section.SPORTS)] == ["old"]
    assert len(live.newest("nasim-arz", late, section=Section.WEATHER)) == 60
    assert len(live.newest("nakhil", late, language="fr")) == 60


def test_the_gold_tells_every_article_with_its_event() -> None:
    lines = [json.loads(line) for line in gold_lines(EPOCH)]
    assert {line["id"] for line in lines} == {text.id for text in all_texts()}
    assert all(line["story"] and line["title"] and line["text"] for line in lines)
    stages = {(line["story_b"], line["story"]) for line in lines if line["story_b"] != line["story"]}
    assert Counter(saga for saga, _ in stages) == {"medjerda": 3, "collo-fire": 3, "rif-storm": 3}
    assert [line["published"] for line in lines] == sorted(line["published"] for line in lines)
