"""Every page under a language's prefix, and texts of every direction within it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marsad import addresses
from marsad.app import Marsad
from marsad.pipeline.keeping import Arrival
from marsad.web.site import site
from tests.press.world import archive
from tests.samples import SOURCE, article


@pytest.fixture
def marsad(tmp_path: Path) -> Iterator[Marsad]:
    with archive(tmp_path) as opened:
        opened.add_sources([SOURCE])
        opened.keeper.keep(
            [
                Arrival(article()),
                Arrival(
                    article("Texte.", address="https://nakhla.example/2", title="Le vent", language="fr")
                ),
            ]
        )
        yield opened


@pytest.fixture
def reader(marsad: Marsad) -> TestClient:
    return TestClient(site(marsad), headers={"accept-language": "fr"})


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "fr"),
        ("/ar/", "ar"),
        ("/en/", "en"),
        ("/en/nakhla/1", "en"),
        ("/ar/nobody", "ar"),
        ("/nakhla/1", "fr"),
    ],
)
def test_the_address_speaks_before_the_browser(reader: TestClient, path: str, language: str) -> None:
    assert f'<html lang="{language}"' in reader.get(path).text


def test_links_stay_in_the_language_of_the_address(reader: TestClient) -> None:
    page = reader.get("/en/nakhla/1").text
    links = re.findall(
        r'<a [^>]*href="(/[^"]*)"', page.split('class="languages"')[0] + page.split("</form>")[1]
    )
    assert links
    assert all(link.startswith("/en/") for link in links)
    assert 'action="/en/search"' in page


@pytest.mark.parametrize("prefix", ["", "/ar", "/fr"])
def test_each_language_of_a_page_knows_the_others(reader: TestClient, prefix: str) -> None:
    page = reader.get(f"{prefix}/section/weather?from=1-1").text
    for code in ("ar", "fr", "en"):
        assert f'<link rel="alternate" hreflang="{code}" href="/{code}/section/weather?from=1-1">' in page
    assert '<link rel="alternate" hreflang="x-default" href="/section/weather?from=1-1">' in page
    assert f'<link rel="canonical" href="{prefix}/section/weather?from=1-1">' in page


def test_a_prefix_without_a_page_leads_to_the_front_page(reader: TestClient) -> None:
    assert "<h1" in reader.get("/en").text


@pytest.mark.parametrize(
    ("path", "language", "address"),
    [
        ("/nakhla/1", "fr", "/fr/nakhla/1"),
        ("/", "en", "/en/"),
        ("/search?q=a", "ar", "/ar/search?q=a"),
        ("/search?q=a", "", "/search?q=a"),
        ("/static/marsad.css", "fr", "/static/marsad.css"),
        ("/api/v1/articles", "fr", "/api/v1/articles"),
        ("https://nakhla.example/1", "fr", "https://nakhla.example/1"),
    ],
)
def test_only_pages_stand_under_a_prefix(path: str, language: str, address: str) -> None:
    assert addresses.within(language, path) == address


def test_every_text_says_which_way_it_runs(reader: TestClient) -> None:
    for path in ("/ar/", "/ar/nakhla", "/ar/section/weather", "/fr/"):
        main = reader.get(path).text.split("<main")[1]
        titles = re.findall(
            r"<(?:h\d|a class=\"title\")[^>]*>(?:<a[^>]*>)?(?:Le vent|أمطار قوية على تطوان)<", main
        )
        assert titles
        for title in titles:
            assert ('lang="fr" dir="ltr"' if "Le vent" in title else 'lang="ar" dir="rtl"') in title
    assert "<bdi>النخلة</bdi>" in reader.get("/fr/nakhla/1").text
