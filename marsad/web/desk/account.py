"""What a user manages for himself: password, second factor, the token of reader apps."""

from __future__ import annotations

import pyotp
from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.errors import SettingsError
from marsad.views.signing import users
from marsad.web.answers import marsad_of
from marsad.web.desk.guard import Visitor, again, shown
from marsad.web.desk.words import ROLES


def account_page(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:  # noqa: ARG001
    """The page."""
    return _page(request, visitor)


def change(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    """Do what the form says."""
    store, name = marsad_of(request).store, visitor.user.name
    match given.get("do"):
        case "token":
            with store.writing() as connection:
                return _page(request, visitor, token=users.new_token(connection, name) or "")
        case "factor":
            return _begin_factor(request, visitor, given)
        case "no factor":
            with store.writing() as connection:
                users.new_totp(connection, name, None)
            return again(request, addresses.desk("account"))
        case "password":
            return _change_password(request, visitor, given)
        case _:
            return _page(request, visitor, status=422)


def _begin_factor(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    """A new secret to scan; kept only once a code proves that it was scanned."""
    secret = given.get("secret", "")
    if not secret:
        return _page(request, visitor, secret=pyotp.random_base32())
    if not pyotp.TOTP(secret).verify(given.get("code", "").strip(), valid_window=1):
        return _page(request, visitor, secret=secret, trouble="code", status=422)
    with marsad_of(request).store.writing() as connection:
        users.new_totp(connection, visitor.user.name, secret)
    return again(request, addresses.desk("account"))


def _change_password(request: Request, visitor: Visitor, given: dict[str, str]) -> Response:
    store, name = marsad_of(request).store, visitor.user.name
    with store.reading() as connection:
        if users.with_password(connection, name, given.get("old", "")) is None:
            return _page(request, visitor, trouble="password", status=422)
    try:
        with store.writing() as connection:
            users.set_password(connection, name, given.get("new", ""))
    except SettingsError:
        return _page(request, visitor, trouble="short", status=422)
    return again(request, addresses.SIGN_IN)


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
