"""The addresses of the desk."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from marsad import addresses
from marsad.oversight import Role
from marsad.web import numbers
from marsad.web.desk import account, cases, requests, signing, sources
from marsad.web.desk.guard import Page, behind


def desk_routes() -> list[BaseRoute]:
    """All of them."""
    numbers.register()
    return [
        Route(addresses.SIGN_IN, signing.sign_in_form),
        Route(addresses.SIGN_IN, signing.sign_in, methods=["POST"]),
        _form(addresses.desk("sign-out"), Role.READER, signing.sign_out),
        _page(addresses.DESK, Role.MODERATOR, cases.queue_page),
        _page("/desk/case/{article:number}", Role.MODERATOR, cases.case_page),
        _form("/desk/case/{article:number}", Role.MODERATOR, cases.decide),
        _page("/desk/case/{article:number}/{image}", Role.MODERATOR, cases.case_page),
        _form("/desk/case/{article:number}/{image}", Role.MODERATOR, cases.decide),
        Route("/desk/image/{article:number}/{image}", cases.image),
        _page(addresses.desk("log"), Role.MODERATOR, cases.log_page),
        _page(addresses.desk("requests"), Role.MODERATOR, requests.requests_page),
        _form("/desk/requests/{number:number}", Role.MODERATOR, requests.answer_request),
        _page(addresses.desk("sources"), Role.OPERATOR, sources.sources_page),
        _form(addresses.desk("sources"), Role.OPERATOR, sources.add_source),
        _page("/desk/sources/{slug}", Role.OPERATOR, sources.source_page),
        _form("/desk/sources/{slug}", Role.OPERATOR, sources.change),
        _page(addresses.desk("settings"), Role.OPERATOR, sources.settings_page),
        _page(addresses.desk("account"), Role.READER, account.account_page),
        _form(addresses.desk("account"), Role.READER, account.change),
    ]


def _page(path: str, role: Role, page: Page) -> Route:
    return Route(path, behind(role, page), methods=["GET"])


def _form(path: str, role: Role, page: Page) -> Route:
    return Route(path, behind(role, page), methods=["POST"])
