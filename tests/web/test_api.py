"""The programming interface over a small archive, and whatever a stranger may ask of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from starlette.testclient import TestClient

from marsad.app import Marsad
from marsad.model import DisplayPolicy, Section
from marsad.pipeline.keeping import Arrival
from marsad.web.api.application import api
from marsad.web.rates import Rates
from marsad.web.site import site
from tests.press.world import archive
from tests.samples import SOURCE, article

ARTICLES = 45


@pytest.fixture(scope="module")
def marsad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marsad]:
    with archive(tmp_path_factory.mktemp("api")) as opened:
        opened.add_sources([SOURCE])
        opened.keeper.keep(
            [
                Arrival(
                    article(
                        f"خبر رقم {number} عن المطر " + " ".join(f"كلمة{number}x{n}" for n in range(30)),
                        title=f"عنوان {number}",
                        address=f"https://nakhla.example/{number}",
                        section=Section.WEATHER,
                    )
                )
                for number in range(ARTICLES)
            ]
        )
        opened.indexer.catch_up()
        yield opened


@pytest.fixture
def client(marsad: Marsad) -> TestClient:
    return TestClient(site(marsad))


def test_a_list_is_read_to_its_end(client: TestClient) -> None:
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get("/api/v1/articles", params={"source": SOURCE.slug, "cursor": cursor}).json()
        seen += [each["number"] for each in page["articles"]]
        cursor = page["next"]
    assert sorted(seen) == list(range(1, ARTICLES + 1))


def test_an_article_has_all_that_its_page_has(client: TestClient) -> None:
    found = client.get(f"/api/v1/articles/{SOURCE.slug}/1").json()
    assert found["address"] == f"http://testserver/{SOURCE.slug}/1"
    assert found["at_source"] == "https://nakhla.example/0"
    assert found["newspaper"] == SOURCE.name
    assert found["blocks"][0]["text"].startswith("خبر رقم 0")


def test_a_search_tells_where_its_words_stand(client: TestClient) -> None:
    found = client.get("/api/v1/search", params={"q": "المطر (", "source": SOURCE.slug}).json()
    assert found["total"] == ARTICLES
    assert found["ignored"] == [{"part": "(", "cause": "open_group"}]
    assert sum(each["count"] for each in found["timeline"]) == ARTICLES
    assert (found["relaxed"], found["added"], found["cut"]) == (False, 0, False)
    passage = found["results"][0]["passages"][0]
    mark = passage["marks"][0]
    assert "مطر" in passage["text"][mark["start"] : mark["end"]]


@pytest.mark.parametrize("given", [{"q": "source:nakhlaa"}, {"q": "المطر", "source": "nakhlaa"}])
def test_a_newspaper_that_is_not_here_is_told(client: TestClient, given: dict[str, str]) -> None:
    found = client.get("/api/v1/search", params=given).json()
    assert (found["total"], found["ignored"]) == (0, [])
    assert found["unknown"] == [{"name": "nakhlaa", "near": {SOURCE.slug: SOURCE.name}}]


def test_stories_stand_as_on_the_front_page_newspapers_weighing_as_the_operator_says(tmp_path: Path) -> None:
    other = replace(SOURCE, slug="vent", home="https://vent.example/", feeds=())
    texts = ("فاض الوادي بعد أمطار قوية", "فاز الفريق بكأس العرش")
    with archive(tmp_path) as opened:
        opened.add_sources([SOURCE, other])
        for source, text in zip((SOURCE, other), texts, strict=True):
            told = article(text, title=text, source=source.slug, address=f"{source.home}1")
            opened.keeper.keep([Arrival(told)])
        for weights in ({"vent": 9.0}, {"nakhla": 9.0}):
            opened.settings.stories.source_weights.clear()
            opened.settings.stories.source_weights.update(weights)
            client = TestClient(api(opened, Rates()))
            (first, *_) = client.get("/stories").json()["stories"]
            assert first["representative"]["source"] == next(iter(weights))


def test_stories_and_newspapers(client: TestClient) -> None:
    (first, *_) = client.get("/api/v1/stories").json()["stories"]
    told = client.get(f"/api/v1/stories/{first['number']}").json()
    assert told["representative"] == first["representative"]
    assert {each["number"] for each in told["added"]} <= {each["number"] for each in told["tellings"]}
    assert first["number"] not in {each["number"] for each in told["earlier"] + told["related"]}
    (source,) = client.get("/api/v1/sources").json()
    assert client.get(f"/api/v1/sources/{source['slug']}").json() == source


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/v1/sources")
    again = client.get("/api/v1/sources", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_search_is_narrowed_by_a_place_and_stays_as_it_was(client: TestClient) -> None:
    given: dict[str, Any] = {"q": "المطر", "fold": False, "sort": "newest"}
    first = client.get("/api/v1/search", params=given).json()
    assert first["upto"] == ARTICLES
    assert client.get("/api/v1/search", params=given | {"upto": 5}).json()["total"] == 5
    assert client.get("/api/v1/search", params=given | {"place": "ma-fes"}).json()["total"] == 0


@pytest.mark.parametrize("path", ["/search?q=المطر", "/sources", "/nothing"])
def test_only_the_head_of_an_answer_can_be_asked_for(client: TestClient, path: str) -> None:
    head, whole = client.head(f"/api/v1{path}"), client.get(f"/api/v1{path}")
    assert (head.status_code, head.headers.get("etag")) == (whole.status_code, whole.headers.get("etag"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/articles/nobody/1", 404),
        ("/stories/99999", 404),
        ("/sources/nobody", 404),
        ("/nothing", 404),
        ("/articles?since=yesterday", 422),
        ("/articles?cursor=zzz", 422),
        ("/articles?cursor=1-99999999999999999999", 422),
        ("/search?page=0", 422),
        ("/search?language=xx", 422),
        ("/search?source=a%20b", 422),
        ("/search?on=foo", 422),
        ("/search?on=2023-02-29", 422),
        ("/search?q=مطر&lang=fr", 422),
        ("/search?cursor=x", 422),
        ("/articles?foo=1", 422),
        ("/stories?page=2", 422),
        ("/places/ma-fes?q=x", 422),
    ],
)
def test_problems_have_one_form(client: TestClient, path: str, status: int) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"]


def test_who_asks_too_often_is_told_when_to_come_back(marsad: Marsad) -> None:
    eager = TestClient(api(marsad, Rates(clock=lambda: 0.0)))
    statuses = [eager.get("/sources").status_code for _ in range(301)]
    assert statuses[:300] == [200] * 300
    assert statuses[300] == 429
    assert eager.get("/sources").headers["retry-after"] == "60"


def test_the_policy_of_a_newspaper_holds_here_too(tmp_path: Path) -> None:
    with archive(tmp_path) as opened:
        opened.add_sources([SOURCE])
        opened.keeper.keep([Arrival(article("سر الأسرار", display=DisplayPolicy.HEADLINE))])
        found = TestClient(site(opened)).get(f"/api/v1/articles/{SOURCE.slug}/1")
        assert found.json()["display"] == "headline"
        assert "الأسرار" not in json.dumps(found.json(), ensure_ascii=False)


def test_the_page_for_programmers_names_every_operation(client: TestClient) -> None:
    page = client.get("/programmers").text
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        assert path in page


class Unlimited(Rates):
    """Lets everything in, so that every request reaches what it asks for."""

    def admits(self, kind: str, who: str, most: int) -> bool:
        return True


def test_whatever_is_asked_is_answered_as_described(marsad: Marsad) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", api(marsad, Unlimited()))
    for found in schema.get_all_operations():
        operation = found.ok() if isinstance(found, Ok) else pytest.fail("it describes itself wrongly")

        @given(operation.as_strategy())
        @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
        def answered(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate()

        answered()
