"""Images of articles, through us."""

from __future__ import annotations

import io
import re
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image as Pillow
from starlette.testclient import TestClient

from marsad import addresses
from marsad.app import Marsad
from marsad.model import Block, BlockKind, Image, Standing
from marsad.pipeline.keeping import Arrival
from marsad.settings import load
from marsad.store import articles, images
from marsad.web.images import RATE
from marsad.web.rates import Rates
from marsad.web.site import site
from tests.press.world import archive
from tests.samples import NOW, SOURCE, article


def photograph() -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (1000, 500), "navy").save(out, "JPEG")
    return out.getvalue()


class Newspaper:
    """Serves images and remembers who asked for them."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []
        newspaper = self
        answers = {"/a.jpg": photograph(), "/b.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                newspaper.asked[self.path] += 1
                newspaper.headers.append(dict(self.headers))
                body = answers.get(self.path)
                self.send_response(200 if body else 404)
                self.send_header("content-type", "image/svg+xml" if "svg" in self.path else "image/jpeg")
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def newspaper() -> Iterator[Newspaper]:
    running = Newspaper()
    thread = threading.Thread(target=running.server.serve_forever)
    thread.start()
    yield running
    running.server.shutdown()
    running.server.server_close()
    thread.join()


@pytest.fixture
def marsad(tmp_path: Path, newspaper: Newspaper) -> Iterator[Marsad]:
    with archive(tmp_path) as opened:
        opened.add_sources([SOURCE])
        pictures = [Image(newspaper.base + path, "تعليق", "") for path in ("/a.jpg", "/b.svg", "/lost.jpg")]
        whole = article(images=tuple(pictures[:1]))
        blocks = (*whole.blocks, *(Block(BlockKind.IMAGE, image=image) for image in pictures[1:]))
        opened.keeper.keep([Arrival(article(images=tuple(pictures[:1]), blocks=blocks))])
        yield opened


@pytest.fixture
def reader(marsad: Marsad) -> Iterator[TestClient]:
    with TestClient(site(marsad), headers={"accept-language": "ar"}) as client:
        yield client


def test_an_image_comes_through_us_at_reading_size(reader: TestClient, newspaper: Newspaper) -> None:
    path = addresses.image(1, newspaper.base + "/a.jpg", 320)
    assert f"{path} 320w" in reader.get("/nakhla/1").text
    answer = reader.get(path, headers={"user-agent": "a reader", "x-forwarded-for": "203.0.113.9"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert Pillow.open(io.BytesIO(answer.content)).size == (320, 160)
    assert answer.headers["cache-control"] == "public, max-age=300, must-revalidate"
    assert all(
        "reader" not in str(headers) and "203.0.113" not in str(headers) for headers in newspaper.headers
    )
    assert reader.get(path, headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    assert reader.get(addresses.image(1, newspaper.base + "/a.jpg", 800)).status_code == 200
    assert newspaper.asked["/a.jpg"] == 1


def test_many_readers_cost_the_newspaper_one_fetch(reader: TestClient, newspaper: Newspaper) -> None:
    path = addresses.image(1, newspaper.base + "/a.jpg", 320)
    threads = [threading.Thread(target=reader.get, args=(path,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert newspaper.asked["/a.jpg"] == 1


@pytest.mark.parametrize("path", ["/b.svg", "/lost.jpg"])
def test_an_image_that_cannot_be_shown_leaves_no_hole(
    marsad: Marsad, reader: TestClient, newspaper: Newspaper, path: str
) -> None:
    address = addresses.image(1, newspaper.base + path)
    assert address in reader.get("/nakhla/1").text
    assert reader.get(address).status_code == 404
    assert reader.get(address).status_code == 404
    assert newspaper.asked[path] == 1, "it is not asked for again and again"
    reader.app.state.cache = type(reader.app.state.cache)()  # type: ignore[attr-defined]  # an hour later
    assert address not in reader.get("/nakhla/1").text


def test_only_images_of_kept_articles_can_be_asked_for(reader: TestClient, newspaper: Newspaper) -> None:
    known = newspaper.base + "/a.jpg"
    for path in (
        addresses.image(1, newspaper.base + "/secret.jpg"),
        addresses.image(2, known),
        addresses.image(1, known, 321),
        "/image/1/http:%2F%2Fexample.org/320",
    ):
        assert reader.get(path).status_code == 404
    assert newspaper.asked["/secret.jpg"] == 0


def test_hidden_images_and_images_of_removed_articles_are_not_served(
    marsad: Marsad, reader: TestClient, newspaper: Newspaper
) -> None:
    address = newspaper.base + "/a.jpg"
    assert reader.get(addresses.image(1, address)).status_code == 200
    with marsad.store.writing() as connection:
        images.set_standing(connection, addresses.image_key(address), Standing.HIDDEN, NOW)
    assert reader.get(addresses.image(1, address)).status_code == 404
    with marsad.store.writing() as connection:
        images.set_standing(connection, addresses.image_key(address), Standing.BLURRED, NOW)
    assert reader.get(addresses.image(1, address)).status_code == 200
    with marsad.store.writing() as connection:
        articles.set_standing(connection, 1, Standing.REMOVED)
    assert reader.get(addresses.image(1, address)).status_code == 410


def test_a_measured_image_has_its_size_in_the_page(reader: TestClient, newspaper: Newspaper) -> None:
    reader.get(addresses.image(1, newspaper.base + "/a.jpg"))
    assert re.search(
        r'width="800" height="400"', reader.get("/nakhla/1", headers={"accept-language": "en"}).text
    )


def test_who_asks_too_often_waits(reader: TestClient, newspaper: Newspaper) -> None:
    reader.app.state.rates = Rates(clock=lambda: 0.0)  # type: ignore[attr-defined]  # it is our site
    path = addresses.image(1, newspaper.base + "/lost.jpg")
    answers = Counter(reader.get(path).status_code for _ in range(RATE + 5))
    assert answers == {404: RATE, 429: 5}


def test_private_addresses_are_not_visited(tmp_path: Path, newspaper: Newspaper) -> None:
    with Marsad(load(data=tmp_path / "closed", log={"level": "error"})) as closed:
        closed.add_sources([SOURCE])
        closed.keeper.keep([Arrival(article(images=(Image(newspaper.base + "/a.jpg"),)))])
        with TestClient(site(closed)) as reader:
            assert reader.get(addresses.image(1, newspaper.base + "/a.jpg")).status_code == 404
    assert newspaper.asked == Counter()
