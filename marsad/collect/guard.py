"""Which addresses may be visited: public ones, and what the operator opens besides.

A name is resolved, its addresses are checked, and the connection goes to the very address that was
checked, so that a name server cannot answer twice in two ways (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

import httpcore

from marsad.collect.target import Target
from marsad.errors import Refused
from marsad.outcome import Outcome

Network: TypeAlias = IPv4Network | IPv6Network
Address: TypeAlias = IPv4Address | IPv6Address
#: From a host and a port to the addresses that the host has.
Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]

_OPEN_PORTS = frozenset({80, 443, 8000, 8080, 8443, 8888})
#: Addresses of one host that are tried, each with its share of the time to connect.
_TRIED = 3


def _networks(*written: str) -> tuple[Network, ...]:
    return tuple(ip_network(each) for each in written)


#: This machine, the networks of homes and offices, and those of providers and overlays.
PRIVATE_NETWORKS = _networks(
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7"
)
#: IPv4 addresses that are nobody's on the public net (IANA IPv4 Special-Purpose Address Registry).
_NOT_PUBLIC_4 = _networks(
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
    *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
    *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
)
#: All public IPv6 addresses lie in the first; the others are the holes in it: protocols and Teredo,
#: documentation, 6to4 (which hides an IPv4 address), documentation (IANA IPv6 Special-Purpose Registry).
_PUBLIC_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = _networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
#: Networks whose last four bytes are an IPv4 address: mapped (RFC 4291) and translated (RFC 6052).
_CARRIES_IPV4 = _networks("::ffff:0:0/96", "64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be visited.

    `allow_private` opens the networks that it names, whatever they are; True opens `PRIVATE_NETWORKS`
    (link-local addresses, where clouds keep their secrets, must be named to be opened).
    `ports` None means every port.
    """

    allow_private: bool | tuple[Network, ...] = False
    ports: frozenset[int] | None = _OPEN_PORTS

    def check(self, where: Target) -> None:
        """Raise Refused where that address may not be visited, as far as can be told before DNS."""
        if self.ports is not None and where.port not in self.ports:
            raise _forbidden(where.address, f"port {where.port} is not open for visits")
        try:
            literal = ip_address(where.host)
        except ValueError:
            return
        if not self.admits(literal):
            raise _forbidden(where.address, f"{literal} is not a public address")

    def admits(self, address: Address) -> bool:
        """Whether a connection to `address` may be made."""
        opened = self.allow_private
        if isinstance(opened, bool):
            opened = PRIVATE_NETWORKS if opened else ()
        return is_public(address) or _lies_in(_carried(address), opened) or _lies_in(address, opened)

    def admitted(self, host: str, addresses: Iterable[str]) -> tuple[str, ...]:
        """Those of a host's `addresses` that may be connected to; raises Refused where there is none."""
        found = tuple(addresses)
        admitted = tuple(each for each in found if self.admits(ip_address(each)))
        if found and not admitted:
            raise _forbidden(host, f"{found[0]} is not a public address")
        return admitted


def is_public(address: Address) -> bool:
    """Whether `address` can be reached on the public net; one that carries an IPv4 address counts as that."""
    address = _carried(address)
    if isinstance(address, IPv4Address):
        return not _lies_in(address, _NOT_PUBLIC_4)
    return address in _PUBLIC_6 and not _lies_in(address, _NOT_PUBLIC_6)


def _carried(address: Address) -> Address:
    if isinstance(address, IPv6Address) and _lies_in(address, _CARRIES_IPV4):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _lies_in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


def _forbidden(thing: str, why: str) -> Refused:
    return Refused("may not be visited", thing, why, outcome=Outcome.DISALLOWED)


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of `host` by the system's resolver, in the order to try them."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to addresses that a `Guard` has checked, and to no other."""

    def __init__(self, guard: Guard, resolver: Resolve = resolve) -> None:
        self._guard = guard
        self._resolve = resolver
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to `host`; raises Refused, or an error of httpcore where nothing answers."""
        addresses = (await self._addresses(host, port))[:_TRIED]
        share = timeout / len(addresses) if timeout and addresses else timeout
        failure: Exception = httpcore.ConnectError("the name has no address")
        for address in addresses:
            try:
                return await self._plain.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def _addresses(self, host: str, port: int) -> tuple[str, ...]:
        try:
            return self._guard.admitted(host, await self._resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name cannot be resolved: {error}") from error
