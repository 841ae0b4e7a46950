"""When readers' reports hide an image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from marsad.moderation.reports import Cleared, Reader, Rules, hides, is_repeated, network_of, people, report
from marsad.oversight import Reason, Report, Thing
from tests.samples import NOW

THING = Thing(1, "0123456789abcdef")
KEY, OTHER_KEY = b"k" * 32, b"o" * 32
RULES = Rules()
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
reasons = st.sampled_from([Reason.VIOLENT, Reason.PRIVACY, Reason.OTHER])


def made(
    who: int = 1, *, reason: Reason = Reason.VIOLENT, at: timedelta = timedelta(), network: int | None = None
) -> Report:
    """A report by person `who`, from a network of his own unless one is given."""
    address = f"8.{who // 200}.{who % 200}.7" if network is None else f"9.9.{network}.{who % 200}"
    return report(THING, reason, Reader(address, f"browser {who}", f"cookie {who}"), KEY, NOW + at)


votes = st.builds(
    lambda who, reason, minutes, network: made(
        who, reason=reason, at=timedelta(minutes=minutes), network=network
    ),
    st.integers(1, 8),
    reasons,
    st.integers(0, 5000),
    st.one_of(st.none(), st.integers(0, 2)),
)
LATER = NOW + timedelta(days=5)


@given(st.lists(votes, max_size=30))
def test_nobody_counts_twice(cast: Sequence[Report]) -> None:
    counted = sum(people(cast, LATER, RULES).values())
    assert counted <= len({vote.device for vote in cast})
    assert people([*cast, *cast], LATER, RULES) == people(cast, LATER, RULES)


@given(st.lists(votes, max_size=20), st.randoms())
def test_the_order_in_which_they_are_read_does_not_matter(cast: list[Report], chance: object) -> None:
    mixed = list(cast)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis types it so
    assert people(mixed, LATER, RULES) == people(cast, LATER, RULES)


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 59)), min_size=1, max_size=60))
def test_a_burst_from_one_network_counts_once(crowd: list[tuple[int, int]]) -> None:
    cast = [made(who, at=timedelta(minutes=minute), network=1) for who, minute in crowd]
    assert sum(people(cast, LATER, RULES).values()) == 1
    assert hides(cast, None, LATER, RULES) is None


@given(st.integers(1, 9), st.integers(0, 12))
def test_as_many_people_as_the_threshold_hide_it(threshold: int, count: int) -> None:
    cast = [made(who, at=who * MINUTE) for who in range(count)]
    hidden = hides(cast, None, LATER, Rules(threshold=threshold)) is not None
    assert hidden == (count >= threshold)


def test_the_threshold_is_for_one_reason() -> None:
    cast = [made(1), made(2, reason=Reason.PRIVACY), made(3, reason=Reason.OTHER)]
    assert hides(cast, None, NOW, RULES) is None
    assert hides([*cast, made(4), made(5)], None, NOW, RULES) is Reason.VIOLENT


def test_one_person_a_hundred_times_is_one_person() -> None:
    again = [made(1, at=n * HOUR) for n in range(100)]
    assert people(again, LATER, RULES) == {Reason.VIOLENT: 1}
    other_browsers = [replace(made(1, at=n * HOUR), voter=bytes([n]) * 16) for n in range(100)]
    assert people(other_browsers, LATER, RULES) == {Reason.VIOLENT: 1}, "the cookie tells"


@given(st.integers(0, 20), st.integers(0, 20))
def test_what_was_cleared_needs_another_reason_and_twice_as_many(same: int, other: int) -> None:
    cleared = Cleared(7, frozenset({Reason.VIOLENT}))
    cast = [made(n) for n in range(same)]
    cast += [made(100 + n, reason=Reason.PRIVACY) for n in range(other)]
    cast = [replace(each, number=8 + n) for n, each in enumerate(cast)]
    hidden = hides(cast, cleared, LATER, RULES)
    assert hidden is (Reason.PRIVACY if other >= 6 else None)


def test_reports_before_it_was_cleared_count_no_more() -> None:
    before = [replace(made(n, reason=Reason.PRIVACY), number=n) for n in range(9)]
    assert hides(before, Cleared(9, frozenset()), LATER, RULES) is None


def test_old_reports_are_let_go() -> None:
    cast = [made(n) for n in range(3)]
    assert hides(cast, None, NOW + timedelta(days=29), RULES)
    assert hides(cast, None, NOW + timedelta(days=31), RULES) is None
    forgotten = [replace(each, voter=None, device=None, network=None) for each in cast]
    assert people(forgotten, NOW, RULES) == {}


@given(st.ip_addresses(), st.text(), st.text(min_size=1))
def test_a_report_says_nothing_of_who_made_it(address: object, browser: str, cookie: str) -> None:
    reader = Reader(str(address), browser, cookie)
    one = report(THING, Reason.OTHER, reader, KEY, NOW)
    assert one == report(THING, Reason.OTHER, reader, KEY, NOW)
    elsewhere = report(Thing(1, "f" * 16), Reason.OTHER, reader, KEY, NOW)
    later = report(THING, Reason.OTHER, reader, OTHER_KEY, NOW)
    for other in (elsewhere, later):
        assert other.voter != one.voter, "two reports by one reader cannot be joined"
        assert other.device != one.device
    assert {len(mark) for mark in (one.voter, one.device, one.network) if mark} == {16}


def test_a_reader_is_known_again_by_browser_or_by_cookie_under_either_key() -> None:
    reader = Reader("8.8.8.8", "browser", "cookie")
    known = [report(THING, Reason.OTHER, reader, OTHER_KEY, NOW)]

    def again(reader: Reader) -> bool:
        return is_repeated(known, [report(THING, Reason.OTHER, reader, key, NOW) for key in (KEY, OTHER_KEY)])

    assert again(reader)
    assert again(replace(reader, cookie=""))
    assert again(replace(reader, address="8.8.8.200"))
    assert again(replace(reader, address="1.2.3.4", browser="another"))
    assert not again(replace(reader, browser="another", cookie=""))
    assert not again(Reader("1.2.3.4", "browser"))


def test_networks_are_as_large_as_they_are() -> None:
    assert network_of("8.8.8.8") == network_of("::ffff:8.8.8.9") == "8.8.8.0/24"
    assert network_of("2001:db8:1:2::1") == "2001:db8:1::/48"
    assert network_of("testclient") == ""


def test_where_an_address_tells_no_network_there_are_no_bursts() -> None:
    cast = [
        report(THING, Reason.VIOLENT, Reader("127.0.0.1", f"browser {n}"), KEY, NOW + n * MINUTE)
        for n in range(3)
    ]
    assert hides(cast, None, NOW, RULES) is Reason.VIOLENT
