"""What the head of an answer means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.answers import FEED, HTML, IMAGE, check_length, check_type, lowered, retry_after
from marsad.errors import Refused
from marsad.outcome import Outcome

NOW = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("120", NOW + timedelta(minutes=2)),
        (" 0 ", NOW),
        ("99999999999999999999", NOW + WEEK),
        ("700000", NOW + WEEK),
        ("Tue, 05 Mar 2024 13:00:00 GMT", NOW + timedelta(hours=1)),
        ("Tue, 05 Mar 2024 13:00:00 +0100", None),
        ("Tue, 05 Mar 2024 14:00:00 +0100", NOW + timedelta(hours=1)),
        ("Wed, 05 Mar 2099 13:00:00 GMT", NOW + WEEK),
        ("Tue, 05 Mar 2024 11:00:00 GMT", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("٣٠", None),
        ("Tue, 99 Mar 99999999999 13:00:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, moment: datetime | None) -> None:
    assert retry_after(value, NOW) == moment


@given(
    st.one_of(
        st.text(), st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,6} [\d:]{1,9} [+-]?\w{1,6}")
    )
)
def test_any_retry_after_is_read_or_left(value: str) -> None:
    moment = retry_after(value, NOW)
    assert moment is None or NOW <= moment <= NOW + WEEK


def test_headers_are_found_by_their_names_in_lower_case() -> None:
    raw = [
        (b"X-Robots-Tag", b"noindex "),
        (b"x-robots-tag", b"nofollow"),
        (b"Set-Cookie", b"a"),
        (b"X", b"\xe9"),
    ]
    assert lowered(raw) == {"x-robots-tag": "noindex, nofollow", "x": "é"}


@pytest.mark.parametrize(
    ("media_type", "html", "feed", "image"),
    [
        ("", True, True, True),
        ("text/html; charset=utf-8", True, True, False),
        ("TEXT/HTML", True, True, False),
        ("application/rss+xml", False, True, False),
        ("application/octet-stream", False, True, False),
        ("image/png", False, False, True),
        ("video/mp4", False, False, False),
    ],
)
def test_each_caller_reads_its_own_types(media_type: str, html: bool, feed: bool, image: bool) -> None:
    for wanted, reads in ((HTML, html), (FEED, feed), (IMAGE, image)):
        try:
            check_type({"content-type": media_type}, wanted, "thing")
            was_read = True
        except Refused:
            was_read = False
        assert was_read is reads


@pytest.mark.parametrize("length", ["101", "9" * 400])
def test_a_length_beyond_the_limit_is_refused(length: str) -> None:
    with pytest.raises(Refused, match="more than 100") as refused:
        check_length({"content-length": length}, 100, "thing")
    assert refused.value.outcome is Outcome.TOO_LARGE


@pytest.mark.parametrize("length", ["100", "0", "", "many", "-1"])
def test_another_length_is_none_to_go_by(length: str) -> None:
    check_length({"content-length": length}, 100, "thing")
