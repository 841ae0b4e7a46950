"""From the bytes of a page to its text, whatever charset it says or does not say.

Old newspapers of the region say windows-1256 and send UTF-8, or say nothing, or say ISO-8859-1 and mean
windows-1256. The bytes decide: text that is valid UTF-8 is UTF-8, and among the charsets of one byte for a
letter Arabic shows itself by runs of letters above ASCII, which French never has.
"""

from __future__ import annotations

import codecs
import re
from encodings.aliases import aliases

#: What is looked at to tell charsets apart.
_SAMPLE = 256 * 1024
#: Where a page may say its charset itself; the HTML standard asks for 1024 bytes, pages take more.
_HEAD = 8 * 1024
_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([a-z0-9_:.-]{1,40})""", re.IGNORECASE)
_XML = re.compile(
    r"""\s{0,64}<\?xml[^>]{1,200}?encoding\s{0,9}=\s{0,9}["']([a-z0-9_:.-]{1,40})""", re.IGNORECASE
)
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Charsets of text that may be declared, by the names of Python's modules; others count as not declared.
_TEXT = frozenset(
    "utf_8 utf_16 utf_16_le utf_16_be ascii latin_1 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 "
    "cp1258 iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_9 iso8859_10 "
    "iso8859_13 iso8859_14 iso8859_15 iso8859_16 koi8_r koi8_u mac_roman mac_arabic cp720 cp864 cp437 cp850 "
    "gbk gb2312 gb18030 big5 big5hkscs shift_jis euc_jp iso2022_jp euc_kr tis_620".split()
)
#: What pages that say one mean (WHATWG Encoding Standard).
_MEANT = {"ascii": "cp1252", "latin_1": "cp1252", "iso8859_9": "cp1254", "utf_16": "utf_16_le"}
#: Charsets that servers add by themselves to whatever they send.
_SAID_BY_HABIT = frozenset({"utf_8", "cp1252", "cp1254", "iso8859_15", "utf_16_le", "utf_16_be"})
_SHORTEST_ARABIC_RUN = 3
_COMMON_ARABIC = "اليمونرتبع"


def decode(body: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of `body` and the charset (Python's name) that it was read by.

    `declared` is a Content-Type header or the name of a charset alone. What is not valid in the charset
    becomes U+FFFD; nothing is raised; the time is linear.
    """
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace"), charset
    charset = codecs.lookup(_charset(body, declared)).name
    return body.decode(charset, "replace"), charset


def _charset(body: bytes, declared: str | None) -> str:
    head, sample = body[:_HEAD], body[:_SAMPLE]
    said = _known(_from_header(declared or "")) or _known(_from_head(head))
    if said and b"\0" in head and said.startswith("utf_16"):
        return said
    if said == "iso2022_jp":
        return said  # All of it is ASCII.
    if _is_utf8(sample):
        return "utf_8"
    return _single_byte(sample, said) if said is None or said in _SAID_BY_HABIT else said


def _from_header(declared: str) -> str:
    found = _CHARSET.search(declared[:400])
    if found:
        return found[1]
    return "" if "/" in declared else declared[:40]


def _from_head(head: bytes) -> str:
    """The charset in the first bytes of a page: of its XML declaration or a meta element."""
    text = head.decode("latin-1")
    found = _XML.match(text) or _CHARSET.search(text)
    return found[1] if found else ""


def _known(name: str) -> str | None:
    """Python's module for the charset `name`, None where it is none that is read."""
    key = _SEPARATORS.sub("_", name.strip().lower())
    module = aliases.get(key, key)
    return _MEANT.get(module, module) if module in _TEXT else None


def _is_utf8(sample: bytes) -> bool:
    """Whether at least two letters beyond ASCII are whole for each that is broken.

    In an Arabic charset of one byte hardly any would be: its letters lie where UTF-8 has beginnings only.
    """
    try:
        codecs.utf_8_decode(sample, "strict", len(sample) < _SAMPLE)  # A sample may end within a letter.
    except UnicodeDecodeError:
        text = sample.decode("utf-8", "replace")
    else:
        return True
    broken = text.count("\ufffd") - sample.count("\ufffd".encode())
    whole = sum(map(len, _BEYOND_ASCII.findall(text))) - broken
    return broken * 2 <= whole


def _single_byte(sample: bytes, said: str | None) -> str:
    """The charset of text with a byte for each letter."""
    runs = [len(run) for run in _HIGH_RUN.findall(sample)]
    in_long_runs = sum(length for length in runs if length >= _SHORTEST_ARABIC_RUN)
    if in_long_runs * 2 < sum(runs):
        return said if said in {"cp1254", "iso8859_15"} else "cp1252"
    return max(("cp1256", "iso8859_6"), key=lambda charset: _common_letters(sample, charset))


def _common_letters(sample: bytes, charset: str) -> int:
    text = sample.decode(charset, "ignore")
    return sum(text.count(letter) for letter in _COMMON_ARABIC)
