"""Redirects that lead nowhere, in circles, or where a reader of newspapers has no business."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from marsad.demo.hostile.answer import Asked, Handler, answer, whole


def _to(make: Callable[[Asked], str], words: str) -> Handler:
    def redirect(asked: Asked) -> bytes:
        return answer("moved", "text/plain", "302 Found", Location=make(asked))

    redirect.__doc__ = words
    return whole(redirect)


def _fixed(address: str) -> Handler:
    return _to(lambda _: address, f"To {address[:60]}")


def nowhere(_: Asked) -> bytes:
    """A redirect that does not say where to."""
    return answer("moved", "text/plain", "302 Found")


def _next(asked: Asked) -> str:
    step = int(asked.query) if asked.query.isascii() and asked.query.isdigit() else 0
    return f"{asked.base}/redirect/endless?{step + 1}"


REDIRECTS: Mapping[str, Handler] = {
    "/redirect/loop": _to(lambda asked: f"{asked.base}/redirect/loop-back", "To a page that leads back"),
    "/redirect/loop-back": _to(lambda asked: f"{asked.base}/redirect/loop", "And back again"),
    "/redirect/itself": _to(lambda asked: f"{asked.base}/redirect/itself", "To itself"),
    "/redirect/endless": _to(_next, "To an address that is new each time"),
    "/redirect/relative": _to(lambda _: "../page/plain", "To a harmless page, by a relative address"),
    "/redirect/canary": _to(lambda asked: f"{asked.base}/canary", "To a page that notes who came"),
    "/redirect/loopback": _fixed("http://127.0.0.1:9/"),
    "/redirect/loopback-name": _fixed("http://localhost:9/"),
    "/redirect/private": _fixed("http://10.0.0.1/"),
    "/redirect/private-192": _fixed("http://192.168.1.1/admin"),
    "/redirect/link-local": _fixed("http://169.254.169.254/latest/meta-data/"),
    "/redirect/decimal": _fixed("http://167772161/"),
    "/redirect/octal": _fixed("http://0177.0.0.1/"),
    "/redirect/unspecified": _fixed("http://0.0.0.0:9/"),
    "/redirect/ipv6-loopback": _fixed("http://[::1]:9/"),
    "/redirect/ipv6-mapped": _fixed("http://[::ffff:10.0.0.1]/"),
    "/redirect/ipv6-local": _fixed("http://[fd00::1]/"),
    "/redirect/user": _fixed("http://nasim.example@10.0.0.1/"),
    "/redirect/file": _fixed("file:///etc/hostname"),
    "/redirect/ftp": _fixed("ftp://10.0.0.1/file"),
    "/redirect/gopher": _fixed("gopher://10.0.0.1:70/_x"),
    "/redirect/javascript": _fixed("javascript:alert(1)"),
    "/redirect/data": _fixed("data:text/html,<p>a</p>"),
    "/redirect/garbage": _fixed("http://[::1"),
    "/redirect/bad-port": _fixed("http://nasim.example:99999999/"),
    "/redirect/long": _fixed("http://nasim.example/" + "a" * 50_000),
    "/redirect/nowhere": whole(nowhere),
}
