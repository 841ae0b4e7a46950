"""The sites of the sample press, as a visitor finds them."""

from __future__ import annotations

import gzip
import json
import re
import time
from calendar import timegm
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import combinations
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

import feedparser
import httpx
import pytest
from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from marsad.demo.newspapers import newspapers
from marsad.demo.press import Behaviour, Change, Press, Removal
from marsad.demo.running import Gold, RunningPress, Visit, gold, sources
from marsad.demo.server import Manners
from marsad.demo.texts import all_texts
from marsad.demo.threaded import running_press
from marsad.model import FeedKind, SourceKind

EPOCH = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
QUICK = Manners(slow_seconds=0)
SLUGS = list(newspapers())
SAMPLE_WORDS = {"ar": "نسج الخيال", "fr": "inventés", "en": "invented"}


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = EPOCH

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def running() -> Iterator[RunningPress]:
    with running_press(Press(EPOCH, lambda: EPOCH, behaviour=Behaviour()), manners=QUICK) as press:
        yield press


@pytest.fixture(scope="module")
def web() -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        yield client


@pytest.fixture(scope="module")
def truth(running: RunningPress) -> dict[str, Gold]:
    return gold(running)


def of(truth: dict[str, Gold], slug: str) -> list[Gold]:
    return [article for article in truth.values() if article.newspaper == slug]


def text_of(answer: httpx.Response) -> str:
    """What a browser would read, charset included."""
    declared = re.search(rb'charset="?([\w-]+)', answer.content[:2000])
    charset = answer.charset_encoding or (declared[1].decode() if declared else "utf-8")
    return answer.content.decode(charset)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def page(web: httpx.Client, address: str) -> HtmlElement:
    html = re.sub(r"^<\?xml.*?\?>", "", text_of(web.get(address)))
    return document_fromstring(html)


def cleaned(link: str, base: str) -> str:
    """`link` without what feeds add to follow their readers."""
    return urlunsplit((*urlsplit(urljoin(base, link))[:3], urlsplit(link).query.partition("utm_")[0], ""))


@pytest.mark.parametrize("slug", SLUGS)
def test_each_article_stands_at_its_address_in_full(
    running: RunningPress, web: httpx.Client, truth: dict[str, Gold], slug: str
) -> None:
    articles = of(truth, slug)
    assert len(articles) >= 10
    for article in articles:
        answer = web.get(article.address)
        shown = words(text_of(answer))
        assert answer.status_code == 200
        assert article.title in shown
        assert all(" ".join(paragraph.split()) in shown for paragraph in article.text.split("\n"))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_is_marked_as_a_sample_in_its_language(
    running: RunningPress, web: httpx.Client, truth: dict[str, Gold], slug: str
) -> None:
    base = running.site(slug).base_url
    sections = [base + path for path in _section_paths(slug)]
    for address in (f"{base}/", f"{base}/about", f"{base}/not-there", *sections):
        assert any(word in words(text_of(web.get(address))) for word in SAMPLE_WORDS.values()), address
    for article in of(truth, slug)[:5]:
        language = newspapers()[slug].edition(article.language)
        assert SAMPLE_WORDS[language] in words(text_of(web.get(article.address)))


