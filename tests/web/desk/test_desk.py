"""The desk: who gets in, what is decided there, and what the log tells."""

from __future__ import annotations

import re
import shutil
import tomllib
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pyotp
import pytest
from babel.messages.pofile import read_po
from starlette.routing import Route
from starlette.testclient import TestClient

from marsad import addresses
from marsad.app import Marsad
from marsad.model import Standing
from marsad.moderation.reports import Reader
from marsad.oversight import Act, Deed, Reason, Thing
from marsad.settings import load
from marsad.store import decisions, deeds, requests, sessions, sources, users
from marsad.web import removal, reports
from marsad.web.desk import cases, words
from marsad.web.desk.guard import COOKIE
from marsad.web.desk.routes import desk_routes
from marsad.web.rates import Rates
from marsad.web.rendering import TEMPLATES, desk_pages
from marsad.web.site import site
from marsad.web.wording import TRANSLATIONS
from tests.press.world import hasty
from tests.samples import NOW, article
from tests.web.desk.signed_in import PASSWORD, PICTURE, client, fill_in, send

IMAGE = Thing(1, addresses.image_key(PICTURE))
CASE = addresses.desk_case(1, IMAGE.image)


@pytest.mark.parametrize(
    ("name", "password"), [("moderator", "wrong password"), ("nobody", PASSWORD), ("", ""), ("moderator", "")]
)
def test_a_wrong_password_tells_nothing(marsad: Marsad, name: str, password: str) -> None:
    opened = client(marsad)
    answer = opened.post(addresses.SIGN_IN, data={"name": name, "password": password})
    assert answer.status_code == 403
    assert "Name, password or code are not right." in answer.text
    assert COOKIE not in opened.cookies


def test_guessing_passwords_is_slowed_down(marsad: Marsad) -> None:
    opened = client(marsad)
    opened.app.state.rates = Rates(clock=lambda: 0.0)  # type: ignore[attr-defined]  # it is our site
    given = {"name": "moderator", "password": "x"}
    answers = [opened.post(addresses.SIGN_IN, data=given).status_code for _ in range(8)]
    assert answers == [403] * 6 + [429] * 2


def test_the_cookie_is_for_this_site_alone(marsad: Marsad) -> None:
    opened = TestClient(site(marsad), base_url="https://marsad.example")
    given = {"name": "moderator", "password": PASSWORD}
    answer = opened.post(addresses.SIGN_IN, data=given, follow_redirects=False)
    assert answer.headers["location"] == "/desk"
    cookie = answer.headers["set-cookie"]
    assert all(mark in cookie for mark in ("HttpOnly", "SameSite=strict", "Secure"))


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example/", "/\\evil.example", "evil", "//[", "http://[x"]
)
def test_signing_in_leads_nowhere_else(marsad: Marsad, wanted: str) -> None:
    answer = client(marsad).post(
        addresses.SIGN_IN,
        params={"next": wanted},
        data={"name": "moderator", "password": PASSWORD},
        follow_redirects=False,
    )
    assert answer.headers["location"] == addresses.DESK
    again = client(marsad, "moderator").get(
        addresses.SIGN_IN, params={"next": wanted}, follow_redirects=False
    )
    assert again.headers["location"] == addresses.DESK


def test_a_second_factor_is_asked_for_once_it_is_set_up(marsad: Marsad) -> None:
    opened = client(marsad, "moderator")
    account = addresses.desk("account")
    token = re.search(r'name="csrf" value="([^"]+)"', opened.get(account).text)
    assert token
    page = opened.post(account, data={"csrf": token[1], "do": "factor"}).text
    secret = re.search(r'name="secret" value="([^"]+)"', page)
    assert secret
    assert send(opened, account, do="factor", secret=secret[1], code="000000", old=PASSWORD) == 422
    for broken in ("A", "1", "سر"):
        assert "That code is not right." in fill_in(opened, account, do="factor", secret=broken).text
    code = pyotp.TOTP(secret[1]).now()
    assert send(opened, account, do="factor", secret=secret[1], code=code, old=PASSWORD) == 303
    other = client(marsad)
    given = {"name": "moderator", "password": PASSWORD}
    assert other.post(addresses.SIGN_IN, data=given).status_code == 403
    assert other.post(addresses.SIGN_IN, data={**given, "code": code}).status_code == 200
    assert COOKIE in other.cookies


