"""Dates as newspapers write them."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluate.dates import evaluate
from marsad.language.dates import ReadDate, candidates, find_dates, judge, read_date
from marsad.model import Precision

CASES = Path(__file__).parents[1] / "cases" / "dates" / "written.jsonl"
#: A Thursday afternoon.
NOW = datetime(2020, 11, 19, 15, 0, tzinfo=UTC)
RUNNING = [json.loads(line) for line in CASES.with_name("running.jsonl").read_text("utf-8").splitlines()]
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


#: The months of a year in each manner, and how a day is written with them.
MANNERS = {
    "Morocco": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split(),
    "Algeria and Tunisia": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "Mauritania": "يناير فبراير مارس إبريل مايو يونيو يوليو أغشت شتمبر أكتوبر نوفمبر دجمبر".split(),
    "Egypt and the Gulf": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "the Levant and Iraq": (
        "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول".split(
            ","
        )
    ),
    "French": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "French, short": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(),
    "English": (
        "January February March April May June July August September October November December".split()
    ),
    "English, short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "Spanish": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
    ),
    "Tamazight": "ⵉⵏⵏⴰⵢⵔ ⴱⵕⴰⵢⵕ ⵎⴰⵕⵚ ⵉⴱⵔⵉⵔ ⵎⴰⵢⵢⵓ ⵢⵓⵏⵢⵓ ⵢⵓⵍⵢⵓⵣ ⵖⵓⵛⵜ ⵛⵓⵜⴰⵏⴱⵉⵔ ⴽⵜⵓⴱⵔ ⵏⵓⵡⴰⵏⴱⵉⵔ ⴷⵓⵊⴰⵏⴱⵉⵔ".split(),
}
DAYS = [
    "{d} {m} {y}",
    "{d:02}-{m}-{y}",
    "{d}{m}{y}",
    "{m} {d}, {y}",
    "{y} {m} {d}",
    "{d} {m}، {y}",
    "({d} / {m} / {y})",
]
NUMBERS = [
    "{d}/{n}/{y}", "{d:02} - {n:02} - {y}", "{d}.{n}.{y}", "{y}/{n:02}/{d:02}", "{y}-{n}-{d}",
    "\u200f{d}\u200f/\u200f{n}\u200f/\u200f{y}",
]  # fmt: skip
TIMES = [
    "",
    " {h:02}:{i:02}",
    " - {h}:{i:02}",
    " à {h}h{i:02}",
    " على الساعة {h:02}:{i:02}",
    " الساعة {h} و {i} دقيقة",
]
DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]


@given(
    st.datetimes(datetime(1980, 1, 1), datetime(2020, 11, 18)),  # noqa: DTZ001
    st.sampled_from(
        [*((form, months) for form in DAYS for months in MANNERS.values()), *((f, []) for f in NUMBERS)]
    ),
    st.sampled_from(TIMES),
    st.sampled_from(DIGITS),
)
def test_any_moment_written_in_any_manner_reads_back(
    moment: datetime, manner: tuple[str, list[str]], time_of_day: str, digits: str
) -> None:
    form, months = manner
    day, month, year = moment.day, moment.month, moment.year
    text = (form + time_of_day).format(
        d=day, n=month, m=months[month - 1] if months else "", y=year, h=moment.hour, i=moment.minute
    )
    found = read_date(text.translate(str.maketrans("0123456789", digits)), now=NOW)
    assert found is not None
    assert found.local.date() == moment.date()
    if time_of_day:
        assert (found.local.hour, found.local.minute) == (moment.hour, moment.minute)
    assert found.precision is (Precision.MINUTE if time_of_day else Precision.DAY)


@given(st.text(max_size=300))
def test_no_text_raises_and_spans_lie_inside(text: str) -> None:
    for found in (*find_dates(text, now=NOW), *candidates(text, now=NOW)):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    "unit", ["17 نونبر 2020 ", "à ", "الساعة على ", "17/1.", "l'", "منذ ثلاث ", " / - : ", "1", "\u064b"]
)
def test_a_long_text_takes_time_in_proportion(unit: str) -> None:
    started = time.monotonic()
    find_dates(unit * (60_000 // len(unit)), now=NOW)
    assert time.monotonic() - started < 10  # the square of the length would take minutes


@pytest.mark.parametrize("row", RUNNING, ids=lambda row: row["text"][:40])
def test_running_text_gives_its_dates_with_their_places(row: dict[str, Any]) -> None:
    text = row["text"]
    found = find_dates(text, now=datetime(2023, 6, 21, 12, tzinfo=UTC))
    assert [[text[date.start : date.end], _as_exact(date)] for date in found] == row["dates"]


def _as_exact(date: ReadDate) -> str:
    length = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10, Precision.MINUTE: 16}
    return date.local.isoformat()[: length[date.precision]]


def test_a_day_is_the_same_day_by_every_clock() -> None:
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles", "Africa/Algiers"):
        found = read_date("17 نونبر 2020", now=NOW, timezone=ZoneInfo(zone))
        assert found is not None
        assert found.moment == datetime(2020, 11, 17, tzinfo=UTC)
        assert (found.local.date(), str(found.local.tzinfo)) == (found.moment.date(), zone)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("17/11/2020 14:05", "2020-11-17T13:05"),
        ("17/11/2020 14:05 GMT", "2020-11-17T14:05"),
        ("17/11/2020 14:05 (بتوقيت مكة المكرمة)", "2020-11-17T11:05"),
        ("2020-11-17T14:05:00-05:00", "2020-11-17T19:05"),
        ("Tue, 17 Nov 2020 14:05:00 EST", "2020-11-17T19:05"),
        ("17 novembre 2020 à 14h05, heure de Paris", "2020-11-17T13:05"),
        ("17 نوفمبر 2020 14:05 (GMT+3)", "2020-11-17T11:05"),
    ],
)
def test_a_time_is_by_the_clock_that_is_named_or_else_the_newspaper_s(text: str, moment: str) -> None:
    found = read_date(text, now=NOW, timezone=ZoneInfo("Africa/Tunis"))
    assert found is not None
    assert found.moment == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_a_day_without_year_is_past_in_a_byline_and_near_in_a_text() -> None:
    byline = read_date("25 دجنبر", now=NOW)
    (running,) = find_dates("يفتتح في 25 دجنبر", now=NOW)
    assert byline is not None
    assert (byline.local.year, running.local.year) == (2019, 2020)


def test_a_weekday_tells_which_number_is_the_month() -> None:
    found = read_date("Thursday 12/11/2020", now=NOW)
    other = read_date("Friday 11/12/2020", now=datetime(2021, 1, 1, tzinfo=UTC))
    american = read_date("11/12/2020", now=datetime(2021, 1, 1, tzinfo=UTC), language="en-US")
    assert [each and each.local.date().isoformat() for each in (found, other, american)] == [
        "2020-11-12",
        "2020-12-11",
        "2020-11-12",
    ]


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
