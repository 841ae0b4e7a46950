"""From bytes to text, whatever is said of them."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.language.charset import decode

ARABIC = "<p>تساقطات مطرية قوية على أقاليم الشمال، والسلطات تدعو إلى الحذر قرب الأودية</p>"
FRENCH = "<p>Météo : fortes pluies prévues dès lundi à Tétouan, où les élèves restent chez eux. « Ça va »</p>"
ENGLISH = "<p>Heavy rain over the northern hills.</p>"


def page(text: str, says: str | None) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={says}">' if says else ""
    return f"<html><head>{meta}<title>x</title></head><body>{text}</body></html>"


@pytest.mark.parametrize("says", [None, "utf-8", "windows-1256", "iso-8859-1", "nonsense", "utf-16"])
@pytest.mark.parametrize("text", [ARABIC, FRENCH, ENGLISH])
def test_utf_8_is_read_as_utf_8_whatever_it_says(text: str, says: str | None) -> None:
    whole = page(text, says)
    assert decode(whole.encode(), f"text/html; charset={says}") == (whole, "utf-8")


@pytest.mark.parametrize(
    "says", [None, "windows-1256", "CP1256", "utf-8", "iso-8859-1", "windows-1252", "UTF8"]
)
@pytest.mark.parametrize("text", [ARABIC, f"{ARABIC}{FRENCH[:12]}"])
def test_arabic_of_windows_is_read_whatever_it_says(text: str, says: str | None) -> None:
    whole = page(text, says)
    assert decode(whole.encode("cp1256")) == (whole, "cp1256")
    assert decode(page(text, None).encode("cp1256"), says) == (page(text, None), "cp1256")


@pytest.mark.parametrize("says", [None, "iso-8859-6", "utf-8"])
def test_arabic_of_iso_is_told_from_that_of_windows(says: str | None) -> None:
    whole = page(ARABIC, says)
    assert decode(whole.encode("iso8859-6")) == (whole, "iso8859-6")


@pytest.mark.parametrize("says", [None, "iso-8859-1", "latin1", "us-ascii", "utf-8", "windows-1252"])
def test_french_of_windows_is_read_whatever_it_says(says: str | None) -> None:
    whole = page(FRENCH + "<p>l’été – 5 €</p>", says)
    assert decode(whole.encode("cp1252")) == (whole, "cp1252")


def test_what_is_declared_is_believed_where_the_bytes_do_not_speak_against_it() -> None:
    russian, german = page("<p>Сильные дожди</p>", "windows-1251"), page("<p>Straße</p>", "iso-8859-15")
    assert decode(russian.encode("cp1251")) == (russian, "cp1251")
    assert decode(german.encode("iso8859-15")) == (german, "iso8859-15")
    chinese = page("<p>大雨</p>", None)
    assert decode(chinese.encode("gbk"), "text/html; charset=GBK") == (chinese, "gbk")


def test_the_header_goes_before_the_page() -> None:
    whole = page("<p>Дожди</p>", "windows-1256")
    assert decode(whole.encode("cp1251"), 'text/html; charset="windows-1251"')[1] == "cp1251"


def test_an_xml_declaration_counts() -> None:
    whole = '<?xml version="1.0" encoding="windows-1251"?><p>Дожди</p>'
    assert decode(whole.encode("cp1251")) == (whole, "cp1251")


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_goes_before_all(mark: bytes, charset: str) -> None:
    assert decode(mark + ARABIC.encode(charset), "text/html; charset=windows-1252") == (ARABIC, charset)


def test_utf_16_without_a_mark_is_read_where_it_is_declared() -> None:
    assert decode(FRENCH.encode("utf-16-be"), "text/html; charset=utf-16be") == (FRENCH, "utf-16-be")


def test_a_few_broken_letters_do_not_unsettle_utf_8() -> None:
    broken = page(ARABIC, "utf-8").encode().replace("مطرية".encode(), b"\xd9\xff", 1)
    text, charset = decode(broken)
    assert charset == "utf-8"
    assert "تساقطات" in text
    assert "\ufffd" in text
    many = ARABIC.encode().replace("ر".encode(), b"\xd8\xff\xfe")
    assert decode(many)[1] == "utf-8"
    cut = ARABIC.encode()[:-5]
    assert decode(cut)[1] == "utf-8"


@pytest.mark.parametrize("says", ["zip", "rot13", "unicode_escape", "punycode", "utf-7", "hex"])
def test_charsets_that_are_no_text_are_not_used(says: str) -> None:
    whole = page(ARABIC + r"\u0041 +AGE-", says)
    assert decode(whole.encode(), says) == (whole, "utf-8")


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=60)))
def test_nothing_is_raised(body: bytes, declared: str | None) -> None:
    text, charset = decode(body, declared)
    assert isinstance(text, str)
    assert codecs.lookup(charset)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_any_utf_8_comes_back(text: str) -> None:
    assert decode(text.encode())[0] == text or "\ufffd" in text or "charset" in text


@pytest.mark.parametrize(
    "unit", [b"charset=", b"charset   ", b"<?xml ", b"\xff", b"\xd8\xa7", b"\xc7", b"\xc7a", b'"', b" "]
)
def test_time_is_linear(unit: bytes) -> None:
    started = time.process_time()
    decode(unit * (4_000_000 // len(unit)), "charset" + " " * 100_000)
    assert time.process_time() - started < 2
