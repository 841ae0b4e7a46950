"""Browsers of those who are signed in."""

from __future__ import annotations

import re

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


def send(opened: TestClient, page: str, path: str = "", **given: str) -> int:
    """Fill in the form of `page` and send it to `path`; gives the status of what comes back."""
    token = re.search(r'name="csrf" value="([^"]+)"', opened.get(page).text)
    assert token
    answer = opened.post(path or page, data={"csrf": token[1], **given}, follow_redirects=False)
    return answer.status_code
