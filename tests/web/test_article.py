"""What stands around an article: its changes, how to share and to cite it; and what helps who finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marsad.app import Marsad
from marsad.model import DisplayPolicy, Image, Precision, Published
from marsad.pipeline.keeping import Arrival
from marsad.web.citing import bibtex, ris
from marsad.web.site import site
from tests.press.world import archive, hasty
from tests.samples import NOW, SOURCE, article

ADDRESS = "https://marsad.example/nakhla/1"


@pytest.fixture
def marsad(tmp_path: Path) -> Iterator[Marsad]:
    with archive(tmp_path) as opened:
        opened.add_sources([SOURCE])
        first = article("ثلاثة جرحى في الحادث.\nالخاتمة.", lead="ثلاثة جرحى في الحادث", author="ليلى & كمال")
        later = replace(
            article("أربعة جرحى في الحادث.\nالخاتمة."),
            lead="أربعة جرحى في الحادث",
            author="ليلى & كمال",
            collected=NOW + timedelta(hours=1),
        )
        opened.keeper.keep([Arrival(first)])
        opened.keeper.keep([Arrival(later)])
        yield opened


@pytest.fixture
def reader(marsad: Marsad) -> TestClient:
    return TestClient(site(marsad), headers={"accept-language": "en"})


def test_a_change_is_told_word_by_word(reader: TestClient) -> None:
    page = reader.get("/nakhla/1").text
    assert "<del>ثلاثة</del>" in page
    assert "<ins>أربعة</ins> جرحى في الحادث." in page
    assert page.count("الخاتمة") == 1


def test_a_lead_that_opens_the_text_is_not_told_twice(reader: TestClient) -> None:
    assert '<p class="lead">' not in reader.get("/nakhla/1").text


def test_where_little_may_be_shown_no_change_is(marsad: Marsad) -> None:
    page = TestClient(site(marsad)).get("/nakhla/1").text
    assert "<ins>" in page
    marsad.add_sources([replace(SOURCE, display=DisplayPolicy.HEADLINE)])
    public = marsad.settings.model_copy(
        update={"site": marsad.settings.site.model_copy(update={"audience": "public"})}
    )
    marsad.settings = public
    assert "<ins>" not in TestClient(site(marsad)).get("/nakhla/1").text


def test_sharing_asks_nobody_else(reader: TestClient) -> None:
    page = reader.get("/fr/nakhla/1").text
    assert page.count('<bdi class="address" dir="ltr">http://testserver/nakhla/1</bdi>') == 3
    assert set(re.findall(r'href="(https?://[^/"]+)', page)) == {"https://nakhla.example"}


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("bib", "application/x-bibtex", "@article{nakhla-1,"),
        ("ris", "application/x-research-info-systems", "TY  - NEWS"),
    ],
)
def test_a_reference_can_be_had_as_a_file(reader: TestClient, form: str, kind: str, begins: str) -> None:
    told = reader.get(f"/nakhla/1.{form}")
    assert told.headers["content-type"].startswith(kind)
    assert told.text.startswith(begins)
    assert "http://testserver/nakhla/1" in told.text
    assert reader.get("/nakhla/1.doc").status_code == 404
    assert reader.get(f"/nakhla/9.{form}").status_code == 404


def test_bibtex_takes_no_letter_for_a_command() -> None:
    hostile = article(title="100% {of} \\input{x}\n & _more_ $", author="A & B", number=1)
    told = bibtex(hostile, SOURCE, ADDRESS, date(2024, 3, 6))
    assert r"title = {{100\% \{of\} \textbackslash{}input\{x\} \& \_more\_ \$}}" in told
    assert "year = {2024},\n  month = {03},\n  day = {05}" in told
    assert "urldate = {2024-03-06}" in told


@pytest.mark.parametrize(("language", "comma"), [("ar", "،"), ("fr", ",")])
def test_a_citation_runs_as_its_headline_whatever_the_page_speaks(
    marsad: Marsad, reader: TestClient, language: str, comma: str
) -> None:
    marsad.keeper.keep([Arrival(article(address="https://nakhla.example/2", language=language))])
    for page, day in (("ar", "5 مارس 2024"), ("fr", "5 mars 2024")):
        said = reader.get(f"/{page}/nakhla/2").text.split('<p class="citation"')[1].split("</p>")[0]
        assert said.startswith(f' lang="{language}"')
        assert f'</bdi>{comma} <bdi class="one" lang="{page}">{day}</bdi>.' in said


def test_a_day_is_cited_as_its_newspaper_printed_it(reader: TestClient, marsad: Marsad) -> None:
    late = Published(datetime(2024, 3, 5, 23, 30, tzinfo=UTC), Precision.MINUTE, "json-ld")
    marsad.add_sources([replace(SOURCE, timezone="Asia/Dubai")])
    marsad.keeper.keep([Arrival(article(address="https://nakhla.example/2", published=late))])
    assert '<bdi class="one" lang="en">6 March 2024</bdi>' in reader.get("/nakhla/2").text
    assert "day = {06}" in reader.get("/nakhla/2.bib").text
    assert "2024/03/06" in reader.get("/nakhla/2.ris").text


def test_the_hour_of_another_clock_than_the_readers_is_told_with_its_zone(tmp_path: Path) -> None:
    with Marsad(hasty(tmp_path, server={"timezone": "Europe/Paris"})) as marsad:
        for slug, clock in (("far", "Asia/Dubai"), ("near", "Africa/Tunis")):
            home = f"https://{slug}.example/"
            marsad.add_sources([replace(SOURCE, slug=slug, home=home, timezone=clock, feeds=())])
            marsad.keeper.keep([Arrival(article(source=slug, address=f"{home}1"))])
        reader = TestClient(site(marsad))
        assert "16:00 UTC+04:00</time>" in reader.get("/fr/far/1").text
        assert "13:00</time>" in reader.get("/fr/near/2").text


def test_ris_says_no_more_of_a_date_than_is_known() -> None:
    vague = article(number=1, published=Published(datetime(2011, 1, 1, tzinfo=UTC), Precision.YEAR, "text"))
    told = ris(vague, SOURCE, ADDRESS, date(2024, 3, 6))
    assert "PY  - 2011\r\n" in told
    assert "DA  -" not in told
    assert told.endswith("ER  - \r\n")


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [("/nakla", "/en/nakhla"), ("/Nakhla/x", "/en/nakhla"), ("/somebody/1", "/en/nakhla/1")],
)
def test_who_finds_nothing_is_shown_what_stands_near(reader: TestClient, path: str, leads_to: str) -> None:
    page = reader.get(f"/en{path}")
    assert page.status_code == 404
    assert f'href="{leads_to}"' in page.text.split("<main")[1]


def test_the_words_of_a_lost_address_are_ready_to_be_searched_for(reader: TestClient) -> None:
    assert 'value="أمطار قوية html"' in reader.get("/x/أمطار-قوية-2011.html").text


def test_a_failing_archive_is_told_in_words(marsad: Marsad) -> None:
    with marsad.store.writing() as connection:
        connection.exec_driver_sql("DROP TABLE outbox")
    page = TestClient(site(marsad), raise_server_exceptions=False).get("/fr/")
    assert page.status_code == 500
    assert '<html lang="fr"' in page.text
    assert "L’erreur vient de nous" in page.text


def test_a_wrong_kind_of_request_is_not_called_our_fault(reader: TestClient) -> None:
    page = reader.post("/sources")
    assert page.status_code == 405
    assert "This cannot be done" in page.text


def test_a_front_page_waits_for_one_picture_at_most(marsad: Marsad, reader: TestClient) -> None:
    assert 'class="cover"' not in reader.get("/").text
    pictures = [
        article(
            f"نص {number}",
            address=f"https://nakhla.example/p{number}",
            title=f"صورة {number}",
            images=(Image(f"https://nakhla.example/{number}.jpg"),),
        )
        for number in range(3)
    ]
    marsad.keeper.keep([Arrival(pictured) for pictured in pictures])
    page = reader.get("/").text
    assert page.count('class="cover"') == 1
    assert page.count("<img") == 1


def test_a_story_is_told_in_the_readers_language_where_anybody_tells_it_so(marsad: Marsad) -> None:
    vent = replace(SOURCE, slug="vent", name="Le Vent", home="https://vent.example/", feeds=())
    marsad.add_sources([vent])
    text = " ".join(f"mot{number}" for number in range(80))
    marsad.keeper.keep(
        [
            Arrival(article(text, address="https://nakhla.example/l1", title="عنوان", language="ar")),
            Arrival(
                article(
                    text,
                    source="vent",
                    address="https://vent.example/l2",
                    title="Titre",
                    language="fr",
                    collected=NOW + timedelta(hours=1),
                )
            ),
        ]
    )
    top = {
        code: TestClient(site(marsad)).get(f"/{code}/").text.split('class="top"')[1].split("</section>")[0]
        for code in ("ar", "fr")
    }
    assert ">عنوان</a></h2>" in top["ar"]
    assert ">Titre</a></h2>" in top["fr"]
    assert ">عنوان</a></h2>" not in top["fr"]


def test_who_else_tells_a_story_is_counted_and_named_alike(marsad: Marsad) -> None:
    text = " ".join(f"mot{number}" for number in range(80))
    told = [("nakhla", "Un"), ("vent", "Deux"), ("nakhla", "Trois"), ("vent", "Quatre"), ("lune", "Cinq")]
    for number, (slug, title) in enumerate(told):
        home = f"https://{slug}.example/"
        marsad.add_sources([replace(SOURCE, slug=slug, name=slug, home=home, feeds=())])
        told_by = article(text, source=slug, address=f"{home}t{number}", title=title, language="fr")
        marsad.keeper.keep([Arrival(replace(told_by, collected=NOW + timedelta(hours=number)))])
    page = TestClient(site(marsad)).get("/en/").text
    said = page.split('<p class="others">')[1].split("</p>")[0]
    assert "In 2 other newspapers" in said
    assert set(re.findall(r"<bdi>(\w+)</bdi>", said)) == {"vent", "lune"}


def test_the_hijri_day_of_an_article_stands_beside_the_other_where_it_is_asked_for(tmp_path: Path) -> None:
    with Marsad(hasty(tmp_path, server={"hijri_dates": True})) as marsad:
        marsad.add_sources([SOURCE])
        marsad.keeper.keep([Arrival(article())])
        page = TestClient(site(marsad)).get("/ar/nakhla/1").text
        assert "24 شعبان 1445" in page.split('class="byline"')[1].split("</p>")[0]
        assert page.split('class="today"')[1].split("</p>")[0].count('class="hijri"') == 1
