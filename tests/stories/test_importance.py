"""What a front page puts first, and the reasons it gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from marsad.model import Headline, Precision, Section, Story
from marsad.stories.importance import Kind, Pulse, importance, pulse, ranked, reasons
from tests.samples import NOW

HEADLINE = Headline(
    1, "nakhla", "النخلة", "UTC", "أمطار قوية", "", "ar", Section.WEATHER, NOW, Precision.MINUTE, 1
)
STORY = Story(1, HEADLINE, Section.WEATHER, NOW - timedelta(hours=2), NOW, 12, 5, 9)


@pytest.mark.parametrize(
    "less",
    [
        replace(STORY, independents=4),
        replace(STORY, sources=2),
        replace(STORY, last_seen=NOW - timedelta(hours=9)),
    ],
    ids=["fewer words", "fewer newspapers", "older"],
)
def test_what_counts_less(less: Story) -> None:
    assert importance(STORY, NOW) > importance(less, NOW)


@pytest.mark.parametrize("beat", [Pulse(2, 5.0), Pulse(1, 5.0, 4), Pulse(1, 8.0)])
def test_languages_growth_and_weight_count(beat: Pulse) -> None:
    assert importance(STORY, NOW, beat) > importance(STORY, NOW, Pulse(1, 5.0))


def test_copies_hardly_count() -> None:
    copied = replace(STORY, articles=40)
    assert importance(copied, NOW) == importance(STORY, NOW)


def test_a_pulse_is_of_its_moment_and_by_the_weights_given() -> None:
    told = [("a", "ar", NOW), ("a", "ar", NOW - timedelta(hours=5)), ("b", "fr", NOW + timedelta(hours=1))]
    assert pulse(told, NOW, {"b": 0.5}) == Pulse(languages=2, reach=1.5, lately=1)


def test_the_reasons_of_a_story_that_grows() -> None:
    found = {reason.kind: reason.number for reason in reasons(STORY, NOW, Pulse(2, 5.0, 6), 4)}
    assert found == {
        Kind.NEWSPAPERS: 5,
        Kind.OWN_WORDS: 4,
        Kind.LANGUAGES: 2,
        Kind.FIRST: 2,
        Kind.GROWING: 6,
    }


def test_a_story_that_does_not_grow_does_not_say_so() -> None:
    assert Kind.GROWING not in {reason.kind for reason in reasons(STORY, NOW, Pulse(1, 5.0, 1), 4)}


def test_no_section_drowns_the_rest() -> None:
    sports = [replace(STORY, number=n, section=Section.SPORTS) for n in range(10, 20)]
    other = replace(STORY, number=1, section=Section.CULTURE, independents=5)
    assert other in ranked([*sports, other], NOW)[:5]


def test_what_one_newspaper_alone_tells_opens_no_page() -> None:
    alone = replace(STORY, number=2, section=Section.CULTURE, sources=1, independents=1)
    several = [replace(STORY, number=number, sources=2, independents=2) for number in range(3, 7)]
    assert ranked([alone, *several], NOW)[-1].number == 2
