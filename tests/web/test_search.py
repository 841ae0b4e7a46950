"""The search page, and what browsers ask to offer it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.testclient import TestClient

from marsad import addresses
from marsad.app import Marsad
from marsad.pipeline.keeping import Arrival
from marsad.views import finding, folding
from marsad.views.asking import Asked
from marsad.web.search import narrowing
from marsad.web.site import site
from tests.press.world import archive
from tests.samples import SOURCE, article

HOSTILE = "<script>alert(1)</script>"
PIECES = (
    'أمطار مطر* "الشمال" ( ) - OR NOT title: before: on:2020 المصدر: place: * : « \0 \ud800 %s \' < &'.split(
        " "
    )
)


@pytest.fixture(scope="module")
def marsad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marsad]:
    with archive(tmp_path_factory.mktemp("archive")) as opened:
        opened.add_sources([SOURCE])
        texts = ["أمطار غزيرة في الشمال"] * 18 + [f"أمطار {HOSTILE} في الجنوب"] * 18
        opened.keeper.keep(
            [
                Arrival(
                    article(f"{text} رقم {n}", address=f"https://nakhla.example/{n}", title=f"خبر {n} {text}")
                )
                for n, text in enumerate(texts)
            ]
        )
        opened.indexer.catch_up()
        yield opened


@pytest.fixture(scope="module")
def reader(marsad: Marsad) -> TestClient:
    return TestClient(site(marsad), headers={"accept-language": "ar"})


def test_words_are_marked_and_nothing_else_is_markup(reader: TestClient) -> None:
    page = reader.get("/search", params={"q": "مطر الجنوب"}).text
    assert "<mark>أمطار</mark>" in page
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


def test_every_link_of_the_page_leads_to_a_page(reader: TestClient) -> None:
    page = reader.get("/search?q=أمطار").text
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/search[?][^"]*)"', page)}
    assert any("section=" in link for link in links) or any("on=" in link for link in links)
    for link in links:
        answer = reader.get(link)
        assert answer.status_code == 200
        assert "mark" in answer.text, link


def test_what_narrows_can_be_taken_away(reader: TestClient) -> None:
    page = reader.get("/search?q=أمطار&source=nakhla&on=2024-03").text
    chips = re.findall(r'<li><a href="([^"]*)" aria-label', page)
    assert len(chips) == 2
    assert "source" not in chips[0]
    assert "on=" not in chips[1]
    assert "مارس 2024" in page


def test_the_second_page_knows_where_the_first_began(reader: TestClient) -> None:
    page = reader.get("/search?q=أمطار&sort=newest&fold=0").text
    following = re.search(r'rel="next" href="([^"]*)"', page)
    assert following is not None
    assert "upto=36" in following[1]
    assert "sort=newest" in following[1]


def test_nothing_found_says_what_may_help(reader: TestClient) -> None:
    page = reader.get("/search?q=زقزقة&source=nakhla").text
    assert 'href="/search?q=%D8%B2%D9%82%D8%B2%D9%82%D8%A9"' in page
    assert "المصدر:" in page
    assert 'href="/saved/new?q=' in page
    assert page.count("/search/feed.rss?") > 1


def test_beyond_the_last_page_the_way_leads_back_to_it(reader: TestClient) -> None:
    page = reader.get("/search?q=أمطار&sort=newest&fold=0&page=50").text
    assert "لم يعثر على شيء" not in page
    assert "ليس هناك سوى 4 صفحات" in page
    last = re.search(r'href="(/search[?][^"]*page=4[^"]*)"', page)
    assert last is not None
    assert "<mark>أمطار</mark>" in reader.get(last[1].replace("&amp;", "&")).text


def test_where_more_was_found_than_pages_show_the_last_one_says_so(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "LAST_PAGE", 2)
    first, last = (reader.get(f"/search?q=أمطار&fold=0&page={page}&upto=36").text for page in (1, 2))
    assert ("لا تُقرأ إلا" in first, "لا تُقرأ إلا" in last) == (False, True)


@pytest.mark.parametrize(
    ("added", "said"),
    [(0, None), (3, "وُجدت 3 منها بمعناها"), (36, "لم يوجد شيء بهذه الكلمات. هذه أقرب المقالات إليها معنى")],
)
def test_what_was_found_by_meaning_alone_is_not_told_as_found_by_words(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch, added: int, said: str | None
) -> None:
    find = finding.find
    monkeypatch.setattr(finding, "find", lambda *of, **how: replace(find(*of, **how), added=added))
    page = reader.get(f"/search?q=أمطار&upto={100 + added}").text  # no two pages alike: they are kept
    assert ("بمعناها" in page, "هذه أقرب المقالات" in page) == (added == 3, added == 36)
    assert said is None or said in page
    assert ('class="count">36' in page) == (added < 36)


def test_suggestions_are_those_of_opensearch(reader: TestClient) -> None:
    answer = reader.get("/suggest?q=أمط")
    typed, found = answer.json()
    assert typed == "أمط"
    assert "أمطار غزيرة" in found
    assert answer.headers["content-type"].startswith("application/x-suggestions+json")


def test_a_browser_can_add_the_search(reader: TestClient) -> None:
    page = reader.get("/")
    link = re.search(r'<link rel="search" type="([^"]*)" title="[^"]*" href="([^"]*)"', page.text)
    assert link is not None
    answer = reader.get(link[2])
    assert answer.headers["content-type"].startswith(link[1])
    described = ElementTree.fromstring(answer.content)
    templates = [url.get("template") or "" for url in described.iter() if url.tag.endswith("Url")]
    for template in templates:
        assert reader.get(template.replace("{searchTerms}", "أمطار")).status_code == 200


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=20).map(" ".join))
def test_no_query_is_an_error(reader: TestClient, query: str) -> None:
    query = query.encode("utf-8", "replace").decode()
    assert reader.get("/search", params={"q": query}).status_code == 200
    assert reader.get("/suggest", params={"q": query}).status_code == 200


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.booleans())
@example("%00\0 مطر\0", True)
def test_a_link_leads_where_the_search_so_changed_stands(query: str, folded: bool) -> None:
    request = Request({"type": "http", "path": "/fr/search", "language": "fr", "headers": []})
    wanted = Asked(query, source="nakhla", on="2020", folded=folded, page=3)
    link = narrowing(request, wanted)
    for changes in (
        {"section": "sports"},
        {"section": "economy"},
        {"source": "autre journal"},
        {"on": "2020-11"},
        {"source": ""},
        {"place": "ma-fes"},
        {"fresh": False},
        {"query": "autre"},
        {},
    ):
        given_so = wanted.changed(**changes).parameters()
        assert link(changes) == "/fr" + addresses.search(str(given_so.pop("q")), **given_so)
