"""Which addresses may be visited."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address, ip_network

import pytest

from marsad.collect.fetch import Fetched
from marsad.collect.guard import Guard, Resolve, is_public, resolve
from marsad.collect.target import target
from marsad.errors import Later, Refused
from marsad.outcome import Outcome
from tests.collect.server import Server, fetcher, reply, run

NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1
239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1 fc00::1 fd12::1 fe80::1
fe80::1%eth0 fec0::1 ff02::1 5f00::1
""".split()
PUBLIC = """
1.1.1.1 8.8.8.8 41.77.112.1 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 196.200.0.1 223.255.255.255
2001:4860:4860::8888 2a00:1450::1 2606:4700::1111 64:ff9b::808:808
""".split()


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not Guard().admits(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_admitted(address: str) -> None:
    assert Guard().admits(ip_address(address))


def test_a_setting_opens_private_networks_but_not_where_clouds_keep_their_secrets() -> None:
    opened = Guard(allow_private=True)
    for address in ("127.0.0.1", "10.1.1.1", "192.168.0.4", "::1", "fd00::1", "::ffff:127.0.0.1"):
        assert opened.admits(ip_address(address))
    for address in ("169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "::ffff:169.254.169.254"):
        assert not opened.admits(ip_address(address))


def test_a_setting_opens_the_one_network_that_it_names() -> None:
    opened = Guard(allow_private=(ip_network("10.7.0.0/16"), ip_network("fe80::/10")))
    assert opened.admits(ip_address("10.7.1.1"))
    assert opened.admits(ip_address("fe80::1"))
    assert not opened.admits(ip_address("10.8.1.1"))
    assert not opened.admits(ip_address("127.0.0.1"))


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/passwd", "ftp://nakhla.example/", "gopher://nakhla.example/", "javascript:alert(1)"),
        *("data:text/html,x", "mailto:a@nakhla.example", "nakhla.example", "//nakhla.example/", "/x", ""),
        *(
            "http://",
            "http:///x",
            "http:nakhla.example",
            "http://user@nakhla.example/",
            "http://u:p@h.example/",
        ),
        *("http://nakhla.example:0/", "http://nakhla.example:99999/", "http://nakhla.example:x/"),
        *("http://[::1", "http://[::zz]/", "http://a b.example/", "http://a\\@b.example/", "http://a%2eb/"),
        "http://" + "a" * 300 + ".example/",
        "http://nakhla.example/" + "a" * 5000,
    ],
)
def test_what_is_no_web_address_is_refused_with_a_reason(address: str) -> None:
    with pytest.raises(Refused) as refused:
        target(address)
    assert refused.value.cause or refused.value.thing
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://１２７.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://10.0.0.1./",
    ],
)
def test_a_private_address_in_numbers_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(Refused, match="not a public address") as refused:
        Guard().check(target(address))
    assert refused.value.outcome is Outcome.DISALLOWED


def test_only_the_ports_of_web_servers_are_open() -> None:
    Guard().check(target("https://nakhla.example/"))
    Guard().check(target("https://nakhla.example:8443/"))
    for port in (22, 25, 6379, 11211):
        with pytest.raises(Refused, match=f"port {port}"):
            Guard().check(target(f"http://nakhla.example:{port}/"))
    Guard(ports=None).check(target("http://nakhla.example:6379/"))


def answering(*addresses: str) -> tuple[list[str], Resolve]:
    """A name server that knows one answer, and the names that it was asked for."""
    asked: list[str] = []

    async def resolver(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return addresses

    return asked, resolver


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "10.0.0.1"])
def test_a_name_that_leads_to_a_private_address_is_refused(address: str) -> None:
    async def story() -> int:
        async with Server({"/": reply(b"secret")}) as server:
            _, resolver = answering(address)
            async with fetcher(guard=Guard(ports=None), resolver=resolver) as reader:
                with pytest.raises(Refused, match="not a public address") as refused:
                    await reader.fetch(f"http://nakhla.example:{server.port}/")
            assert refused.value.outcome is Outcome.DISALLOWED
            return len(server.asked)

    assert run(story()) == 0


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1", "0"])
def test_other_ways_to_write_loopback_are_refused(host: str) -> None:
    async def story() -> int:
        async with Server({"/": reply(b"secret")}) as server, fetcher(guard=Guard(ports=None)) as reader:
            with pytest.raises((Refused, Later)):
                await reader.fetch(f"http://{host}:{server.port}/")
            return server.most

    assert run(story()) == 0


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """The name is resolved once for a connection, so that a second answer cannot replace the first."""

    async def story() -> tuple[list[str], str]:
        asked, resolver = answering("127.0.0.1")
        async with Server({"/": reply(b"x")}) as server, fetcher(resolver=resolver) as reader:
            await reader.fetch(f"http://nakhla.example:{server.port}/")
            return asked, server.asked[0].headers["host"].partition(":")[0]

    asked, host = run(story())
    assert asked == ["nakhla.example"]
    assert host == "nakhla.example"


def test_among_the_addresses_of_a_name_only_the_admitted_are_tried() -> None:
    async def story() -> int:
        named = Guard(allow_private=(ip_network("127.0.0.2/32"),), ports=None)
        _, resolver = answering("127.0.0.1", "127.0.0.2")
        async with Server({"/": reply(b"secret")}) as server:
            async with fetcher(guard=named, resolver=resolver) as reader:
                with pytest.raises(Later):
                    await reader.fetch(f"http://nakhla.example:{server.port}/")
            return server.most

    assert run(story()) == 0


def test_a_name_whose_first_address_is_dead_is_reached_by_the_next() -> None:
    async def story() -> bytes:
        _, resolver = answering("127.0.0.3", "127.0.0.1")
        async with Server({"/": reply(b"x")}) as server, fetcher(resolver=resolver) as reader:
            found = await reader.fetch(f"http://nakhla.example:{server.port}/")
            assert isinstance(found, Fetched)
            return found.page.body

    assert run(story()) == b"x"


def test_a_name_that_nobody_knows_is_looked_at_again() -> None:
    async def nobody(host: str, port: int) -> Sequence[str]:
        raise OSError("Name or service not known")

    async def nothing(host: str, port: int) -> Sequence[str]:
        return ()

    async def story() -> None:
        for resolver in (nobody, nothing):
            async with fetcher(resolver=resolver) as reader:
                with pytest.raises(Later, match="cannot be reached"):
                    await reader.fetch("http://nakhla.example/")

    run(story())


def test_the_system_resolver_knows_this_machine() -> None:
    assert "127.0.0.1" in run(resolve("localhost", 80)) or "::1" in run(resolve("localhost", 80))
