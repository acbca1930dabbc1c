"""Builds are killed while readers crawl: nobody ever sees half a page or a link into nothing.

Five builds as part of the suite; SHIPSKIP_TEST_BUILDS=50 for as many as one likes.
"""

import functools
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2

from tests.publishing.site.books import ROOT
from tests.publishing.site.builder import END, PAGES, texts
from tests.publishing.site.toys import told

BUILDS = int(os.environ.get("SHIPSKIP_TEST_BUILDS", "5"))
READERS = 3


class Quiet(SimpleHTTPRequestHandler):
    """A plain server of files."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing."""


@contextmanager
def served(out: Path) -> Generator[str]:
    """A site on a real port, read through its link on every request."""
    handler = functools.partial(Quiet, directory=str(out))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Readers:
    """People who follow links, again and again."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._crawl, args=(number,)) for number in range(READERS)
        ]
        self.read = 0
        self.complaints: list[str] = []

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _crawl(self, seed: int) -> None:
        chance = random.Random(seed)
        with httpx2.Client(base_url=self._address, timeout=60) as client:
            path = "/"
            while not self._stop.is_set():
                answer = client.get(path, follow_redirects=True)
                whole = answer.text.endswith(END)
                if answer.status_code != 200 or not whole:
                    self.complaints.append(f"{path}: {answer.status_code} {answer.text[-80:]!r}")
                self.read += 1
                links = re.findall(r'href="(/models/[^"]+)"', answer.text)
                path = chance.choice(links) if links and chance.random() < 0.9 else "/"
                time.sleep(0.005)


def build(out: Path, generation: int, kill_after: int | None) -> None:
    """Build a generation; killed after so many pages when told."""
    command = [sys.executable, "-m", "tests.publishing.site.builder", str(out), str(generation)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if kill_after is not None and len(said) > kill_after:
                process.kill()
                break
    if kill_after is None:
        assert process.returncode == 0
        assert said[-1] == "done\n"


def test_readers_never_see_a_build_that_was_killed(tmp_path: Path) -> None:
    out, chance = tmp_path / "site", random.Random(7)
    build(out, 0, None)
    with served(out) as address, Readers(address) as readers:
        for generation in range(1, BUILDS + 1):
            before = told(out)
            build(out, generation, chance.randrange(PAGES // 3))
            assert told(out) == before, "a killed build has touched what readers see"
            build(out, generation, None)
            after = told(out)
            assert {path: after[path] for path in texts(generation)} == texts(generation)
        assert readers.read > BUILDS
    assert readers.complaints == []
    gone = told(out)["models/m0/index.html"]
    assert "No longer here" in gone
    folders = [path for path in (tmp_path / ".site.builds").iterdir() if path.is_dir()]
    assert len(folders) == 2
