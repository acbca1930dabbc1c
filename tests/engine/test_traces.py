"""Spans and metrics leave this process, and a collector that is ill costs a run next to nothing."""

import logging

import pytest

from panel.engine.traces import sent, traced
from panel.testing import make_run
from tests.engine.collector import Collector

ALL = "OTEL_EXPORTER_OTLP_ENDPOINT"
SPANS, METRICS = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"


def traced_run(patience: float = 60) -> list[str]:
    """Trace an empty run; what the person was told."""
    said = list[str]()
    with traced(said.append, patience) as (spans, measures):
        for observer in (spans, measures):
            observer.opened(make_run())
            observer.closed(make_run(), None)
    return said


@pytest.mark.parametrize(
    ("environ", "signals"),
    [
        ({}, ()),
        ({ALL: ""}, ()),
        ({ALL: "http://x"}, ("TRACES", "METRICS")),
        ({SPANS: "http://x"}, ("TRACES",)),
        ({METRICS: "http://x"}, ("METRICS",)),
        ({ALL: "http://x", "OTEL_METRICS_EXPORTER": "none"}, ("TRACES",)),
    ],
)
def test_only_what_has_an_endpoint_is_sent(
    environ: dict[str, str], signals: tuple[str, ...]
) -> None:
    assert sent(environ) == signals


def test_a_collector_gets_all_and_is_told_who_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    with Collector() as there:
        monkeypatch.setenv(ALL, there.url)
        monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=night")
        monkeypatch.setenv("OTEL_SERVICE_NAME", "panel-7")
        assert traced_run() == []
    assert [span.name for span in there.spans] == ["shipskip.run"]
    assert [metric.name for metric in there.metrics] == ["shipskip.reviews.in_flight"]
    for resource in there.resources:
        assert resource["service.name"] == "panel-7"
        assert resource["deployment.environment"] == "night"
        assert {"service.version", "service.instance.id"} <= resource.keys()


@pytest.mark.parametrize("status", [400, 500])
def test_a_collector_that_refuses_is_told_in_one_line(
    status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Collector(status) as there:
        monkeypatch.setenv(ALL, there.url)
        (line,) = traced_run()
    assert line == "some spans or metrics did not reach the OpenTelemetry collector"
    assert capsys.readouterr().err == ""
    assert logging.getLogger("opentelemetry").handlers == []


def test_a_collector_that_never_answers_is_waited_for_no_longer_than_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "600")
    with Collector(deaf=True) as there:
        monkeypatch.setenv(ALL, there.url)
        (line,) = traced_run(patience=0.2)  # would wait for ten minutes if it were not bounded
    assert "did not reach" in line


def test_nobody_at_the_address_is_one_line_likewise(monkeypatch: pytest.MonkeyPatch) -> None:
    with Collector() as gone:
        address = gone.url
    monkeypatch.setenv(ALL, address)
    (line,) = traced_run(patience=0.2)
    assert "did not reach" in line
