"""A web server on a real loopback socket that answers what a test tells it to."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Page:
    """One answer.

    Attributes:
        body: Its bytes as they are sent.
        status: HTTP status.
        headers: Its headers.
        drip: Seconds between its bytes; it never ends then.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    drip: float = 0.0


def html(body: str, **headers: str) -> Page:
    return Page(body.encode(), headers={"content-type": "text/html; charset=utf-8", **headers})


def moved(location: str, status: int = 302) -> Page:
    return Page(status=status, headers={"location": location, "set-cookie": "seen=1"})


Answer = Page | Callable[[Mapping[str, str]], Page]


class Website:
    """The server; a context manager that listens inside its block."""

    def __init__(self, pages: Mapping[str, Answer] | None = None) -> None:
        self.pages: dict[str, Answer] = dict(pages or {})
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._ending = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                site.asked.append((self.path, headers))
                found = site.pages.get(self.path, Page(b"nothing here", 404))
                page = found(headers) if callable(found) else found
                self.send_response(page.status)
                for name, value in page.headers.items():
                    self.send_header(name, value)
                if not page.drip:
                    self.send_header("content-length", str(len(page.body)))
                self.end_headers()
                try:
                    self.wfile.write(page.body)
                    while page.drip and not site._ending.is_set():
                        self.wfile.write(b".")
                        time.sleep(page.drip)
                except OSError:
                    return

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
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
        self._ending.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]
