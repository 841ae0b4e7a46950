"""Places on the site: their pages, feeds, facet, completions, and what machines are told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import feedparser
import pytest
from starlette.testclient import TestClient

from marsad.app import Marsad
from marsad.model import DisplayPolicy, Standing
from marsad.pipeline.keeping import Arrival
from marsad.store import articles, outbox
from marsad.web.site import site
from tests.press.world import archive
from tests.samples import NOW, SOURCE, article

TITLES = (
    "حريق كبير بمدينة فاس",
    "سكان فاس يطالبون بالماء",
    "أمطار قوية على وهران",
    "افتتاح معرض الكتاب بالدار البيضاء",
    "ارتفاع أسعار القمح",
)


def filled(folder: Path) -> AbstractContextManager[Marsad]:
    """A small archive whose articles happen somewhere."""

    @contextmanager
    def opened() -> Iterator[Marsad]:
        with archive(folder) as marsad:
            marsad.add_sources([SOURCE])
            marsad.keeper.keep(
                [
                    Arrival(article(f"نص {title}", title=title, address=f"https://nakhla.example/{number}"))
                    for number, title in enumerate(TITLES, start=1)
                ]
            )
            marsad.indexer.catch_up()
            yield marsad

    return opened()


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with filled(tmp_path_factory.mktemp("places")) as marsad:
        yield TestClient(site(marsad))


def titles(page: str) -> list[str]:
    return [title for title in TITLES if title in re.sub(r"<[^>]+>", "", page)]


def main(reader: TestClient, path: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return answer.text.partition("<main")[2]


def test_a_countrys_page_lists_what_happens_in_its_towns(reader: TestClient) -> None:
    shown = main(reader, "/place/ma")
    assert titles(shown) == [TITLES[0], TITLES[1], TITLES[3]]
    assert titles(main(reader, "/place/ma-fes")) == [TITLES[0], TITLES[1]]
    assert titles(main(reader, "/place/dz")) == [TITLES[2]]


@pytest.mark.parametrize(("language", "name"), [("ar", "فاس"), ("fr", "Fès"), ("en", "Fes")])
def test_a_place_is_called_as_its_readers_call_it_and_says_what_it_lies_in(
    reader: TestClient, language: str, name: str
) -> None:
    shown = main(reader, f"/{language}/place/ma-fes")
    assert re.search(rf"<h1><bdi>{name}</bdi></h1>", shown)
    for slug in ("ma-fes-province", "ma-fes-meknes", "ma"):
        assert f'href="/{language}/place/{slug}"' in shown


def test_a_province_is_told_from_the_town_it_is_called_after(reader: TestClient) -> None:
    assert "<bdi>فاس (إقليم)</bdi>" in main(reader, "/ar/place/ma-fes")
    assert "Fès (Province)" in main(reader, "/fr/search?q=lang:ar")


def test_a_province_shows_what_lies_in_it(reader: TestClient) -> None:
    assert 'href="/en/place/ma-fes"' in main(reader, "/en/place/ma-fes-province")


@pytest.mark.parametrize("path", ["/place/ma-taza", "/place/atlantis", "/place/ma-taza/feed.rss"])
def test_places_that_nobody_tells_of_have_no_page(reader: TestClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_all_places_stand_under_their_countries(reader: TestClient) -> None:
    shown = main(reader, "/fr/place")
    assert shown.index("Maroc") < shown.index("Fès") < shown.index("Algérie")
    assert '<a href="/fr/place">' in reader.get("/fr/").text


def test_an_article_and_its_story_lead_to_where_they_happen(reader: TestClient) -> None:
    shown = main(reader, "/en/nakhla/1")
    assert '<a href="/en/place/ma-fes"><bdi>Fes</bdi></a>' in shown
    story = re.search(r"/en/story/\d+", main(reader, "/en/place/ma-fes")) or re.search(r"/story/\d+", shown)
    number = story[0] if story else "/en/story/1"
    assert "/place/" in main(reader, number)


def test_machines_are_told_where_an_article_happens(reader: TestClient) -> None:
    said = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', reader.get("/nakhla/1").text, re.S
    )
    assert said is not None
    [where] = json.loads(said[1])["contentLocation"]
    assert where["@type"] == "Place"
    assert {"فاس", "Fès"} <= set(where["name"])
    assert where["geo"]["latitude"] == pytest.approx(34.03, abs=0.1)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_place_has_feeds(reader: TestClient, form: str) -> None:
    read = feedparser.parse(reader.get(f"/place/ma-fes/feed.{form}").content)
    assert not read.bozo
    assert [entry.title for entry in read.entries] == [TITLES[1], TITLES[0]]
    assert f"/place/ma-fes/feed.{form}" in reader.get("/place/ma-fes").text


def test_search_engines_are_led_to_places(reader: TestClient) -> None:
    assert "/sitemap/places.xml" in reader.get("/sitemap.xml").text
    assert "/place/ma-fes</loc>" in reader.get("/sitemap/places.xml").text


@pytest.mark.parametrize(
    "query",
    ["place:فاس", "المكان:فاس", "lieu:Fès", "place:Fes", 'place:"فاس مكناس"', "place:ma-fes", "place:Fès"],
)
def test_a_town_is_found_by_any_of_its_names(reader: TestClient, query: str) -> None:
    assert titles(main(reader, f"/search?q={query}"))[:2] == [TITLES[0], TITLES[1]]


@pytest.mark.parametrize("query", ["place:Maroc", "place:المغرب", "place:Morocco"])
def test_a_town_is_found_by_its_country_in_any_language(reader: TestClient, query: str) -> None:
    assert set(titles(main(reader, f"/search?q={query}"))) == {TITLES[0], TITLES[1], TITLES[3]}


def test_results_can_be_narrowed_to_a_place(reader: TestClient) -> None:
    shown = main(reader, "/fr/search?q=lang:ar")
    assert re.search(r'href="[^"]*place=ma-fes"[^>]*><bdi>Fès</bdi>', shown)
    assert titles(main(reader, "/search?q=lang:ar&place=dz")) == [TITLES[2]]
    assert titles(main(reader, "/search?place=ma-fes")) == [TITLES[0], TITLES[1]]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("place:فا", "place:فاس"),
        ("حريق lieu:Fè", "حريق lieu:Fès"),
        ("المكان:الدار", 'المكان:"الدار البيضاء"'),
    ],
)
def test_places_are_completed_from_those_that_are_told_of(
    reader: TestClient, typed: str, completed: str
) -> None:
    assert completed in reader.get("/suggest", params={"q": typed}).json()[1]


def test_places_that_are_not_told_of_are_not_offered(reader: TestClient) -> None:
    assert reader.get("/suggest", params={"q": "place:ورز"}).json()[1] == []


def told(reader: TestClient, path: str) -> Any:
    answer = reader.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_programs_are_told_of_places(reader: TestClient) -> None:
    first = told(reader, "/places")["places"][0]
    assert (first["place"]["slug"], first["articles"]) == ("ma", 3)
    fes = told(reader, "/places/ma-fes")
    assert fes["place"]["names"] == {"ar": "فاس", "fr": "Fès", "en": "Fes"}
    assert fes["place"]["lies_in"] == ["ma-fes-province", "ma-fes-meknes", "ma"]
    assert [each["title"] for each in fes["articles"]] == [TITLES[1], TITLES[0]]
    assert [place["slug"] for place in told(reader, "/articles/nakhla/1")["places"]] == ["ma-fes"]
    assert reader.get("/api/v1/places/atlantis").status_code == 404


def test_withheld_articles_are_not_listed(tmp_path: Path) -> None:
    with filled(tmp_path) as marsad:
        with marsad.store.writing() as connection:
            articles.set_standing(connection, 1, Standing.HIDDEN)
            outbox.write(connection, 1, "moderated", NOW)
        reader = TestClient(site(marsad))
        assert titles(main(reader, "/place/ma-fes")) == [TITLES[1]]
        assert [each["title"] for each in told(reader, "/places/ma-fes")["articles"]] == [TITLES[1]]


def test_where_only_the_headline_may_be_shown_places_of_the_text_are_not_told(tmp_path: Path) -> None:
    with archive(tmp_path) as marsad:
        marsad.add_sources([SOURCE])
        text = "فاس - اندلع حريق بمدينة فاس أمس.\nوقال سكان مدينة فاس إن الحريق أخمد في فاس."
        kept = article(text, title="حريق كبير", display=DisplayPolicy.HEADLINE)
        marsad.keeper.keep([Arrival(kept)])
        marsad.indexer.catch_up()
        reader = TestClient(site(marsad))
        assert "ma-fes" not in reader.get("/nakhla/1").text
        assert not titles(main(reader, "/search?q=place:فاس"))
        assert told(reader, "/articles/nakhla/1")["places"] == []
