"""From what the archive shows to the shapes of the programming interface."""

from __future__ import annotations

from collections.abc import Iterable

from marsad import addresses, model
from marsad.views.earlier import Beside
from marsad.views.finding import Found, Result
from marsad.views.front import StoryView
from marsad.views.places import Known, around
from marsad.views.reading import ArticleView
from marsad.views.telling import StoryPage
from marsad.views.trends import Rising
from marsad.web.api import shapes


class Shaper:
    """Shapes what was cut to what may be shown already. `base` is the public address of the site."""

    def __init__(self, base: str) -> None:
        self._base = base

    def source(self, source: model.Source) -> shapes.Source:
        """A newspaper."""
        return shapes.Source(
            slug=source.slug,
            name=source.name,
            home=source.home,
            page=self._whole(addresses.newspaper(source.slug)),
            languages=list(source.languages),
            country=source.country,
            kind=source.kind.value,
            display=source.display.value,
        )

    def headline(self, told: model.Headline) -> shapes.Headline:
        """An article in a list."""
        return shapes.Headline(
            source=told.source,
            number=told.number,
            address=self._whole(addresses.article(told.source, told.number)),
            newspaper=told.newspaper,
            title=told.title,
            lead=told.lead,
            language=told.language,
            section=told.section.value,
            dated=told.dated,
            precision=told.precision.value,
            story=told.story,
            image=self._whole(addresses.image(told.number, told.picture)) if told.picture else None,
        )

    def headlines(self, several: Iterable[model.Headline]) -> list[shapes.Headline]:
        """Articles in a list."""
        return [self.headline(told) for told in several]

    def place(self, place: Known) -> shapes.Place:
        """A place."""
        return shapes.Place(
            slug=place.slug,
            kind=place.kind.value,
            page=self._whole(addresses.place(place.slug)),
            names={language: place.name(language) for language in ("ar", "fr", "en")},
            lies_in=[area.slug for area in around(place)],
            latitude=place.latitude,
            longitude=place.longitude,
        )

    def article(self, view: ArticleView) -> shapes.Article:
        """An article with what stands around it."""
        article, published = view.article, view.article.published
        number = article.number or 0
        return shapes.Article(
            source=article.source,
            number=number,
            address=self._whole(addresses.article(article.source, number)),
            at_source=article.address,
            newspaper=view.source.name,
            title=article.title,
            lead=article.lead,
            author=article.author,
            language=article.language,
            section=article.section.value,
            credit=article.credit,
            published=published.moment if published else None,
            precision=published.precision.value if published else None,
            collected=article.collected,
            revision=article.revision,
            story=article.story,
            display=article.display.value,
            blocks=[self._block(number, block) for block in article.blocks],
            images=[self._image(number, image) for image in article.images if not image.blurred],
            places=[self.place(place) for place in view.where],
            copy_of=self.headline(view.original) if view.original else None,
            same_story=self.headlines(view.same_story),
        )

    def story(self, view: StoryView) -> shapes.Story:
        """A story of the front page."""
        return self._story(view.story, (view.story.representative, *view.others))

    def story_page(self, page: StoryPage, beside: Beside) -> shapes.StoryPage:
        """A story with all who tell it, and the stories `beside` it."""
        copies = (copy for several in page.copies.values() for copy in several)
        plain = self._story(page.story, (*page.tellings, *copies))
        return shapes.StoryPage(
            **dict(plain),
            added=[
                shapes.Addition(
                    number=number,
                    figures=list(added.figures),
                    places=list(added.places),
                    names=list(added.names),
                )
                for number, added in page.added.items()
            ],
            earlier=[self._former(story) for story in beside.earlier],
            related=[self._former(story) for story in beside.related],
        )

    def trend(self, rising: Rising) -> shapes.Trend:
        """What rises."""
        return shapes.Trend(
            name=rising.trend.name,
            search=self._whole(addresses.search(rising.query)),
            told=rising.trend.told,
            usual=round(rising.trend.usual, 2),
            newspapers=rising.trend.newspapers,
            headlines=self.headlines(rising.headlines),
        )

    def found(self, found: Found) -> shapes.Found:
        """A page of a search."""
        return shapes.Found(
            query=found.asked.query,
            total=found.total,
            page=found.asked.page,
            pages=found.pages,
            cut=found.cut,
            upto=found.newest,
            relaxed=found.relaxed,
            strict=found.strict,
            added=found.added,
            results=[self._result(result) for result in found.results],
            ignored=[shapes.Ignored(part=each.part, cause=each.cause) for each in found.ignored],
            unknown=[shapes.Unknown(name=each.name, near=dict(each.near)) for each in found.unknown],
            meant=found.meant,
            narrower={
                name: [
                    shapes.Choice(value=choice.value, name=choice.name, count=choice.count)
                    for choice in choices
                ]
                for name, choices in found.choices.items()
            },
            timeline=[shapes.Counted(when=bar.when, count=bar.count) for bar in found.timeline],
        )

    def _result(self, result: Result) -> shapes.Result:
        return shapes.Result(
            article=self.headline(result.headline),
            passages=[
                shapes.Passage(
                    text=passage.text,
                    marks=[shapes.Mark(start=span.start, end=span.end) for span in passage.spans],
                )
                for passage in result.passages
            ],
            same_story=self.headlines(result.same_story),
        )

    def _story(self, story: model.Story, tellings: Iterable[model.Headline]) -> shapes.Story:
        return shapes.Story(
            number=story.number,
            address=self._whole(addresses.story(story.number)),
            section=story.section.value,
            first_seen=story.first_seen,
            last_seen=story.last_seen,
            articles=story.articles,
            sources=story.sources,
            independents=story.independents,
            representative=self.headline(story.representative),
            tellings=self.headlines(tellings),
        )

    def _former(self, story: model.Story) -> shapes.Former:
        return shapes.Former(
            number=story.number,
            address=self._whole(addresses.story(story.number)),
            first_seen=story.first_seen,
            last_seen=story.last_seen,
            sources=story.sources,
            representative=self.headline(story.representative),
        )

    def _block(self, number: int, block: model.Block) -> shapes.Block:
        # A program cannot ask its reader whether he wants to see it.
        may_be_shown = block.image is not None and not block.image.blurred
        image = self._image(number, block.image) if block.image and may_be_shown else None
        return shapes.Block(kind=block.kind.value, text=block.text, image=image)

    def _image(self, number: int, image: model.Image) -> shapes.Image:
        address = self._whole(addresses.image(number, image.address))
        return shapes.Image(address=address, caption=image.caption, alt=image.alt)

    def _whole(self, path: str) -> str:
        return addresses.absolute(self._base, path)