def test_a_session_left_open_changes_nothing_without_the_password(marsad: Marsad) -> None:
    opened, account = client(marsad, "moderator"), addresses.desk("account")
    secret = pyotp.random_base32()
    factor = {"do": "factor", "secret": secret, "code": pyotp.TOTP(secret).now()}
    for given in (factor, {"do": "token"}, {"do": "no factor"}):
        for old in ({}, {"old": "wrong password"}):
            opened.app.state.rates = Rates(clock=lambda: 0.0)  # type: ignore[attr-defined]  # it is our site
            answer = fill_in(opened, account, **given, **old)
            assert answer.status_code == 422
            assert "The password is not right." in answer.text
    with marsad.store.reading() as connection:
        user = users.by_name(connection, "moderator")
    assert user is not None
    assert (user.has_token, user.has_totp) == (False, False)
    assert 'class="secret"' in fill_in(opened, account, do="token", old=PASSWORD).text
    assert send(opened, account, **factor, old=PASSWORD) == 303
    assert send(opened, account, do="no factor", old=PASSWORD) == 303
    answers = [send(opened, account, do="token", old="wrong password") for _ in range(7)]
    assert answers[-1] == 429, "guessing is slowed down here too"


def paths() -> list[tuple[str, str]]:
    found = []
    for route in desk_routes():
        assert isinstance(route, Route)
        path = re.sub(r"\{(?:article|number):number\}", "1", route.path)
        path = path.replace("{image}", IMAGE.image).replace("{slug}", "nakhla")
        if path != addresses.SIGN_IN:
            found += [(method, path) for method in route.methods or () if method != "HEAD"]
    return found


@pytest.mark.parametrize(("method", "path"), paths())
def test_nobody_comes_in_without_signing_in(marsad: Marsad, method: str, path: str) -> None:
    answer = client(marsad).request(method, path, data={"csrf": ""}, follow_redirects=False)
    assert answer.status_code in {303, 403}
    if answer.status_code == 303:
        assert answer.headers["location"].startswith(addresses.SIGN_IN)


@pytest.mark.parametrize(("method", "path"), [each for each in paths() if each[0] == "POST"])
def test_no_form_is_taken_without_its_token(marsad: Marsad, method: str, path: str) -> None:
    opened = client(marsad, "operator")
    for given in ({}, {"csrf": ""}, {"csrf": "0" * 64}):
        assert opened.post(path, data={"do": "remove", **given}).status_code == 403
    with marsad.store.reading() as connection:
        assert len(sources.all_sources(connection)) == 1


def test_everybody_does_what_is_theirs(marsad: Marsad) -> None:
    reader, moderator = client(marsad, "reader"), client(marsad, "moderator")
    assert reader.get(addresses.DESK).status_code == 403
    assert reader.get(addresses.desk("account")).status_code == 200
    assert moderator.get(addresses.DESK).status_code == 200
    assert moderator.get(addresses.desk("sources")).status_code == 403
    for page, _ in desk_pages(lambda _: True):
        answer = client(marsad, "operator").get(page)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "private, no-store"


def test_settings_are_shown_as_they_would_stand_in_their_file(marsad: Marsad) -> None:
    page = unescape(client(marsad, "operator").get(addresses.desk("settings")).text)
    for line in (
        'collect.private_networks = ["127.0.0.0/8"]',
        "site.sign_in = false",
        'server.title = "مرصد"',
    ):
        assert f'<code dir="ltr">{line}</code>' in page
    rows = marsad.settings.rows()
    read = tomllib.loads("\n".join(f"{name} = {value}" for name, value, _ in rows))
    assert read["stories"]["source_weights"] == {}


def test_tables_are_shown_as_they_would_stand_in_the_file_of_settings(tmp_path: Path) -> None:
    weights = {"الشروق": 2.0, "le matin": 1.5, "a.b": 1.0, 'le "matin"': 0.5}
    rows = load(data=tmp_path, stories={"source_weights": weights}).rows()
    read = tomllib.loads("\n".join(f"{name} = {value}" for name, value, _ in rows))
    assert read["stories"]["source_weights"] == weights


def test_who_signs_out_is_out(marsad: Marsad) -> None:
    opened = client(marsad, "moderator")
    kept = opened.cookies[COOKIE]
    assert send(opened, addresses.DESK, addresses.desk("sign-out")) == 303
    opened.cookies.set(COOKIE, kept)
    assert opened.get(addresses.DESK, follow_redirects=False).status_code == 303


