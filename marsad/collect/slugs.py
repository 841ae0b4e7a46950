"""The short names of sources, which begin the addresses of their articles. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from ipaddress import ip_address
from itertools import count

from marsad.addresses import RESERVED
from marsad.collect.target import target
from marsad.errors import Refused

_LONGEST = 40
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_BETWEEN = re.compile(r"[^a-z0-9]+")
#: Labels of a host's name that say nothing of whose it is.
_GENERIC = frozenset("www m com co net org info gov press news presse edu ac gouv nom tv".split())
_NAMELESS = "newspaper"


def is_slug(text: str) -> bool:
    """Whether `text` can be a source's slug: latin letters, digits, hyphens, no address of ours."""
    return len(text) <= _LONGEST and text not in RESERVED and _SLUG.fullmatch(text) is not None


def slug_for(name: str, home: str, taken: Container[str] = ()) -> str:
    """A slug for the newspaper `name` at `home` that is none of `taken`.

    It is made of the home's host (``fr.nakhla.example`` gives ``fr-nakhla``), for that is short, latin and
    lasts; of the name's latin letters where the host is only a number.
    """
    base = _of_host(home) or _latin(name) or _NAMELESS
    return next(slug for slug in _numbered(base) if is_slug(slug) and slug not in taken)


def _numbered(base: str) -> Iterator[str]:
    yield base[:_LONGEST].strip("-")
    for number in count(2):
        ending = f"-{number}"
        yield base[: _LONGEST - len(ending)].strip("-") + ending


def _of_host(home: str) -> str:
    try:
        host = target(home).host
        ip_address(host)
    except Refused:
        return ""
    except ValueError:
        *labels, _ = host.split(".")
        telling = [label for label in labels if label not in _GENERIC] or labels
        return _latin("-".join(label for label in telling if not label.startswith("xn--")))
    return ""


def _latin(text: str) -> str:
    """`text` in latin letters, digits and hyphens; accents are let fall, other scripts are left out."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return _BETWEEN.sub("-", plain).strip("-")
