"""The site over a small archive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from marsad import addresses
from marsad.app import Marsad
from marsad.model import Section
from marsad.pipeline.keeping import Arrival
from marsad.web.site import site
from marsad.web.wording import chosen
from tests.press.world import archive
from tests.samples import NOW, SOURCE, article

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def marsad(tmp_path: Path) -> Iterator[Marsad]:
    with archive(tmp_path) as opened:
        french = replace(
            SOURCE,
            slug="vent",
            name="Le Vent <Détroit>",
            home="https://vent.example/",
            languages=("fr",),
            feeds=(),
        )
        opened.add_sources([SOURCE, french])
        long = " ".join(f"كلمة{n}" for n in range(80))
        opened.keeper.keep(
            [
                Arrival(article(f"{long}\nأمطار غزيرة في الشمال", author="المكتب")),
                Arrival(
                    article(
                        long,
                        source="vent",
                        address="https://vent.example/1",
                        title="نسخة",
                        collected=NOW + timedelta(hours=1),
                        published=None,
                    )
                ),
                Arrival(
                    article(
                        f"Texte {HOSTILE} & suite",
                        source="vent",
                        address="https://vent.example/2",
                        title=f"Titre {HOSTILE}",
                        language="fr",
                        section=Section.SPORTS,
                    )
                ),
            ]
        )
        opened.indexer.catch_up()
        yield opened


@pytest.fixture
def reader(marsad: Marsad) -> TestClient:
    return TestClient(site(marsad), headers={"accept-language": "ar"})


@pytest.mark.parametrize(
    ("asked", "language", "direction"),
    [
        ("ar", "ar", "rtl"),
        ("fr-FR,fr;q=0.9", "fr", "ltr"),
        ("en", "en", "ltr"),
        ("de,fr;q=0.3,en;q=0.5", "en", "ltr"),
        ("", "ar", "rtl"),
        ("*;q=x", "ar", "rtl"),
        ("fr;q=0,en;q=0.1", "en", "ltr"),
    ],
)
def test_the_interface_speaks_the_readers_language(
    marsad: Marsad, asked: str, language: str, direction: str
) -> None:
    page = TestClient(site(marsad), headers={"accept-language": asked}).get("/")
    assert f'<html lang="{language}" dir="{direction}">' in page.text


def test_an_article_names_its_newspaper_its_date_and_its_source(reader: TestClient) -> None:
    page = reader.get("/nakhla/1").text
    assert "نشر في" in page
    assert "النخلة" in page
    assert "5 مارس 2024" in page
    assert 'href="https://nakhla.example/1"' in page
    assert "اقرأ الخبر من مصدره" in page


def test_french_text_inside_an_arabic_page_keeps_its_direction(reader: TestClient) -> None:
    assert re.search(r'<h2 lang="fr" dir="ltr">', reader.get("/vent").text)


def test_what_newspapers_write_is_never_markup(reader: TestClient) -> None:
    for path in ("/", "/vent/3", "/vent", "/section/sports", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"):
        page = reader.get(path)
        assert page.status_code == 200
        assert HOSTILE not in page.text
        assert page.headers["x-content-type-options"] == "nosniff"
        assert "script-src 'self';" in page.headers["content-security-policy"]
        assert "unsafe" not in page.headers["content-security-policy"]
        assert (
            re.findall(
                r"<script(?![^>]* src=\"/static/| type=\"application/ld[+]json\")|<style| style=| on[a-z]+=\"",
                page.text,
            )
            == []
        )
        assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_no_page_asks_anything_of_anybody_else(reader: TestClient) -> None:
    for path in ("/", "/nakhla/1", "/story/1", "/search"):
        assert re.findall(r'(?:src|action)="(https?:[^"]*)"', reader.get(path).text) == []


def test_a_story_shows_copies_under_their_original(reader: TestClient) -> None:
    page = reader.get("/story/1").text.split("<main")[1]
    assert "نسخة:" in page
    assert page.index('href="/nakhla/1"') < page.index('href="/vent/2"')
    assert 'href="/story/1"' in reader.get("/nakhla/1").text


def test_a_story_opens_with_headline_and_lead_of_who_speaks_for_it(reader: TestClient) -> None:
    head = reader.get("/ar/story/1").text.split('<header class="story')[1].split("</header>")[0]
    assert re.search(r"<h1[^>]*>[^<]+</h1>", head)
    assert "أول من نشره" in head


LONG = "9" * 20


@pytest.mark.parametrize(
    "path",
    [
        "/nobody",
        "/nakhla/99",
        "/vent/1",
        "/story/99",
        "/section/nothing",
        "/a/b/c",
        "/story/x",
        *(path + LONG for path in ("/story/", "/nakhla/", "/report/")),
        *(f"{path}/{LONG}{form}" for path, form in (("/story", "/feed.rss"), ("/nakhla", ".bib"))),
    ],
)
def test_what_is_not_there_is_said_kindly(reader: TestClient, path: str) -> None:
    page = reader.get(path)
    assert page.status_code == 404
    assert "لا شيء في هذا العنوان" in page.text


@pytest.mark.parametrize(
    "query", ["أمطار", '"أمطار غزيرة"', "امطار غزيره", "source:nakhla أمطار", "المصدر:nakhla"]
)
def test_searching_finds(reader: TestClient, query: str) -> None:
    page = reader.get(addresses.search(query))
    assert 'href="/nakhla/1"' in page.text.split("<main")[1]


@pytest.mark.parametrize(
    "query",
    ['"', "(((", "before:yesterday?", "-", "OR OR", "*", "source:", "\0", "a" * 5000, "%", "']", "من"],
)
def test_no_query_is_an_error(reader: TestClient, query: str) -> None:
    assert reader.get("/search", params={"q": query, "page": "x", "sort": "y"}).status_code == 200


def test_pages_change_with_the_archive(marsad: Marsad, reader: TestClient) -> None:
    assert "خبر جديد" not in reader.get("/").text
    marsad.keeper.keep(
        [
            Arrival(
                article(
                    address="https://nakhla.example/9", title="خبر جديد", collected=NOW + timedelta(hours=2)
                )
            )
        ]
    )
    assert "خبر جديد" in reader.get("/").text


def test_health_and_metrics_tell_how_it_is(reader: TestClient) -> None:
    assert reader.get("/healthz").json() == {"status": "ok", "articles": 3, "index_behind": 0}
    families = {family.name: family for family in text_string_to_metric_families(reader.get("/metrics").text)}
    assert families["marsad_articles"].samples[0].value == 3
    kept = [s.value for s in families["marsad_outcomes"].samples if s.labels.get("outcome") == "kept"]
    assert sum(kept) == 3


def test_the_language_chosen_is_the_first_of_ours() -> None:
    assert chosen("es,fr;q=0.8").language == "fr"