def test_from_the_queue_to_a_decision_and_the_log(marsad: Marsad) -> None:
    for who in range(3):
        reader = Reader(f"8.8.{who}.8", "browser")
        marsad.moderator.report(IMAGE, Reason.PRIVACY, reader, "وجه طفل")
    assert IMAGE.image not in client(marsad).get("/nakhla/1").text
    opened = client(marsad, "moderator")
    assert CASE in opened.get(addresses.DESK).text
    page = opened.get(CASE).text
    assert re.search(r"It touches somebody&#39;s privacy · <bdi>وجه طفل</bdi>", page)
    assert "Hidden" in page
    assert send(opened, CASE, standing="shown", reason="privacy", note="وجهه مخفي") == 303
    assert CASE not in opened.get(addresses.DESK).text
    assert IMAGE.image in client(marsad).get("/nakhla/1").text
    log = opened.get(addresses.desk("log")).text
    assert log.index("وجهه مخفي") < log.index("enough readers agreed")
    public = client(marsad).get(addresses.TRANSPARENCY).text
    assert "وجهه مخفي" not in public
    assert "moderator" not in public


def test_a_removed_article_leaves_a_stone_that_says_why(marsad: Marsad) -> None:
    opened = client(marsad, "moderator")
    assert send(opened, addresses.desk_case(1), standing="removed", reason="publisher", note="بريد") == 303
    stone = client(marsad).get("/nakhla/1")
    assert stone.status_code == 410
    assert "At its publisher&#39;s request" in stone.text
    assert "بريد" not in stone.text
    assert article().title not in stone.text.split("<main")[1]
    for path in ("/", "/nakhla", "/section/weather", f"/story/{1}"):
        assert 'href="/nakhla/1"' not in client(marsad).get(path).text
    marsad.indexer.catch_up()
    assert 'href="/nakhla/1"' not in client(marsad).get(addresses.search("أمطار")).text
    assert send(opened, addresses.desk_case(1), standing="shown", reason="other") == 303
    assert client(marsad).get("/nakhla/1").status_code == 200
    with marsad.store.reading() as connection:
        told = decisions.of(connection, Thing(1))
    assert [(each.by, each.standing) for each in told] == [
        ("moderator", Standing.REMOVED),
        ("moderator", Standing.SHOWN),
    ]


def test_a_stone_leads_moderators_to_its_case_where_its_address_tells_the_number(marsad: Marsad) -> None:
    opened = client(marsad, "moderator")
    assert send(opened, addresses.desk_case(1), standing="removed", reason="publisher") == 303
    assert f'href="{addresses.desk_case(1)}"' in opened.get("/nakhla/1").text
    stone = opened.get(addresses.oembed("/nakhla/1"))
    assert stone.status_code == 410
    assert "/desk/case/" not in stone.text
    assert "while a report about it" not in stone.text


@pytest.mark.parametrize("given", [{"standing": "blurred"}, {"standing": "x"}, {"reason": "x"}])
def test_what_cannot_be_decided_is_not(marsad: Marsad, given: dict[str, str]) -> None:
    opened = client(marsad, "moderator")
    form = {"standing": "removed", "reason": "other", **given}
    assert send(opened, addresses.desk_case(1), **form) == 422
    assert client(marsad).get("/nakhla/1").status_code == 200


def test_the_log_tells_all_that_is_done_part_by_part(marsad: Marsad, monkeypatch: pytest.MonkeyPatch) -> None:
    with marsad.store.writing() as connection:
        requests.add(connection, "person", "/nakhla/1", "text", "a@b.example", NOW)
    opened, page = client(marsad, "operator"), addresses.desk("sources/nakhla")
    assert send(opened, page, do="display", display="headline") == 303
    assert send(opened, addresses.desk_case(1), standing="excerpt", reason="other", note="the case") == 303
    assert (
        send(opened, addresses.desk("requests"), "/desk/requests/1", state="partly", answer="halfway") == 303
    )
    assert send(opened, page, do="pause") == 303
    told = ("</strong>: Headline", "the case", "halfway", "Paused", "by a command")
    whole = opened.get(addresses.desk("log")).text
    assert all(words in whole for words in told)
    monkeypatch.setattr(cases, "LOG", 1)
    path, pages = addresses.desk("log"), []
    while path:
        pages.append(opened.get(path).text)
        older = re.search(r'rel="next" href="([^"]+)"', pages[-1])
        path = older[1] if older else ""
    assert sorted(words for seen in pages for words in told if words in seen) == sorted(told)
    assert len(pages) == len(told)


