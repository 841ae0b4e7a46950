"""The page of what rises, and the interface to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marsad.model import Precision, Published, Source, Standing
from marsad.pipeline.keeping import Arrival
from marsad.store import articles
from marsad.web.site import site
from tests.press.world import archive
from tests.samples import SOURCE, article

THIRD = Source("sahel", "الساحل", "https://sahel.example/", country="TN")
OTHER = Source("vent", "Le Vent", "https://vent.example/", languages=("fr",), country="TN")
TITLES = (
    "فيضانات تطوان تغمر الأحياء",
    "فيضانات تطوان: غرق حي كامل",
    "السلطات تجلي سكان فيضانات تطوان",
    "ارتفاع خسائر فيضانات تطوان",
)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[TestClient]:
    now = datetime.now(UTC)
    with archive(tmp_path) as marsad:
        marsad.add_sources([SOURCE, OTHER, THIRD])
        for number in range(24):
            title = TITLES[number] if number < len(TITLES) else f"خبر عادي رقم {number} من المدينة"
            source = (SOURCE, OTHER, THIRD)[number % 3]
            moment = now - (timedelta(hours=number + 1) if number < len(TITLES) else timedelta(days=number))
            text = (
                "فاض وادي مرتيل بعد أمطار قوية وغمر أحياء من تطوان."
                if number < len(TITLES)
                else f"نص {number}"
            )
            told = article(
                text,
                address=f"{source.home}{number}",
                source=source.slug,
                title=title,
                rubrics=("طقس",),
                published=Published(moment, Precision.MINUTE, "json-ld"),
            )
            marsad.keeper.keep([Arrival(told)])
        marsad.indexer.catch_up()
        yield TestClient(site(marsad), headers={"accept-language": "en"})


@pytest.mark.parametrize("path", ["/", "/trends", "/trends?section=weather"])
def test_what_rises_stands_on_the_front_page_and_on_its_own(reader: TestClient, path: str) -> None:
    page = reader.get(path).text
    assert "Rising now" in page
    assert ">فيضانات تطوان</a>" in page


@pytest.mark.parametrize("narrowed", ["section=sports", "country=FR", "country=MA"])
def test_what_does_not_rise_there_is_not_told_there(reader: TestClient, narrowed: str) -> None:
    assert ">فيضانات تطوان</a>" not in reader.get(f"/trends?{narrowed}").text


@pytest.mark.parametrize("hostile", ["section=%00", "country='--", "section=a&country=b", "country=ÀÀ"])
def test_what_cannot_be_read_narrows_nothing(reader: TestClient, hostile: str) -> None:
    assert ">فيضانات تطوان</a>" in reader.get(f"/trends?{hostile}").text


def test_a_chart_tells_its_first_and_last_day_and_old_news_their_day(reader: TestClient) -> None:
    page = reader.get("/trends").text
    caption = page.split('<figcaption class="soft">')[1].split("</figcaption>")[0]
    last = datetime.now(UTC).date()
    assert str((last - timedelta(days=27)).year) in caption
    assert f" {last.day} " in caption
    assert "The newest are of" not in page


def test_an_archive_that_nobody_adds_to_says_of_which_day_its_trends_are(tmp_path: Path) -> None:
    with archive(tmp_path) as marsad:
        marsad.add_sources([SOURCE])
        published = Published(datetime(2024, 3, 3, 9, tzinfo=UTC), Precision.MINUTE, "json-ld")
        marsad.keeper.keep([Arrival(article(published=published))])
        page = TestClient(site(marsad), headers={"accept-language": "en"}).get("/trends").text
    assert "The newest are of Sunday 3 March 2024." in page


def test_programs_are_told_the_same(reader: TestClient) -> None:
    found = reader.get("/api/v1/trends").json()["trends"][0]
    assert (found["name"], found["told"], found["newspapers"]) == ("فيضانات تطوان", 3, 3)
    assert found["headlines"]


def test_what_was_hidden_is_no_headline_of_a_trend(reader: TestClient) -> None:
    marsad = reader.app.state.marsad  # type: ignore[attr-defined]  # it is our site
    with marsad.store.writing() as connection:
        for number in range(1, len(TITLES) + 1):
            articles.set_standing(connection, number, Standing.HIDDEN)
    assert "فيضانات تطوان" not in reader.get("/trends").text
