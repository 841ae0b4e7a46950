"""The site as one ASGI application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route

from marsad import addresses
from marsad.app import Marsad
from marsad.errors import Withheld
from marsad.views.folding import Remembered
from marsad.web import (
    archive_pages,
    citing,
    failing,
    images,
    machines,
    numbers,
    oembed,
    pages,
    place_pages,
    preview,
    reader_api,
    removal,
    reports,
    saved,
    search,
    trending,
)
from marsad.web.api.application import api
from marsad.web.api.page import api_page
from marsad.web.cache import Newest, PageCache
from marsad.web.crowd import Crowd
from marsad.web.desk.closed import Closed
from marsad.web.desk.routes import desk_routes
from marsad.web.prefix import LanguagePrefix
from marsad.web.rates import Rates
from marsad.web.shipped import Shipped, favicon
from marsad.web.syndication import pages as feeds
from marsad.web.syndication import sitemaps


def site(marsad: Marsad) -> Starlette:
    """All pages over `marsad`."""
    rates = Rates()
    interface = api(marsad, rates)
    numbers.register()
    application = Starlette(
        routes=[
            Route(addresses.FRONT, pages.front_page),
            Route(addresses.SEARCH, search.search_page),
            Route(addresses.SUGGEST, search.suggestions),
            Route(addresses.OPENSEARCH, search.description),
            Route(addresses.SOURCES, pages.sources_page),
            Route(addresses.ABOUT, pages.about_page),
            Route(addresses.STATISTICS, pages.statistics_page),
            Route(addresses.TRENDS, trending.trends_page),
            Route(addresses.HEALTH, machines.health),
            Route(addresses.METRICS, machines.metrics),
            *reader_api.routes(),
            Mount(addresses.READER_OF_FRESHRSS, routes=reader_api.routes()),
            Route(addresses.API_PAGE, api_page),
            Mount(addresses.API, app=interface),
            Route(addresses.ROBOTS, sitemaps.robots),
            Route(addresses.OPML, sitemaps.opml),
            Route(addresses.OEMBED, oembed.oembed),
            Route("/sitemap.xml", sitemaps.index),
            Route("/sitemap/news.xml", sitemaps.news),
            Route("/sitemap/places.xml", sitemaps.places),
            Route("/sitemap/{month}-{page:number}.xml", sitemaps.month),
            Route("/feed.{form}", feeds.front_feed),
            Route("/search/feed.{form}", feeds.search_feed),
            Route("/section/{section}/feed.{form}", feeds.section_feed),
            Route("/country/{code}/feed.{form}", feeds.country_feed),
            Route("/story/{number:number}/feed.{form}", feeds.story_feed),
            Route("/section/{section}", pages.section_page),
            Route("/country/{code}", pages.country_page),
            Route("/place/{slug}/feed.{form}", feeds.place_feed),
            Route(addresses.place(), place_pages.places_page),
            Route("/place/{slug}", place_pages.place_page),
            Route("/archive", archive_pages.archive_page),
            Route("/archive/{when}", archive_pages.archive_page),
            Route("/story/{number:number}", pages.story_page),
            Mount("/static", Shipped()),
            Route(addresses.FAVICON, favicon),
            Route("/image/{article:number}/{key}/{width:number}", images.image),
            Route("/report/{article:number}", reports.report_form),
            Route("/report/{article:number}", reports.take_report, methods=["POST"]),
            Route("/report/{article:number}/{image}", reports.report_form),
            Route("/report/{article:number}/{image}", reports.take_report, methods=["POST"]),
            Route("/{source}/feed.{form}", feeds.newspaper_feed),
            Route(addresses.TRANSPARENCY, removal.transparency_page),
            Route(addresses.REMOVAL, removal.removal_form),
            Route(addresses.REMOVAL, removal.take_request, methods=["POST"]),
            Route("/removal/{token}", removal.followed),
            *desk_routes(),
            *saved.routes(),
            Route("/{source}/archive", archive_pages.archive_page),
            Route("/{source}/archive/{when}", archive_pages.archive_page),
            Route("/{source}/{number:number}.png", preview.preview),
            Route("/{source}/{number:number}.{form}", citing.citation),
            Route("/{source}/{number:number}", pages.article_page),
            Route("/{source}", pages.newspaper_page),
        ],
        middleware=[
            Middleware(GZipMiddleware, minimum_size=600, compresslevel=5),
            Middleware(LanguagePrefix),
            *([Middleware(Closed)] if marsad.settings.site.sign_in else []),
        ],
        exception_handlers={
            HTTPException: failing.error_page,
            Withheld: removal.tombstone,
            Exception: failing.error_page,
        },
    )
    application.state.marsad = marsad
    application.state.rates = rates
    application.state.api = interface
    application.state.cache = PageCache()
    application.state.searching = Crowd()
    application.state.found = Remembered()
    application.state.tickers = Newest()
    return application
