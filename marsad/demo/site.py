"""What one site of the sample press answers: pages, pictures, feeds and robots.txt."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marsad.demo.addressing import Site, route_of
from marsad.demo.feedpaper import iso, json_feed, rfc822
from marsad.demo.newspapers import FeedPath, Newspaper
from marsad.demo.pictures import drawn
from marsad.demo.press import LISTED, Press, PressArticle
from marsad.demo.validators import conditional
from marsad.model import Section

TEMPLATES = Path(__file__).with_name("templates")

SAMPLE = {
    "ar": "موقع نموذجي لتجربة مرصد: كل الأخبار والأسماء هنا من نسج الخيال.",
    "fr": "Site d'exemple pour essayer Marsad : toutes les nouvelles et tous les noms sont inventés.",
    "en": "Sample site for trying Marsad: every story and every name on it is invented.",
}
NOTICES = {
    "about": {"ar": "من نحن", "fr": "Qui sommes-nous", "en": "About us"},
    "missing": {"ar": "الصفحة غير موجودة", "fr": "Page introuvable", "en": "Page not found"},
    "gone": {"ar": "سُحب هذا المقال", "fr": "Cet article a été retiré", "en": "This article was withdrawn"},
}
#: Each so many answers a broken feed is cut in the middle.
BROKEN_EVERY = 4
#: How many further articles stand beside an article.
RELATED = 4


class Newsroom:
    """The answers of one newspaper: each public method is the handler of a kind of page."""

    def __init__(self, site: Site, press: Press) -> None:
        self.site = site
        self.press = press
        self.paper: Newspaper = site.paper
        self._feed_answers = 0
        loader = FileSystemLoader(TEMPLATES / self.paper.slug)
        self._templates = Environment(
            loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
        )
        self._templates.filters.update(iso=iso, rfc822=rfc822)
        self._templates.globals.update(paper=self.paper, site=site, sample=SAMPLE, sections=Section)

    async def home(self, request: Request) -> Response:
        """The newest articles; of one language where the path names it."""
        language = request.path_params.get("language")
        if language not in (None, *self.paper.languages):
            return self._notice("missing", 404)
        articles = self.press.newest(self.paper.slug, self.press.now(), language=language)
        return self._page("list.html", language, articles=articles, section=None)

    async def section(self, request: Request) -> Response:
        """The newest articles of one section."""
        values = {**request.query_params, **request.path_params}
        language = self._edition(values)
        name = str(values.get("section", values.get("nom", "")))
        if name not in self.paper.rubrics[language]:
            return self._notice("missing", 404)
        articles = self.press.newest(
            self.paper.slug, self.press.now(), language=values.get("language"), section=Section(name)
        )
        return self._page("list.html", language, articles=articles, section=name)

    async def article(self, request: Request) -> Response:
        """One article; 410 once it was removed, 404 where there is none (yet)."""
        number = _number(request)
        now = self.press.now()
        if self.press.removed(self.paper.slug, number, now):
            return self._notice("gone", 410)
        article = self.press.find(self.paper.slug, number, now)
        if article is None:
            return self._notice("missing", 404)
        language = self.paper.edition(article.text.language)
        beside = (a for a in self.press.newest(self.paper.slug, now) if a.number != number)
        related = [a for a in beside if self.paper.edition(a.text.language) == language][:RELATED]
        return self._page("article.html", language, article=article, related=related)

    async def picture(self, request: Request) -> Response:
        """The picture of one article, drawn when it is first asked for."""
        article = self.press.find(self.paper.slug, _number(request), self.press.now())
        if article is None or not article.text.image:
            return self._notice("missing", 404)
        kind = self.paper.picture.rpartition(".")[2]
        data = await run_in_threadpool(drawn, article.text.image, article.number, kind)
        return Response(data, media_type=f"image/{kind.replace('jpg', 'jpeg')}")

    async def about(self, _: Request) -> Response:
        """A few words on the newspaper."""
        return self._notice("about", 200)

    async def missing(self, _: Request, __: Exception) -> Response:
        """The page for all that is not there."""
        return self._notice("missing", 404)

    async def style(self, _: Request) -> Response:
        """The style sheet."""
        return Response(self._rendered("style.css", language=""), media_type="text/css")

    async def robots(self, _: Request) -> Response:
        """Its robots.txt."""
        return Response(self._rendered("robots.txt", language=""), media_type="text/plain")

    async def feed(self, request: Request, feed: FeedPath) -> Response:
        """A feed or sitemap, in the manner of this newspaper."""
        part = request.path_params.get("part", 1)
        now = self.press.now()
        articles = self.press.newest(self.paper.slug, now, LISTED, language=feed.language)
        body = self._feed_body(feed, articles, part)
        self._feed_answers += 1
        if self.paper.manner == "broken" and self._feed_answers % BROKEN_EVERY == 0:
            body = body[: len(body) // 2]
        response = Response(gzip.compress(body, mtime=0) if feed.gzip else body)
        response.headers["content-type"] = feed.media
        if self.paper.manner == "conditional":
            newest = max((article.modified for article in articles), default=self.press.epoch)
            return conditional(request, response, newest)
        return response

    def _feed_body(self, feed: FeedPath, articles: Iterable[PressArticle], part: int) -> bytes:
        if not feed.template:
            return json_feed(self.site, feed, articles)
        language = feed.language or self.paper.languages[0]
        text = self._rendered(feed.template, language=language, articles=articles, feed=feed, part=part)
        return self._encoded(text)

    def _rendered(self, template: str, *, language: str, **values: Any) -> str:
        written = partial(self.paper.written, language=language)
        return self._templates.get_template(template).render(language=language, written=written, **values)

    def _encoded(self, text: str) -> bytes:
        return text.encode(self.paper.encoding, errors="xmlcharrefreplace")

    def _page(self, template: str, language: str | None, *, status: int = 200, **values: Any) -> Response:
        text = self._rendered(template, language=language or self.paper.languages[0], **values)
        response = Response(self._encoded(text), status)
        # An old server names no charset; the page has to.
        plain = self.paper.encoding != "utf-8"
        response.headers["content-type"] = "text/html" if plain else "text/html; charset=utf-8"
        return response

    def _notice(self, name: str, status: int) -> Response:
        return self._page("notice.html", None, status=status, notices=NOTICES[name])

    def _edition(self, values: dict[str, Any]) -> str:
        return self.paper.edition(values.get("language", ""))


def _number(request: Request) -> int:
    """The number of the article that is asked for, -1 where it is none."""
    values = {**request.query_params, **request.path_params}
    number = str(values.get("number", values.get("id", values.get("p", ""))))
    return int(number) if number.isascii() and number.isdigit() and len(number) < 12 else -1


def newspaper_app(site: Site, press: Press) -> Starlette:
    """The whole site of one newspaper."""
    room = Newsroom(site, press)
    paper = site.paper
    routes = [
        Route("/", room.home),
        Route("/about", room.about),
        Route("/style.css", room.style),
        Route("/robots.txt", room.robots),
        *(Route(route_of(feed.path), partial(_feed, room, feed)) for feed in paper.feeds),
        Route(route_of(paper.picture), room.picture),
        *(Route(route_of(pattern), room.article) for pattern in (paper.article, *paper.aliases)),
        Route(route_of(paper.section), room.section),
    ]
    if "{language}" in paper.section:
        routes.append(Route("/{language}/", room.home))
    app = Starlette(routes=routes, exception_handlers={404: room.missing})
    app.router.redirect_slashes = False
    return app


async def _feed(room: Newsroom, feed: FeedPath, request: Request) -> Response:
    return await room.feed(request, feed)
