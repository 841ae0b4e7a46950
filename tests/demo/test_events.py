"""The texts of the sample press: whole, many, varied, and each in its language."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from marsad import demo
from marsad.model import Section

Table = dict[str, Any]

FILES = sorted((Path(demo.__file__).parent / "events").glob("*.toml"))
EVENTS: dict[str, Table] = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FILES}
ARTICLES: dict[str, Table] = {
    article["id"]: article | {"event": name} for name, event in EVENTS.items() for article in event["article"]
}
COPIES = {name: article for name, article in ARTICLES.items() if "copy_of" in article}

AGENCY = "nakhil"
LANGUAGES = {
    "nasim-arz": {"ar"},
    "bab-zaytoun": {"ar"},
    "kuthban": {"ar"},
    "jisr-wadi": {"ar"},
    "marsa-fajr": {"ar"},
    "vent-detroit": {"fr"},
    "hauts-plateaux": {"fr"},
    "palm-gazette": {"en"},
    AGENCY: {"ar", "fr"},
}
SECTIONS = {section.value for section in Section} - {Section.UNSORTED.value}
IMAGES = set(
    "rain dam snow wind sea desert football library market train school clinic mosque mountain palm "
    "festival computer parliament harvest road".split()
)
DESKS = {
    "",
    "هيئة التحرير",
    "قسم التحرير",
    "قسم المتابعات",
    "أسرة التحرير",
    "La rédaction",
    "Rédaction",
    "The Editors",
}
REQUIRED = {"id", "newspaper", "language", "age_hours", "title", "lead", "text", "author", "image"}
OPTIONAL = {"caption", "credit", "copy_of"}

#: Words that one language uses all the time and the other never.
FRENCH = {"le", "la", "les", "des", "est", "une", "dans", "du", "et", "pour"}
ENGLISH = {"the", "of", "and", "is", "was", "are", "in", "to", "by", "with"}
#: In how many words running two texts are compared.
RUN = 3


def paragraphs(article: Table) -> list[str]:
    return [part.strip() for part in article["text"].split("\n\n") if part.strip()]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(article: Table) -> set[tuple[str, ...]]:
    told = words(article["text"])
    return {tuple(told[at : at + RUN]) for at in range(len(told) - RUN + 1)}


def share_in(later: Table, earlier: Table) -> float:
    """The share of the runs of `later` that stand in `earlier`, 0 to 1."""
    told = runs(later)
    return len(told & runs(earlier)) / len(told)


def arabic_share(text: str) -> float:
    letters = [char for char in text if char.isalpha()]
    return sum("\u0600" <= char <= "\u06ff" for char in letters) / len(letters)


def before_start(articles: dict[str, Table]) -> list[Table]:
    return [article for article in articles.values() if article["age_hours"] > 0]


def after_start(articles: dict[str, Table]) -> list[Table]:
    return [article for article in articles.values() if article["age_hours"] < 0]


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_named_as_its_file_and_placed(name: str) -> None:
    event = EVENTS[name]
    assert set(event) - {"saga"} == {"event", "section", "country", "places", "article"}
    assert event.get("saga") not in EVENTS
    assert event["event"] == name
    assert event["section"] in SECTIONS
    assert event["country"] in {"MA", "DZ", "TN", "MR", "LY", ""}
    assert all(place and place == place.strip() for place in event["places"])


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_whole(name: str) -> None:
    article = ARTICLES[name]
    keys = set(article) - {"event"}
    assert keys >= REQUIRED
    assert keys <= REQUIRED | OPTIONAL
    assert article["language"] in LANGUAGES[article["newspaper"]]
    assert article["author"] in DESKS
    assert article["title"].strip()
    assert article["lead"].strip()
    assert article["lead"] != article["title"]
    assert 2 <= len(paragraphs(article)) <= 6
    assert 60 <= len(article["text"].split()) <= 160


@pytest.mark.parametrize("name", ARTICLES)
def test_an_image_is_known_and_has_a_caption(name: str) -> None:
    article = ARTICLES[name]
    assert article["image"] in IMAGES | {""}
    assert bool(article["image"]) == bool(article.get("caption"))


@pytest.mark.parametrize("name", ARTICLES)
def test_a_text_is_in_the_script_of_its_language(name: str) -> None:
    article = ARTICLES[name]
    for text in (
        article["title"],
        article["lead"],
        article["text"],
        article.get("caption") or article["title"],
    ):
        share = arabic_share(text)
        assert share == (1 if article["language"] == "ar" else 0), text


@pytest.mark.parametrize("name", [name for name, article in ARTICLES.items() if article["language"] != "ar"])
def test_a_text_is_in_the_language_that_it_names(name: str) -> None:
    article = ARTICLES[name]
    told = Counter(words(article["text"]))
    french, english = (sum(told[word] for word in known) for known in (FRENCH, ENGLISH))
    if article["language"] == "fr":
        assert french > 3 * english
    else:
        assert english > 3 * french


@pytest.mark.parametrize("name", ARTICLES)
def test_a_text_stays_true_whenever_the_press_starts(name: str) -> None:
    article = ARTICLES[name]
    years = re.findall(r"\b(?:19|20)\d\d\b", f"{article['title']} {article['lead']} {article['text']}")
    assert all(int(year) < 2020 for year in years)


def test_no_two_articles_share_an_id_a_title_or_a_moment_after_the_start() -> None:
    assert len(ARTICLES) == sum(len(event["article"]) for event in EVENTS.values())
    for key in ("title", "lead"):
        assert [text for text, times in Counter(a[key] for a in ARTICLES.values()).items() if times > 1] == []
    order = sorted(-article["age_hours"] for article in after_start(ARTICLES))
    assert order == list(range(1, len(order) + 1))


def test_there_is_enough_to_read_before_and_after_the_start() -> None:
    told = before_start(ARTICLES)
    assert len(told) >= 170
    assert len(after_start(ARTICLES)) >= 45
    assert all(0.2 <= article["age_hours"] <= 285 for article in told)
    days = Counter(int(article["age_hours"] // 24) for article in told)
    assert min(days[day] for day in range(12)) >= 10


def test_each_newspaper_and_each_section_has_its_share() -> None:
    told = before_start(ARTICLES)
    newspapers = Counter(article["newspaper"] for article in told)
    sections = Counter(EVENTS[article["event"]]["section"] for article in told)
    assert min(newspapers[newspaper] for newspaper in LANGUAGES) >= 12
    assert min(sections[section] for section in SECTIONS) >= 6


def test_many_events_are_told_by_several_newspapers_in_their_own_words() -> None:
    tellers: dict[str, set[str]] = defaultdict(set)
    tongues: dict[str, set[str]] = defaultdict(set)
    for article in ARTICLES.values():
        tongues[article["event"]].add(article["language"])
        if "copy_of" not in article and article["newspaper"] != AGENCY:
            tellers[article["event"]].add(article["newspaper"])
    shared = [event for event, newspapers in tellers.items() if len(newspapers) >= 3]
    assert len(shared) >= 32
    assert sum(len(tongues[event]) >= 2 for event in shared) > len(shared) / 2
    assert sum(len(event["article"]) == 1 for event in EVENTS.values()) >= 35


def test_tellings_of_one_event_are_no_copies_of_one_another() -> None:
    alike = [
        (one["id"], other["id"])
        for event in EVENTS.values()
        for one, other in combinations([a for a in event["article"] if "copy_of" not in a], 2)
        if max(share_in(one, other), share_in(other, one)) > 0.2
    ]
    assert alike == []


def test_there_are_agency_copies_in_arabic_and_in_french() -> None:
    assert len(COPIES) >= 12
    assert {copy["language"] for copy in COPIES.values()} == {"ar", "fr"}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_follows_its_agency_article_nearly_word_for_word(name: str) -> None:
    copy = COPIES[name]
    original = ARTICLES[copy["copy_of"]]
    assert original["newspaper"] == AGENCY
    assert original["event"] == copy["event"]
    assert original["language"] == copy["language"]
    assert original["age_hours"] > copy["age_hours"]
    assert copy["credit"] == AGENCY
    assert copy["title"] != original["title"]
    assert share_in(copy, original) > 0.8
