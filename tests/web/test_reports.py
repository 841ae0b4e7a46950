"""Readers report an image, and it is gone at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marsad import addresses
from marsad.app import Marsad
from marsad.model import Image, Standing
from marsad.oversight import Reason, Thing
from marsad.pipeline.keeping import Arrival
from marsad.pipeline.moderating import Judgement
from marsad.store import decisions, reports
from marsad.web.site import site
from tests.press.world import archive
from tests.samples import SOURCE, article

PICTURE = "https://nakhla.example/a.jpg"
IMAGE = Thing(1, addresses.image_key(PICTURE))
FORM = addresses.report(1, PICTURE)
THANKS = {
    "ar": "شكرا على الإبلاغ! سيتم حجب هذه الصورة تلقائيا عندما يتم الإبلاغ عنها من طرف عدة أشخاص.",
    "fr": "Merci pour votre signalement ! Cette image sera masquée automatiquement dès que plusieurs personnes l’auront signalée.",
    "en": "Thank you for your report! This image will be hidden automatically once several people have reported it.",
}


@pytest.fixture
def marsad(tmp_path: Path) -> Iterator[Marsad]:
    with archive(tmp_path) as opened:
        opened.add_sources([SOURCE])
        opened.keeper.keep([Arrival(article(images=(Image(PICTURE, "صورة"),)))])
        yield opened


def reader(marsad: Marsad, who: int = 1, language: str = "ar") -> TestClient:
    """A reader with an address and a browser of his own."""
    headers = {"accept-language": language, "user-agent": f"browser {who}"}
    return TestClient(site(marsad), headers=headers, client=(f"8.8.{who}.8", 50000))


def is_shown(marsad: Marsad) -> bool:
    return IMAGE.image in reader(marsad).get("/nakhla/1").text


def send(client: TestClient, reason: Reason = Reason.VIOLENT, path: str = FORM) -> int:
    return client.post(path, data={"reason": reason.value, "note": "توضيح"}).status_code


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_reader_is_thanked_in_his_language(marsad: Marsad, language: str) -> None:
    client = reader(marsad, language=language)
    assert FORM in client.get("/nakhla/1").text
    assert 'method="post"' in client.get(FORM).text
    assert "set-cookie" not in client.get(FORM).headers
    answer = client.post(FORM, data={"reason": "violent"})
    assert THANKS[language] in answer.text
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]


def test_the_form_shows_which_image_is_meant_as_far_as_it_may_be_seen(marsad: Marsad) -> None:
    small = f'src="{addresses.image(1, PICTURE, 320)}"'
    seen = {}
    for standing in (Standing.SHOWN, Standing.BLURRED, Standing.HIDDEN):
        marsad.moderator.decide(IMAGE, Judgement(standing, Reason.OTHER, "salma", ""))
        form = reader(marsad, language="en").get(FORM).text
        seen[standing] = (small in form, 'class="veiled"' in form, "صورة</p>" in form)
    assert seen[Standing.SHOWN] == (True, False, True)
    assert seen[Standing.BLURRED] == (True, True, True)
    assert seen[Standing.HIDDEN] == (False, False, False)


def test_three_people_hide_an_image_at_once(marsad: Marsad) -> None:
    for who in range(1, 4):
        assert is_shown(marsad)
        assert send(reader(marsad, who)) == 200
    assert not is_shown(marsad)
    with marsad.store.reading() as connection:
        [decision] = decisions.of(connection, IMAGE)
    assert (decision.by, decision.standing, decision.reason) == ("", Standing.HIDDEN, Reason.VIOLENT)
    assert decision.address == PICTURE


def test_one_person_a_hundred_times_does_not(marsad: Marsad) -> None:
    client = reader(marsad)
    answers = {send(client) for _ in range(100)}
    assert answers == {200, 429}
    for _ in range(4):
        assert send(reader(marsad)) == 200, "without the cookie, in the same browser"
    assert is_shown(marsad)
    with marsad.store.reading() as connection:
        assert len(reports.of(connection, IMAGE)) == 1


def test_a_network_of_many_browsers_does_not(marsad: Marsad) -> None:
    application = site(marsad)
    for n in range(10):
        client = TestClient(application, headers={"user-agent": f"b{n}"}, client=(f"8.8.8.{n}", 1))
        assert send(client) == 200
    assert is_shown(marsad)


def test_an_image_that_a_moderator_cleared_stays(marsad: Marsad) -> None:
    for who in range(1, 4):
        send(reader(marsad, who))
    marsad.moderator.decide(IMAGE, Judgement(Standing.SHOWN, Reason.OTHER, "salma", "لا عيب فيها"))
    assert is_shown(marsad)
    for who in range(4, 14):
        send(reader(marsad, who))
    assert is_shown(marsad), "that reason was judged"
    for who in range(20, 25):
        send(reader(marsad, who), Reason.PRIVACY)
    assert is_shown(marsad), "another reason needs twice as many"
    send(reader(marsad, 25), Reason.PRIVACY)
    assert not is_shown(marsad)
    with marsad.store.reading() as connection:
        assert [(each.by, each.standing.value) for each in decisions.of(connection, IMAGE)] == [
            ("", "hidden"),
            ("salma", "shown"),
            ("", "hidden"),
        ]


def test_an_article_is_not_hidden_by_readers(marsad: Marsad) -> None:
    for who in range(1, 9):
        send(reader(marsad, who), Reason.WRONG_LINK, addresses.report(1))
    assert reader(marsad).get("/nakhla/1").status_code == 200
    with marsad.store.reading() as connection:
        assert len(reports.of(connection, Thing(1))) == 8


@pytest.mark.parametrize(
    ("path", "data", "headers", "status"),
    [
        (FORM, {"reason": "publisher"}, {}, 422),
        (FORM, {"note": "x"}, {}, 422),
        (FORM, {"reason": "violent"}, {"sec-fetch-site": "cross-site"}, 403),
        (FORM, {"reason": "violent"}, {"origin": "https://elsewhere.example"}, 403),
        (FORM, {"reason": "violent"}, {"origin": "null"}, 403),
        (FORM, {"reason": "violent", "note": "x" * 70_000}, {}, 413),
        ("/report/2", {"reason": "violent"}, {}, 404),
        ("/report/1/ffffffffffffffff", {"reason": "violent"}, {}, 404),
    ],
)
def test_what_is_no_report_is_not_taken(
    marsad: Marsad, path: str, data: dict[str, str], headers: dict[str, str], status: int
) -> None:
    assert reader(marsad).post(path, data=data, headers=headers).status_code == status
    with marsad.store.reading() as connection:
        assert reports.of(connection, IMAGE) == []


def test_nothing_that_is_kept_tells_who_reported(marsad: Marsad) -> None:
    client = reader(marsad, 77)
    send(client)
    cookie = client.cookies["marsad_reader"]
    marsad.close()
    kept = b"".join(file.read_bytes() for file in marsad.folder.rglob("*") if file.is_file())
    for mark in (b"8.8.77", b"browser 77", cookie.encode()):
        assert mark not in kept
