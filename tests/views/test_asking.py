"""A search stands whole in its address, and whatever an address says is a search."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.search.index import Order
from marsad.search.query import And, Cause, Field, Ignored, Name, Period, Word
from marsad.views.asking import LAST_PAGE, Asked, asked
from tests.samples import NOW

SEARCHES = st.builds(
    Asked,
    query=st.text(max_size=20).map(str.strip),
    source=st.sampled_from(["", "nakhla", "le-vent"]),
    section=st.sampled_from(["", "sports"]),
    language=st.sampled_from(["", "ar"]),
    on=st.sampled_from(["", "2020", "2020-11", "2020-11-05"]),
    order=st.sampled_from(list(Order)),
    page=st.integers(2, LAST_PAGE),
    newest=st.integers(0, 10**9),
)


@pytest.mark.parametrize("on", ["2026-13", "2026-02-30", "0000", "9999", "soon"])
def test_what_is_no_day_narrows_nothing_and_is_named(on: str) -> None:
    search = asked({"q": "rain", "on": on})
    assert search.narrowing() == {}
    query = search.read(NOW, UTC)
    assert query.root == Word("rain")
    assert query.ignored == (Ignored(Cause.UNKNOWN_DATE, f"on={on}"),)
    assert search.changed(source="nakhla").read(NOW, UTC).ignored == ()


def test_names_of_places_and_agencies_stand_for_what_the_archive_knows_under_them() -> None:
    def known(text: str) -> tuple[str, ...]:
        root = Asked(text).read(NOW, UTC).root
        assert isinstance(root, Name)
        return root.known

    assert known("place:UK") == known('lieu:"المملكة المتحدة"') == ("gb",)
    assert known("credit:رويترز") == known("الوكالة:Reuters") == ("Reuters",)
    assert known("credit:nobody") == known("place:nowhere") == known("author:رويترز") == ()


@given(SEARCHES)
def test_what_is_written_into_an_address_is_read_from_it(search: Asked) -> None:
    assert asked({name: str(value) for name, value in search.parameters().items()}) == search


@given(st.dictionaries(st.sampled_from("q source section language on sort page upto".split()), st.text()))
def test_no_address_is_an_error(parameters: dict[str, str]) -> None:
    search = asked(parameters)
    assert 1 <= search.page <= LAST_PAGE
    search.read(NOW, UTC)


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "٣", "1e3"])
def test_what_is_no_page_is_the_first(page: str) -> None:
    assert asked({"q": "a", "page": page}).page == 1


def test_narrowing_adds_conditions_to_the_words() -> None:
    search = asked({"q": "أمطار", "source": "nakhla", "on": "2020-11"})
    assert search.read(NOW, UTC).root == And(
        (
            Word("أمطار"),
            Name(Field.SOURCE, "nakhla"),
            Period(datetime(2020, 11, 1, tzinfo=UTC), datetime(2020, 12, 1, tzinfo=UTC)),
        )
    )


def test_a_change_begins_at_the_first_page() -> None:
    search = asked({"q": "a", "page": "4", "upto": "99"})
    assert search.changed(section="sports").parameters() == {"q": "a", "section": "sports"}


def test_freshness_can_be_switched_off_and_stands_in_the_address() -> None:
    assert asked({"q": "a"}).fresh
    off = asked({"q": "a", "fresh": "0"})
    assert not off.fresh
    assert off.parameters()["fresh"] == 0
    assert "fresh" not in off.changed(fresh=True).parameters()
