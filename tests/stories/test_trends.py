"""What rises: more than usual, told by several, about one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from marsad.stories.trends import Levels, Said, Trend, phrases, rising
from tests.samples import NOW


def said(
    number: int, title: str, *, days_ago: float = 0, source: str = "", story: int = 0, group: str = ""
) -> Said:
    groups = (group,) if group else ()
    newspaper = source or f"newspaper{number % 3}"
    return Said(
        number, newspaper, story or number, NOW - timedelta(days=days_ago), groups, phrases(title, "ar")
    )


def found(everything: list[Said], group: str = "") -> list[Trend]:
    levels = Levels()
    for each in everything:
        levels.add(each)
    recent = [
        each
        for each in everything
        if each.dated > NOW - timedelta(days=1) and (not group or group in each.groups)
    ]
    return rising(recent, levels.usual(group, recent), 10)


def usual_days() -> list[Said]:
    titles = ("الحكومة تعقد مجلسها الأسبوعي", "مباراة الوداد تنتهي بالتعادل", "أسعار النفط تتراجع قليلا")
    return [said(1000 + place, titles[place % 3], days_ago=1.5 + place % 20) for place in range(300)]


FLOOD = [
    said(1, "فيضانات تطوان تغمر الأحياء", story=1),
    said(2, "فيضانات تطوان: غرق حي كامل", story=1),
    said(3, "السلطات تجلي سكان فيضانات تطوان", story=1),
    said(4, "خسائر فيضانات تطوان بالملايين", story=2),
]


def test_what_many_tell_today_and_nobody_told_before_rises_under_its_full_name() -> None:
    trend = found(usual_days() + FLOOD)[0]
    assert trend.name == "فيضانات تطوان"
    assert (trend.told, trend.newspapers) == (4, 3)
    assert trend.usual < 0.1
    assert set(trend.articles) == {1, 2, 3, 4}


def test_what_is_told_every_day_does_not_rise() -> None:
    today = [said(number, "أسعار النفط تتراجع قليلا", story=9) for number in range(1, 5)]
    assert not [trend for trend in found(usual_days() + today) if "النفط" in trend.name]


def test_one_newspaper_alone_makes_no_trend() -> None:
    alone = [said(each.number, "فيضانات تطوان تغمر الأحياء", source="nakhla", story=1) for each in FLOOD]
    assert found(usual_days() + alone) == []


def test_a_word_of_headlines_that_have_nothing_else_in_common_makes_no_trend() -> None:
    titles = ("بالفيديو حريق غابة", "بالفيديو هدف جميل", "بالفيديو حادثة سير", "بالفيديو ثلوج كثيفة")
    assert found(usual_days() + [said(number, title) for number, title in enumerate(titles, 1)]) == []


def test_a_manner_of_speaking_in_stories_that_have_nothing_to_do_with_one_another_makes_no_trend() -> None:
    towns = ("فاس", "وجدة", "العيون", "طنجة", "أكادير", "الداخلة")
    bulletins = [
        said(number, f"سماء صافية ونسيم عليل فوق {town}", story=number)
        for number, town in enumerate(towns, 1)
    ]
    assert found(usual_days() + bulletins) == []
    assert found(usual_days() + [replace(each, story=1 + each.number % 2) for each in bulletins]) != []


def test_a_common_word_alone_names_no_trend() -> None:
    titles = ("عاجل قتلى دوما", "عاجل هجوم دوما", "هجوم دوما عاجل")
    names = {
        trend.name for trend in found([said(number, title, story=1) for number, title in enumerate(titles)])
    }
    assert "عاجل" not in names


def test_a_name_stands_without_what_is_written_onto_its_article() -> None:
    titles = ("ضربة للتحالف العربي باليمن", "بيان للتحالف العربي باليمن", "غارة للتحالف العربي باليمن")
    today = [said(number, title, story=1) for number, title in enumerate(titles, 1)]
    assert found(usual_days() + today)[0].name.startswith("التحالف العربي")


def test_what_rises_in_a_section_is_measured_by_that_section() -> None:
    before = [said(each.number, "رياضة وأخبار", days_ago=3, group="section:sports") for each in usual_days()]
    today = [
        said(each.number, "فيضانات تطوان تغمر الملعب", story=1, group="section:sports") for each in FLOOD
    ]
    assert found(usual_days() + before + today, "section:sports")[0].told == 3
    assert found(usual_days() + before + today, "section:world") == []


def test_phrases_are_named_as_they_are_written_and_numbers_alone_are_none() -> None:
    french = phrases("Crue du fleuve Martil : 120 familles évacuées", "fr")
    assert "Crue du fleuve" in french.values()
    assert "120" not in french.values()
    assert not any(":" in written for written in french.values())


@given(
    st.lists(st.tuples(st.integers(0, 40), st.text(max_size=40)), max_size=30),
    st.randoms(use_true_random=False),
)
def test_the_level_does_not_depend_on_the_order(told: list[tuple[int, str]], order: object) -> None:
    everything = [said(number, title, days_ago=days) for number, (days, title) in enumerate(told, 1)]
    shuffled = list(everything)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    one, other = Levels(), Levels()
    for first, second in zip(everything, shuffled, strict=True):
        one.add(first)
        other.add(second)
    for phrase in {phrase for each in everything for phrase in each.phrases}:
        assert abs(one.usual("", ())(phrase) - other.usual("", ())(phrase)) < 1e-6
        several = everything[:3]
        assert abs(one.usual("", several)(phrase) - other.usual("", several)(phrase)) < 1e-6
