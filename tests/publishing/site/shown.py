"""Planned pages on a real port, for tests that look at them in a browser."""

import functools
import threading
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from panel.publishing.site.book import Page


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as in its base
        """Nothing."""


@contextmanager
def shown(planned: Iterable[Page], folder: Path) -> Generator[str]:
    """Render pages into a folder and serve it.

    Args:
        planned: The pages.
        folder: An empty folder.
    """
    for page in planned:
        place = folder / page.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(page.render())
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
