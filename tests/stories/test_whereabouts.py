"""Whether each of two articles is about places that the other does not name."""

from __future__ import annotations

from marsad.model import Part, Place
from marsad.stories.whereabouts import NOWHERE, Whereabouts, elsewhere, whereabouts


def told(*slugs: str, by_the_way: tuple[str, ...] = ()) -> Whereabouts:
    """An article whose headline names those places, and its text others."""
    places = [Place(slug, Part.TITLE, 0, 4, main=True) for slug in slugs]
    return whereabouts([*places, *(Place(slug, Part.BODY, 900, 904) for slug in by_the_way)])


def apart(one: Whereabouts, other: Whereabouts) -> tuple[bool, bool]:
    """Whether in other countries, and in other towns; the same whichever is asked about the other."""
    found = elsewhere([one, other], [one, other])
    assert (found[0, 1] == found[1, 0]).all()
    assert not found[0, 0].any()
    return bool(found[0, 1, 0]), bool(found[0, 1, 1])


def test_two_floods_in_two_towns_are_apart() -> None:
    assert apart(told("ma-fes"), told("ma-agadir")) == (False, True)
    assert apart(told("ma-fes"), told("dz-oran")) == (True, True)


def test_articles_about_one_town_or_country_are_not() -> None:
    assert apart(told("ma-fes"), told("ma-fes")) == (False, False)
    assert apart(told("ma"), told("ma-fes")) == (False, False)


def test_who_names_the_place_of_the_other_by_the_way_may_tell_the_same() -> None:
    assert apart(told("ma-fes"), told("ma-agadir", by_the_way=("ma-fes",))) == (False, False)
    assert apart(told("ma-fes"), told("dz-oran", by_the_way=("ma",))) == (False, True)


def test_a_government_is_called_by_its_seat_wherever_it_acts() -> None:
    assert apart(told("us-washington"), told("sy-homs")) == (True, False)


def test_where_nothing_is_known_nothing_parts() -> None:
    assert apart(NOWHERE, told("ma-fes")) == (False, False)
    assert apart(NOWHERE, NOWHERE) == (False, False)


def test_many_are_compared_at_once() -> None:
    rows, columns = [told("ma-fes"), told("ma-agadir"), NOWHERE], [told("ma-agadir"), told("ma-fes")]
    assert elsewhere(rows, columns)[:, :, 1].tolist() == [[True, False], [False, True], [False, False]]
