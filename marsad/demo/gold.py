"""What the sample press tells, as JSON Lines with the event of each article: to measure grouping by.

Twice: a story may rightly be one event (`story`), or hold all stages of a saga (`story_b`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from marsad.demo.newspapers import newspapers
from marsad.demo.texts import all_texts


def gold_lines(epoch: datetime) -> Iterator[str]:
    """A line for each article in the order of publication; those after `epoch` an hour apart."""
    for text in sorted(all_texts(), key=lambda text: (-text.age_hours, text.id)):
        line = {
            "id": text.id,
            "source": text.newspaper,
            "language": text.language,
            "country": newspapers()[text.newspaper].country,
            "title": text.title,
            "text": "\n".join((text.lead, *text.paragraphs)).strip(),
            "published": (epoch - timedelta(hours=text.age_hours)).isoformat(),
            "story": text.event,
            "story_b": text.saga or text.event,
        }
        yield json.dumps(line, ensure_ascii=False)
