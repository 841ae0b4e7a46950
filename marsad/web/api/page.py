"""The page that tells programmers how to ask, made from the description itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.web.answers import base_of, cached


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be given with a request."""

    name: str
    kind: str
    description: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked."""

    path: str
    summary: str
    parameters: tuple[Parameter, ...]


def api_page(request: Request) -> Response:
    """What can be asked, in the order in which one comes to need it."""
    described: Mapping[str, Any] = request.app.state.api.openapi()
    values = {
        "operations": tuple(_operations(described)),
        "api_base": addresses.absolute(base_of(request), addresses.API),
        "description": addresses.absolute(base_of(request), addresses.API_DESCRIPTION),
    }
    return cached(request, "api.html", lambda _: values)


def _operations(described: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in described["paths"].items():
        asked = methods["get"]
        parameters = tuple(
            Parameter(
                each["name"],
                _kind(each["schema"], described),
                each.get("description", ""),
                each.get("required", False),
            )
            for each in asked.get("parameters", ())
        )
        yield Operation(path, asked["summary"], parameters)


def _kind(schema: Mapping[str, Any], described: Mapping[str, Any]) -> str:
    """What a value may be, in a word or by its choices."""
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return _kind(schema["anyOf"][0], described)
    if "enum" in schema:
        return " · ".join(schema["enum"])
    return str(schema.get("format", schema.get("type", "")))
