"""How much of an article may be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import DisplayPolicy, Standing, body_text
from marsad.moderation.policy import Terms, cut_article, first_words, narrowest, of_article, of_source
from tests.samples import article, paragraphs

FULL, EXCERPT, HEADLINE = DisplayPolicy
policies = st.sampled_from(DisplayPolicy)


@pytest.mark.parametrize(
    ("public", "permitted", "said", "shown"),
    [
        (False, False, HEADLINE, FULL),
        (True, False, FULL, EXCERPT),
        (True, False, HEADLINE, HEADLINE),
        (True, True, FULL, FULL),
        (True, True, EXCERPT, EXCERPT),
    ],
)
def test_a_public_site_needs_permission(
    public: bool, permitted: bool, said: DisplayPolicy, shown: DisplayPolicy
) -> None:
    assert of_source(said, Terms(public=public), permitted=permitted) is shown


@given(policies, policies, st.sampled_from(Standing))
def test_nobody_widens_what_another_forbids(
    source: DisplayPolicy, page: DisplayPolicy, standing: Standing
) -> None:
    shown = of_article(source, article(display=page, standing=standing))
    assert narrowest([shown, source, page]) is shown
    assert standing is not Standing.EXCERPT or shown is not FULL


@given(st.lists(st.text(), max_size=6), st.text(), st.integers(0, 30), policies)
def test_a_cut_article_has_no_more_words_than_are_allowed_and_none_of_its_own(
    lines: list[str], lead: str, words: int, policy: DisplayPolicy
) -> None:
    whole = article(lead=lead, blocks=paragraphs("\n".join(lines)))
    cut = cut_article(whole, policy, words)
    text = f"{cut.lead} {body_text(cut.blocks)}"
    assert cut.display is policy or policy is FULL
    if policy is not FULL:
        assert len(text.replace("…", " ").split()) <= (words if policy is EXCERPT else 0)
        assert set(text.replace("…", " ").split()) <= set(
            f"{lead} {body_text(whole.blocks)}".replace("…", " ").split()
        )


@pytest.mark.parametrize(
    ("lead", "text", "shown"),
    [
        ("", "a b c d e f g\nh i j k l m", ["a b c d e f g"]),
        ("", "a b c d e f g\nh i", ["a b c d e f g", "h i"]),
        ("", "a b c d\ne f g h i j k", ["a b c d", "e f g h i…"]),
        ("a b c d e f g", "h i j k l m", []),
    ],
)
def test_no_excerpt_ends_with_a_paragraph_of_a_word_or_two(lead: str, text: str, shown: list[str]) -> None:
    cut = cut_article(article(lead=lead, blocks=paragraphs(text)), EXCERPT, 9)
    assert [block.text for block in cut.blocks] == shown


@given(st.text(), st.integers(0, 20))
def test_first_words_are_the_beginning(text: str, most: int) -> None:
    cut = first_words(text, most)
    assert cut == text or text.startswith(cut.removesuffix("…"))
    assert cut == text or len(cut.removesuffix("…").split()) == most
