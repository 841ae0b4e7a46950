"""When readers' reports hide an image: pure, and told nothing of who they are.

The digests in a report are keyed, bound to the one thing reported, and forgotten when their key is.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from marsad.oversight import Reason, Report, Thing

#: Digests are as long as makes a chance meeting impossible, and no longer.
_BYTES = 16
#: A network of one household, school or office: what an address tells of a reader.
_PREFIX_4, _PREFIX_6 = 24, 48


@dataclass(frozen=True, slots=True)
class Rules:
    """What it takes."""

    #: People who give the same reason.
    threshold: int = 3
    #: Reports older than this no longer count.
    remembered: timedelta = timedelta(days=30)
    #: Reports from one network, each so soon after the one before, count as one person's.
    burst: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Cleared:
    """That a moderator looked at it and let it be seen."""

    #: Number of the newest report that there was.
    last: int
    #: The reasons that had been given by then: they were judged, and count no more.
    reasons: frozenset[Reason]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reports, as far as the request tells; it is made into digests at once and never kept."""

    address: str
    browser: str
    #: What the cookie of an earlier report says, "" for none.
    cookie: str = ""


def report(thing: Thing, reason: Reason, reader: Reader, key: bytes, now: datetime, note: str = "") -> Report:
    """The report of `reader`, under the key of now."""
    network = network_of(reader.address)
    named = thing.image or str(thing.article)

    def digest(kind: str, *parts: str) -> bytes:
        return hmac.digest(key, "\0".join((kind, named, *parts)).encode(), "sha256")[:_BYTES]

    return Report(
        thing=thing,
        reason=reason,
        at=now,
        voter=digest("voter", network, reader.browser),
        device=digest("device", reader.cookie) if reader.cookie else None,
        network=digest("network", network) if _is_public(reader.address) else None,
        note=note,
    )


def is_repeated(earlier: Iterable[Report], same_reader: Collection[Report]) -> bool:
    """Whether one of the `earlier` reports of the thing is by the reader of the others.

    `same_reader` is the new report under every key that an earlier one may have been made with.
    """
    voters = {each.voter for each in same_reader}
    devices = {each.device for each in same_reader} - {None}
    return any(each.voter in voters or (each.device and each.device in devices) for each in earlier)


def people(reports: Iterable[Report], now: datetime, rules: Rules) -> Mapping[Reason, int]:
    """How many people gave each reason: one vote each, and one for a burst from one network."""
    counts: dict[Reason, int] = {}
    known: set[bytes] = set()
    last_of: dict[bytes, datetime] = {}
    for each in sorted(reports, key=lambda report: (report.at, report.voter or b"", report.reason)):
        marks = {mark for mark in (each.voter, each.device) if mark}
        is_burst = each.network in last_of and each.at - last_of[each.network] < rules.burst
        if each.network is not None:
            last_of[each.network] = each.at
        if each.at <= now - rules.remembered or marks & known or not marks:
            known |= marks
            continue
        known |= marks
        if not is_burst:
            counts[each.reason] = counts.get(each.reason, 0) + 1
    return counts


def hides(reports: Collection[Report], cleared: Cleared | None, now: datetime, rules: Rules) -> Reason | None:
    """The reason that enough people gave to hide the thing; None where there are too few.

    What a moderator has cleared needs a reason that was not judged then, and twice as many people.
    """
    needed = rules.threshold
    if cleared is not None:
        needed *= 2
        reports = [
            each
            for each in reports
            if (each.number or 0) > cleared.last and each.reason not in cleared.reasons
        ]
    counts = people(reports, now, rules)
    enough = [reason for reason, count in counts.items() if count >= needed]
    return max(enough, key=lambda reason: (counts[reason], reason), default=None)


def network_of(address: str) -> str:
    """The network of an address, "" for what is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    return str(ip_network(f"{found}/{_PREFIX_4 if found.version == 4 else _PREFIX_6}", strict=False))


def _is_public(address: str) -> bool:
    """Whether the address tells a network at all: one behind a newsroom's own proxy does not."""
    try:
        return ip_address(address).is_global
    except ValueError:
        return False
