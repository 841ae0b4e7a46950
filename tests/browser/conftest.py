"""A small site on a free port, and a browser before it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from marsad.app import Marsad
from marsad.demo.pictures import drawn
from marsad.demo.texts import all_texts
from marsad.model import Block, BlockKind, Image, Precision, Published, Source
from marsad.oversight import Role
from marsad.pipeline.keeping import Arrival
from marsad.store import users
from marsad.web.site import site
from tests.browser.page_kinds import OPERATOR, PASSWORD
from tests.press.world import archive
from tests.samples import NOW, SOURCE, article

CHROMIUM = shutil.which("chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"))


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site over a few texts of the sample press."""
    with filled(tmp_path_factory.mktemp("archive")) as found:
        yield found


@contextmanager
def filled(folder: Path) -> Iterator[str]:
    """The address of such a site, which nobody has asked for anything."""
    with archive(folder) as marsad:
        _fill(marsad)
        with served(marsad) as found:
            yield found


@contextmanager
def served(marsad: Marsad) -> Iterator[str]:
    """The address of its site, as long as the context lasts."""
    config = uvicorn.Config(site(marsad), port=0, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    socket = config.bind_socket()
    thread = threading.Thread(target=server.run, args=([socket],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="package")
def newspaper() -> Iterator[str]:
    """Serves one photograph at whichever address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path.endswith(".jpg") else 404)
            self.send_header("content-type", "image/jpeg")
            self.end_headers()
            self.wfile.write(drawn("flood", 1) if self.path.endswith(".jpg") else b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's chromium, which asks nothing of anybody by itself."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield opened
        opened.close()


@pytest.fixture(params=["ar", "fr", "en"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A reader without scripts, on a phone, whose language is one of the three."""
    context = browser.new_context(
        locale=request.param, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    yield context.new_page()
    context.close()


def _fill(marsad: Marsad) -> None:
    """Sixty texts in three languages; the first is copied, and comes in a second state."""
    copier = Source("vent", "Le Vent", "https://vent.example/", languages=("fr",), country="TN")
    marsad.add_sources([SOURCE, copier])
    with marsad.store.writing() as connection:
        users.add(connection, OPERATOR, PASSWORD, Role.OPERATOR, NOW)
    for number, text in enumerate(all_texts()[:60]):
        blocks = tuple(Block(BlockKind.PARAGRAPH, paragraph) for paragraph in text.paragraphs)
        told = article(
            address=f"https://nakhla.example/{number}",
            title=text.title,
            lead=text.lead,
            blocks=blocks,
            language=text.language,
        )
        marsad.keeper.keep([Arrival(told)])
        if number == 0:
            _retell(marsad, blocks, text.title)
    _go_on(marsad)
    marsad.indexer.catch_up()


def _retell(marsad: Marsad, blocks: tuple[Block, ...], title: str) -> None:
    copy = article(address="https://vent.example/0", source="vent", title=title, blocks=blocks)
    later = article(
        address="https://nakhla.example/0", title=title, blocks=(*blocks, blocks[0]), collected=NOW
    )
    marsad.keeper.keep([Arrival(copy)])
    marsad.keeper.keep([Arrival(later)])


def _go_on(marsad: Marsad) -> None:
    """The first story goes on for a day, with an image, figures and a name."""
    first = all_texts()[0]
    beginning = tuple(Block(BlockKind.PARAGRAPH, paragraph) for paragraph in first.paragraphs)
    for hours in (3, 20):
        address = f"https://nakhla.example/later/{hours}"
        news = Block(
            BlockKind.PARAGRAPH, f"وأحصت السلطات {hours + 20} أسرة، وقال شمشون بلخياطي إن الطريق فتحت."
        )
        told = article(
            address=address,
            title=first.title,
            blocks=(news, *beginning[1:], news),
            language=first.language,
            published=Published(NOW + timedelta(hours=hours), Precision.MINUTE, "json-ld"),
            images=(Image(f"{address}.jpg", f"الطريق بعد {hours} ساعة"),),
        )
        marsad.keeper.keep([Arrival(told)])
