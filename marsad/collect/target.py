"""An address taken apart once, so that guard, robots and fetch all read it alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urljoin, urlsplit

import idna

from marsad.errors import Refused

#: Longest address that is looked at; Arabic paths take six characters for each letter.
LONGEST = 4096
DEFAULT_PORTS = {"http": 80, "https": 443}

#: What surrounds an address that was pasted from a text, marks of direction included.
_AROUND = "".join(map(chr, [*range(0x21), *range(0x7F, 0xA1), 0xAD, *range(0x200B, 0x2010)]))
_AROUND += "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_LINE_BREAKS = re.compile(r"[\t\r\n]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
#: A colon before digits comes before a port.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:(?!\d)|/")
_NOT_FOR_HOSTS = re.compile(r"[^a-z0-9._-]")
#: What may stand in a path or query as it is, besides escapes; and escapes of what need not be escaped.
_LEGAL = r"A-Za-z0-9\-._~:/?@!$&'()*+,;=\[\]"
_IDLE_ESCAPES = "2[DE]|3[0-9]|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE]"
_NORMAL = re.compile(rf"(?:[{_LEGAL}]|%(?!{_IDLE_ESCAPES})[0-9A-F]{{2}})*+")
_TO_MEND = re.compile(rf"%[0-9A-Fa-f]{{2}}|%|[^{_LEGAL}%]+")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes, all of it in ASCII."""

    scheme: str
    #: Lower case; punycode where it is not ASCII; an IPv6 address without its brackets.
    host: str
    port: int
    #: Path and query, percent-encoded, beginning with ``/``.
    path: str

    @property
    def site(self) -> str:
        """``host:port``, the unit of politeness."""
        return f"{self._host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host, and the port where it is not the scheme's own; no final slash."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """What the Host header says."""
        return self._host if DEFAULT_PORTS[self.scheme] == self.port else self.site

    @property
    def address(self) -> str:
        """The whole address."""
        return self.origin + self.path

    @property
    def _host(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def target(address: str, base: str | None = None) -> Target:
    """`address`, resolved against `base`, taken apart.

    Raises Refused for whatever is no web address: another scheme, credentials, no host, too long.
    """
    parts = _split(address, base)
    if parts.scheme not in DEFAULT_PORTS:
        raise Refused("not a web address", _shown(address), f"scheme {parts.scheme or 'missing'}")
    if "@" in parts.netloc:
        raise Refused("an address with a name or password is not visited", parts.hostname or "")
    path = normal_escapes(_without_dots(parts.path or "/")) + (
        f"?{normal_escapes(parts.query)}" if parts.query else ""
    )
    where = Target(parts.scheme, _host(parts.hostname or "", address), _port(parts, address), path)
    if len(where.address) > LONGEST:
        raise Refused("an address must have at most 4096 characters", _shown(address))
    return where


def with_scheme(address: str) -> str:
    """`address` as people write it: ``nakhla.example`` is meant to be a web address."""
    address = address.strip(_AROUND)
    return address if _SCHEME.match(address) else f"https://{address}"


def normal_escapes(text: str) -> str:
    """`text` of a path or query with one spelling for each character.

    Letters, digits and ``-._~`` stand for themselves, all else that may not stand in an address is
    escaped as UTF-8 in capitals (RFC 3986, section 6.2.2; RFC 3987, section 3.1).
    """
    return text if _NORMAL.fullmatch(text) else _TO_MEND.sub(_normal_escape, text)


def _normal_escape(found: re.Match[str]) -> str:
    written = found.group()
    if written[0] != "%" or len(written) == 1:
        return "".join(f"%{byte:02X}" for byte in written.encode("utf-8", "replace"))
    character = chr(int(written[1:], 16))
    return character if character in _UNRESERVED else written.upper()


def _split(address: str, base: str | None) -> SplitResult:
    cleaned = _LINE_BREAKS.sub("", address.strip(_AROUND)) if len(address) <= 2 * LONGEST else address
    if not cleaned or len(cleaned) > LONGEST:
        raise Refused("not a web address", _shown(address), f"it has {len(cleaned)} characters")
    try:
        parts = urlsplit(urljoin(base, cleaned) if base else cleaned)
        _ = parts.port, parts.hostname
    except ValueError as error:
        raise Refused("not a web address", _shown(address), error) from error
    return parts


def _port(parts: SplitResult, address: str) -> int:
    port = DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
    if port == 0:
        raise Refused("not a web address", _shown(address), "port 0")
    return port


def _host(host: str, address: str) -> str:
    if len(host) > 253:
        raise Refused("not a web address", _shown(address), "its host is too long")
    try:
        if ":" in host:
            return str(IPv6Address(host))
        ascii_host = host.lower() if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except ValueError as error:
        raise Refused("not a web address", _shown(address), f"its host: {error}") from error
    ascii_host = ascii_host.rstrip(".")
    if not ascii_host or _NOT_FOR_HOSTS.search(ascii_host):
        why = "its host has a forbidden character" if ascii_host else "no host"
        raise Refused("not a web address", _shown(address), why)
    return ascii_host


def _without_dots(path: str) -> str:
    """`path` with ``.`` and ``..`` resolved (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")[1:] if path.startswith("/") else path.split("/")
    for segment in segments:
        name = segment.replace("%2e", ".").replace("%2E", ".")
        if name == "..":
            del kept[-1:]
        elif name != ".":
            kept.append(segment)
    if segments[-1].replace("%2e", ".").replace("%2E", ".") in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _shown(address: str) -> str:
    """`address` short enough for a message, without line breaks."""
    return _UNSEEN.sub(" ", address[:120])
