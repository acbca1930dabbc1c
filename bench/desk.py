"""The desk under load: 20 editors at one with 10,000 drafts, and at one with a single page of them.

Both are asked in turn, round by round, so that whatever else the machine does falls on both.
Run it on an idle machine with `python -m bench.desk [DRAFTS]`.
"""

import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench.crowd import Crowd, filled
from panel.domain.editing.queue import PAGE

_EDITORS = 20
_DRAFTS = 10_000
_ROUNDS = 6
_ASKED = 8
"""Pages each editor opens in a round."""

_PAUSE = (0.6, 1.8)
"""Least and most seconds between two pages of one editor, who reads in between."""

_PAGES = {
    "queue": ("/queue", "/queue?state=draft&sort=name", "/queue?split=1&sort=age"),
    "search": ("/queue?q=weights", "/queue?q=licence+benchmark", "/queue?q=copy"),
}
Times = dict[str, list[float]]


@dataclass(frozen=True)
class Served:
    """A desk that serves.

    Attributes:
        crowd: What lies in it.
        address: Where it listens.
    """

    crowd: Crowd
    address: str


def main() -> None:
    """Measure and print."""
    drafts = int(sys.argv[1]) if len(sys.argv) > 1 else _DRAFTS
    for what, ratio, goal in measure(drafts):
        print(f"{what:<64} {ratio:>8.3f}   goal {goal}", flush=True)


def measure(drafts: int = _DRAFTS) -> Iterator[tuple[str, float, str]]:
    """Yield the p95 of each page on the full desk over that on the small one.

    Args:
        drafts: Drafts on the full desk; five reviews each.
    """
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        begun = time.perf_counter()
        crowds = [filled(root / name, count, _EDITORS) for name, count in _desks(drafts)]
        yield f"seconds to fill a desk with {drafts:,} drafts", time.perf_counter() - begun, "-"
        small, full = (stack.enter_context(_serving(crowd)) for crowd in crowds)
        found: dict[str, Times] = {"small": defaultdict(list), "full": defaultdict(list)}
        for number in range(_ROUNDS + 1):
            for name, desk in (("small", small), ("full", full)):
                times = _visited(desk)
                if number:  # the first round only warms up
                    for page, seconds in times.items():
                        found[name][page] += seconds
    for page in (*_PAGES, "dossier"):
        least, most = (p95(found[name][page]) for name in ("small", "full"))
        yield f"p95 of {page}, one page of drafts, ms", 1000 * least, "-"
        yield f"p95 of {page}, {drafts:,} drafts, ms", 1000 * most, "-"
        yield f"p95 of {page}, {drafts:,} drafts / one page of them", most / least, "<= 1.5"


def p95(seconds: list[float]) -> float:
    """What 95 of 100 stay below.

    Args:
        seconds: At least two figures.
    """
    return statistics.quantiles(seconds, n=20)[-1]


def _desks(drafts: int) -> tuple[tuple[str, int], ...]:
    return ("small", PAGE), ("full", drafts)


@contextmanager
def _serving(crowd: Crowd) -> Generator[Served]:
    """The desk as the command opens it, in a process of its own."""
    code = "from panel.cli.main import run; run()"
    command = [sys.executable, "-c", code, "desk", "--port", "0", "--no-open"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SHIPSKIP_")}
    with subprocess.Popen(
        command,
        cwd=crowd.root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield Served(crowd, process.stdout.readline().partition("/sign-in")[0])
        finally:
            process.terminate()


def _visited(desk: Served) -> Times:
    """One round of all editors at once."""
    found: Times = defaultdict(list)
    editors = [
        threading.Thread(target=_edit, args=(desk, number, found)) for number in range(_EDITORS)
    ]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    return found


def _edit(desk: Served, number: int, found: Times) -> None:
    """One editor opens pages and reads them."""
    where = urlsplit(desk.address)
    connection = http.client.HTTPConnection(where.netloc, timeout=60)
    cookie = f"desk-{where.port}={desk.crowd.sessions[number]}"
    for _ in range(_ASKED):
        time.sleep(random.uniform(*_PAUSE))
        kind = random.choice(("queue", "search", "dossier"))
        path = random.choice(_PAGES.get(kind, desk.crowd.paths))
        begun = time.perf_counter()
        connection.request("GET", path, headers={"cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        found[kind].append(time.perf_counter() - begun)
        if answer.status != 200:
            raise RuntimeError(f"{path} says {answer.status}")
    connection.close()


if __name__ == "__main__":
    main()
