"""What a reader's words are read as, and what is left out and named."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.search.parser import MOST_CHARACTERS, MOST_PARTS, MOST_QUOTED, read_query
from marsad.search.pieces import DEEPEST
from marsad.search.query import (
    And,
    Cause,
    Field,
    Ignored,
    Name,
    Node,
    Not,
    Or,
    Period,
    Phrase,
    Prefix,
    Query,
    Word,
)


def read(text: str) -> Node | None:
    query = read_query(text)
    assert query.ignored == (), query.ignored
    return query.root


def ignored(text: str) -> list[tuple[str, str]]:
    return [(each.cause.value, each.part) for each in read_query(text).ignored]


def test_words_are_asked_for_together() -> None:
    assert read("تفكيك خلايا") == And((Word("تفكيك"), Word("خلايا")))
    assert read("  flood  ") == Word("flood")
    assert read("flood AND rain") == And((Word("flood"), Word("rain")))


@pytest.mark.parametrize("text", ["", "   ", "؟!…", "- – —", "()", '""', "AND"])
def test_nothing_asks_for_everything(text: str) -> None:
    assert read_query(text).root is None


@pytest.mark.parametrize("quoted", ['"مكافحة الغش"', "«مكافحة الغش»", "“مكافحة الغش”", "„مكافحة الغش”"])
def test_phrases_in_any_quotation_marks(quoted: str) -> None:
    assert read(quoted) == Phrase(("مكافحة", "الغش"))


def test_what_is_written_as_one_is_read_as_its_words() -> None:
    assert read("#مكافحة_الغش") == And((Word("مكافحة"), Word("الغش")))
    assert read("l'élection") == And((Word("l"), Word("élection")))
    assert read("https://example.org/") == And((Word("https"), Word("example"), Word("org")))


@pytest.mark.parametrize("operator", ["OR", "OU", "أو", "او", "|"])
def test_or_binds_its_neighbours_first(operator: str) -> None:
    assert read(f"a b {operator} c") == And((Word("a"), Or((Word("b"), Word("c")))))
    assert read(f"a {operator} b {operator} c") == Or((Word("a"), Word("b"), Word("c")))
    assert read(f"(a b) {operator} c") == Or((And((Word("a"), Word("b"))), Word("c")))


def test_small_letters_are_words() -> None:
    assert read("rien ou tout") == And((Word("rien"), Word("ou"), Word("tout")))


def test_exclusion() -> None:
    assert read("rain -snow") == And((Word("rain"), Not(Word("snow"))))
    assert read('NOT "deep snow"') == Not(Phrase(("deep", "snow")))
    assert read("-(a OR b)") == Not(Or((Word("a"), Word("b"))))
    assert read("NOT NOT a") == Word("a")
    assert read("–snow") == read("−snow") == Not(Word("snow"))
    assert read("a – b") == read("- a b -") == And((Word("a"), Word("b")))


def test_beginnings() -> None:
    assert read("اقتص*") == Prefix("اقتص")
    assert read("title:eco*") == Prefix("eco", Field.TITLE)
    assert ignored("ا*") == [("short_prefix", "ا*")]
    assert read_query("ا*").root is None
    assert read_query("ال* مطر").root == Word("مطر")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("source:alsahil", Name(Field.SOURCE, "alsahil")),
        ("المصدر:الساحل", Name(Field.SOURCE, "الساحل")),
        ("المصدر: الساحل", Name(Field.SOURCE, "الساحل")),
        ('journal:"Le Mistral"', Name(Field.SOURCE, "le mistral")),
        ("القسم:رياضة", Name(Field.SECTION, "sports")),
        ("rubrique:Économie", Name(Field.SECTION, "economy")),
        ("SECTION:weather", Name(Field.SECTION, "weather")),
        ("lang:français", Name(Field.LANGUAGE, "fr")),
        ("اللغة:العربية", Name(Field.LANGUAGE, "ar")),
        ('author:"ليلى بنعمر"', Name(Field.AUTHOR, "ليلي بنعمر")),
        ("lieu:Fès", Name(Field.PLACE, "fes")),
        ("الوكالة:و.م.ع", Name(Field.CREDIT, "و.م.ع")),
    ],
)
def test_fields_in_three_languages(text: str, name: Name) -> None:
    assert read(text) == name
    assert read(f"-{text}") == Not(name)


@pytest.mark.parametrize("mark", "\u061c\u200b\u200e\u200f\u202b\u202e\u2067\u2069\ufeff")
def test_marks_that_nobody_sees_change_nothing(mark: str) -> None:
    assert read(f"{mark}-{mark}ميناء{mark}") == Not(Word("ميناء"))
    assert read(f"مين*{mark}") == Prefix("مين")
    assert read(f'{mark}المصدر:{mark}"باب الزيتون"') == Name(Field.SOURCE, "باب الزيتون")
    assert read(f"أمطار {mark}أو{mark} ثلوج") == Or((Word("أمطار"), Word("ثلوج")))
    assert ignored(f"rain {mark}القسم:{mark}xx") == [("unknown_name", "القسم:xx")]


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("journal : nakhil", Name(Field.SOURCE, "nakhil")),
        ('-(journal : "Le Mistral")', Not(Name(Field.SOURCE, "le mistral"))),
        ("titre\u00a0: barrage", Word("barrage", Field.TITLE)),
        ("المصدر :الساحل", Name(Field.SOURCE, "الساحل")),
        ("المصدر：الساحل", Name(Field.SOURCE, "الساحل")),
        ("–المصدر : الساحل", Not(Name(Field.SOURCE, "الساحل"))),
        ("note : this", And((Word("note"), Word("this")))),
    ],
)
def test_a_colon_may_stand_apart_from_its_field(text: str, node: Node) -> None:
    assert read(text) == node


def test_title_takes_words_phrases_and_groups() -> None:
    assert read('title:(rain OR "deep snow")') == Or(
        (Word("rain", Field.TITLE), Phrase(("deep", "snow"), Field.TITLE))
    )
    assert read("عنوان:أمطار طنجة") == And((Word("أمطار", Field.TITLE), Word("طنجة")))


def test_names_of_one_field_are_alternatives() -> None:
    expected = Or((Name(Field.SOURCE, "a"), Name(Field.SOURCE, "b")))
    assert read("source:a source:b") == read("source:(a b)") == expected


def test_an_unknown_field_is_a_word() -> None:
    assert read("note:this") == And((Word("note"), Word("this")))


def test_days_begin_by_the_reader_s_clock() -> None:
    casablanca = ZoneInfo("Africa/Casablanca")
    query = read_query("بعد:2024-06-15", timezone=casablanca)
    assert query.root == Period(since=datetime(2024, 6, 14, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("value", "since", "until"),
    [
        ("2020", (2020, 1, 1), (2021, 1, 1)),
        ("2020-11", (2020, 11, 1), (2020, 12, 1)),
        ("2020-12", (2020, 12, 1), (2021, 1, 1)),
        ("2020-02-29", (2020, 2, 29), (2020, 3, 1)),
        ("17/11/2020", (2020, 11, 17), (2020, 11, 18)),
        ('"17 - 11 - 2020"', (2020, 11, 17), (2020, 11, 18)),
        ("٢٠٢٠/١١/١٧", (2020, 11, 17), (2020, 11, 18)),
    ],
)
def test_dates(value: str, since: tuple[int, int, int], until: tuple[int, int, int]) -> None:
    first, last = datetime(*since, tzinfo=UTC), datetime(*until, tzinfo=UTC)
    assert read(f"on:{value}") == read(f"يوم:{value}") == Period(first, last)
    assert read(f"before:{value}") == read(f"قبل:{value}") == read(f"avant:{value}") == Period(None, first)
    assert read(f"after:{value}") == read(f"بعد:{value}") == read(f"depuis:{value}") == Period(first, None)


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ('rain "deep snow', [("open_quote", '"')]),
        ("(rain", [("open_group", "(")]),
        ("rain)", [("open_group", ")")]),
        ("rain OR", [("lonely_operator", "OR")]),
        ("OR rain", [("lonely_operator", "OR")]),
        ("rain NOT", [("lonely_operator", "NOT")]),
        ("rain title:", [("empty_field", "title:")]),
        ("rain المصدر:", [("empty_field", "المصدر:")]),
        ("rain before:tomorrowish", [("unknown_date", "before:tomorrowish")]),
        ("rain on:2023-02-30", [("unknown_date", "on:2023-02-30")]),
        ("rain on:9999", [("unknown_date", "on:9999")]),
        ("rain القسم:xx", [("unknown_name", "القسم:xx")]),
        ("rain lang:klingon", [("unknown_name", "lang:klingon")]),
        ('rain "of the"', []),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_searched_for(
    text: str, left_out: list[tuple[str, str]]
) -> None:
    assert ignored(text) == left_out
    query = read_query(text)
    words = query.root.parts if isinstance(query.root, And) else (query.root,)
    assert Word("rain") in words


def test_words_too_common_to_be_searched_for_are_named_when_there_is_nothing_else() -> None:
    assert ignored("من هو") == [("common", "من هو")]
    assert ignored("من هو القاضي") == []
    assert ignored("lang:ar من") == [("common", "من")]
    assert read_query("من هو").root is None
    assert read_query('lang:ar -rain (من OR "هو في")').root == And(
        (Not(Word("rain")), Name(Field.LANGUAGE, "ar"))
    )


def test_limits() -> None:
    long = read_query("ا" * (MOST_CHARACTERS + 5))
    assert long.ignored == (Ignored(Cause.TOO_LONG, "ا" * 5),)
    many = read_query(" ".join(f"w{n}" for n in range(MOST_PARTS + 3)))
    assert isinstance(many.root, And)
    assert len(many.root.parts) == MOST_PARTS
    assert many.ignored == (Ignored(Cause.TOO_MANY, "w48 w49 w50"),)
    deep = read_query("(" * (DEEPEST + 1) + "a OR b" + ")" * (DEEPEST + 1))
    assert deep.root == Or((Word("a"), Word("b")))
    assert deep.ignored == (Ignored(Cause.TOO_DEEP, "()"),)


def test_a_word_said_often_is_asked_for_once() -> None:
    assert read("kalima " * (MOST_CHARACTERS // 7)) == Word("kalima")
    assert read("a (b c) a (b c)") == And((Word("a"), And((Word("b"), Word("c")))))


def test_little_is_told_of_what_was_left_out() -> None:
    pasted = " ".join(f"word{n}" for n in range(500))
    [told] = read_query(pasted).ignored
    assert told.cause is Cause.TOO_MANY
    assert told.part.startswith("word48 word49")
    assert MOST_QUOTED // 2 < len(told.part) <= MOST_QUOTED + 1
    assert ignored("on:x on:x rain") == [("unknown_date", "on:x")]


@pytest.mark.parametrize("text", ["😀", "*", "-", '""', "؟!"])
def test_signs_alone_are_named(text: str) -> None:
    assert read_query(f" {text} ") == Query(None, (Ignored(Cause.WORDLESS, text),))
    assert read_query(f"{text} rain") == Query(Word("rain"))


MARKS = [*"()\":*-|«»#'\x00\u202e\ud800😀", " ", "  "]
NOW = datetime(2024, 3, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "since", "until"),
    [
        ("on:5 مارس 2020", (2020, 3, 5), (2020, 3, 6)),
        ("le:mars 2020", (2020, 3, 1), (2020, 4, 1)),
        ('on:"5 March 2020"', (2020, 3, 5), (2020, 3, 6)),
        ("يوم:أمس", (2024, 3, 4), (2024, 3, 5)),
        ("on:1er décembre 2026", (2026, 12, 1), (2026, 12, 2)),
        ("on:30 mars 1850", (1850, 3, 30), (1850, 3, 31)),
        ("on:يوم 20 مارس 2018", (2018, 3, 20), (2018, 3, 21)),
        ('on:"du 20 novembre 2023"', (2023, 11, 20), (2023, 11, 21)),
        ("on:le mardi 20 mars 2018", (2018, 3, 20), (2018, 3, 21)),
        ("on:il y a 3 jours", (2024, 3, 2), (2024, 3, 3)),
        ("on:the day after tomorrow", (2024, 3, 7), (2024, 3, 8)),
        ("on:last week", (2024, 2, 26), (2024, 3, 4)),
        ("on:الأسبوع الماضي", (2024, 2, 26), (2024, 3, 4)),
        ('on:"la semaine dernière"', (2024, 2, 26), (2024, 3, 4)),
        ("on:cette semaine", (2024, 3, 4), (2024, 3, 11)),
        ("on:هذا الأسبوع", (2024, 3, 4), (2024, 3, 11)),
        ("on:le mois dernier", (2024, 2, 1), (2024, 3, 1)),
        ("on:ce mois-ci", (2024, 3, 1), (2024, 4, 1)),
        ("on:هذا الشهر", (2024, 3, 1), (2024, 4, 1)),
        ("on:this year", (2024, 1, 1), (2025, 1, 1)),
        ("on:l'année dernière", (2023, 1, 1), (2024, 1, 1)),
    ],
)
def test_dates_are_read_in_words(
    written: str, since: tuple[int, int, int], until: tuple[int, int, int]
) -> None:
    period = Period(datetime(*since, tzinfo=UTC), datetime(*until, tzinfo=UTC))
    assert read_query(written, now=NOW).root == period
    assert read_query(f"{written} مطر", now=NOW).root == And((period, Word("مطر")))


def test_a_number_behind_a_day_counts_what_follows_it() -> None:
    def day(year: int) -> Period:
        return Period(datetime(year, 3, 2, tzinfo=UTC), datetime(year, 3, 3, tzinfo=UTC))

    assert read_query("on:2 مارس 10", now=NOW).root == day(2010)
    assert read_query("on:2 مارس 10 قتلى", now=NOW).root == And((day(2024), Word("10"), Word("قتلى")))
    assert read_query("on:March 2 flood", now=NOW).root == And((day(2024), Word("flood")))


NAMES = "OR NOT AND أو title: المصدر: before: on: القسم: source: 2020 17/11/2020 rain مطر l'été رياضة a* ::".split()
PIECES = st.sampled_from([*MARKS, *NAMES])


def depth(node: Node | None) -> int:
    if isinstance(node, And | Or):
        return 1 + max(map(depth, node.parts))
    return 1 + depth(node.part) if isinstance(node, Not) else 1


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
def test_anything_is_read(text: str) -> None:
    query = read_query(text)
    assert isinstance(query, Query)
    assert depth(query.root) <= 3 * (DEEPEST + 2)
    assert all(each.part for each in query.ignored)
    assert read_query(text) == query