def test_the_log_tells_hours_by_the_clock_of_the_site(filled: Path, tmp_path: Path) -> None:
    shutil.copytree(filled, tmp_path / "there")
    with Marsad(hasty(tmp_path / "there", server={"timezone": "Asia/Tokyo"})) as marsad:
        with marsad.store.writing() as connection:
            deeds.add(connection, Deed(Act.PAUSED, "nakhla", "salma", NOW))
        log = client(marsad, "moderator").get(addresses.desk("log")).text
    there = NOW + timedelta(hours=9)
    assert f"{there:%H:%M} · <strong>Paused</strong>" in log


def test_the_log_tells_what_users_change_and_no_secret(marsad: Marsad) -> None:
    opened, page, secret = client(marsad, "reader"), addresses.desk("account"), pyotp.random_base32()
    given = {"old": PASSWORD, "secret": secret, "code": pyotp.TOTP(secret).now()}
    token = re.search(r'<p class="secret">(.+?)<', fill_in(opened, page, do="token", old=PASSWORD).text)
    assert token
    for do in ("no factor", "factor", "no factor"):
        assert send(opened, page, do=do, **given) == 303
    assert send(opened, page, do="password", old=PASSWORD, new="another one") == 303
    log = client(marsad, "moderator").get(addresses.desk("log")).text
    lines = [line for line in re.findall(r"<li>(.+?)</li>", log, re.DOTALL) if "(User)" in line]
    acts = ("Another password", "factor given up", "factor set up", "New token")
    for line, act in zip(lines, acts, strict=True):
        assert act in line
        assert line.count("<bdi>reader</bdi>") == 2
    assert not [each for each in (token[1], secret, "another one") if each in log]


def test_an_article_leads_those_to_its_case_who_may_decide(marsad: Marsad) -> None:
    link = f'href="{addresses.desk_case(1)}"'
    moderator = client(marsad, "moderator")
    for opened, is_led in ((moderator, True), (client(marsad, "reader"), False), (client(marsad), False)):
        answer = opened.get("/nakhla/1")
        assert (link in answer.text) == is_led
        assert ("no-store" in answer.headers["cache-control"]) == is_led
    assert f'href="/fr{addresses.desk_case(1)}"' in moderator.get("/fr/nakhla/1").text
    assert send(moderator, addresses.desk_case(1), standing="hidden", reason="other") == 303
    assert link in moderator.get("/nakhla/1").text
    assert link not in client(marsad).get("/nakhla/1").text


def test_sessions_end(marsad: Marsad) -> None:
    opened = client(marsad, "moderator")
    assert send(opened, addresses.desk("account"), do="password", old="wrong", new="another one") == 422
    assert send(opened, addresses.desk("account"), do="password", old=PASSWORD, new="short") == 422
    assert send(opened, addresses.desk("account"), do="password", old=PASSWORD, new="another one") == 303
    assert opened.get(addresses.DESK, follow_redirects=False).status_code == 303


def test_every_word_of_the_desk_is_translated() -> None:
    said = {
        match.replace('\\"', '"')
        for template in TEMPLATES.rglob("*.html")
        for match in re.findall(r'_\("((?:[^"\\]|\\.)*)"\)', template.read_text(encoding="utf-8"))
    }
    for names in (
        words.STANDINGS,
        words.STATES,
        words.ROLES,
        words.POLICIES,
        words.ACTS,
        reports.REASONS,
        removal.ROLES,
    ):
        said |= set(names.values())
    said |= {name for _, name in desk_pages(lambda _: True)}
    for language in ("ar", "fr"):
        with (TRANSLATIONS / f"{language}.po").open("rb") as file:
            known = {str(message.id) for message in read_po(file) if message.string}
        assert said - known == set(), language


def test_a_forgotten_session_is_no_session(marsad: Marsad) -> None:
    opened = client(marsad, "moderator")
    with marsad.store.writing() as connection:
        bounds = sessions.Bounds(timedelta(hours=12), timedelta(hours=1))
        now = datetime.now(UTC)
        token = opened.cookies[COOKIE]
        assert sessions.user_of(connection, token, now, bounds)
        assert sessions.user_of(connection, token, now + timedelta(minutes=61), bounds) is None
        for _ in range(6):
            newest = sessions.start(connection, "moderator", now + timedelta(minutes=1))
        assert sessions.user_of(connection, token, now, bounds) is None, "five browsers at once"
        assert sessions.user_of(connection, newest, now + timedelta(minutes=1), bounds)
        sessions.forget(connection, now + timedelta(days=2), bounds)
        assert sessions.user_of(connection, newest, now, bounds) is None
