"""Pages that mislead, overwhelm or attack those who read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from marsad.demo.hostile.answer import HTML, Asked, Handler, answer, whole

TITLE = "أمطار خفيفة على العرائش"
WORDS = (
    "هطلت صباح اليوم أمطار خفيفة على العرائش ولم تسجل أي أضرار في الأحياء ولا في الميناء.",
    "وتوقعت محطة الرصد أن يعود الصحو مساء، وأن تبلغ الحرارة غدا عشرين درجة.",
    "هذه صفحة نموذجية، وكل ما فيها من نسج الخيال.",
)


def page(title: str = TITLE, body: str = "", in_head: str = "", charset: str = "utf-8") -> str:
    """A plain article; `body` stands after its paragraphs, `in_head` in its head."""
    paragraphs = "".join(f"<p>{words}</p>\n" for words in WORDS)
    declared = f'<meta charset="{charset}">' if charset else ""
    return (
        f'<!doctype html>\n<html lang="ar" dir="rtl"><head>{declared}<title>{title}</title>{in_head}</head>\n'
        f"<body><article><h1>{title}</h1>\n{paragraphs}{body}</article></body></html>\n"
    )


def _page(words: str, make: Callable[[], str | bytes], kind: str = HTML) -> Handler:
    def made(_: Asked) -> bytes:
        return answer(make(), kind)

    made.__doc__ = words
    return whole(made)


def future(asked: Asked) -> bytes:
    """An article that says to be of ten years from now."""
    moment = (asked.now + timedelta(days=3653)).isoformat()
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": moment,
    }
    in_head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return answer(page(in_head=f'{in_head}<meta property="article:published_time" content="{moment}">'))


def canonical_elsewhere(_: Asked) -> bytes:
    """An article that says to stand at another newspaper."""
    return answer(page(in_head='<link rel="canonical" href="https://nasim.example/stolen">'))


def refresh(asked: Asked) -> bytes:
    """A page that sends its reader back to itself, each second."""
    return answer(page(in_head=f'<meta http-equiv="refresh" content="1;url={asked.base}{asked.path}">'))


def canary(_: Asked) -> bytes:
    """A page that nobody is asked to visit: who fetched it was led here."""
    return answer("canary", "text/plain")


def _attacks() -> str:
    return page(
        title='أمطار <script>alert("title")</script> على العرائش',
        body=(
            "<script>alert('body')</script><img src=x onerror=alert(1)>"
            "<a href='javascript:alert(1)'>اضغط هنا</a><iframe src='http://10.0.0.1/'></iframe>"
            "<svg onload=alert(1)><style>body{display:none}</style>"
            "<form action='http://10.0.0.1/'><input name=password></form>"
            "<p onclick=alert(1) style='position:fixed;top:0'>فقرة تراقب القارئ.</p>"
            '<p>&lt;script&gt;alert("escaped")&lt;/script&gt;</p>'
        ),
    )


def _deep_data() -> str:
    depth = 100_000
    return page(in_head=f'<script type="application/ld+json">{"[" * depth}{"]" * depth}</script>')


def _deep() -> str:
    return page(body="<div>" * 100_000 + "<p>في العمق</p>" + "</div>" * 100_000)


def _marks() -> str:
    return page(
        title="أمطار \u202eﺔﻔﻴﻔﺧ\u202c على\u200b العرائش\u2066\ufeff",
        body="<p>\u202e" + "م\u0651\u064e\u0650" * 2000 + "</p><p>" + "\u0301" * 20_000 + "</p>",
    )


_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40

PAGES: Mapping[str, Handler] = {
    "/page/plain": _page("Nothing wrong, for comparison", page),
    "/page/no-charset": _page(
        "windows-1256, and not a word of it", lambda: page(charset="").encode("windows-1256"), "text/html"
    ),
    "/page/meta-charset": _page(
        "windows-1256, said by the page alone",
        lambda: page(charset="windows-1256").encode("windows-1256"),
        "text/html",
    ),
    "/page/wrong-charset": _page("windows-1256 that is called UTF-8", lambda: page().encode("windows-1256")),
    "/page/unknown-charset": _page("A charset that does not exist", page, "text/html; charset=marsad-9"),
    "/page/two-charsets": _page("UTF-8 that the server calls Latin 1", page, "text/html; charset=iso-8859-1"),
    "/page/utf-16": _page("UTF-16", lambda: page(charset="").encode("utf-16"), "text/html"),
    "/page/utf-7": _page("UTF-7", lambda: page(charset="utf-7").encode("utf-7"), "text/html; charset=utf-7"),
    "/page/as-text": _page("HTML that is called plain text", page, "text/plain"),
    "/page/no-type": _page("No content type", page, ""),
    "/page/odd-type": _page("A content type that is none", page, "text/html/;;=;charset"),
    "/page/image": _page("An image that is called HTML", lambda: _PNG),
    "/page/pdf": _page("A PDF", lambda: b"%PDF-1.7\n" + bytes(2000), "application/pdf"),
    "/page/video": _page("A film", lambda: bytes(100_000), "video/mp4"),
    "/page/empty": _page("Nothing", lambda: ""),
    "/page/blank": _page("A page without a text", lambda: "<!doctype html><title></title><body></body>"),
    "/page/huge": _page("6 MiB", lambda: page(body="<p>" + "كلمة " * 700_000 + "</p>")),
    "/page/just-too-large": _page(
        "One byte above 5 MiB", lambda: page().encode().ljust(5 * 1024 * 1024 + 1, b"\n")
    ),
    "/page/deep": _page("100,000 elements, one within the other", _deep),
    "/page/deep-lists": _page("20,000 lists, one within the other", lambda: page(body="<ul><li>" * 20_000)),
    "/page/deep-data": _page("JSON-LD of 100,000 brackets", _deep_data),
    "/page/many-elements": _page("300,000 elements", lambda: page(body="<p>كلمة <b>أخرى</b>" * 150_000)),
    "/page/many-links": _page(
        "50,000 links",
        lambda: page(body="".join(f"<a href='/page/plain?{n}'>{n}</a> " for n in range(50_000))),
    ),
    "/page/open-comments": _page("100,000 comments that never end", lambda: page(body="<!--" * 100_000)),
    "/page/long-attribute": _page(
        "An attribute of 3 MB", lambda: page(body=f"<p title='{'a' * 3_000_000}'>a")
    ),
    "/page/many-attributes": _page(
        "An element with 20,000 attributes",
        lambda: page(body=f"<p {' '.join(f'a{n}=1' for n in range(20_000))}>a"),
    ),
    "/page/one-word": _page("A word of 1,000,000 letters", lambda: page(body=f"<p>{'ا' * 1_000_000}</p>")),
    "/page/spaces": _page("1,000,000 spaces", lambda: page(body=f"<p>نص{' ' * 1_000_000}نص</p>")),
    "/page/digits": _page(
        "A number of 1,000,000 digits", lambda: page(body=f"<p>{'9' * 1_000_000} قتيل</p>")
    ),
    "/page/date-like": _page(
        "What looks like 50,000 dates", lambda: page(body="<p>نشر يوم " + "17 - 11 - " * 50_000 + "</p>")
    ),
    "/page/marks": _page("Text that turns around, and piles of marks", _marks),
    "/page/nul": _page("NUL bytes", lambda: page().replace("أ", "\0أ").encode() + b"\0" * 1000),
    "/page/invalid-utf8": _page(
        "Bytes that are no UTF-8", lambda: page().encode().replace("ر".encode(), b"\xd8\xff\xfe")
    ),
    "/page/lone-surrogates": _page(
        "Halves of characters", lambda: page(body="<p>&#xD800;&#xDFFF;&#x110000;&#0;&#99999999999;</p>")
    ),
    "/page/attacks": _page("Scripts in every place", _attacks),
    "/page/future": whole(future),
    "/page/canonical-elsewhere": whole(canonical_elsewhere),
    "/page/refresh": whole(refresh),
    "/canary": whole(canary),
}
