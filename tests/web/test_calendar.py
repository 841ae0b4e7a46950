"""The calendar, days as they were, and pages about newspapers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from marsad.app import Marsad
from marsad.model import Precision, Published
from marsad.pipeline.keeping import Arrival
from marsad.views import calendar
from marsad.web.site import site
from tests.press.world import archive, hasty
from tests.samples import SOURCE, article

CASABLANCA = ZoneInfo("Africa/Casablanca")
#: Half past eleven at night in UTC is the next day in Morocco.
LATE = datetime(2024, 2, 29, 23, 30, tzinfo=UTC)


@pytest.fixture
def marsad(tmp_path: Path) -> Iterator[Marsad]:
    with archive(tmp_path) as opened:
        _fill(opened)
        yield opened


@pytest.fixture
def reader(marsad: Marsad) -> TestClient:
    return TestClient(site(marsad), headers={"accept-language": "en"})


def main_of(reader: TestClient, path: str) -> str:
    page = reader.get(path)
    assert page.status_code == 200, path
    return page.text.split("<main")[1]


def test_a_day_shows_what_was_dated_on_it_and_no_later_news(reader: TestClient) -> None:
    page = main_of(reader, "/archive/2024-02-29")
    assert "خبر 0" in page
    assert "خبر 1" in page
    assert "خبر 2" not in page
    assert "خبر 3" not in page


def test_a_newspapers_days_go_by_its_own_clock(reader: TestClient) -> None:
    assert "خبر 0" in main_of(reader, "/nakhla/archive/2024-03-01")
    assert "خبر 0" not in main_of(reader, "/nakhla/archive/2024-02-29")
    assert "خبر 1" in main_of(reader, "/vent/archive/2024-02-29")


def test_lists_tell_the_hours_of_all_newspapers_by_the_clock_of_the_site(
    tmp_path: Path,
) -> None:
    with Marsad(hasty(tmp_path, server={"timezone": "Africa/Tripoli"})) as marsad:
        _fill(marsad)
        reader = TestClient(site(marsad), headers={"accept-language": "en"})
        hours = re.findall(r"<time[^>]*>([^<]*)</time>", main_of(reader, "/archive/2024-03-01"))
        assert hours.count("01:30") >= 2, "two newspapers, one clock, and the day need not be said again"
        assert ">00:30<" in main_of(reader, "/nakhla/archive/2024-03-01"), "its own days, its own clock"
        assert "1 March 2024 · 00:30" in main_of(reader, "/nakhla")


def test_without_a_clock_of_the_site_each_newspaper_has_its_own(reader: TestClient) -> None:
    hours = re.findall(r"<time[^>]*>([^<]*)</time>", main_of(reader, "/archive/2024-02-29"))
    assert {"1 March · 00:30", "23:30"} <= set(hours)


def test_the_calendar_opens_at_the_newest_month_and_counts_its_days(reader: TestClient) -> None:
    page = main_of(reader, "/archive")
    assert "April 2024" in page
    february = main_of(reader, "/archive/2024-02")
    assert re.findall(r'href="(/archive/2024-02-[0-9]+)"', february) == ["/archive/2024-02-29"]
    assert ">2<span" in february
    assert main_of(reader, "/nakhla/archive/2024-03").count('href="/nakhla/archive/2024-03-01"') == 1


def test_months_lead_to_their_neighbours_as_far_as_there_is_news(marsad: Marsad) -> None:
    with marsad.store.reading() as connection:
        newest = calendar.month(connection, None, UTC)
        oldest = calendar.month(connection, date(2023, 1, 1), UTC)
    assert (newest.first, newest.before, newest.after) == (date(2024, 4, 1), date(2024, 3, 1), None)
    assert (oldest.before, oldest.after) == (None, date(2023, 2, 1))
    assert newest.years == [2024, 2023]


def test_every_day_of_a_month_stands_once_in_its_week(marsad: Marsad) -> None:
    with marsad.store.reading() as connection:
        month = calendar.month(connection, date(2024, 2, 1), CASABLANCA)
    days = [(place, day) for week in month.weeks for place, day in enumerate(week) if day]
    assert [day.date.day for _, day in days] == list(range(1, 30))
    assert all(day.date.weekday() == place for place, day in days)
    assert {len(week) for week in month.weeks} == {7}


@pytest.mark.parametrize(
    "when", ["2024-13", "2024-02-30", "2024", "0001-01-01", "9999-12-31", "٢٠٢٤-٠٢", "x", "2024-2"]
)
@pytest.mark.parametrize("start", ["", "/nakhla"])
def test_what_is_no_day_is_not_found(reader: TestClient, start: str, when: str) -> None:
    assert reader.get(f"{start}/archive/{when}").status_code == 404


def test_an_empty_day_says_so(reader: TestClient) -> None:
    assert "Nothing is dated on this day." in main_of(reader, "/archive/2020-01-01")
    assert "Nothing here yet." in main_of(reader, "/nakhla/archive/2020-01-01")
    assert reader.get("/nobody/archive").status_code == 404


def test_a_newspaper_tells_what_it_is_and_how_it_is(reader: TestClient) -> None:
    page = main_of(reader, "/nakhla")
    for told in ("Morocco", "Arabic", "Newspaper", "3 articles", "Not read yet", 'href="/nakhla/archive"'):
        assert told in page, told


def test_a_country_has_the_news_of_its_newspapers_alone(reader: TestClient) -> None:
    page = main_of(reader, "/country/ma")
    assert "Morocco" in page
    assert "خبر 0" in page
    assert "خبر 1" not in page
    assert reader.get("/country/xx").status_code == 404
    assert 'href="/country/ma"' in main_of(reader, "/sources")


def test_statistics_count_what_is_there(reader: TestClient) -> None:
    page = main_of(reader, "/statistics")
    for told in ("4 articles", "2 newspapers", "Sections", "Arabic", "النخلة"):
        assert told in page, told


def test_an_empty_archive_has_all_its_pages(tmp_path: Path) -> None:
    with archive(tmp_path) as empty:
        reader = TestClient(site(empty))
        for path in ("/", "/archive", "/archive/2024-03-05", "/statistics", "/sources", "/about", "/search"):
            assert reader.get(path).status_code == 200, path


def _fill(opened: Marsad) -> None:
    opened.add_sources(
        [
            SOURCE,
            replace(
                SOURCE,
                slug="vent",
                name="Le Vent",
                home="https://vent.example/",
                country="TN",
                timezone="UTC",
                feeds=(),
            ),
        ]
    )
    moments = [
        ("nakhla", LATE),
        ("vent", LATE),
        ("nakhla", LATE + timedelta(days=40)),
        ("nakhla", LATE - timedelta(days=400)),
    ]
    for number, (source, moment) in enumerate(moments):
        opened.keeper.keep(
            [
                Arrival(
                    article(
                        f"نص الخبر رقم {number}",
                        source=source,
                        title=f"خبر {number}",
                        address=f"https://{source}.example/{number}",
                        published=Published(moment, Precision.MINUTE, "meta"),
                    )
                )
            ]
        )
