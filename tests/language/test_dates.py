"""Dates as newspapers write them."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluate.dates import evaluate
from marsad.language.dates import candidates, find_dates, judge, read_date
from marsad.model import Precision

CASES = Path(__file__).parents[1] / "cases" / "dates" / "written.jsonl"
#: A Thursday afternoon.
NOW = datetime(2020, 11, 19, 15, 0, tzinfo=UTC)
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_a_written_date_is_read_by_its_own_clock(row: dict[str, str | None]) -> None:
    now = datetime.fromisoformat(str(row["now"]))
    found = read_date(str(row["text"]), now=now, language=row["language"], timezone=now.tzinfo or UTC)
    expected = row["expected"]
    written = found.local.strftime("%Y-%m-%dT%H:%M") if found else None
    assert (written[: len(expected)] if written and expected else written) == expected


def test_there_are_enough_cases_and_the_measure_agrees_with_the_tests() -> None:
    measured = evaluate(CASES)
    assert measured["dates"] == len(ROWS) >= 150
    assert measured["accuracy"] == 1.0


months = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split()
francaises = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
levant = [
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
]  # fmt: skip


@given(
    st.dates(datetime(1990, 1, 1).date(), datetime(2020, 11, 18).date()),  # noqa: DTZ001
    st.sampled_from(
        [
            lambda d: f"{d.day} {months[d.month - 1]} {d.year}",
            lambda d: f"نشر يوم {d.day} - {d.month} - {d.year}",
            lambda d: f"{d.day} {levant[d.month - 1]}/{months[d.month - 1]} {d.year}",
            lambda d: f"le {d.day} {francaises[d.month - 1]} {d.year}",
            lambda d: d.strftime("%B %d, %Y"),
            lambda d: d.strftime("%d/%m/%Y"),
            lambda d: d.strftime("%Y/%m/%d"),
            lambda d: d.isoformat(),
            lambda d: d.strftime("%d-%m-%Y").translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        ]
    ),
)
def test_any_day_written_in_any_manner_reads_back(day: object, write: object) -> None:
    found = read_date(write(day), now=NOW)  # type: ignore[operator]
    assert found is not None
    assert (found.local.date(), found.precision) == (day, Precision.DAY)


@given(st.text(max_size=300))
def test_no_text_raises_and_spans_lie_inside(text: str) -> None:
    for found in (*find_dates(text, now=NOW), *candidates(text, now=NOW)):
        assert 0 <= found.start < found.end <= len(text)


def test_a_long_text_takes_time_in_proportion() -> None:
    text = "17 نونبر 2020 " * 2000 + "1" * 20000 + " / - : " * 5000
    started = time.monotonic()
    assert len(find_dates(text, now=NOW)) >= 2000
    assert time.monotonic() - started < 10


def test_running_text_gives_its_dates_with_their_places() -> None:
    text = "شهدت المدينة في 16 ماي 2003 فيضانا، ثم سنة 2011 جفافا، وفازت 3-2 بفارق 13.09 نقطة، ومنذ سنة 2002 لم تمطر."
    found = find_dates(text, now=NOW)
    assert [text[date.start : date.end] for date in found] == ["16 ماي 2003", "سنة 2011", "سنة 2002"]
    assert [date.precision for date in found] == [Precision.DAY, Precision.YEAR, Precision.YEAR]


def test_the_ramadan_clock_of_morocco_is_known() -> None:
    morocco = ZoneInfo("Africa/Casablanca")
    now = datetime(2023, 6, 1, tzinfo=UTC)
    ramadan = read_date("30/03/2023 12:00", now=now, timezone=morocco)
    usual = read_date("30/05/2023 12:00", now=now, timezone=morocco)
    assert ramadan is not None
    assert usual is not None
    assert (ramadan.moment.hour, usual.moment.hour) == (12, 11)


def test_a_refused_date_says_why_and_leaves_its_place_to_the_next_best() -> None:
    text = "حُدث في 17 نونبر 2031، نشر في 16 نونبر 2020"
    assert read_date(text, now=NOW) is not None
    assert [found.refused for found in candidates(text, now=NOW)] == [None, "in the future"]
    assert judge(datetime(1850, 1, 1, tzinfo=UTC), Precision.DAY, NOW) == "before 1900"
    assert judge(NOW + timedelta(hours=20), Precision.MINUTE, NOW) is None
