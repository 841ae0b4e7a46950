"""The Google Reader API as a reader app uses it, from signing in to starring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from marsad.app import Marsad
from marsad.oversight import Role
from marsad.pipeline.keeping import Arrival
from marsad.store import users
from marsad.web.site import site
from tests.press.world import archive
from tests.samples import NOW, SOURCE, article

API = "/reader/api/0"
STATE = "user/-/state/com.google/"


@pytest.fixture
def marsad(tmp_path: Path) -> Iterator[Marsad]:
    with archive(tmp_path) as opened:
        opened.add_sources([SOURCE])
        opened.keeper.keep(
            [
                Arrival(
                    article(
                        f"خبر {number} " + " ".join(f"كلمة{number}x{n}" for n in range(30)),
                        title=f"عنوان <{number}>",
                        address=f"https://nakhla.example/{number}",
                        collected=NOW + timedelta(hours=number),
                        published=None,
                    )
                )
                for number in range(5)
            ]
        )
        with opened.store.writing() as connection:
            users.add(connection, "salma", "a long enough password", Role.READER, datetime.now(UTC))
        yield opened


@pytest.fixture
def app(marsad: Marsad) -> TestClient:
    with marsad.store.writing() as connection:
        token = users.new_token(connection, "salma")
    client = TestClient(site(marsad))
    told = client.post("/accounts/ClientLogin", data={"Email": "salma", "Passwd": token}).text
    auth = dict(line.split("=", 1) for line in told.splitlines())["Auth"]
    client.headers["authorization"] = f"GoogleLogin auth={auth}"
    return client


def ids(app: TestClient, **given: Any) -> list[int]:
    asked: dict[str, Any] = {"s": f"{STATE}reading-list", "n": 100} | given
    answer = app.get(f"{API}/stream/items/ids", params=asked).json()
    return [int(each["id"]) for each in answer["itemRefs"]]


def test_a_wrong_token_signs_nobody_in(marsad: Marsad) -> None:
    client = TestClient(site(marsad))
    wrong = {"Email": "salma", "Passwd": "a long enough password"}
    assert client.post("/accounts/ClientLogin", data=wrong).status_code == 401
    for auth in ("", "GoogleLogin auth=", "GoogleLogin auth=salma/", "Bearer x", "GoogleLogin auth=x/y"):
        assert client.get(f"{API}/user-info", headers={"authorization": auth}).status_code == 401


def test_apps_for_freshrss_find_all_of_it_behind_their_own_address(app: TestClient) -> None:
    behind = "/api/greader.php"
    assert (
        app.post(f"{behind}/accounts/ClientLogin", data={"Email": "salma", "Passwd": "x"}).status_code == 401
    )
    (one,) = app.get(f"{behind}{API}/subscription/list").json()["subscriptions"]
    assert one["url"] == "http://testserver/nakhla/feed.rss"
    told = app.post(f"{behind}{API}/stream/items/contents", data={"i": [str(number) for number in ids(app)]})
    assert len(told.json()["items"]) == 5


def test_all_that_is_named_is_sent(app: TestClient, marsad: Marsad) -> None:
    """An app that starts names all articles that it lacks at once, and asks for none of them again."""
    for number in range(5, 230):
        told = article(
            f"خبر قصير رقم {number}", title=f"عنوان {number}", address=f"https://nakhla.example/{number}"
        )
        marsad.keeper.keep([Arrival(told)])
    named = {"i": [f"tag:google.com,2005:reader/item/{number:016x}" for number in ids(app, n=1000)]}
    assert len(named["i"]) > 200
    assert len(app.post(f"{API}/stream/items/contents", data=named).json()["items"]) == len(named["i"])


def test_guessing_is_slowed_down(marsad: Marsad) -> None:
    client = TestClient(site(marsad))
    answers = [client.post("/accounts/ClientLogin", data={"Email": "a", "Passwd": "b"}) for _ in range(11)]
    assert answers[-1].status_code == 429


def test_newspapers_are_subscriptions(app: TestClient) -> None:
    (one,) = app.get(f"{API}/subscription/list", params={"output": "json"}).json()["subscriptions"]
    assert (one["id"], one["title"]) == (f"feed/{SOURCE.slug}", SOURCE.name)
    labels = [tag["id"] for tag in app.get(f"{API}/tag/list").json()["tags"]]
    assert one["categories"][0]["id"] in labels
    assert len(ids(app, s=one["categories"][0]["id"])) == 5
    assert len(ids(app, s=one["id"])) == 5
    assert ids(app, s="feed/nobody") == []


def test_what_is_read_is_hidden_when_that_is_asked(app: TestClient) -> None:
    first, *others = ids(app)
    app.post(
        f"{API}/edit-tag", data={"i": f"tag:google.com,2005:reader/item/{first:016x}", "a": f"{STATE}read"}
    )
    assert ids(app, xt=f"{STATE}read") == others
    assert app.get(f"{API}/unread-count").json()["unreadcounts"][-1]["count"] == 4
    app.post(f"{API}/edit-tag", data={"i": str(first), "r": f"{STATE}read"})
    assert ids(app, xt=f"{STATE}read") == [first, *others]


def test_a_star_stays_when_all_is_read(app: TestClient) -> None:
    newest, *_, oldest = ids(app)
    app.post(f"{API}/edit-tag", data={"i": str(oldest), "a": f"{STATE}starred"})
    app.post(f"{API}/mark-all-as-read", data={"s": f"feed/{SOURCE.slug}"})
    assert ids(app, xt=f"{STATE}read") == []
    assert ids(app, s=f"{STATE}starred") == [oldest]
    app.post(f"{API}/edit-tag", data={"i": str(newest), "a": f"{STATE}kept-unread"})
    assert ids(app, xt=f"{STATE}read") == [newest]


def test_all_is_read_only_up_to_the_moment_that_is_named(app: TestClient) -> None:
    middle = int((NOW + timedelta(hours=2)).timestamp()) * 1_000_000
    app.post(f"{API}/mark-all-as-read", data={"s": f"{STATE}reading-list", "ts": str(middle)})
    assert len(ids(app, xt=f"{STATE}read")) == 2


def test_a_stream_is_read_to_its_end(app: TestClient) -> None:
    seen: list[str] = []
    given = {"n": "2"}
    while True:
        page = app.get(f"{API}/stream/contents/{STATE}reading-list", params=given).json()
        seen += [item["id"] for item in page["items"]]
        if "continuation" not in page:
            break
        given["c"] = page["continuation"]
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("order", ["n", "o"])
def test_a_stream_goes_on_behind_what_was_sent_whatever_is_read_or_comes_meanwhile(
    app: TestClient, marsad: Marsad, order: str
) -> None:
    given = {"s": f"{STATE}reading-list", "n": "2", "r": order, "xt": f"{STATE}read"}
    everything = ids(app, r=order)
    page = app.get(f"{API}/stream/items/ids", params=given).json()
    sent = [each["id"] for each in page["itemRefs"]]
    app.post(f"{API}/edit-tag", data={"i": sent, "a": f"{STATE}read"})
    news = article("خبر جديد", address="https://nakhla.example/new", collected=NOW + timedelta(days=1))
    marsad.keeper.keep([Arrival(replace(news, published=None))])
    further = ids(app, **given | {"n": 3, "c": page["continuation"]})
    assert [*map(int, sent), *further] == everything


def test_an_item_has_its_text_and_no_markup_of_others(app: TestClient) -> None:
    (number, *_) = ids(app)
    (item,) = app.post(f"{API}/stream/items/contents", data={"i": str(number)}).json()["items"]
    assert item["canonical"][0]["href"] == f"http://testserver/{SOURCE.slug}/{number}"
    assert "خبر" in item["summary"]["content"]
    assert item["origin"]["streamId"] == f"feed/{SOURCE.slug}"


@pytest.mark.parametrize(
    "wrong", ["x", "-1", "9" * 40, "1-" + "9" * 40, "tag:google.com,2005:reader/item/zz", "١٢"]
)
def test_what_cannot_be_read_is_passed_over(app: TestClient, wrong: str) -> None:
    assert app.post(f"{API}/stream/items/contents", data={"i": wrong}).json()["items"] == []
    assert app.post(f"{API}/edit-tag", data={"i": wrong, "a": f"{STATE}read"}).status_code == 200
    assert len(ids(app, n=wrong, c=wrong, ot=wrong)) <= 5


def test_one_user_sees_nothing_of_anothers_marks(marsad: Marsad, app: TestClient) -> None:
    with marsad.store.writing() as connection:
        users.add(connection, "omar", "another long password", Role.READER, datetime.now(UTC))
        token = users.new_token(connection, "omar")
    app.post(f"{API}/mark-all-as-read", data={"s": f"{STATE}reading-list"})
    app.headers["authorization"] = f"GoogleLogin auth=omar/{token}"
    assert len(ids(app, xt=f"{STATE}read")) == 5
