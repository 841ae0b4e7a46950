"""Browsers of those who are signed in."""

from __future__ import annotations

import re

from httpx2 import Response
from starlette.testclient import TestClient

from marsad import addresses
from marsad.app import Marsad
from marsad.web.desk.guard import COOKIE
from marsad.web.site import site

PICTURE = "https://nakhla.example/a.jpg"
PASSWORD = "a long password"


def client(marsad: Marsad, name: str = "", **headers: str) -> TestClient:
    """A browser, signed in where a name is given."""
    opened = TestClient(site(marsad), headers={"accept-language": "en", **headers})
    if name:
        answer = opened.post(addresses.SIGN_IN, data={"name": name, "password": PASSWORD})
        assert answer.status_code in {200, 403}
        assert COOKIE in opened.cookies
    return opened


def fill_in(opened: TestClient, page: str, path: str = "", **given: str) -> Response:
    """What comes back of the form of `page`, filled in and sent to `path`."""
    token = re.search(r'name="csrf" value="([^"]+)"', opened.get(page).text)
    assert token
    return opened.post(path or page, data={"csrf": token[1], **given}, follow_redirects=False)


def send(opened: TestClient, page: str, path: str = "", **given: str) -> int:
    """The status of what comes back of the form of `page`."""
    return fill_in(opened, page, path, **given).status_code
