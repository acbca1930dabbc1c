"""Workers on PostgreSQL side by side: what each further one adds while latency is the limit."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.house import made_dossiers
from bench.server import endpoint
from panel.bootstrap.working import workers_alive
from panel.store.store import Store
from tests.postgres import Postgres

_LATENCY = 3.0
_CONCURRENCY = 20
_DOSSIERS = 48
"""Dossiers per worker: twelve waves of its places, so that begin and end weigh little."""

_SHIPSKIP = (sys.executable, "-c", "from panel.cli.main import run; run()")


def pace_of(workers: int) -> float:
    """Reviews per second of some workers on one list.

    Args:
        workers: How many processes.
    """
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made_dossiers(_made(root / "dossiers"), _DOSSIERS * workers)
        url = stack.enter_context(_database())
        base_url = stack.enter_context(endpoint(_LATENCY))
        environment = {**os.environ, "SHIPSKIP_DATABASE_URL": url}
        for number in range(workers):
            stack.enter_context(_worker(root, environment, f"worker-{number}"))
        while workers_alive(url) < workers:  # they have to sign on before there is work
            time.sleep(0.2)
        order = ("batch", "dossiers", "--enqueue", "--llm", "fake-llm", "--base-url", base_url)
        subprocess.run(
            [*_SHIPSKIP, *order],
            cwd=root,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return _pace(url)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _pace(url: str) -> float:
    with Store.open(url, write=False) as store:
        run = store.resolve_run("latest")
        while store.run_state(run) == "running":
            time.sleep(1)
        times = store.review_times(run).values()
    first = min(one.started.timestamp() for one in times)
    last = max(one.started.timestamp() + one.seconds for one in times)
    return len(times) / (last - first)


@contextmanager
def _database() -> Generator[str]:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        server = Postgres(Path(folder))
        server.start()
        try:
            Store.open(server.url, write=True).close()
            yield server.url
        finally:
            server.remove()


@contextmanager
def _worker(root: Path, environment: dict[str, str], name: str) -> Generator[None]:
    command = [*_SHIPSKIP, "worker", "--name", name, "--concurrency", str(_CONCURRENCY)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=root, env=environment, stdout=quiet, stderr=quiet
    ) as process:
        try:
            yield
        finally:
            process.terminate()
