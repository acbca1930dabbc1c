"""A real OpenTelemetry collector on a loopback socket: it decodes what it is sent, and keeps it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

Attributes = dict[str, Any]


class Collector:
    """Listens inside its block.

    Args:
        status: What it answers.
        deaf: Whether it takes requests and never answers.

    Attributes:
        spans: Spans, as they came in.
        metrics: Metrics, as they came in.
        resources: Attributes of those who sent.
        bodies: Every body, undecoded.
    """

    def __init__(self, status: int = 200, *, deaf: bool = False) -> None:
        self.spans: list[Any] = []
        self.metrics: list[Any] = []
        self.resources: list[Attributes] = []
        self.bodies: list[bytes] = []
        self.closing = threading.Event()
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                collector.take(self.path, body)
                if deaf:
                    collector.closing.wait()
                    return
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def take(self, path: str, body: bytes) -> None:
        """Keep what was sent."""
        self.bodies.append(body)
        if path == "/v1/traces":
            sent = ExportTraceServiceRequest.FromString(body)
            for resource in sent.resource_spans:
                self.resources.append(attributes_of(resource.resource))
                self.spans += [span for scope in resource.scope_spans for span in scope.spans]
        else:
            assert path == "/v1/metrics"
            measured = ExportMetricsServiceRequest.FromString(body)
            for resource in measured.resource_metrics:
                self.resources.append(attributes_of(resource.resource))
                self.metrics += [one for scope in resource.scope_metrics for one in scope.metrics]

    def named(self, name: str) -> list[Any]:
        """Spans of a name."""
        return [span for span in self.spans if span.name == name]

    def points(self, name: str) -> list[tuple[Attributes, Any]]:
        """Attributes and points of a metric."""
        (metric,) = [metric for metric in self.metrics if metric.name == name]
        kind = metric.WhichOneof("data")
        return [(attributes_of(point), point) for point in getattr(metric, kind).data_points]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def attributes_of(one: Any) -> Attributes:
    """Attributes of a span, a point or a resource as a mapping."""
    return {
        pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in one.attributes
    }
