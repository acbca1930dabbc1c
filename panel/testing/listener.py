"""The socket side of the fake endpoint: HTTP/1.1, one thread a connection, faults on the wire."""

import json
import socket
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from panel.testing.reply import Reply
from panel.testing.request import FakeRequest, as_object


class Listener(ThreadingHTTPServer):
    """Threads that end with their connections, and the connections kept to end them.

    Args:
        port: Port to listen on; 0 picks a free one.
        receive: Decides the reply to a request.
        failed: Told what `receive` raised.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def __init__(
        self,
        port: int,
        receive: Callable[[FakeRequest], Reply],
        failed: Callable[[Exception], None],
    ) -> None:
        self.receive = receive
        self._failed = failed
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Notes a connection, and serves it in a thread."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forgets a connection that ended."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """A client that went away is no error; a script that raised is one of the test's."""
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, OSError):
            self._failed(error)

    def close_connections(self) -> None:
        """Ends the threads that wait for a further request."""
        with self._lock:
            waiting = list(self._open)
        for connection in waiting:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class _Handler(BaseHTTPRequestHandler):
    """One connection, kept alive over many requests."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def parse_request(self) -> bool:
        """Notes when the request arrived, before anything is done with it."""
        self._at = time.monotonic()
        return super().parse_request()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """The recording is the log."""

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        path, _, query = self.path.partition("?")
        request = FakeRequest(
            method=self.command,
            path=path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=_parsed(raw),
            raw=raw,
            at=self._at,
            query=dict(urllib.parse.parse_qsl(query)),
        )
        reply = cast("Listener", self.server).receive(request)
        self.close_connection = reply.wire != "whole" or self.close_connection
        if reply.wire == "drop":
            return
        request.answered = reply.wire == "whole"  # before the client can look
        try:
            self._send(reply)
        except OSError:
            request.answered = False
            raise

    def _send(self, reply: Reply) -> None:
        body = reply.raw or b""
        self.send_response(reply.http_status)
        self.send_header("content-type", reply.content_type)
        self.send_header("content-length", str(len(body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if reply.wire == "cut" else body)
        self.wfile.flush()


def _parsed(raw: bytes) -> dict[str, Any]:
    if raw[:1] != b"{":  # a form with a file is long to decode, and no JSON
        return {}
    try:
        return as_object(json.loads(raw))
    except ValueError:
        return {}
