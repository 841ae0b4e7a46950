"""The words of the interface: whole in every language, with the plurals of each."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from marsad import settings
from marsad.model import Precision
from marsad.web.rendering import CAUSES, KIND_NAMES, SECTION_NAMES, STATE_NAMES, TEMPLATES
from marsad.web.wording import HIJRI_MONTHS, TRANSLATIONS, set_in, wording

SAID_BY = {"_": None, "_n": (1, 2)}


def catalogue(language: str) -> Catalog:
    with (TRANSLATIONS / f"{language}.po").open("rb") as file:
        return read_po(file)


def said(template: Path) -> set[str]:
    source = io.BytesIO(template.read_bytes())
    found = extract("jinja2.ext:babel_extract", source, keywords=SAID_BY)
    return {words[0] if isinstance(words, tuple) else words for _, words, _, _ in found}


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_word_of_the_interface_is_translated(language: str) -> None:
    used = {
        *SECTION_NAMES.values(),
        *CAUSES.values(),
        *KIND_NAMES.values(),
        *STATE_NAMES.values(),
        *HIJRI_MONTHS,
        *(meaning for _, _, meaning in settings.table()),
    }
    for template in TEMPLATES.rglob("*.html"):
        used |= said(template)
    words = catalogue(language)
    missing = [word for word in used if word not in words or not words[word].string]
    assert missing == []


@pytest.mark.parametrize(("language", "forms"), [("ar", 6), ("fr", 2)])
def test_every_plural_has_all_its_forms(language: str, forms: int) -> None:
    for message in catalogue(language):
        if isinstance(message.id, tuple):
            told = list(message.string or ())
            assert len(told) == forms, message.id
            assert all(told), message.id


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [
        ("ar", 1, "رواية أخرى"),
        ("ar", 2, "روايتان أخريان"),
        ("ar", 3, "3 روايات أخرى"),
        ("ar", 11, "11 رواية أخرى"),
        ("fr", 1, "1 autre récit"),
        ("fr", 1200, "1\u202f200 autres récits"),
        ("en", 1, "1 more telling"),
        ("en", 2, "2 more tellings"),
    ],
)
def test_numbers_of_things_are_told_in_the_manner_of_the_language(
    language: str, number: int, told: str
) -> None:
    assert wording(language).count("%(number)s more telling", "%(number)s more tellings", number) == told


@pytest.mark.parametrize(
    ("language", "precision", "told"),
    [
        ("ar", Precision.MINUTE, "9 غشت 2024 · 07:05"),
        ("ar", Precision.DAY, "9 غشت 2024"),
        ("fr", Precision.MONTH, "août 2024"),
        ("en", Precision.YEAR, "2024"),
    ],
)
def test_a_moment_is_told_as_exactly_as_it_is_known(language: str, precision: Precision, told: str) -> None:
    assert wording(language).moment(datetime(2024, 8, 9, 7, 5, tzinfo=UTC), precision) == told


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2024, 8, 10), "00:05"),
        (date(2024, 1, 1), "10 August · 00:05"),
        (date(2025, 8, 10), "10 August 2024 · 00:05"),
    ],
)
def test_a_list_leaves_out_what_goes_without_saying(today: date, told: str) -> None:
    moment = datetime(2024, 8, 9, 23, 5, tzinfo=UTC)
    assert wording("en").brief(moment, Precision.MINUTE, ZoneInfo("Africa/Casablanca"), today) == told


@pytest.mark.parametrize(
    ("language", "text", "set_as"),
    [
        ("fr", "Détroit : « Non » ! Pourquoi ?", "Détroit\xa0: «\xa0Non\xa0»\xa0! Pourquoi\xa0?"),
        ("en", "Strait : no", "Strait : no"),
        ("ar", "طنجة : لا", "طنجة : لا"),
    ],
)
def test_no_line_of_french_begins_with_a_sign_that_has_a_space_before_it(
    language: str, text: str, set_as: str
) -> None:
    assert set_in(text, language) == set_as


@pytest.mark.parametrize(
    ("language", "told"), [("ar", "1 رمضان 1445"), ("fr", "1 ramadan 1445"), ("en", "1 Ramadan 1445")]
)
def test_the_hijri_day_stands_beside_the_other(language: str, told: str) -> None:
    assert wording(language).hijri(date(2024, 3, 11)) == told
    assert wording(language).hijri(date(1700, 1, 1)) == ""


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "3 مقالات"),
        (11, "11 مقالا"),
        (99, "99 مقالا"),
        (100, "100 مقال"),
        (102, "102 مقال"),
        (105, "105 مقالات"),
        (123, "123 مقالا"),
    ],
)
def test_arabic_counts_as_arabic_does(number: int, said: str) -> None:
    assert wording("ar").count("%(number)s article", "%(number)s articles", number) == said
