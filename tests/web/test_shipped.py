"""What comes with the site, and how little it is."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marsad.web.shipped import STATIC, shipped
from marsad.web.site import site
from tests.press.world import archive

STYLE = (STATIC / "marsad.css").read_text(encoding="utf-8")
#: Left, right, top and bottom have no place in a site that is read from both sides.
PHYSICAL = r"\b(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|[{;]\s*(?:left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|float|text-align:\s*(?:left|right))\s*:"


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[TestClient]:
    with archive(tmp_path) as marsad:
        yield TestClient(site(marsad))


def test_the_style_knows_no_left_and_no_right() -> None:
    for style in STATIC.glob("*.css"):
        assert re.findall(PHYSICAL, style.read_text(encoding="utf-8")) == [], style.name


def test_the_script_is_small() -> None:
    assert (STATIC / "marsad.js").stat().st_size <= 15_000


def test_the_icon_is_found_where_browsers_look_for_one(reader: TestClient) -> None:
    found = reader.get("/favicon.ico")
    assert (found.status_code, found.headers["content-type"]) == (200, "image/svg+xml")


def test_each_font_has_its_licence_and_is_asked_for_by_one_name(reader: TestClient) -> None:
    fonts = {f"/static/{name}" for name in re.findall(r'url\("([^"]+)"\)', STYLE)}
    assert fonts == {f"/static/fonts/{file.name}" for file in STATIC.glob("fonts/*.woff2")}
    assert set(re.findall(r'rel="preload" href="([^"]+)"', reader.get("/").text)) == fonts
    assert "SIL Open Font License" in (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8")


def test_what_never_changes_is_kept_for_a_year(reader: TestClient) -> None:
    for path in (shipped("marsad.css"), shipped("marsad.js"), "/static/fonts/naskh.woff2"):
        assert "immutable" in reader.get(path).headers["cache-control"]
    assert reader.get("/static/marsad.css").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/api/v1/sources"])
@pytest.mark.parametrize("known", ["{}", "W/{}", '"another", {}', '"another",W/{}', "*"])
def test_a_browser_that_has_the_answer_is_sent_nothing(reader: TestClient, path: str, known: str) -> None:
    tag = reader.get(path).headers["etag"]
    again = reader.get(path, headers={"if-none-match": known.format(tag)})
    assert (again.status_code, again.content) == (304, b"")
    assert reader.get(path, headers={"if-none-match": f'"x{tag[1:]}, "another"'}).status_code == 200


def test_a_page_is_the_same_packed_and_plain(reader: TestClient) -> None:
    packed = reader.get("/", headers={"accept-encoding": "gzip"})
    plain = reader.get("/", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text


def test_the_page_around_the_news_is_light(reader: TestClient) -> None:
    """What every page costs: the frame, the style and the script, compressed."""
    parts = [reader.get("/").content, STYLE.encode(), (STATIC / "marsad.js").read_bytes()]
    assert sum(len(gzip.compress(part)) for part in parts) < 14_000


def colours(block: str) -> dict[str, tuple[float, ...]]:
    """The colours that a block of the style names, as red, green, blue."""
    named = re.findall(r"--([a-z]+): #([0-9a-f]{6});", block)
    return {name: tuple(int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)) for name, code in named}


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The contrast of two colours as WCAG 2 defines it, 1 to 21."""

    def luminance(colour: tuple[float, ...]) -> float:
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_of_words_can_be_read(scheme: int) -> None:
    shown = colours(STYLE.split(":root {")[scheme + 1].split("}")[0])
    grounds = [shown.pop("paper"), shown.pop("sheet")]
    for line in ("line", "rule"):
        del shown[line]
    assert len(shown) == 15
    for name, colour in shown.items():
        assert min(contrast(colour, ground) for ground in grounds) >= 4.5, name
