"""The page of a story that goes on for days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marsad.model import Precision, Published
from marsad.pipeline.keeping import Arrival
from marsad.web.site import site
from tests.press.world import archive
from tests.samples import SOURCE, article

#: Half past eleven at night in UTC is the next day in Morocco.
LATE = datetime(2024, 2, 29, 23, 30, tzinfo=UTC)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[TestClient]:
    with archive(tmp_path) as marsad:
        marsad.add_sources([replace(SOURCE, timezone="Africa/Casablanca")])
        # One step of a night, one in the afternoon of the same day, one of two days.
        for number, hours in enumerate((0, 1, 16, 40, 46, 52), 1):
            published = Published(LATE + timedelta(hours=hours), Precision.MINUTE, "json-ld")
            told = article(f"نص {number}", address=f"{SOURCE.home}{number}", published=published)
            marsad.keeper.keep([Arrival(replace(told, story=1, number=number))])
        yield TestClient(site(marsad), headers={"accept-language": "en"})


def test_steps_tell_their_days_by_the_clock_of_their_tellings(reader: TestClient) -> None:
    page = reader.get("/story/1").text
    headings = re.findall(r'<h2 class="step">(.*?)</h2>', page, re.DOTALL)
    assert [re.sub("<[^>]+>", "", heading) for heading in headings] == [
        "Friday 1 March 2024",
        "Friday 1 March 2024 · 16:30",
        "Saturday 2 March 2024 – Sunday 3 March 2024",
    ]
