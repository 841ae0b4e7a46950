"""What each telling of a story adds to those before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.enrich.credit import agency
from marsad.stories.additions import MOST_FIGURES, MOST_NAMES, MOST_PLACES, Added, additions
from marsad.stories.chronology import Spot, Told
from tests.samples import NOW


def told(number: int, text: str, language: str = "fr", title: str = "Crue") -> Told:
    return Told(number, NOW + timedelta(hours=number), language, text, title)


FIRST = told(1, "La crue a touché 140 familles à Sidi Kacem le 3 mars 2024, a dit Karim Alaoui.")


def test_new_figures_and_names_are_added_and_known_ones_are_not() -> None:
    second = told(
        2, "La crue a touché 140 familles à Sidi Kacem. À 20 km, Omar Bennis compte 36 % de pertes."
    )
    assert additions([second, FIRST]) == {2: Added(("20 km", "36 %"), (), ("Omar Bennis",))}


def test_who_repeats_adds_nothing_and_the_first_adds_nothing_either() -> None:
    assert additions([FIRST, told(2, FIRST.text)]) == {}


def test_the_agency_that_a_telling_is_from_is_nothing_new_in_it() -> None:
    copy = told(2, f"{FIRST.text} D'après l'Agence Nakhil, le calme revient.")
    assert additions([FIRST, copy])[2].names == ("Agence Nakhil",)
    assert additions([FIRST, replace(copy, credit="Agence Nakhil")]) == {}


@pytest.mark.parametrize("name", ["Agence France-Presse", "Reuters", "Maghreb Arabe Presse"])
def test_an_agency_by_whatever_name_is_nothing_new_either(name: str) -> None:
    copy = told(2, f"{FIRST.text} D'après {name}, le calme revient. Selon {name}, Omar Bennis le dit.")
    assert additions([FIRST, copy], agency)[2].names == ("Omar Bennis",)


@pytest.mark.parametrize(
    "text",
    [
        "Elle commença le 4 mars.",
        "Elle commença en 2019 déjà.",
        "Elle commença à 14:30 ou 12.05.2024 selon certains.",
        "Elle commença à 9.30 selon certains.",
        "On l'a dit 5 de plus.",
    ],
)
def test_dates_times_and_bare_numbers_are_no_figures(text: str) -> None:
    assert additions([FIRST, told(2, text)]) == {}


@pytest.mark.parametrize(
    ("before", "after", "added"),
    [
        ("On compte 3 morts.", "On compte 3 morts et 3 blessés.", ("3 blessés",)),
        ("On compte 1 200 foyers.", "On compte 1.200 foyers.", ()),
        ("On compte 3 maisons.", "On compte 3 millions de pertes.", ("3 millions",)),
        ("On compte cent quarante foyers.", "On compte 140 foyers.", ()),
    ],
)
def test_what_is_the_same_figure(before: str, after: str, added: tuple[str, ...]) -> None:
    found = additions([told(1, before), told(2, after)])
    assert found.get(2, Added()).figures == added


def test_figures_are_compared_over_languages_and_names_within_one() -> None:
    arabic = told(2, "شملت الفيضانات ١٤٠ أسرة و٢٢ مدرسة", "ar", "فيضانات")
    assert additions([FIRST, arabic]) == {2: Added(("٢٢ مدرسة",))}


@pytest.mark.parametrize(
    ("arabic", "french", "added"),
    [
        ("ارتفعت الحقينة إلى 58 في المائة", "Le barrage est rempli à 58 %.", ()),
        ("وصلت إلى 6 آلاف منزل", "Elle atteint 6 000 foyers.", ()),
        ("خسرت 2 مليون دينار", "Les pertes sont de 2 millions de dinars.", ()),
        ("خسرت 2 مليون دينار", "Les pertes sont de 2,5 millions.", ("2,5 millions",)),
        ("سقطت أربعون شجرة", "On compte 40 arbres et 41 poteaux.", ("41 poteaux",)),
    ],
)
def test_a_figure_is_the_same_however_it_is_written(arabic: str, french: str, added: tuple[str, ...]) -> None:
    found = additions([told(1, arabic, "ar", "سد"), told(2, french)])
    assert found.get(2, Added()).figures == added


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("صوت 7 ملايين و409 آلاف و843 مواطنا أمس", "7 ملايين و409 آلاف و843 مواطنا"),
        ("يشرف 13 الفا و 706 لجان على ذلك", "13 الفا و 706 لجان"),
        ("أنفقت 100 مليار دولار عليها", "100 مليار دولار"),
    ],
)
def test_a_number_said_in_parts_is_one_figure(text: str, figure: str) -> None:
    assert additions([FIRST, told(2, text, "ar", "أرقام")])[2].figures == (figure,)


def test_what_was_said_before_in_any_language_and_what_it_lies_in_is_no_new_place() -> None:
    first = replace(
        told(1, "بلغت قوة الهزة بولاية معسكر وتيغنيف ثلاث درجات", "ar", "هزة"),
        places={"dz-tighennif": Spot("تيغنيف", ("تيغنيف", "Tighennif"), ("dz-mascara", "dz"))},
    )
    again = replace(
        told(2, "La terre a tremblé à Mascara, en Algérie, et à Relizane."),
        places={
            "dz-town": Spot("Mascara", ("معسكر", "Mascara")),
            "dz": Spot("Algérie"),
            "dz-relizane": Spot("Relizane", ("غليزان", "Relizane")),
        },
    )
    assert additions([first, again]) == {2: Added(places=("Relizane",))}


def test_where_a_newspaper_writes_from_is_no_place_of_the_story() -> None:
    text = "أتلانتا، الولايات المتحدة الأمريكية (CNN)-- ارتفع منسوب المياه"
    desk = replace(told(2, text, "ar", "مياه"), places={"us-atlanta": Spot("أتلانتا")})
    assert additions([FIRST, desk]) == {}


def test_a_place_is_new_in_whatever_language_it_was_named_before() -> None:
    first = replace(told(1, "La crue touche Kénitra."), places={"ma-kenitra": Spot("Kénitra")})
    again = replace(told(2, "La crue menace Kénitra."), places={"ma-kenitra": Spot("Kénitra")})
    arabic = told(3, "الفيضانات تهدد القنيطرة وبلقصيري", "ar", "فيضانات")
    named = {"ma-kenitra": "القنيطرة", "ma-belksiri": "بلقصيري", "ma-fes": "فاس"}
    arabic = replace(arabic, places={slug: Spot(name) for slug, name in named.items()})
    assert additions([first, again, arabic]) == {3: Added(places=("بلقصيري",))}


def test_names_are_known_from_another_language_of_the_same_letters() -> None:
    english = told(2, "The flood, said Karim Alaoui and Omar Bennis, reached Sidi Kacem.", "en", "Flood")
    assert additions([FIRST, english]) == {2: Added(names=("Omar Bennis",))}


def test_a_plain_word_of_another_language_is_no_name_until_that_language_was_heard() -> None:
    english = told(2, "The Strait is closed, said Omar Bennis.", "en", "Flood")
    again = told(3, "The Strait is closed, said Idris's brother in the Harbour.", "en", "Flood")
    added = additions([FIRST, english, again])
    assert (added[2].names, added[3].names) == (("Omar Bennis",), ("Idris", "Harbour"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قال شمشون بلخياطي إن الأمطار مستمرة، وسيواصلون يتخبطون", ("شمشون بلخياطي",)),
        ("وذكر السيناتور الجمهوري، شمشون بلخياطي أن الأمطار مستمرة", ("شمشون بلخياطي",)),
        ("الأمطار مستمرة، وبعضهم شمشون بلخياطي", ()),
        ("أخرت الأمطار الوزير. شمشون بلخياطي", ()),
    ],
)
def test_rare_words_behind_an_office_or_a_verb_of_speech_are_names_in_arabic(
    text: str, names: tuple[str, ...]
) -> None:
    first = told(1, "قال المسؤول إن الأمطار مستمرة", "ar", "أمطار")
    added = additions([first, told(2, text, "ar", "أمطار")])
    assert added.get(2, Added()).names == names


def test_a_capital_that_begins_a_sentence_is_no_name() -> None:
    assert additions([FIRST, told(2, "Hier encore la crue montait. Demain elle baissera.")]) == {}


@given(st.lists(st.tuples(st.sampled_from(["ar", "fr", "xx"]), st.text(max_size=300)), max_size=6))
def test_it_is_bounded_and_says_what_stands_in_the_text(texts: list[tuple[str, str]]) -> None:
    everyone = [told(number, text, language) for number, (language, text) in enumerate(texts)]
    for number, added in additions(everyone).items():
        assert len(added.figures) <= MOST_FIGURES
        assert len(added.places) <= MOST_PLACES
        assert len(added.names) <= MOST_NAMES
        whole = " ".join(f"{everyone[number].title}\n{everyone[number].text}".split())
        assert all(" ".join(each.split()) in whole for each in added.figures + added.names)
