"""What a user manages for himself: password, second factor, the token of reader apps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pyotp
from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.errors import SettingsError
from marsad.views import accounts
from marsad.views.signing import users
from marsad.web.answers import marsad_of
from marsad.web.desk.guard import Page, Visitor, again, shown
from marsad.web.desk.signing import NAME_RATE
from marsad.web.desk.words import ROLES
from marsad.web.rates import Rates


def account_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """The page."""
    return _page(request, visitor)


def change(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    """Do what the form says, for who proves again that he is this user: a session may be left open."""
    do, name = given.get("do", ""), visitor.user.name
    if do not in _CHANGES:
        return _page(request, visitor, status=422)
    if do == "factor" and not given.get("secret"):
        return _page(request, visitor, secret=pyotp.random_base32())
    secret = given.get("secret", "") if do == "factor" else ""
    if secret and not _is_readable(secret):
        return _page(request, visitor, secret=pyotp.random_base32(), trouble="code", status=422)
    rates: Rates = request.app.state.rates
    if not rates.admits("sign-in as", name, NAME_RATE):
        return _page(request, visitor, secret=secret, trouble="too often", status=429)
    with marsad_of(request).store.reading() as connection:
        if users.with_password(connection, name, given.get("old", "")) is None:
            return _page(request, visitor, secret=secret, trouble="password", status=422)
    return _CHANGES[do](request, visitor, given)


def _new_token(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    name = visitor.user.name
    token = accounts.new_token(marsad_of(request).store, name, datetime.now(UTC), by=name)
    return _page(request, visitor, token=token or "")


def _no_factor(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    _ask_for(request, visitor, None)
    return again(request, addresses.desk("account"))


def _new_factor(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    """The secret that was shown is kept only once a code proves that it was scanned."""
    secret = given["secret"]
    if not pyotp.TOTP(secret).verify(given.get("code", "").strip(), valid_window=1):
        return _page(request, visitor, secret=secret, trouble="code", status=422)
    _ask_for(request, visitor, secret)
    return again(request, addresses.desk("account"))


def _ask_for(request: Request, visitor: Visitor, secret: str | None) -> None:
    name = visitor.user.name
    accounts.new_factor(marsad_of(request).store, name, secret, datetime.now(UTC), by=name)


def _is_readable(secret: str) -> bool:
    """Whether an authenticator could read it; what comes back with the form need not be what was shown."""
    try:
        pyotp.TOTP(secret)
    except ValueError:
        return False
    return True


def _new_password(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    name, password = visitor.user.name, given.get("new", "")
    try:
        accounts.new_password(marsad_of(request).store, name, password, datetime.now(UTC), by=name)
    except SettingsError:
        return _page(request, visitor, trouble="short", status=422)
    return again(request, addresses.SIGN_IN)


_CHANGES: Mapping[str, Page] = {
    "token": _new_token,
    "factor": _new_factor,
    "no factor": _no_factor,
    "password": _new_password,
}


def _page(
    request: Request,
    visitor: Visitor,
    *,
    token: str = "",
    secret: str = "",
    trouble: str = "",
    status: int = 200,
) -> Response:
    site = marsad_of(request).settings.server.title
    uri = pyotp.TOTP(secret).provisioning_uri(name=visitor.user.name, issuer_name=site) if secret else ""
    with marsad_of(request).store.reading() as connection:
        user = users.by_name(connection, visitor.user.name) or visitor.user
    values = {"user": user, "token": token, "secret": secret, "uri": uri, "trouble": trouble, "roles": ROLES}
    return shown(request, visitor, "account.html", values, status)
