"""How what was typed may go on, over a small archive in two languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.app import Marsad
from marsad.model import Standing
from marsad.pipeline.keeping import Arrival
from marsad.search.index import Hits, Window
from marsad.search.query import Query
from marsad.store import articles
from marsad.views import completing
from marsad.views.completing import LONGEST, completions
from tests.press.world import archive
from tests.samples import SOURCE, article

TOLD = (
    ("ar", "رئيس الحكومة يزور الميناء", "اتجه بعد ذلك إلى ميناء طنجة المتوسط وميناء آسفي."),
    ("ar", "مباراة مؤجلة", "أجلت المباراة بسبب الأمطار، وامتلأت السدود."),
    ("fr", "L’eau manque à Settat", "Les barrages sont vides depuis l'été dernier."),
    ("en", "Earthquake felt in Agadir", "Nobody was hurt by the earthquake on Sunday."),
)


def keep(marsad: Marsad, told: Sequence[tuple[str, str, str]]) -> None:
    marsad.add_sources([SOURCE])
    marsad.keeper.keep(
        [
            Arrival(
                article(
                    text, title=title, language=language, address=f"https://nakhla.example/{language}/{title}"
                )
            )
            for language, title, text in told
        ]
    )
    marsad.indexer.catch_up()


@pytest.fixture(scope="module")
def marsad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marsad]:
    with archive(tmp_path_factory.mktemp("completing")) as opened:
        keep(opened, TOLD)
        yield opened


def completed(marsad: Marsad, typed: str) -> tuple[str, ...]:
    with marsad.store.reading() as connection:
        return completions(connection, marsad.index, typed)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("مي", ("الميناء", "ميناء", TOLD[0][1])),
        ("-مي", ("-الميناء", "-ميناء")),
        ("رئيس (مي", ("رئيس (الميناء", "رئيس (ميناء")),
        ('"رئيس الح', ('"رئيس الحكومة"', '"رئيس الحكومة يزور"')),
        ("title:مبا", ("title:مباراة",)),
        ("العنوان:سدو", ()),
        ("مطر source:النخ", ("مطر source:النخلة",)),
        ("-journal:nakh", ("-journal:nakhla",)),
        ("القسم:ري", ("القسم:رياضة",)),
        ("section:sp", ("section:sports",)),
        ("lang:fr", ("lang:french",)),
        ("before:20", ()),
        ("ميناء ط", ("ميناء طنجة",)),
        ("ميناء س", ()),
        ("سد", ("السدود",)),
        ("l’ea", ("l’eau", "l’eau manque", TOLD[2][1])),
        ("ea", ("eau", "Earthquake", "eau manque", "Earthquake felt", TOLD[3][1], TOLD[2][1])),
        ("barrages;", ()),
    ],
)
def test_what_was_typed_goes_on_behind_all_that_stands_before_it(
    marsad: Marsad, typed: str, wanted: tuple[str, ...]
) -> None:
    assert sorted(completed(marsad, typed)) == sorted(wanted)


def test_what_follows_a_word_that_too_many_articles_have_is_not_looked_for(
    marsad: Marsad, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completing, "COMMON", 0)
    assert completed(marsad, "ميناء ط") == ()
    assert completed(marsad, "رئيس الحك")[0] == "رئيس الحكومة"


@pytest.mark.parametrize("standing", [Standing.HIDDEN, Standing.REMOVED])
def test_words_of_what_is_no_longer_shown_are_not_offered(tmp_path: Path, standing: Standing) -> None:
    told = [("fr", "Affaire", "Le notaire Zemmouriot est mis en cause."), ("fr", "Tribunal", "Un notaire.")]
    with archive(tmp_path) as opened:
        keep(opened, [*told, ("fr", "Voisins", "Les zemmours et leur notaire."), TOLD[0]])
        assert "Zemmouriot" in completed(opened, "zemm")
        with opened.store.writing() as connection:
            articles.set_standing(connection, 1, standing)
        for _ in ("before the index knows", "after"):
            assert completed(opened, "zemm") == ("zemmours",)
            assert completed(opened, "notaire zemmouri") == ()
            opened.indexer.catch_up()


def test_few_searches_are_made_for_each_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = "abcdefghijklmnopqrstuvwxyz"
    words = [f"zor{first}{second}" for first in ends for second in ends[:2]]
    with archive(tmp_path) as opened:
        keep(opened, [("fr", "Vide", " ".join(f"vide {word}." for word in words))])
        search, asked = opened.index.search, list[Query]()

        def counted(query: Query, window: Window) -> Hits:
            asked.append(query)
            return search(query, window)

        monkeypatch.setattr(opened.index, "search", counted)
        for typed, found in (("vide zo", completing.MOST_SPELLINGS), ("autre zo", 0)):
            asked.clear()
            assert len(completed(opened, typed)) == found
            assert len(asked) < 20


def test_a_field_without_a_value_offers_all_that_it_can_have(marsad: Marsad) -> None:
    assert completed(marsad, "source:") == ("source:النخلة",)
    assert "lang:ar" in completed(marsad, "lang:")
    assert "اللغة:العربية" in completed(marsad, "اللغة:")
    assert "-section:sports" in completed(marsad, "-section:")


@given(
    st.lists(st.sampled_from([*'"«»():-’ *\0', "OR", "title", "source", "lang", "مي", "l’ea"])).map("".join)
)
def test_whatever_is_typed_goes_on_or_is_a_headline(marsad: Marsad, typed: str) -> None:
    for found in completed(marsad, typed):
        assert found in {title for _, title, _ in TOLD} or len(found) >= len(typed[:LONGEST])
