"""Sections and credits."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from marsad.enrich.credit import credit
from marsad.enrich.section import Sectioner
from marsad.language.embedder import embedder
from marsad.model import Section


@pytest.fixture(scope="module")
def sectioner() -> Sectioner:
    return Sectioner.load()


def test_every_section_has_its_lists() -> None:
    lists = tomllib.loads((files("marsad.enrich") / "sections.toml").read_text(encoding="utf-8"))
    assert set(lists) == set(Section) - {Section.UNSORTED}


@pytest.mark.parametrize(
    ("rubric", "section"),
    [
        ("الرياضة", "sports"),
        ("Économie", "economy"),
        ("faits-divers", "society"),
        ("Météo", "weather"),
        ("رأي", "opinion"),
    ],
)
def test_the_newspapers_own_rubric_decides(sectioner: Sectioner, rubric: str, section: str) -> None:
    guess = sectioner.guess("أمطار", "مباراة وأهداف", "ar", ["الرئيسية", rubric])
    assert (guess.section, guess.decided_by) == (section, "rubric")


@pytest.mark.parametrize(
    ("title", "text", "language", "section"),
    [
        (
            "فوز الفريق المحلي في المباراة النهائية",
            "سجل اللاعبون ثلاثة أهداف في ملعب المدينة.",
            "ar",
            "sports",
        ),
        ("نشرة إنذارية: أمطار قوية", "تتوقع الأرصاد الجوية أمطارا ورياحا.", "ar", "weather"),
        (
            "Le festival du livre ouvre ses portes",
            "Le salon accueille des romans et du théâtre.",
            "fr",
            "culture",
        ),
        ("Vaccination campaign begins", "Doctors at the hospital expect many patients.", "en", "health"),
    ],
)
def test_words_decide_where_no_rubric_does(
    sectioner: Sectioner, title: str, text: str, language: str, section: str
) -> None:
    guess = sectioner.guess(title, text, language)
    assert guess.section == section
    assert 0 < guess.score <= 1


def test_what_nothing_speaks_for_stays_unsorted(sectioner: Sectioner) -> None:
    assert sectioner.guess("…", "", "ar").section is Section.UNSORTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الرباط – و م ع: افتتح يوم الاثنين معرض", "MAP"),
        ("تونس (وات) - افتتح المعرض", "TAP"),
        ("Rabat (MAP) – Le salon a ouvert", "MAP"),
        ("AFP - Le salon a ouvert", "AFP"),
        ("افتتح المعرض أبوابه أمام الزوار.\n(رويترز)", "Reuters"),
        ("افتتح المعرض أبوابه أمام الزوار.\nالمصدر: أ ف ب", "AFP"),
        ("Le salon a ouvert ses portes aux visiteurs.\nLa Gazette avec AFP", "AFP"),
        ("البوابة – و.م.ع\nافتتح يوم الاثنين معرض للكتاب", "MAP"),
        ("نقلا عن وكالة المغرب العربي للأنباء، افتتح يوم الاثنين معرض للكتاب", "MAP"),
        ("نقلا عن وكالة الأناضول التركية: افتتح يوم الاثنين معرض للكتاب", "Anadolu"),
        ("الجزائر 12 نوفمبر 2024 (وأج) - افتتح يوم الاثنين معرض للكتاب", "APS"),
        ("الرياض في 12 نوفمبر / واس / افتتح يوم الاثنين معرض للكتاب", "SPA"),
        ("Selon l'AFP, le salon a ouvert ses portes lundi.", "AFP"),
        ("The council came with map and ruler to the old town.", None),
        ("افتتح المعرض يوم الاثنين، ومع، ذلك لم يأت أحد إلى القاعة الكبرى", None),
        (
            "افتتح المعرض، وقال مسؤول لوكالة رويترز إن العدد ارتفع كثيرا هذه السنة، ثم غادر القاعة مع الوفد.",
            None,
        ),
        ("The map of the region was redrawn by the council in a long session on Monday evening.", None),
        ("", None),
    ],
)
def test_only_a_signature_is_a_credit(text: str, expected: str | None) -> None:
    assert credit("", text, "ar") == expected


@pytest.mark.parametrize(
    ("title", "text", "language", "section"),
    [
        (
            "Une nouvelle mosquée inaugurée",
            "Les fidèles ont prié dans la mosquée restaurée du quartier.",
            "fr",
            "religion",
        ),
        (
            "Surgeons replace a heart valve",
            "The hospital's doctors say the patient is recovering well.",
            "en",
            "health",
        ),
        ("تساقطات ثلجية مرتقبة غدا", "تتوقع المديرية ثلوجا على المرتفعات ورياحا قوية.", "ar", "weather"),
    ],
)
def test_what_a_text_means_is_heard(
    sectioner: Sectioner, title: str, text: str, language: str, section: str
) -> None:
    model = embedder()
    if model is None:
        pytest.skip("no model of meaning on this machine")
    vector = model.passages([f"{title}\n{text}"])[0]
    assert sectioner.guess(title, text, language, vector=vector).section == section
