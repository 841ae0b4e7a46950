"""What stands on the front page beside the stories that matter."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from marsad.model import Precision, Published
from marsad.pipeline.keeping import Arrival
from marsad.views import front
from tests.press.world import archive
from tests.samples import NOW, SOURCE, article


def test_a_story_that_everybody_tells_at_the_moment_does_not_push_the_others_out(tmp_path: Path) -> None:
    with archive(tmp_path) as marsad:
        marsad.add_sources([SOURCE])
        same = " ".join(f"كلمة{n}" for n in range(60))
        texts = [f"{number} " + " ".join(f"نص{number}x{n}" for n in range(60)) for number in range(3)]
        for minute, text in enumerate([*texts, *[same] * (2 * front.TICKER + 5)]):
            moment = Published(NOW + timedelta(minutes=minute), Precision.MINUTE, "meta")
            told = article(
                text,
                title=f"عنوان {text[:6]}",
                address=f"https://nakhla.example/{minute}",
                published=moment,
            )
            marsad.keeper.keep([Arrival(told)])
        with marsad.store.reading() as connection:
            newest = front.ticker(connection)
    assert len({headline.story for headline in newest}) == len(newest)
    assert {headline.title for headline in newest} >= {f"عنوان {text[:6]}" for text in texts}
