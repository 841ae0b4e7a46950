"""Article → the article without what its source repeats on page after page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from marsad.extract.template import Template, learn, strip
from marsad.model import Article, Entry, Page, Source
from marsad.store import templates
from marsad.store.engine import Store

Extract = Callable[[Page, Source, Entry | None], Awaitable[Article]]


class Untemplated:
    """Extracts with `extract`, learns each source's template on the way, and strips it."""

    def __init__(self, store: Store, extract: Extract) -> None:
        self._store = store
        self._extract = extract

    async def extract(self, page: Page, source: Source, entry: Entry | None) -> Article:
        """The article of `page` without what `source` repeats. Raises Refused where it holds none."""
        return await asyncio.to_thread(self.stripped, await self._extract(page, source, entry))

    def stripped(self, article: Article) -> Article:
        """`article` without what its source repeats; its source's template knows it from now on."""
        with self._store.writing() as connection:
            kept = templates.of_source(connection, article.source)
            before = Template.from_plain(kept) if kept else Template()
            after = learn(before, article.address, article.blocks)
            if after is not before:
                templates.keep(connection, article.source, after.to_plain())
        return replace(article, blocks=strip(after, article.blocks))