def _section_paths(slug: str) -> list[str]:
    paper = newspapers()[slug]
    return [
        paper.section.format(section=name, language=language)
        for language, rubrics in paper.rubrics.items()
        for name in rubrics
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_link_and_picture_of_a_home_page_leads_somewhere(
    running: RunningPress, web: httpx.Client, slug: str
) -> None:
    home = f"{running.site(slug).base_url}/"
    links = {urljoin(home, link) for link in page(web, home).xpath("//@href | //@src")}
    wrong = [link for link in links if web.get(link.partition("#")[0]).status_code != 200]
    assert len(links) > 20
    assert wrong == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_section_page_lists_the_articles_of_its_section(
    running: RunningPress, web: httpx.Client, truth: dict[str, Gold], slug: str
) -> None:
    article = of(truth, slug)[0]
    paper = newspapers()[slug]
    path = paper.section.format(section=article.section, language=paper.edition(article.language))
    shown = words(text_of(web.get(running.site(slug).base_url + path)))
    assert article.title in shown
    others = [other for other in of(truth, slug) if other.section is not article.section]
    assert not any(other.title in shown for other in others)


def entries(web: httpx.Client, running: RunningPress, slug: str) -> list[tuple[str, str, datetime]]:
    """Title, address and moment of all that the feeds of `slug` announce, by feedparser."""
    found = []
    for feed in running.site(slug).feeds:
        parsed: Any = feedparser.parse(web.get(feed.address).content)
        assert not parsed.bozo, parsed.bozo_exception
        for entry in parsed.entries:
            parts = entry.get("published_parsed") or entry.updated_parsed
            moment = datetime.fromtimestamp(timegm(parts), UTC)
            link = cleaned(entry.link, running.site(slug).base_url)
            found.append((entry.title, link, moment))
    return found


XML_FEEDS = [slug for slug in SLUGS if slug not in ("jisr-wadi", "marsa-fajr")]


@pytest.mark.parametrize("slug", XML_FEEDS)
def test_a_feed_carries_what_stands_in_the_newspaper(
    running: RunningPress, web: httpx.Client, truth: dict[str, Gold], slug: str
) -> None:
    expected = {(a.title, a.address, a.published) for a in of(truth, slug)}
    assert set(entries(web, running, slug)) == expected


def test_the_json_feed_carries_the_same(
    running: RunningPress, web: httpx.Client, truth: dict[str, Gold]
) -> None:
    feed = json.loads(web.get(running.site("marsa-fajr").feeds[0].address).content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    items = {
        (item["title"], item["url"], datetime.fromisoformat(item["date_published"])) for item in feed["items"]
    }
    assert items == {(a.title, a.address, a.published) for a in of(truth, "marsa-fajr")}


def test_the_newspaper_without_a_feed_is_found_by_robots_txt_and_sitemaps(
    running: RunningPress, web: httpx.Client, truth: dict[str, Gold]
) -> None:
    site = running.site("jisr-wadi")
    robots = web.get(f"{site.base_url}/robots.txt").text
    assert f"Sitemap: {site.feeds[0].address}" in robots
    assert site.feeds[0].kind is FeedKind.SITEMAP
    titles, addresses = set(), set()
    for part in _locations(web, site.feeds[0].address):
        root = etree.fromstring(gzip.decompress(web.get(part).content))
        titles |= {node.text for node in root.iter("{*}title")}
        addresses |= {node.text for node in root.findall("{*}url/{*}loc")}
    assert titles == {a.title for a in of(truth, "jisr-wadi")}
    assert addresses == {a.address for a in of(truth, "jisr-wadi")}
    assert b"alternate" not in web.get(f"{site.base_url}/").content


def _locations(web: httpx.Client, address: str) -> list[str]:
    root = etree.fromstring(gzip.decompress(web.get(address).content))
    return [str(node.text) for node in root.iter("{*}loc")]


def test_the_old_site_is_in_windows_1256_throughout(
    running: RunningPress, web: httpx.Client, truth: dict[str, Gold]
) -> None:
    site = running.site("kuthban")
    article = of(truth, "kuthban")[0]
    for address in (f"{site.base_url}/", article.address, site.feeds[0].address):
        answer = web.get(address)
        assert "charset" not in answer.headers["content-type"]
        assert b"windows-1256" in answer.content[:300]
        assert article.title.encode("windows-1256", "xmlcharrefreplace") in answer.content
        with pytest.raises(UnicodeDecodeError):
            answer.content.decode("utf-8")


def test_one_article_has_several_addresses_in_one_newspaper(
    running: RunningPress, web: httpx.Client, truth: dict[str, Gold]
) -> None:
    article = of(truth, "jisr-wadi")[0]
    number = article.address.split("/")[-2]
    for path in (f"/index.php?p={number}", f"/amp/{number}"):
        other = page(web, running.site("jisr-wadi").base_url + path)
        assert other.xpath("//link[@rel='canonical']/@href") == [article.address]


def test_some_links_of_feeds_are_relative_and_some_follow_their_reader(
    running: RunningPress, web: httpx.Client
) -> None:
    assert b'href="/article/' in web.get(running.site("bab-zaytoun").feeds[0].address).content
    followed = web.get(running.site("nasim-arz").feeds[0].address).content.count(b"utm_source")
    assert 0 < followed < len(entries(web, running, "nasim-arz"))


DATES = {
    "nasim-arz": r"(الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد) \d+ نونبر 2026 - \d\d:\d\d",
    "bab-zaytoun": r"نُشر يوم \S+ \d+ نوفمبر 2026 على الساعة \d\d:\d\d",
    "kuthban": r"نشر يوم \d\d - 11 - 2026",
    "jisr-wadi": r"\d\d-11-2026 \| \d\d:\d\d",
    "marsa-fajr": r"[٠-٩]+ نوفمبر ٢٠٢٦ – [٠-٩]+:[٠-٩]+ [صم]",
    "vent-detroit": r"le \d+ novembre 2026 à \d+h\d\d",
    "hauts-plateaux": r"Publié le \w+ \d\d/11/2026 à \d\d:\d\d",
    "palm-gazette": r"November \d+, 2026, \d+:\d\d [ap]\.m\.",
    "nakhil": r"\d\d[/.]11[/.]2026 (- )?\d\d:\d\d",
}


@pytest.mark.parametrize("slug", SLUGS)
def test_each_newspaper_writes_dates_in_its_own_manner(
    web: httpx.Client, truth: dict[str, Gold], slug: str
) -> None:
    assert re.search(DATES[slug], words(text_of(web.get(of(truth, slug)[0].address))))


def skeleton(root: HtmlElement) -> set[str]:
    """Each element with its class or id and that of its parent: the shape of a page without its words."""

    def name(node: Any) -> str:
        return f"{node.tag}.{node.get('class') or node.get('id') or ''}"

    return {f"{name(node.getparent())} > {name(node)}" for node in root.xpath("//body//*")}


def test_no_two_sites_share_a_skeleton(web: httpx.Client, truth: dict[str, Gold]) -> None:
    shapes = {slug: skeleton(page(web, of(truth, slug)[0].address)) for slug in SLUGS}
    for one, other in combinations(SLUGS, 2):
        shared = len(shapes[one] & shapes[other]) / min(len(shapes[one]), len(shapes[other]))
        assert shared < 0.34, f"{one} and {other} share {shared:.0%}"


def test_pictures_are_real_and_of_their_kind(web: httpx.Client, truth: dict[str, Gold]) -> None:
    shown = [article for article in truth.values() if article.picture][:12]
    marks = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG"}
    for article in shown:
        answer = web.get(article.picture)
        assert answer.content.startswith(marks[answer.headers["content-type"]])
        assert unquote(urlsplit(article.picture).path) in text_of(web.get(article.address))


def test_what_has_not_appeared_is_not_there() -> None:
    clock = Clock()
    live = next(text for text in all_texts() if text.age_hours == -1 and text.newspaper != "marsa-fajr")
    with running_press(Press(EPOCH, clock), manners=QUICK) as running:
        address = gold(running, EPOCH + timedelta(minutes=10))[live.id].address
        assert httpx.get(address).status_code == 404
        clock.now += timedelta(seconds=15)
        assert live.title in words(text_of(httpx.get(address)))


def test_an_article_changes_and_another_goes_while_the_press_runs() -> None:
    clock = Clock()
    changed, removed = [
        text for text in all_texts() if text.newspaper == "bab-zaytoun" and text.age_hours > 0
    ][:2]
    behaviour = Behaviour(
        changed=(Change(changed.id, 60, "عنوان جديد تماما", 1, "فقرة جديدة تماما."),),
        removed=(Removal(removed.id, 90),),
    )
    with running_press(Press(EPOCH, clock, behaviour=behaviour), manners=QUICK) as running:
        feed = running.site("bab-zaytoun").feeds[0].address
        before = gold(running)
        clock.now += timedelta(seconds=100)
        shown = words(text_of(httpx.get(before[changed.id].address)))
        assert "عنوان جديد تماما" in shown
        assert "فقرة جديدة تماما." in shown
        assert changed.paragraphs[0] not in shown
        assert httpx.get(before[removed.id].address).status_code == 410
        announced = httpx.get(feed).text
        assert "عنوان جديد تماما" in announced
        assert (EPOCH + timedelta(seconds=60)).astimezone(
            newspapers()["bab-zaytoun"].clock
        ).isoformat() in announced
        assert urlsplit(before[removed.id].address).path not in announced
        assert removed.id not in gold(running)


def test_every_fourth_answer_of_the_broken_feed_is_cut() -> None:
    with running_press(Press(EPOCH, lambda: EPOCH), manners=QUICK) as running:
        feed = running.site("hauts-plateaux").feeds[0].address
        whole = [httpx.get(feed).content.rstrip().endswith(b"</rss>") for _ in range(8)]
    assert whole == [True, True, True, False] * 2


def test_a_feed_that_did_not_change_is_not_sent_again() -> None:
    clock = Clock()
    with running_press(Press(EPOCH, clock), manners=QUICK) as running, httpx.Client() as web:
        feed = running.site("palm-gazette").feeds[0].address
        first = web.get(feed)
        etag, modified = first.headers["etag"], first.headers["last-modified"]
        assert web.get(feed, headers={"If-None-Match": etag}).status_code == 304
        assert web.get(feed, headers={"If-Modified-Since": modified}).status_code == 304
        assert (
            web.get(feed, headers={"If-None-Match": '"other"', "If-Modified-Since": modified}).status_code
            == 200
        )
        clock.now += timedelta(minutes=10)
        later = web.get(feed, headers={"If-None-Match": etag, "If-Modified-Since": modified})
        assert later.status_code == 200
        assert later.headers["etag"] != etag


def test_the_slow_newspaper_takes_its_time_and_keeps_nobody_else_waiting() -> None:
    with (
        running_press(Press(EPOCH), manners=Manners(slow_seconds=0.4)) as running,
        ThreadPoolExecutor() as pool,
    ):
        slow = pool.submit(httpx.get, f"{running.site('marsa-fajr').base_url}/robots.txt")
        httpx.get(f"{running.site('nakhil').base_url}/robots.txt")
        slow.result()
    first, last = running.visits
    assert (first.slug, last.slug) == ("nakhil", "marsa-fajr")
    assert last.ended - last.began >= 0.4


def test_addresses_are_the_same_after_a_restart() -> None:
    addresses = []
    ports = None
    for _ in range(2):
        with running_press(Press(EPOCH, lambda: EPOCH), manners=QUICK, ports=ports) as running:
            ports = [urlsplit(site.base_url).port or 0 for site in running.sites]
            addresses.append({name: article.address for name, article in gold(running).items()})
    assert addresses[0] == addresses[1]


def test_sources_say_who_they_are(running: RunningPress) -> None:
    found = {source.slug: source for source in sources(running.sites)}
    assert list(found) == SLUGS
    assert found["nakhil"].kind is SourceKind.AGENCY
    assert found["nakhil"].languages == ("ar", "fr")
    assert found["kuthban"].timezone == "Africa/Nouakchott"
    assert found["kuthban"].home == f"{running.site('kuthban').base_url}/"
    assert len(found["nakhil"].feeds) == 2


def test_visits_are_noted(running: RunningPress, web: httpx.Client) -> None:
    web.get(f"{running.site('nakhil').base_url}/about?once=1", headers={"User-Agent": "a visitor"})
    patience = time.monotonic() + 5
    noted: list[Visit] = []
    while not noted and time.monotonic() < patience:  # it is noted once the answer is on its way
        noted = [visit for visit in list(running.visits) if visit.path == "/about?once=1"]
    (visit,) = noted
    assert (visit.slug, visit.status, visit.agent) == ("nakhil", 200, "a visitor")
    assert visit.began <= visit.ended
