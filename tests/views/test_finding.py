"""What a search page is made of, over a small archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from marsad.app import Marsad
from marsad.model import Article, DisplayPolicy, Precision, Published, Section
from marsad.pipeline.engines import Engines
from marsad.pipeline.keeping import Arrival
from marsad.search.hybrid import Meaning
from marsad.search.vectors import VectorIndex
from marsad.views.asking import Asked, asked
from marsad.views.completing import completions
from marsad.views.finding import Found, find, headlines
from marsad.views.shown import Shown
from marsad.views.unknown import Unknown
from tests.embedders import WordEmbedder
from tests.press.world import archive
from tests.samples import NOW, SOURCE, article


def telling(number: int, title: str, text: str, **changes: object) -> Arrival:
    moment = Published(NOW - timedelta(days=40 * number), Precision.MINUTE, "json-ld")
    told: Article = article(
        text, address=f"https://nakhla.example/{number}", title=title, published=moment, **changes
    )
    return Arrival(told)


@pytest.fixture
def marsad(tmp_path: Path) -> Iterator[Marsad]:
    with archive(tmp_path) as opened:
        opened.add_sources([SOURCE])
        opened.keeper.keep(
            [
                telling(1, "الحكومة الجديدة تعقد مجلسها", "ناقشت الحكومة مشروع الميزانية."),
                telling(2, "رئيس الحكومة يزور الميناء", "تحدثت الحكومة عن الصيد.", section=Section.ECONOMY),
                telling(3, "مباراة مؤجلة", "أجلت المباراة بسبب الأمطار.", section=Section.SPORTS),
                telling(4, "الحكومة والماء", "خطة الحكومة للسدود.", display=DisplayPolicy.HEADLINE),
            ]
        )
        opened.indexer.catch_up()
        yield opened


def found(marsad: Marsad, **parameters: str) -> Found:
    with marsad.store.reading() as connection:
        shown = Shown(connection, marsad.terms)
        return find(connection, marsad.engines, asked(parameters), NOW, UTC, shown)


def test_words_are_lit_in_titles_and_passages(marsad: Marsad) -> None:
    result = found(marsad, q="للحكومة الميزانية").results[0]
    assert [result.headline.title[span.start : span.end] for span in result.lit] == ["الحكومة"]
    passage = result.passages[0]
    assert [passage.text[span.start : span.end] for span in passage.spans] == ["الحكومة", "الميزانية"]


def test_no_passage_is_shown_of_what_may_be_shown_by_its_headline_only(marsad: Marsad) -> None:
    result = next(each for each in found(marsad, q="الحكومة").results if each.headline.number == 4)
    assert (result.passages, len(result.lit)) == ((), 1)


def test_hits_can_be_narrowed_by_what_they_are_counted_by(marsad: Marsad) -> None:
    everything = found(marsad, q="الحكومة")
    assert [(choice.name, choice.count) for choice in everything.choices["source"]] == [("النخلة", 3)]
    assert [choice.name for choice in everything.choices["language"]] == ["العربية"]
    assert sum(choice.count for choice in everything.choices["section"]) == 3
    for choice in everything.choices["section"]:
        assert found(marsad, q="الحكومة", section=choice.value).total == choice.count


def test_every_bar_of_the_chart_narrows_to_what_it_counts(marsad: Marsad) -> None:
    bars = [bar for bar in found(marsad, q="الحكومة").timeline if bar.count]
    assert sum(bar.count for bar in bars) == 3
    for bar in bars:
        assert found(marsad, q="الحكومة", on=bar.when).total == bar.count


def test_pages_go_up_to_the_article_that_was_the_newest(marsad: Marsad) -> None:
    first = found(marsad, q="الحكومة", sort="newest")
    marsad.keeper.keep([telling(0, "الحكومة اليوم", "خبر جديد عن الحكومة.")])
    marsad.indexer.catch_up()
    assert found(marsad, q="الحكومة", sort="newest").total == 4
    assert found(marsad, q="الحكومة", sort="newest", upto=str(first.newest)).total == 3


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("الحوكمة", "الحكومة"),
        ("الحكومة", None),
        ("من", None),
        ("زقزقة", None),
        ("الحوكمة section:weather", None),
        ("الحوكم*", None),
        ("hgp;,lm", "الحكومة"),
        ('titre:"hgp;,lm"', 'titre:"الحكومة"'),
        ("العنوان:hgp;,lm", "العنوان:الحكومة"),
        ("hgp;,gm", "الحكومة"),
        ("hgi[,l", None),
    ],
)
def test_what_was_perhaps_meant_is_offered_as_it_is_written(
    marsad: Marsad, query: str, meant: str | None
) -> None:
    assert found(marsad, q=query).meant == meant


def test_what_was_perhaps_meant_is_counted_with_all_that_narrows(marsad: Marsad) -> None:
    assert found(marsad, q="الحوكمة", section="economy").meant == "الحكومة"
    assert found(marsad, q="الحوكمة", language="fr").meant is None


def test_a_beginning_goes_on_as_headlines_do(marsad: Marsad) -> None:
    with marsad.store.reading() as connection:
        words = completions(connection, marsad.index, "رئيس حكو")
        assert words == ("رئيس الحكومة", "رئيس الحكومة يزور", "رئيس الحكومة يزور الميناء")
        for nothing in ("", " ", "ر", "رئيس ", "؟" * 500, "زقز"):
            assert completions(connection, marsad.index, nothing) == ()


def test_headlines_alone_are_those_of_the_page(marsad: Marsad) -> None:
    with marsad.store.reading() as connection:
        alone = headlines(connection, marsad.engines, asked({"q": "الحكومة"}), NOW, UTC)
    assert [each.number for each in alone] == [
        result.headline.number for result in found(marsad, q="الحكومة").results
    ]


def test_without_words_nothing_is_looked_for(marsad: Marsad) -> None:
    assert found(marsad, q="").results == ()
    assert found(marsad, source="nakhla").total == 4


@pytest.mark.parametrize("nothing", ["-", "😀", "م*", "في"])
def test_where_nothing_is_looked_for_meaning_is_still_there(marsad: Marsad, nothing: str) -> None:
    engines = Engines(marsad.index, Meaning(WordEmbedder(), VectorIndex()))
    with marsad.store.reading() as connection:
        page = find(connection, engines, Asked(nothing), NOW, UTC, Shown(connection, marsad.terms))
    assert page.by_meaning
    assert [each.part for each in page.ignored] == [nothing]
    assert page.results == ()


def test_a_newspaper_that_is_not_here_is_named_with_the_nearest(marsad: Marsad) -> None:
    [unknown] = found(marsad, q=f"source:{SOURCE.slug}h source:{SOURCE.slug} الحكومة").unknown
    assert unknown == Unknown(f"{SOURCE.slug}h", {SOURCE.slug: SOURCE.name})
    assert (
        found(marsad, q="source:zzz").unknown == found(marsad, source="zzz").unknown == (Unknown("zzz", {}),)
    )
    for known in (SOURCE.slug, f'"{SOURCE.name}"', f'"{SOURCE.name.split()[-1]}"'):
        assert found(marsad, q=f"source:{known} -source:zzz").unknown == ()


def test_tellings_of_one_story_stand_under_the_best_of_them_until_they_are_unfolded(marsad: Marsad) -> None:
    text = "صادق مجلس الوزراء اليوم في الرباط على مرسوم جديد ينظم الصيد في أعالي البحار ويحدد رسومه وعقوباته."
    same = [telling(number, f"مرسوم الصيد في أعالي البحار {number}", text) for number in (100, 101, 102)]
    with_a_day = [
        replace(each, article=replace(each.article, published=same[0].article.published)) for each in same
    ]
    marsad.keeper.keep(with_a_day)
    marsad.indexer.catch_up()
    folded, unfolded = (
        found(marsad, q='title:"أعالي البحار"'),
        found(marsad, q='title:"أعالي البحار"', fold="0"),
    )
    assert [len(result.same_story) for result in folded.results] == [2]
    assert [len(result.same_story) for result in unfolded.results] == [0, 0, 0]
    assert folded.total == unfolded.total == 3
