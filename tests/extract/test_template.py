"""What a source repeats in article after article is not the article's."""

from __future__ import annotations

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from marsad.extract.template import REMEMBERED, Template, learn, strip
from marsad.model import Block, BlockKind, Image

PROMOTION = "حمل تطبيق الجريدة واقرأ أخبار بلدتك أينما كنت"


def article(number: int, *further: str) -> tuple[Block, ...]:
    """Two paragraphs that no other article has, and `further` ones."""
    ways = ("north", "south", "east", "west", "hill", "coast", "river", "island", "harbour", "valley")
    name = " ".join(ways[int(digit)] for digit in f"{number:04}")
    own = (
        f"The road of {name} was opened again on Sunday after the floods.",
        f"The people of {name} had waited for it since the winter, and came to see it with their children.",
    )
    return tuple(Block(BlockKind.PARAGRAPH, text) for text in (*own, *further))


def learnt(articles: list[tuple[Block, ...]]) -> Template:
    template = Template()
    for number, blocks in enumerate(articles):
        template = learn(template, f"https://newspaper.example/{number}", blocks)
    return template


def test_what_stands_in_article_after_article_is_taken_out() -> None:
    template = learnt([article(number, PROMOTION) for number in range(3)])
    assert strip(template, article(9, PROMOTION)) == article(9)


def test_two_articles_may_say_the_same() -> None:
    template = learnt([article(1, PROMOTION), article(2, PROMOTION), article(3), article(4)])
    assert strip(template, article(9, PROMOTION)) == article(9, PROMOTION)


def test_what_a_story_tells_again_and_again_stays_in_a_newspaper_that_tells_other_things_too() -> None:
    background = "The dam broke in the night of the third of March, and forty families lost their houses."
    template = learnt([article(n, background) if n % 3 == 0 else article(n) for n in range(30)])
    assert strip(template, article(99, background)) == article(99, background)


def test_an_article_that_is_read_again_counts_once() -> None:
    template = Template()
    for _ in range(5):
        template = learn(template, "https://newspaper.example/1", article(1))
    assert strip(template, article(1)) == article(1)
    assert template.articles == 1


def test_a_number_in_a_notice_does_not_hide_that_it_is_repeated() -> None:
    notice = "You have read {} of your five free articles of this month."
    template = learnt([article(number, notice.format(number)) for number in range(4)])
    assert strip(template, article(9, notice.format(5))) == article(9)


def test_a_repeated_image_goes_whatever_its_query() -> None:
    def logo(query: int) -> Block:
        return Block(BlockKind.IMAGE, image=Image(f"https://newspaper.example/logo.png?{query}"))

    template = learnt([(*article(number), logo(number)) for number in range(3)])
    assert strip(template, (*article(9), logo(9))) == article(9)


def test_a_page_that_is_all_repetition_is_left_alone() -> None:
    template = learnt([article(1)] * 5)
    assert strip(template, article(1)) == article(1)


@given(st.lists(st.lists(st.text(max_size=40), max_size=60), max_size=20))
def test_a_template_is_bounded_and_survives_json(told: list[list[str]]) -> None:
    articles = [tuple(Block(BlockKind.PARAGRAPH, text) for text in texts) for texts in told]
    template = learnt(articles)
    assert len(template.blocks) <= REMEMBERED
    assert Template.from_plain(json.loads(json.dumps(template.to_plain()))) == template
    for blocks in articles:
        assert set(strip(template, blocks)) <= set(blocks)


def test_what_recurs_is_remembered_however_much_is_read() -> None:
    articles = [(*article(number), *article(number + 5000), *article(0)[:1]) for number in range(1000)]
    template = learnt(articles)
    assert len(template.blocks) == REMEMBERED
    assert strip(template, (*article(9999), article(0)[0])) == article(9999)
    assert all(one != other for one, other in pairwise(articles))
