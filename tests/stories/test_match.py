"""Which articles report a match, and that two matches of one tournament stay two."""

from __future__ import annotations

import pytest

from marsad.model import Part, Place
from marsad.stories.alike import LIKENESSES, Compared, likenesses
from marsad.stories.frequencies import Frequencies
from marsad.stories.whereabouts import whereabouts
from marsad.stories.wording import Wording, wording

REPORTS = {
    "ar": (
        "النسور تفوز على الأسود",
        "فاز المنتخب بهدفين دون مقابل في مباراة ودية، وسجل الثاني في الدقيقة 80.",
    ),
    "fr": (
        "Les Lions s'imposent à Oujda",
        "Victoire 2-0 en match amical : un but à la 58e minute, un autre en finale.",
    ),
    "en": (
        "Eagles beat Lions",
        "The home side won the friendly with two goals, the second in the last minute.",
    ),
}


@pytest.mark.parametrize("language", REPORTS)
def test_a_report_of_a_match_is_known_by_its_words(language: str) -> None:
    found = wording(*REPORTS[language], language)
    assert found.match
    assert Wording.from_bytes(found.to_bytes()).match


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("ar", "الحزب يفوز بأغلبية المقاعد", "قال الأمين العام إن الهدف هو الإصلاح، وهزم الحزب خصومه."),
        ("ar", "المنتخب يسافر إلى وجدة", "يبدأ المنتخب معسكره قبل المباراة الودية بملعب المدينة."),
        ("fr", "Le stade sera rénové", "La commune veut un stade plus grand, c'est son but pour la finale."),
        ("en", "Ministry wins its case in the last minute", "The court drew a line, and the goal is peace."),
        ("ar", "تونس وليبيا تبحثان تجاوز الخلافات", "بحثا في نهاية الزيارة العلاقات الثنائية ودور الاتحاد."),
        ("en", "Deal won", "The final deal won time for both sides: half the tariffs were lost."),
        ("ar", "", ""),
    ],
)
def test_what_tells_no_match_is_no_report_of_one(language: str, title: str, text: str) -> None:
    assert not wording(title, text, language).match


def report(
    *about: str, by_the_way: tuple[str, ...] = (), at_head: tuple[str, ...] = (), language: str = "ar"
) -> Compared:
    """A match between the countries `about`, or what else `language` has there."""
    named = [Place(slug, Part.TITLE, 0, 4, main=True) for slug in about]
    named += [Place(slug, Part.BODY, 100, 104) for slug in at_head]
    named += [Place(slug, Part.BODY, 900, 904) for slug in by_the_way]
    told = wording(*REPORTS[language], language)
    return Compared("a", language, 0.0, told, None, whereabouts(named))


def other_match(one: Compared, other: Compared) -> bool:
    frequencies = {each.language: Frequencies(each.language) for each in (one, other)}
    found = likenesses([one, other], [one, other], frequencies)[:, :, LIKENESSES.index("other_match")]
    assert found[0, 0] == found[1, 1] == 0
    assert found[0, 1] == found[1, 0]
    return bool(found[0, 1])


@pytest.mark.parametrize("language", REPORTS)
def test_two_matches_of_one_side_are_two(language: str) -> None:
    first = report("tn", "ly", "ma-oujda")
    assert other_match(first, report("tn", "mr", language=language))
    # Who was played before, or comes next, stands below.
    assert other_match(first, report("tn", "mr", by_the_way=("ly",), language=language))


def test_one_match_is_one_whichever_side_a_newspaper_is_on() -> None:
    first = report("tn", "ly")
    assert not other_match(first, report("ly", "tn"))
    assert not other_match(first, report("tn"))
    assert not other_match(report("md"), report("sa", at_head=("md",)))


def test_towns_are_no_sides_and_articles_on_other_things_are_never_of_another_match() -> None:
    assert not other_match(report("ma-fes"), report("ma-oujda"))
    news = Compared(
        "a",
        "ar",
        0.0,
        wording("خبر", "", "ar"),
        None,
        whereabouts([Place("ly", Part.TITLE, 0, 2, main=True)]),
    )
    assert not other_match(news, report("tn"))
