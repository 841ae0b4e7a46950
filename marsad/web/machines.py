"""What machines ask: is it well, and how is it doing."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from marsad.app import Marsad
from marsad.errors import MarsadError
from marsad.views import status


def health(request: Request) -> Response:
    """200 while the archive can be read and the index is near it, else 503 with the reason."""
    try:
        with _marsad(request).store.reading() as connection:
            well = status.health(connection)
    except MarsadError as error:
        return JSONResponse({"status": "failing", "reason": error.message}, 503)
    return JSONResponse(
        {
            "status": "ok" if well.ok else "failing",
            "articles": well.articles,
            "index_behind": well.index_behind,
        },
        200 if well.ok else 503,
    )


def metrics(request: Request) -> Response:
    """Everything that `marsad status` counts, as Prometheus reads it."""
    registry = CollectorRegistry()
    try:
        registry.register(_Counts(_marsad(request)))
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
    except MarsadError as error:
        return PlainTextResponse(error.message, 503)


class _Counts(Collector):
    def __init__(self, marsad: Marsad) -> None:
        self._marsad = marsad

    def collect(self) -> list[GaugeMetricFamily | CounterMetricFamily]:
        """The families, read from the archive at this moment."""
        with self._marsad.store.reading() as connection:
            seen = status.status(connection, self._marsad.folder)
        families: list[GaugeMetricFamily | CounterMetricFamily] = []
        for name, meaning, value in (
            ("marsad_articles", "Articles in the archive.", seen.articles),
            ("marsad_stories", "Stories that they tell.", seen.stories),
            ("marsad_waiting", "Addresses that wait for a visit.", seen.waiting),
            ("marsad_index_behind", "Changes that the index has not read yet.", seen.index_behind),
            ("marsad_defects", "Inputs set aside after an error of Marsad's own.", seen.defects),
            ("marsad_bytes", "Size of the data folder, in bytes.", seen.bytes),
        ):
            families.append(GaugeMetricFamily(name, meaning, value=value))
        outcomes = CounterMetricFamily(
            "marsad_outcomes", "How inputs ended.", labels=["source", "input", "outcome"]
        )
        for (source, kind, outcome), count in seen.outcomes.items():
            outcomes.add_metric([source, kind, outcome.value], count)
        states = GaugeMetricFamily(
            "marsad_source_state", "1 for the state a source is in.", labels=["source", "state"]
        )
        for line in seen.sources:
            states.add_metric([line.source.slug, line.state], 1)
        return [*families, outcomes, states]


def _marsad(request: Request) -> Marsad:
    marsad: Marsad = request.app.state.marsad
    return marsad
