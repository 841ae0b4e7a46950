"""Article → the same with its section, its credit and its places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from marsad.enrich.credit import credit
from marsad.enrich.section import Sectioner
from marsad.model import Article, body_text


class Enricher:
    """Finds what an article does not say itself; the model is loaded with the first one."""

    def __init__(self, locate: Callable[[Article], Article]) -> None:
        self._locate = locate
        self._sectioner: Sectioner | None = None

    def __call__(self, article: Article, vector: NDArray[np.float32] | None = None) -> Article:
        """The article with what was found in it; `vector` is what it means, where that is known."""
        if self._sectioner is None:
            self._sectioner = Sectioner.load()
        text = body_text(article.blocks)
        guess = self._sectioner.guess(article.title, text, article.language, article.rubrics, vector)
        sorted_in = replace(
            article,
            section=guess.section,
            section_score=guess.score,
            runner_up=guess.runner_up,
            credit=article.credit or credit(article.title, text, article.language),
        )
        return self._locate(sorted_in)
