"""Start-up of the command against the import of its command line library."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

_ROUNDS = 15


def _seconds(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def measure() -> Iterator[tuple[str, float, str]]:
    """Yield the median ratio over paired runs."""
    ours = [str(Path(sys.executable).with_name("shipskip")), "--help"]
    theirs = [sys.executable, "-c", "import typer"]
    _seconds(ours)
    _seconds(theirs)
    ratio = statistics.median(_seconds(ours) / _seconds(theirs) for _ in range(_ROUNDS))
    yield "shipskip --help / python -c 'import typer', wall", ratio, "<= 2"
