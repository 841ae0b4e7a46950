"""What every index promises, tried on each implementation over real folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from marsad.search.index import Document, Facet, Index, Order, Window
from marsad.search.parser import read_query
from marsad.search.query import Field, Name, Query
from marsad.search.tantivy import TantivyIndex

IMPLEMENTATIONS: dict[str, Callable[[Path], Index]] = {"tantivy": TantivyIndex}

DAY = datetime(2024, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(params=IMPLEMENTATIONS)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    opened = IMPLEMENTATIONS[request.param](tmp_path / "index")
    yield opened
    opened.close()


def article(number: int, title: str, body: str = "", **more: object) -> Document:
    plain: dict[str, object] = {
        "source": "alsahil",
        "language": "ar",
        "lead": "",
        "published": DAY + timedelta(minutes=number),
    }
    return Document(number=number, title=title, body=body, **{**plain, **more})  # type: ignore[arg-type]


def found(index: Index, text: str, **window: object) -> list[int]:
    hits = index.search(read_query(text), Window(**window))  # type: ignore[arg-type]
    return [hit.number for hit in hits.hits]


def fill(index: Index, *documents: Document) -> None:
    index.replace(documents)
    index.commit()


def test_any_form_of_a_word_finds_the_others(index: Index) -> None:
    fill(
        index,
        article(1, "تفكيك خلية إرهابية", "أوضح المصدر أن مكافحة الإرهاب مستمرة"),
        article(2, "أمطار قوية"),
    )
    for text in ("الإرهابية", "مكافحه الارهاب", "لمكافحة الإرهابيين", "تفكيك الخلية", "إِرْهَابِيّ", "الـــخلية"):
        assert found(index, text) == [1], text


def test_latin_words_are_found_without_knowing_their_language(index: Index) -> None:
    fill(
        index,
        article(1, "Les élections régionales", language="fr"),
        article(2, "The elections were held", language="en"),
        article(3, "شركة Google تعلن"),
    )
    assert sorted(found(index, "election")) == [1, 2]
    assert found(index, "regionale") == [1]
    assert found(index, "google") == [3]
    assert found(index, "l'ELECTION régionale", relax=False) == [1]


def test_all_words_are_asked_for_before_some_of_them(index: Index) -> None:
    fill(index, article(1, "ميناء طنجة"), article(2, "ميناء أكادير"), article(3, "سوق طنجة"))
    hits = index.search(read_query("ميناء طنجة"), Window())
    assert hits.hits[0].number == 1
    assert (hits.relaxed, hits.total) == (True, 3)
    assert found(index, "ميناء طنجة", relax=False) == [1]


def test_phrases_exclusions_choices_and_groups(index: Index) -> None:
    fill(
        index,
        article(1, "ثلوج على الأطلس وأمطار في السهول"),
        article(2, "أمطار غزيرة بالشمال"),
        article(3, "بالشمال أمطار قليلة وغزيرة الثلوج"),
    )
    assert found(index, '"أمطار غزيرة"') == [2]
    assert sorted(found(index, "أمطار -ثلوج")) == [2]
    assert sorted(found(index, "أطلس OR غزيرة")) == [1, 2, 3]
    assert sorted(found(index, "(أطلس أو شمال) ثلوج", relax=False)) == [1, 3]
    assert sorted(found(index, "-ثلوج")) == [2]


def test_beginnings_of_words(index: Index) -> None:
    fill(index, article(1, "الاقتصاد الوطني"), article(2, "اقتصاديات الطاقة"), article(3, "السياسة"))
    assert sorted(found(index, "اقتص*")) == [1, 2]
    assert sorted(found(index, "الاقتصاد*")) == [1, 2]
    fill(index, article(4, "أمطار غزيرة"), article(5, "بسبب الأمطار"))
    assert sorted(found(index, "أمط*")) == sorted(found(index, "title:أمط*")) == [4, 5]


def test_what_is_known_under_a_name_goes_before_other_names_that_have_it_in_them(index: Index) -> None:
    fill(
        index,
        article(1, "زيارة", places=("طنجة-أصيلة", "طنجة-تطوان"), place_slugs=("ma-tanger-assilah",)),
        article(2, "ميناء", places=("طنجة",), place_slugs=("ma-tanger",), credit="Reuters"),
        article(3, "حديث عن طنجة"),
    )

    def known(field: Field, value: str, *names: str) -> list[int]:
        return sorted(hit.number for hit in index.search(Query(Name(field, value, names)), Window()).hits)

    assert known(Field.PLACE, "طنجه") == [1, 2]
    assert known(Field.PLACE, "طنجه", "ma-tanger", "ma-nowhere") == [2]
    assert known(Field.PLACE, "طنجه", "ma-nowhere") == [3]  # nothing happens there: what speaks of it
    assert known(Field.CREDIT, "رويترز", "Reuters") == [2]


def test_fields_narrow(index: Index) -> None:
    fill(
        index,
        article(1, "زيارة", "ميناء", section="economy", author="ليلى بنعمر", places=("طنجة", "Tanger")),
        article(
            2,
            "ميناء",
            source="lemistral",
            source_name="Le Mistral du Sud",
            credit="وكالة الأنباء",
            language="fr",
        ),
    )
    assert found(index, "title:ميناء") == [2]
    assert found(index, "القسم:اقتصاد") == [1]
    assert found(index, "الكاتب:ليلى") == found(index, 'author:"ليلى بنعمر"') == [1]
    assert found(index, "place:tanger") == found(index, "مكان:طنجة") == [1]
    assert sorted(found(index, "place:ميناء")) == [1, 2]
    assert found(index, "source:lemistral") == found(index, 'journal:"Mistral du Sud"') == [2]
    assert found(index, "credit:الأنباء") == found(index, "lang:français") == [2]
    assert sorted(found(index, "source:lemistral source:alsahil")) == [1, 2]
    assert found(index, "-source:lemistral") == [1]


def test_days_narrow_by_the_moment_of_publishing(index: Index) -> None:
    days = (datetime(2023, 12, 31, 23, 59, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC), DAY)
    fill(index, *(article(number, "خبر", published=day) for number, day in enumerate(days, 1)))
    assert found(index, "before:2024") == [1]
    assert sorted(found(index, "after:2024")) == [2, 3]
    assert found(index, "on:2024-01") == found(index, "يوم:1/1/2024") == [2]
    assert sorted(found(index, "-on:2024-01-01")) == [1, 3]


def test_order_by_date_and_pages_that_stay_while_news_arrives(index: Index) -> None:
    fill(index, *(article(number, "خبر عاجل") for number in range(1, 8)))
    first = found(index, "خبر", order=Order.NEWEST, size=3, newest=7)
    fill(index, article(8, "خبر جديد"))
    assert first == [7, 6, 5]
    assert found(index, "خبر", order=Order.NEWEST, size=3, start=3, newest=7) == [4, 3, 2]
    assert found(index, "خبر", order=Order.OLDEST, size=2) == [1, 2]
    assert found(index, "خبر", size=0) == []


def test_hits_are_counted_by_facet(index: Index) -> None:
    fill(
        index,
        article(1, "خبر", section="sports"),
        article(2, "خبر", section="sports", source="lemistral", published=datetime(2023, 5, 1, tzinfo=UTC)),
        article(3, "غير ذلك", section="world"),
    )
    hits = index.search(read_query("خبر"), Window(facets=tuple(Facet)))
    assert hits.total == 2
    assert hits.facets[Facet.SECTION] == (("sports", 2),)
    assert dict(hits.facets[Facet.SOURCE]) == {"alsahil": 1, "lemistral": 1}
    assert dict(hits.facets[Facet.YEAR]) == {"2023": 1, "2024": 1}
    assert dict(hits.facets[Facet.MONTH]) == {"2023-05": 1, "2024-03": 1}
    assert dict(hits.facets[Facet.DAY]) == {"2023-05-01": 1, "2024-03-10": 1}


def test_words_are_counted_as_they_are_spelt(index: Index) -> None:
    fill(index, article(1, "المدينة", "في المدينة"), article(2, "مدينة", "والمدينة"))
    assert index.frequencies(["المدينه", "مدينه", "المدينة", "قريه"]) == [1, 1, 0, 0]


def test_words_that_begin_so_are_given_the_most_frequent_first(index: Index) -> None:
    fill(index, article(1, "مدينة", "المدن"), article(2, "المدينة", "مدن"), article(3, "مدن ومدرسة"))
    assert index.spellings(["مدي", "المدي"], 5) == ["مدينه", "المدينه"]
    assert index.spellings(["مد"], 1) == ["مدن"]
    assert index.spellings(["زق"], 5) == []


def test_hits_carry_story_and_moment(index: Index) -> None:
    fill(index, article(5, "خبر", story=9), article(6, "نبأ"))
    hit = index.search(read_query("خبر"), Window()).hits[0]
    assert (hit.number, hit.story, hit.published) == (5, 9, DAY + timedelta(minutes=5))
    assert index.search(read_query("نبأ"), Window()).hits[0].story is None


def test_replacing_twice_is_replacing_once(index: Index) -> None:
    for title in ("قديم", "جديد"):
        index.replace([article(1, title), article(2, title)])
        index.replace([article(1, title)])
        index.commit()
    assert index.count() == 2
    assert index.numbers() == {1, 2}
    assert found(index, "قديم") == []
    assert sorted(found(index, "جديد")) == [1, 2]


def test_deleting_forgets_and_does_not_mind_the_unknown(index: Index) -> None:
    fill(index, article(1, "خبر"), article(2, "خبر"))
    index.delete([1, 77])
    index.commit()
    assert index.numbers() == {2}


def test_changes_are_seen_after_commit_only(index: Index) -> None:
    index.replace([article(1, "خبر")])
    assert found(index, "خبر") == []
    index.commit()
    assert found(index, "خبر") == [1]
    index.clear()
    assert (index.count(), found(index, ""), index.numbers()) == (0, [], frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        '"',
        "((((",
        "OR",
        "-",
        "*",
        "title:",
        "من",
        "؟؟؟",
        "before:kk",
        "a" * 5000,
        "( " * 900,
        "\x00",
        "NOT " * 99,
    ],
)
def test_no_query_is_an_error(index: Index, text: str) -> None:
    fill(index, article(1, "خبر"))
    assert index.search(read_query(text), Window(facets=tuple(Facet))).total in (0, 1)


def test_among_some_articles_conditions_hold_and_words_only_score(index: Index) -> None:
    fill(
        index,
        article(1, "أمطار قوية", source="sahil"),
        article(2, "زيارة", "كلام آخر", source="sahil"),
        article(3, "زيارة", "كلام آخر", source="jabal"),
        article(4, "أمطار قوية", source="sahil"),
    )
    assert found(index, "أمطار قوية", among=(1, 2, 3)) == [1, 3, 2]
    assert found(index, "أمطار قوية source:sahil", among=(1, 2, 3)) == [1, 2]
    assert found(index, "أمطار -زيارة", among=(1, 2)) == [1]
    assert found(index, 'أمطار "كلام آخر"', among=(1, 2)) == [2]
    assert found(index, "أمطار", among=(1, 2, 3), newest=2) == [1, 2]
    assert found(index, "أمطار", among=(77,)) == []
    hits = index.search(read_query("أمطار"), Window(among=(1, 2, 3), facets=(Facet.SOURCE,)))
    assert (hits.total, dict(hits.facets[Facet.SOURCE])) == (3, {"sahil": 2, "jabal": 1})
    assert hits.hits[0].score > hits.hits[1].score == 0


def test_what_an_ideal_article_would_score_grows_with_rare_words(index: Index) -> None:
    fill(index, *(article(number, "أمطار قوية") for number in range(1, 20)))
    common = index.search(read_query("أمطار قوية"), Window()).ideal
    unknown = index.search(read_query("زقزقة العصافير"), Window()).ideal
    assert 0 < common < unknown
