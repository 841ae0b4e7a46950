"""What newspapers print around a text is cut from it, and the text is not."""

from __future__ import annotations

import pytest

from marsad.extract.edges import begins, trimmed
from marsad.model import Block, BlockKind, Image
from tests.extract.pages import NOW, PARAGRAPHS


def paragraphs(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)


TEXT = paragraphs(*PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضاً: الوالي يزور القنطرة الجديدة",
        "إقرأ أيضا : أسواق الأسبوع",
        "قد يهمك",
        "Lire aussi : le marché du lundi",
        "À LIRE ÉGALEMENT",
        "Read also: The mill on the other bank",
        "» انقر هنا لقراءة الخبر من مصدره.",
        "شكرا على الإبلاغ!",
    ],
)
def test_a_line_that_points_elsewhere_is_cut_wherever_it_stands(line: str) -> None:
    assert trimmed((TEXT[0], *paragraphs(line), *TEXT[1:]), NOW) == TEXT


@pytest.mark.parametrize(
    "line", ["انتهى – ن ق", "FIN", "Mots-clés : pont, rivière", "جميع الحقوق محفوظة ©", "Comments (3)"]
)
def test_what_follows_the_end_is_cut_at_the_end_only(line: str) -> None:
    assert trimmed((*TEXT, *paragraphs(line)), NOW) == TEXT
    assert len(trimmed((TEXT[0], *paragraphs(line), *TEXT[1:]), NOW)) == 4


@pytest.mark.parametrize(
    "line",
    [
        "نشر في الجريدة يوم 17 - 11 - 2020",
        "تحرير المرسى ٢٠ فبراير ٢٠٢٦ – ٠٤:٢٩ ص",
        "Par Salma Idrissi",
        "Publié le 3 février 2026 à 10h20",
        "Updated 8 February 2026",
    ],
)
def test_a_line_of_when_and_by_whom_is_cut_before_the_text(line: str) -> None:
    assert trimmed((*paragraphs(line), *TEXT), NOW) == TEXT


@pytest.mark.parametrize(
    "sentence",
    [
        "By noon on 8 February 2026 the whole village had crossed it twice, some of them on foot and singing.",
        "Par deux fois, la rivière avait emporté le vieux pont, et par deux fois on l'avait rebâti à la main.",
        "كتب أهل القرية رسالة إلى الوالي يوم 8 فبراير 2026 يشكرونه فيها على إتمام القنطرة قبل موعدها.",
    ],
)
def test_a_sentence_that_begins_like_a_byline_stays(sentence: str) -> None:
    assert trimmed((*paragraphs(sentence), *TEXT), NOW)[0].text == sentence


def test_a_line_that_an_image_says_too_is_its_caption() -> None:
    image = Block(BlockKind.IMAGE, image=Image("https://newspaper.example/1.jpg", alt="The new bridge"))
    read = trimmed((image, *paragraphs("The new bridge"), *TEXT), NOW)
    assert read[0].image is not None
    assert read[0].image.caption == "The new bridge"
    assert read[1:] == TEXT


def test_a_heading_that_nothing_follows_is_cut() -> None:
    assert trimmed((*TEXT, Block(BlockKind.HEADING, "More from the valley")), NOW) == TEXT


def test_a_long_paragraph_points_nowhere() -> None:
    assert not begins("pointing", Block(BlockKind.PARAGRAPH, "Read more " * 20))
