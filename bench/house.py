"""A throw-away workspace with the repository's dossiers, and one run of ours in it."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from panel.bootstrap.house import House
from panel.bootstrap.planning import plan
from panel.bootstrap.running import start
from panel.engine.local import Silent


@contextmanager
def workspace(base_url: str, concurrency: int) -> Generator[House]:
    """A workspace whose llm is the given endpoint.

    Args:
        base_url: Where the endpoint listens.
        concurrency: Most reviews at once.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(Path(__file__).parents[1] / "dossiers", root / "dossiers")
        flags = {"llm": "fake-llm", "base_url": base_url, "concurrency": concurrency}
        yield House.open(root, flags, {})


def run(house: House, slugs: Sequence[str]) -> tuple[float, float]:
    """Plan and run once.

    Returns:
        CPU seconds and wall seconds of the whole run, planning and store included.
    """
    cpu, wall = time.process_time(), time.perf_counter()
    made = plan(house, slugs)
    with house.store(write=True) as store:
        asyncio.run(start(made, store, Silent()))
    return time.process_time() - cpu, time.perf_counter() - wall
