"""Requests for removal: asked, followed, answered."""

from __future__ import annotations

import re

import pytest

from marsad import addresses
from marsad.app import Marsad
from marsad.collect.canonical import canonical
from marsad.outcome import Outcome
from marsad.oversight import RequestState
from marsad.store import requests, visits
from marsad.store.visits import Visit
from marsad.views import removing
from tests.samples import NOW, SOURCE, article
from tests.web.desk.signed_in import PICTURE, client, send


def test_a_publisher_asks_and_follows(marsad: Marsad) -> None:
    asking = client(marsad)
    given = {"role": "publisher", "about": "/nakhla/1", "text": "Remove it", "contact": "a@nakhla.example"}
    assert asking.post(addresses.REMOVAL, data={**given, "text": ""}).status_code == 422
    answer = asking.post(addresses.REMOVAL, data=given, follow_redirects=False)
    followed = answer.headers["location"]
    assert "Being looked into" in asking.get(followed).text
    assert asking.get(addresses.removal("guessed")).status_code == 404
    opened, page = client(marsad, "moderator"), addresses.desk("requests")
    assert "a@nakhla.example" in opened.get(page).text
    assert send(opened, page, f"{page}/2", state="granted") == 404
    assert send(opened, page, f"{page}/1", state="granted", answer="It is done") == 303
    seen = asking.get(followed).text
    assert "Granted" in seen
    assert "It is done" in seen
    with marsad.store.reading() as connection:
        assert requests.counts(connection) == {RequestState.GRANTED: 1}


@pytest.mark.parametrize(
    ("about", "led"),
    [
        ("/nakhla/1", addresses.desk_case(1)),
        ("see http://testserver/fr/nakhla/1?x=y please", addresses.desk_case(1)),
        ("(https://TESTSERVER/nakhla/1), or «/nakhla/1»", addresses.desk_case(1)),
        ("هنا http://testserver/nakhla/1، وشكرا", addresses.desk_case(1)),
        ("https://other.example/nakhla/1", ""),
        (addresses.image(1, PICTURE), addresses.desk_case(1, addresses.image_key(PICTURE))),
        ("http://x.example/other/1\n/nakhla/9", ""),
    ],
)
def test_a_request_leads_to_what_it_names(marsad: Marsad, about: str, led: str) -> None:
    with marsad.store.writing() as connection:
        requests.add(connection, "person", about, "text", "a@b.example", NOW)
    page = client(marsad, "moderator").get(addresses.desk("requests")).text
    assert re.findall(r'href="(/desk/case/[^"]+)"', page) == ([led] if led else [])
    assert ("No address in it leads to an article" in page) == (not led)


@pytest.mark.parametrize(
    ("there", "about"),
    [
        (article().address, "{}"),
        (article().address, "It is {}, and ({})."),
        # Made as addresses of ours are.
        ("https://nakhla.example/politics/12345", "{}"),
        ("https://nakhla.example/نخلة_(شجرة)", "{}"),
    ],
)
def test_a_request_by_the_address_at_the_newspaper_leads_to_the_article(
    marsad: Marsad, there: str, about: str
) -> None:
    with marsad.store.writing() as connection:
        requests.add(connection, "publisher", about.format(there, there), "text", "a@b.example", NOW)
        kept = Visit(canonical(there), SOURCE.slug, {}, outcome=Outcome.KEPT, article=1)
        visits.note(connection, kept, NOW)
    page = client(marsad, "moderator").get(addresses.desk("requests")).text
    assert page.count(f'href="{addresses.desk_case(1)}"') == 1


def test_a_request_that_names_very_much_is_looked_up_in_part(marsad: Marsad) -> None:
    with marsad.store.writing() as connection:
        for end in ("/nakhla/1", "/nakhla/2"):
            about = " ".join(f"/x/{number}" for number in range(removing.MOST_NAMED - 1))
            requests.add(connection, "person", f"{about} {end} /nakhla/1", "text", "a@b.example", NOW)
    page = client(marsad, "moderator").get(addresses.desk("requests")).text
    led = re.findall(r'href="(/desk/case/[^"]+)"', page)
    assert led == [addresses.desk_case(2), addresses.desk_case(1)]


def test_no_answer_to_a_request_is_lost(marsad: Marsad) -> None:
    with marsad.store.writing() as connection:
        requests.add(connection, "person", "/nakhla/1", "text", "a@b.example", NOW)
    opened, page = client(marsad, "moderator"), addresses.desk("requests")
    for state, words in (("partly", "first words"), ("refused", "other words"), ("refused", "other words")):
        assert send(opened, page, f"{page}/1", state=state, answer=words) == 303
    seen = opened.get(page).text
    assert "Granted in part" in seen.split("Answered before")[1].split("</details>")[0]
    assert seen.count("first words") == 1
