"""Weather bulletins without end."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from marsad.demo.bulletins import bulletin, newspaper_of
from marsad.demo.newspapers import newspapers

MANY = range(600)


def test_each_is_whole_and_in_a_language_of_its_newspaper() -> None:
    for index in MANY:
        text = bulletin(index)
        assert text.newspaper == newspaper_of(index)
        assert text.language in newspapers()[text.newspaper].names
        assert len(text.paragraphs) == 2
        assert all(
            part and not re.search(r"[{}]", part) for part in (text.title, text.lead, *text.paragraphs)
        )


def test_each_newspaper_has_its_share() -> None:
    shares = Counter(newspaper_of(index) for index in MANY)
    assert shares["nakhil"] == len(MANY) / 5
    assert {shares[slug] for slug in newspapers() if slug != "nakhil"} == {len(MANY) / 10}


def test_now_and_then_several_newspapers_tell_one_bulletin() -> None:
    told = defaultdict(set)
    for index in MANY:
        told[bulletin(index).event].add(bulletin(index).newspaper)
    counts = Counter(len(newspapers_) for newspapers_ in told.values())
    assert counts == {3: 120, 1: 240}


def test_they_tell_the_same_numbers_in_their_own_words() -> None:
    first, second = (bulletin(index) for index in (0, 2))
    assert first.event == second.event
    assert first.paragraphs != second.paragraphs


def test_a_copy_is_the_agency_word_for_word() -> None:
    copies = [bulletin(index) for index in MANY if bulletin(index).copy_of]
    originals = {bulletin(index).id: bulletin(index) for index in MANY}
    assert len(copies) >= 10
    for copy in copies:
        original = originals[str(copy.copy_of)]
        assert (original.newspaper, original.paragraphs) == ("nakhil", copy.paragraphs)
        assert copy.credit == "nakhil"
        assert copy.newspaper != "nakhil"


def test_bulletins_differ() -> None:
    bodies = {bulletin(index).paragraphs for index in MANY if not bulletin(index).copy_of}
    assert len(bodies) > 0.95 * sum(not bulletin(index).copy_of for index in MANY)
