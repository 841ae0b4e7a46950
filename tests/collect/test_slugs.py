"""The short names of sources."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.addresses import RESERVED
from marsad.collect.slugs import is_slug, slug_for


@pytest.mark.parametrize(
    ("name", "home", "slug"),
    [
        ("النخلة", "https://www.nakhla.example/ar/", "nakhla"),
        ("La Palme", "https://fr.nakhla.example", "fr-nakhla"),
        ("وكالة", "http://www.waha.info.example", "waha"),
        ("وكالة", "https://al-waha24.example:8080/", "al-waha24"),
        ("Le Phare Été", "http://127.0.0.1:8080/", "le-phare-ete"),
        ("النخلة", "http://[::1]/", "newspaper"),
        ("النخلة", "http://نخلة.example/", "newspaper"),
        ("La Palme", "http://نخلة.example/", "la-palme"),
        ("", "", "newspaper"),
        ("x", "https://press.example/", "press"),
        ("x", "https://search.example/", "search-2"),
        ("x", "https://" + "a" * 60 + ".example/", "a" * 40),
    ],
)
def test_a_slug_is_made_of_the_host_or_of_the_name(name: str, home: str, slug: str) -> None:
    assert slug_for(name, home) == slug


def test_a_slug_that_is_taken_gets_a_number() -> None:
    assert slug_for("x", "https://nakhla.example/", {"nakhla", "nakhla-2"}) == "nakhla-3"


@pytest.mark.parametrize(
    "text", ["", "-a", "a-", "A", "نخلة", "a b", "a/b", "a" * 41, "api", "story", ".well-known"]
)
def test_what_is_no_slug(text: str) -> None:
    assert not is_slug(text)


@given(st.text(max_size=80), st.text(max_size=80), st.sets(st.sampled_from(["newspaper", "a", "a-2"])))
def test_any_name_gets_a_slug_that_can_begin_an_address(name: str, host: str, taken: set[str]) -> None:
    for home in (host, f"http://{host}", f"http://{host}.example"):
        slug = slug_for(name, home, taken)
        assert is_slug(slug)
        assert slug not in taken | RESERVED
