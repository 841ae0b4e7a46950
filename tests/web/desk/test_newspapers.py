"""Newspapers at the desk: added, described, paused, taken off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from marsad import addresses
from marsad.app import Marsad
from marsad.collect.finding import Discovery
from marsad.collect.rhythm import after_failure, first_look, to_plain
from marsad.errors import Later
from marsad.model import DisplayPolicy, FeedAddress
from marsad.store import deeds, sources
from tests.samples import NOW, SOURCE
from tests.web.desk.signed_in import client, fill_in, send


def test_newspapers_are_managed(marsad: Marsad) -> None:
    opened, page = client(marsad, "operator"), addresses.desk("sources")
    path = f"{page}/nakhla"
    assert send(opened, path, do="display", display="headline", permitted="yes") == 303
    assert send(opened, path, do="pause") == 303
    with marsad.store.reading() as connection:
        source = sources.by_slug(connection, "nakhla")
        assert source is not None
        assert (source.display, source.permitted) == (DisplayPolicy.HEADLINE, True)
        assert sources.paused(connection) == {"nakhla"}
    assert send(opened, page, f"{page}/nobody", do="pause") == 404
    assert send(opened, page, path, do="nothing") == 422
    assert send(opened, path, do="display", display="nothing") == 422
    assert send(opened, path, do="remove") == 303
    with marsad.store.reading() as connection:
        assert sources.all_sources(connection) == []


def test_the_state_of_newspapers_is_shown(marsad: Marsad) -> None:
    opened, page = client(marsad, "operator"), addresses.desk("sources")
    with marsad.store.writing() as connection:
        [feed] = sources.feed_states(connection)
        failing = after_failure(first_look(NOW), Later("answers with 503", feed.feed.address), NOW, 0.5)
        failed = replace(feed, rhythm=to_plain(failing), error="answers with 503", visited=NOW)
        sources.note_visit(connection, failed)
    assert "Does not answer since 5 March 2024" in opened.get(page).text
    one = opened.get(f"{page}/nakhla").text
    assert "last visit: 5 March 2024" in one
    assert "answers with 503" in one


def test_what_the_desk_says_of_a_newspaper_stands_before_its_list(marsad: Marsad) -> None:
    opened, page = client(marsad, "operator"), addresses.desk("sources/nakhla")
    given = {"name": "النخلة اليوم", "country": "tunisie", "languages": "ar, fr", "timezone": "Africa/Tunis"}
    assert send(opened, page, do="describe", **given) == 303
    for wrong in (
        *({"country": "nowhere"}, {"country": "zz"}, {"languages": "ar, what?"}, {"languages": " ,"}),
        *({"name": " "}, {"timezone": "Moon/Sea"}),
    ):
        answer = fill_in(opened, page, do="describe", **{**given, **wrong})
        assert answer.status_code == 422
        assert "is not known" in answer.text
    marsad.add_sources([replace(SOURCE, name="as listed", feeds=())])
    with marsad.store.reading() as connection:
        [source] = sources.all_sources(connection)
    assert (source.name, source.country, source.languages, source.timezone) == (
        "النخلة اليوم",
        "TN",
        ("ar", "fr"),
        "Africa/Tunis",
    )


def test_a_description_that_says_nothing_is_refused(marsad: Marsad) -> None:
    opened, page = client(marsad, "operator"), addresses.desk("sources/nakhla")
    answer = fill_in(opened, page, do="describe")
    assert answer.status_code == 422
    assert "are missing" in answer.text
    with marsad.store.reading() as connection:
        assert sources.all_sources(connection) == [SOURCE]


def test_what_changes_nothing_is_neither_written_down_nor_looked_at_anew(marsad: Marsad) -> None:
    opened, page = client(marsad, "operator"), addresses.desk("sources/nakhla")
    described = {"do": "describe", "name": "النخلة", "country": "TN", "languages": "ar fr"}
    for given in (described, {"do": "display", "display": "headline"}, {"do": "pause"}):
        states = []
        for _ in range(3):
            with marsad.store.reading() as connection:
                states.append((marsad.state(connection), len(deeds.latest(connection, 9))))
            assert send(opened, page, **given) == 303
        assert states[0] != states[1] == states[2]


def test_what_the_desk_took_off_stays_off_until_it_is_added_again(marsad: Marsad) -> None:
    opened, page = client(marsad, "operator"), addresses.desk("sources/nakhla")
    assert send(opened, page, do="remove") == 303

    def listed() -> set[str]:
        marsad.add_sources([SOURCE])
        with marsad.store.reading() as connection:
            return sources.listed(connection)

    assert listed() == set()
    marsad.add_found(SOURCE, SOURCE.home)
    assert listed() == {"nakhla"}
    with marsad.store.writing() as connection:
        sources.remove(connection, "nakhla")
    # That was the command: it does not bind the list.
    assert listed() == {"nakhla"}


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "n’a pas pu être lu"), ("ar", "تعذرت قراءة"), ("en", "could not be read")],
)
def test_what_was_tried_in_vain_stands_apart_from_the_sentence(
    marsad: Marsad, language: str, said: str
) -> None:
    opened, page = client(marsad, "operator"), f"/{language}{addresses.desk('sources')}"
    answer = fill_in(opened, page, address="http://127.0.0.1:1/")
    assert answer.status_code == 422
    sentence, tried = answer.text.split('role="alert"')[1].split("</p>", 1)
    assert said in sentence
    assert "http://127.0.0.1:1/" in sentence
    assert '<ul lang="en" dir="ltr">' in tried


def test_a_newspaper_that_is_listed_is_not_added_again(
    marsad: Marsad, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def found(*_: object) -> Discovery:
        return Discovery(
            SOURCE.home, SOURCE.home, "Nakhla", "en", (FeedAddress("https://nakhla.example/rss"),), ()
        )

    monkeypatch.setattr("marsad.app.find", found)
    opened, page = client(marsad, "operator"), addresses.desk("sources")
    answer = fill_in(opened, page, address=SOURCE.home)
    assert answer.status_code == 409
    assert "is on the list already" in answer.text
    assert f'href="{page}/{SOURCE.slug}"' in answer.text
    with marsad.store.reading() as connection:
        assert sources.all_sources(connection) == [SOURCE]
