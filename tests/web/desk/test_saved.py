"""Searches that users keep: named, with a link and a feed, and seen by nobody else."""

from __future__ import annotations

import re

import feedparser
import pytest
from starlette.testclient import TestClient

from marsad import addresses
from marsad.app import Marsad
from marsad.pipeline.keeping import Arrival
from marsad.store import saved
from marsad.web.wording import LANGUAGES
from tests.samples import SOURCE, article
from tests.web.desk.signed_in import client, send

SEARCH = {"q": "خبر", "source": "nakhla"}


@pytest.fixture
def opened(marsad: Marsad) -> TestClient:
    """A reader who kept a search."""
    marsad.indexer.catch_up()
    reader = client(marsad, "reader")
    assert send(reader, addresses.saving(SEARCH), name="أخبار المجتمع") == 303
    return reader


def token_in(page: str) -> str:
    found = re.search(r'href="/saved/([\w-]{12,})"', page)
    assert found
    return found[1]


def test_a_search_is_kept_under_its_name_with_a_link_and_feeds(opened: TestClient) -> None:
    page = opened.get(addresses.SAVED).text
    assert "أخبار المجتمع" in page
    assert "Nothing new since you last looked." in page
    token = token_in(page)
    led = opened.get(addresses.saved(token), follow_redirects=False)
    assert led.headers["location"] == addresses.search("", **SEARCH)
    stranger = TestClient(opened.app)
    for form in ("rss", "atom", "json"):
        assert stranger.get(addresses.saved_feed(token, form)).status_code == 200


def test_the_list_tells_what_narrows_a_search_and_has_it_once(opened: TestClient) -> None:
    narrowed = SEARCH | {"section": "sports", "place": "ma-fes", "on": "2024-03", "sort": "oldest"}
    for _ in range(2):
        assert send(opened, addresses.saving(narrowed), name="خبر") == 303
    page = opened.get(addresses.SAVED).text
    assert len(re.findall(r'<h2><a href="/saved/', page)) == 2
    for said in ("Sports", "Fes", "March 2024", SOURCE.name, "Oldest first"):
        assert said in page


@pytest.mark.parametrize("path", ["/", "/about", "/search?q=زقزقة"])
def test_every_page_leads_there(marsad: Marsad, path: str) -> None:
    assert f'href="{addresses.SAVED}"' in client(marsad).get(path).text


def test_what_came_since_is_told_until_it_was_looked_at(marsad: Marsad, opened: TestClient) -> None:
    token = token_in(opened.get(addresses.SAVED).text)
    new = article("خبر ثالث عن المجتمع.", address="https://nakhla.example/3", title="خبر جديد من المجتمع")
    marsad.keeper.keep([Arrival(new)])
    marsad.indexer.catch_up()
    assert "1 new article" in opened.get(addresses.SAVED).text
    feed = feedparser.parse(opened.get(addresses.saved_feed(token)).text)
    assert not feed.bozo
    assert "أخبار المجتمع" in feed.feed.title
    opened.get(addresses.saved(token))
    assert "Nothing new since you last looked." in opened.get(addresses.SAVED).text


def test_a_search_is_renamed_and_forgotten_by_its_user_alone(marsad: Marsad, opened: TestClient) -> None:
    token = token_in(opened.get(addresses.SAVED).text)
    other = client(marsad, "operator")
    assert "أخبار المجتمع" not in other.get(addresses.SAVED).text
    csrf = re.search(r'name="csrf" value="([^"]+)"', other.get(addresses.SAVED).text)
    assert csrf
    other.post(addresses.saved(token), data={"csrf": csrf[1], "do": "forget"})
    assert send(opened, addresses.SAVED, addresses.saved(token), do="rename", name="اسم آخر") == 303
    assert "اسم آخر" in opened.get(addresses.SAVED).text
    assert send(opened, addresses.SAVED, addresses.saved(token), do="forget") == 303
    assert opened.get(addresses.saved(token)).status_code == 404
    assert opened.get(addresses.saved_feed(token)).status_code == 404


@pytest.mark.parametrize("language", ["", *LANGUAGES])
def test_who_is_not_signed_in_is_led_to_sign_in_and_back(marsad: Marsad, language: str) -> None:
    stranger = client(marsad)
    wanted = addresses.within(language, addresses.saving(SEARCH))
    form = stranger.get(wanted, follow_redirects=False).headers["location"]
    given = {"name": "reader", "password": "a long password"}
    back = stranger.post(form, data=given, follow_redirects=False)
    assert back.headers["location"] == wanted
    again = stranger.get(form, follow_redirects=False)
    assert again.headers["location"] == wanted, "signed in meanwhile, in another tab"


def test_a_search_without_a_name_or_one_too_many_is_not_kept(marsad: Marsad, opened: TestClient) -> None:
    assert send(opened, addresses.saving({"source": "nakhla"}), name=" ") == 422
    with marsad.store.writing() as connection:
        for number in range(saved.MOST - 1):
            saved.keep(connection, "reader", str(number), SEARCH, 0, article().collected)
    assert send(opened, addresses.saving(SEARCH), name="one too many") == 422


def test_a_reader_is_shown_his_own_pages_alone(marsad: Marsad) -> None:
    page = client(marsad, "reader").get(addresses.SAVED).text
    assert addresses.desk("account") in page
    assert addresses.desk("log") not in page
