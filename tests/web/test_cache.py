"""Pages are kept as long as they are right, and never more than there is room for."""

from __future__ import annotations

import threading

import pytest

from marsad.web.cache import QUICK, Newest, PageCache, pack


def test_a_page_is_made_once_for_each_state() -> None:
    made: list[int] = []
    cache = PageCache()

    def make() -> str:
        made.append(1)
        return f"page {len(made)}"

    assert cache.get(1, "key", make).plain == b"page 1"
    assert cache.get(1, "key", make).plain == b"page 1"
    assert cache.get(2, "key", make).plain == b"page 2"
    assert cache.get(2, "other", make).plain == b"page 3"


def test_the_oldest_pages_make_room() -> None:
    room = len(pack("x" * 50).packed) * 3
    cache = PageCache(most_bytes=room)
    for number in range(100):
        cache.get(1, number, lambda: "x" * 50)
    assert len(cache) == 3
    assert cache.get(1, 99, lambda: "made anew").plain == b"x" * 50
    assert cache.get(1, 0, lambda: "made anew").plain == b"made anew"


def test_one_key_takes_the_room_of_one_page() -> None:
    cache = PageCache(most_bytes=len(pack("x").packed))
    for state in range(5):
        cache.get(state, "key", lambda: "x")
    assert len(cache) == 1
    assert cache.get(4, "key", lambda: "made anew").plain == b"x"


def test_a_page_keeps_its_tag_while_it_stays_the_same() -> None:
    assert pack("a").tag == pack("a").tag != pack("b").tag


def test_the_newest_value_is_made_once_for_each_state() -> None:
    newest: Newest[int] = Newest()
    made = iter(range(9))
    assert [newest.get(state, lambda: next(made)) for state in ("a", "a", "b", "a")] == [0, 0, 1, 2]


def test_while_one_makes_a_page_anew_others_read_it_as_it_was() -> None:
    cache = PageCache()
    cache.get(1, "key", lambda: "old")
    begun, go_on = threading.Event(), threading.Event()

    def make() -> str:
        begun.set()
        assert go_on.wait(10)
        return "new"

    made: list[bytes] = []
    slow = threading.Thread(target=lambda: made.append(cache.get(2, "key", make).plain))
    slow.start()
    assert begun.wait(10)
    assert cache.get(2, "key", lambda: pytest.fail("it is being made")).plain == b"old"
    go_on.set()
    slow.join()
    assert made == [b"new"]
    assert cache.get(2, "key", lambda: pytest.fail("it is there")).plain == b"new"


def test_a_page_of_another_state_will_do_where_that_is_said() -> None:
    now = [100.0]
    cache = PageCache(clock=lambda: now[0])
    cache.get(1, "key", lambda: "old")
    now[0] += 3
    assert cache.kept(2, "key") is None
    assert cache.kept(2, "other", lambda *_: True) is None
    asked: list[tuple[object, ...]] = []

    def will_do(*of: object) -> bool:
        asked.append(of)
        return len(asked) == 1

    kept = cache.kept(2, "key", will_do)
    assert kept is not None
    assert kept.plain == b"old"
    assert cache.kept(2, "key", will_do) is None
    assert asked == [(3.0, 1, 2)] * 2


def test_a_page_that_may_not_be_made_any_more_is_forgotten_and_tried_again() -> None:
    cache = PageCache()
    cache.get(1, "key", lambda: "old")
    with pytest.raises(ZeroDivisionError):
        cache.get(2, "key", lambda: str(1 / 0))
    assert len(cache) == 0
    assert cache.get(2, "key", lambda: "new").plain == b"new"


def test_a_page_is_packed_as_it_is_asked_for_and_reads_the_same() -> None:
    text = " ".join(str(number * number) for number in range(2000))
    thorough, quick = pack(text), PageCache().get(1, "key", lambda: text, QUICK)
    assert len(thorough.packed) < len(quick.packed) < len(text) / 2
    assert (quick.plain, quick.tag) == (thorough.plain, thorough.tag)
