"""An image of a newspaper → the same at reading size, fetched once for all its readers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from marsad.addresses import IMAGE_WIDTHS, image_key
from marsad.collect.answers import IMAGE
from marsad.collect.fetch import Fetched, Fetcher
from marsad.collect.robots import Robots
from marsad.collect.target import Target
from marsad.errors import Later, Refused
from marsad.extract.picture import Reduced, reduce
from marsad.pipeline.worker import Worker
from marsad.store import images
from marsad.store.engine import Store
from marsad.store.images import Picture
from marsad.store.picture_files import PictureFiles

#: Seconds after which an image is given up; making one small takes some hundredths of a second.
PATIENCE = 10.0
#: Images that are on their way at the same time; who asks for more is asked to come again.
MOST = 200
AT_ONCE = 12
#: When to ask again for an image that could not be had, and for one that was refused.
SOON, LONG = timedelta(minutes=10), timedelta(days=7)


class Pictures:
    """The images of articles. Two who ask for the same image wait for one fetch."""

    def __init__(
        self,
        store: Store,
        files: PictureFiles,
        fetcher: Callable[[], Fetcher],
        *,
        most_pixels: int,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._files = files
        self._new_fetcher = fetcher
        self._most_pixels = most_pixels
        self._clock = clock
        self._hands: _Hands | None = None
        self._coming: dict[str, asyncio.Task[Reduced]] = {}

    def close(self) -> None:
        """End the process that reads images."""
        if self._hands is not None:
            self._hands.worker.close()

    async def get(self, address: str, width: int) -> bytes:
        """The image at `address` in WebP, `width` wide or narrower.

        Raises Refused where it cannot be had, and Later where it cannot be had now.
        """
        key = image_key(address)
        kept = await asyncio.to_thread(self._files.get, key, width)
        if kept is not None:
            return kept
        await asyncio.to_thread(self._check_tried, key, address)
        if key not in self._coming:
            if len(self._coming) >= MOST:
                raise Later("too many images are on their way", address)
            task = asyncio.create_task(self._fetch(key, address))
            self._coming[key] = task
            task.add_done_callback(lambda _: self._coming.pop(key, None))
        # Who goes away does not take the image from those who wait for it too.
        reduced = await asyncio.shield(self._coming[key])
        return reduced.files[width]

    def _check_tried(self, key: str, address: str) -> None:
        with self._store.reading() as connection:
            tried = images.fetched(connection, key)
        if tried is not None and tried.again is not None and tried.again > self._clock():
            raise Refused("cannot be had", address, tried.reason or "")

    async def _fetch(self, key: str, address: str) -> Reduced:
        hands = self._hands_here()
        try:
            async with hands.free:
                body = await hands.fetched(address)
                reduced = await hands.worker.run(address, reduce, body, IMAGE_WIDTHS, self._most_pixels)
        except (Refused, Later) as error:
            wait = LONG if isinstance(error, Refused) else SOON
            await self._note(Picture(key, None, str(error), self._clock() + wait))
            raise
        await asyncio.to_thread(self._files.put, key, reduced.files)
        await self._note(Picture(key, reduced.size))
        return reduced

    async def _note(self, picture: Picture) -> None:
        def note() -> None:
            with self._store.writing() as connection:
                images.note(connection, picture)

        await asyncio.to_thread(note)

    def _hands_here(self) -> _Hands:
        """What works in the running loop; connections cannot be handed from one loop to another."""
        loop = asyncio.get_running_loop()
        if self._hands is None or self._hands.loop is not loop:
            worker = self._hands.worker if self._hands else Worker(PATIENCE)
            fetcher = self._new_fetcher()
            self._hands = _Hands(loop, fetcher, Robots(fetcher), worker, asyncio.Semaphore(AT_ONCE))
        return self._hands


@dataclass(frozen=True, slots=True)
class _Hands:
    loop: asyncio.AbstractEventLoop
    fetcher: Fetcher
    robots: Robots
    worker: Worker
    free: asyncio.Semaphore

    async def fetched(self, address: str) -> bytes:
        """The image as the newspaper sends it. Raises Refused or Later."""
        answer = await self.fetcher.fetch(address, wanted=IMAGE, permit=self.permit)
        if isinstance(answer, Fetched):
            return answer.page.body
        raise Later("answered that nothing changed", address)

    async def permit(self, where: Target) -> float:
        """robots.txt is obeyed; its pause is for crawlers, not for a reader's picture."""
        await self.robots.permit(where)
        return 0.0
