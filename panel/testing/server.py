"""An OpenAI-compatible endpoint on a real loopback socket, scripted and recording."""

import json
import socket
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast

from panel.testing.completion import PrefixCache, cacheable, complaint, completion
from panel.testing.grounded import grounded_answer
from panel.testing.reply import Player, Reply, Script, error_body
from panel.testing.request import FakeRequest, as_object


class FakeOpenAI:
    """The server; a context manager that listens inside its block.

    Args:
        script: What to answer, see `panel.testing.reply`; well-behaved answers unless given.
        llms: Names the endpoint knows; any name when empty.
        key: The only key that is accepted; any or none when None.
        latency: Seconds every completion takes, before what a reply adds.
        port: Port to listen on; 0 picks a free one.
    """

    def __init__(
        self,
        script: Script = grounded_answer,
        *,
        llms: Sequence[str] = (),
        key: str | None = None,
        latency: float = 0.0,
        port: int = 0,
    ) -> None:
        self.latency = latency
        self.errors: list[Exception] = []
        self._player = Player(script)
        self._llms = tuple(llms)
        self._key = key
        self._cache = PrefixCache()
        self._lock = threading.Lock()
        self._requests: list[FakeRequest] = []
        self._closing = threading.Event()
        self._server = _Listener(port, self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stops listening, ends waits, closes every connection.

        Raises:
            ExceptionGroup: When the script raised, unless the block already failed.
        """
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.close_connections()
        self._server.server_close()
        if self.errors and error is None:
            raise ExceptionGroup("the script of the fake server failed", self.errors)

    @property
    def url(self) -> str:
        """Address of the server without a path."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def base_url(self) -> str:
        """Address to configure an llm with."""
        return f"{self.url}/v1"

    @property
    def requests(self) -> list[FakeRequest]:
        """Every request so far, in order of arrival."""
        with self._lock:
            return list(self._requests)

    @property
    def calls(self) -> list[FakeRequest]:
        """The requests for a completion."""
        return [request for request in self.requests if request.path == "/v1/chat/completions"]

    @property
    def count(self) -> int:
        """How many completions were asked for."""
        return len(self.calls)

    def receive(self, request: FakeRequest) -> Reply:
        """Records a request and decides the reply, with its body made.

        Args:
            request: As it came over the wire.
        """
        with self._lock:
            request.number = len(self._requests)
            self._requests.append(request)
        refusal = self._refusal(request)
        if refusal:
            return refusal
        if request.path == "/v1/models":
            listed = [_llm(name) for name in self._llms or ("fake-llm",)]
            return Reply(raw=json.dumps({"object": "list", "data": listed}).encode())
        wrong = complaint(request)
        if wrong:
            return _error(400, wrong[0], param=wrong[1])
        reply = self._player.reply(request)
        if self._closing.wait(self.latency + reply.seconds):
            return Reply.drop()
        if reply.raw is not None:
            return reply
        cached = self._cache.cached(request.llm, cacheable(request))
        body = completion(request, reply, cached)
        return replace(reply, raw=json.dumps(body, ensure_ascii=False).encode())

    def _refusal(self, request: FakeRequest) -> Reply | None:
        if self._key is not None and request.headers.get("authorization") != f"Bearer {self._key}":
            return Reply.status(401)
        known = {("GET", "/v1/models"), ("POST", "/v1/chat/completions")}
        if (request.method, request.path) not in known:
            return _error(404, f"Unknown request URL: {request.method} {request.path}.")
        if request.method == "POST" and not request.body:
            return _error(400, "We could not parse the JSON body of your request.")
        if request.method == "POST" and self._llms and request.llm not in self._llms:
            message = f"The model `{request.llm}` does not exist or you do not have access to it."
            return Reply.status(404, message=message)
        return None


class _Listener(ThreadingHTTPServer):
    """Threads that end with their connections, and the connections kept to end them."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def __init__(self, port: int, fake: FakeOpenAI) -> None:
        self.fake = fake
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """A client that went away is no error; a script that raised is one of the test's."""
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, OSError):
            self.fake.errors.append(error)

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

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """The recording is the log."""

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        request = FakeRequest(
            method=self.command,
            path=self.path.partition("?")[0],
            headers={name.lower(): value for name, value in self.headers.items()},
            body=_parsed(raw),
            raw=raw,
            at=time.monotonic(),
        )
        reply = cast("_Listener", self.server).fake.receive(request)
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
    try:
        return as_object(json.loads(raw or b"{}"))
    except ValueError:
        return {}


def _llm(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1_770_000_000, "owned_by": "shipskip"}


def _error(http_status: int, message: str, *, param: str | None = None) -> Reply:
    body = error_body(message, kind="invalid_request_error", code=None, param=param)
    return Reply(http_status=http_status, raw=body)
