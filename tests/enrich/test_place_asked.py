"""Which places readers mean by a name."""

from __future__ import annotations

import pytest

from marsad.enrich.gazetteer import gazetteer
from marsad.enrich.place_asked import asked_places, further_names


@pytest.mark.parametrize(
    ("names", "among"),
    [
        ("فلسطين|Palestine|الأراضي الفلسطينية|Territoires palestiniens", "ps"),
        ("الإمارات|UAE|Émirats|United Arab Emirates", "ae"),
        ("بريطانيا|UK|U.K.|المملكة المتحدة|Royaume-Uni|Great Britain", "gb"),
        ("أمريكا|أميركا|US|USA|الولايات المتحدة|États-Unis|America", "us"),
        ("الضفة الغربية|الضفة|Cisjordanie|West Bank", "ps-west-bank"),
        ("غزة|Gaza|قطاع غزة|Bande de Gaza", "ps-gaza-strip"),
        ("طنجة|Tanger|Tangier|Tangiers", "ma-tanger"),
        ("القاهرة|قاهرة|Le Caire|Cairo", "eg-cairo"),
        ("سيناء|Sinai|شمال سيناء", "eg-shamal-sina"),
    ],
)
def test_a_place_has_many_names(names: str, among: str) -> None:
    for name in names.split("|"):
        assert among in asked_places(name), name


def test_a_city_and_the_governorate_that_is_called_so_are_one_to_whoever_asks() -> None:
    assert asked_places("Alep") == asked_places("Aleppo") == asked_places("حلب") == ("sy-aleppo", "sy-halab")
    assert set(asked_places("Rabat")) == set(asked_places("الرباط")) != set()
    assert asked_places("Alger") == ("dz-alger",)  # though الجزائر is the country too
    assert set(asked_places("الجزائر")) == {"dz", "dz-alger"}


def test_what_is_no_place_s_name_is_none() -> None:
    assert asked_places("كذا وكذا") == asked_places("") == asked_places("!") == ()


def test_further_names_are_of_places_that_are_there() -> None:
    atlas, listed = gazetteer(), further_names().bearers
    slugs = {slug for bearers in listed.values() for slug in bearers}
    assert {slug for slug in slugs if atlas.get(slug) is None} == set()
    needless = {name for name, slugs in listed.items() if set(slugs) <= set(atlas.names.bearers_of(name))}
    assert not needless
