"""Spans and metrics for OpenTelemetry, over OTLP; imported only when an endpoint is configured.

They hold names, counts and times, never a prompt, an answer or a key. Attributes follow the GenAI
conventions of OpenTelemetry where those have a word, the rest begins with `shipskip.`.
"""

import logging
import os
import platform
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from importlib.metadata import version

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from panel.engine.measures import Measures
from panel.engine.spans import Spans

Say = Callable[[str], None]

Signal = str
"""`TRACES` or `METRICS`, as in the names of OpenTelemetry's variables."""

_PATIENCE = 3.0
"""Seconds a collector may take at the end; the run is kept by then, whatever becomes of these."""

_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


def sent(environ: Mapping[str, str] = os.environ) -> tuple[Signal, ...]:
    """The signals that somebody wants.

    Args:
        environ: The environment, with OpenTelemetry's own variables.
    """
    return tuple(
        signal
        for signal in ("TRACES", "METRICS")
        if (environ.get(_ENDPOINT) or environ.get(f"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"))
        and environ.get(f"OTEL_{signal}_EXPORTER") != "none"
    )


@contextmanager
def traced(say: Say, patience: float = _PATIENCE) -> Generator[tuple[Spans, Measures]]:
    """Send spans and metrics as long as the context lasts.

    Args:
        say: Tells the person, once, that something did not arrive.
        patience: Seconds a collector may take at the end.
    """
    signals, complaints = sent(), _Complaints()
    resource = _resource()
    spans, spans_out = TracerProvider(resource=resource, shutdown_on_exit=False), None
    readers: list[PeriodicExportingMetricReader] = []
    library = logging.getLogger("opentelemetry")
    library.addHandler(complaints)
    if "TRACES" in signals:
        spans_out = OTLPSpanExporter()
        spans.add_span_processor(BatchSpanProcessor(spans_out))
    if "METRICS" in signals:
        readers.append(PeriodicExportingMetricReader(OTLPMetricExporter()))
    meters = MeterProvider(readers, resource=resource, shutdown_on_exit=False)
    try:
        yield Spans(spans.get_tracer("shipskip")), Measures(meters.get_meter("shipskip"))
    finally:
        in_time = _within(patience, spans.shutdown, meters.shutdown)
        if spans_out and not in_time:
            spans_out.shutdown()
        if complaints.heard or not in_time:
            say("some spans or metrics did not reach the OpenTelemetry collector")
        library.removeHandler(complaints)


class _Complaints(logging.Handler):
    """Hears that something was not sent, so that the library does not print it in between."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard = False

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        """Remember it (see `logging.Handler`)."""
        self.heard = True


def _resource() -> Resource:
    """Who sends: several workers are told apart, and OpenTelemetry's own variables win."""
    ours = {
        "service.name": "shipskip",
        "service.version": version("shipskip"),
        "service.instance.id": f"{platform.node()}-{os.getpid()}",
    }
    return Resource.create(ours).merge(OTELResourceDetector().detect())


def _within(patience: float, *steps: Callable[[], None]) -> bool:
    """Whether all steps, taken at once, come to an end in time; else they are left behind."""
    threads = [threading.Thread(target=step, daemon=True) for step in steps]
    for thread in threads:
        thread.start()
    end = time.monotonic() + patience
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return not any(thread.is_alive() for thread in threads)
