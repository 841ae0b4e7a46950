"""A site that only its users read: whom it lets in, and how programs are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from marsad import addresses
from marsad.app import Marsad
from marsad.store import saved, users
from marsad.web.reader_api import ATTEMPTS
from marsad.web.syndication.channel import TYPES
from tests.press.world import hasty
from tests.samples import NOW, article
from tests.web.desk.signed_in import PASSWORD, PICTURE, client


def test_a_closed_site_is_read_by_its_users_alone(filled: Path, tmp_path: Path) -> None:
    shutil.copytree(filled, tmp_path / "archive")
    with Marsad(hasty(tmp_path / "archive", site={"sign_in": True, "audience": "public"})) as closed:
        assert not closed.terms.public
        stranger = client(closed)
        picture = addresses.image(1, PICTURE)
        for path in (
            "/",
            "/fr/",
            "/nakhla/1",
            picture,
            "//nakhla/1",
            "/search",
        ):
            answer = stranger.get(path, follow_redirects=False)
            assert answer.status_code == 303, path
            assert addresses.SIGN_IN in answer.headers["location"]
        assert stranger.post(addresses.report(1), data={"reason": "other"}).status_code == 403
        assert stranger.get(addresses.HEALTH).status_code == 200
        for start in ("", addresses.READER_OF_FRESHRSS):
            apps = stranger.post(
                start + addresses.READER_LOGIN, data={"Email": "x", "Passwd": "y"}, follow_redirects=False
            )
            assert apps.status_code == 401, "apps sign in by themselves"
            assert apps.text == "Error=BadAuthentication"
        assert stranger.get(f"{addresses.READER_OF_FRESHRSS}{addresses.READER}/user-info").status_code == 401
        for path in (addresses.SIGN_IN, "/static/nothing"):
            assert article().title not in stranger.get(path).text
        form = stranger.get("/fr/nakhla/1", follow_redirects=False).headers["location"]
        answer = stranger.post(form, data={"name": "reader", "password": PASSWORD})
        assert answer.url.path == "/fr/nakhla/1"
        assert article().title in answer.text
        assert "public" not in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/articles",
        "/feed.rss",
        "/fr/nakhla/feed.atom",
        "/section/weather/feed.json",
        "/metrics",
        "/sitemap.xml",
    ],
)
def test_programs_sign_in_to_a_closed_site_with_a_token(filled: Path, tmp_path: Path, path: str) -> None:
    shutil.copytree(filled, tmp_path / "archive")
    with Marsad(hasty(tmp_path / "archive", site={"sign_in": True})) as closed:
        with closed.store.writing() as connection:
            token = users.new_token(connection, "reader")
        assert token
        program = client(closed)
        for auth in (None, ("reader", PASSWORD), ("moderator", token), ("", "")):
            answer = program.get(path, auth=auth, follow_redirects=False)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Basic ")
            assert article().title not in answer.text
            assert answer.headers["content-type"].startswith(
                "application/problem+json" if path.startswith("/api") else "text/plain"
            )
        assert program.get(path, auth=("reader", token)).status_code == 200
        assert program.get(path, headers={"authorization": "Basic ???"}).status_code == 401
        page = program.get("/nakhla/1", auth=("reader", token), follow_redirects=False)
        assert page.status_code == 303, "pages are for who signs in at the form"
        for _ in range(ATTEMPTS):
            answer = program.get(path, auth=("reader", "guessed"))
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")
        assert program.get(path).status_code == 401, "who guesses nothing is told how to sign in"
        assert program.get(path, auth=("reader", token)).status_code == 200, "a neighbour's app goes on"


@pytest.mark.parametrize("form", TYPES)
def test_the_feed_of_a_saved_search_is_open_on_a_closed_site(filled: Path, tmp_path: Path, form: str) -> None:
    shutil.copytree(filled, tmp_path / "archive")
    with Marsad(hasty(tmp_path / "archive", site={"sign_in": True})) as closed:
        closed.indexer.catch_up()
        with closed.store.writing() as connection:
            saved.keep(connection, "reader", "خبر", {"q": article().title}, 0, NOW)
            (kept,) = saved.of_user(connection, "reader")
        stranger = client(closed)
        answer = stranger.get(addresses.saved_feed(kept.token, form))
        assert answer.status_code == 200
        assert article().title in answer.text
        assert "public" not in answer.headers["cache-control"]
        assert stranger.get(addresses.saved_feed("nobody", form)).status_code == 404
        for path in (addresses.saved(kept.token), addresses.SAVED, f"/fr{addresses.SAVED}"):
            assert stranger.get(path, follow_redirects=False).status_code == 303
