"""One five-seat panel against its slowest call."""

import statistics
from collections.abc import Iterator

from bench.house import run, workspace
from bench.server import endpoint

_LATENCY = 2.0
_ROUNDS = 3


def measure() -> Iterator[tuple[str, float, str]]:
    """Yield wall time over the slowest call, and the seconds beyond it."""
    with endpoint(_LATENCY) as base_url, workspace(base_url, 32) as house:
        run(house, ["qwen3-6-27b"])
        walls = [run(house, ["qwen3-6-27b"])[1] for _ in range(_ROUNDS)]
    wall = statistics.median(walls)
    allowed = 1.05 * _LATENCY + 0.2
    yield "five seats, wall / (1.05 x slowest call + 0.2 s)", wall / allowed, "<= 1"
