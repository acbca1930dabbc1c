"""A list of models overnight: how busy the provider is kept, how flat memory stays, what resumes.

Ratios side by side in one run; run it on an idle machine with `python -m bench.batch [PART...]`.
"""

import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.house import made_dossiers, prompts_of, worked, workspace
from bench.loops import agent_loop, openai_loop, timed
from bench.server import endpoint
from panel.settings import DEFAULT_SEATS

Ratio = tuple[str, float, str]


def main() -> None:
    """Measure and print; parts may be named on the command line."""
    parts = {
        "busy": busy,
        "wide": wide,
        "memory": memory,
        "resume": resumed,
        "workers": workers,
    }
    for name in sys.argv[1:] or parts:
        for what, ratio, goal in parts[name]():
            print(f"{what:<72} {ratio:>7.3f}   goal {goal}", flush=True)


def busy() -> Iterator[Ratio]:
    """64 in flight at 0.5 s latency: how much of the ideal rate, beside the bare loops."""
    most, latency, dossiers = 64, 0.5, 256
    with endpoint(latency) as base_url, workspace(base_url, most, copies=dossiers) as house:
        slugs = [slug for slug in house.dossiers.slugs() if slug.startswith("copy-")]
        prompts = prompts_of(house, slugs)
        ideal = math.ceil(len(prompts) / most) * latency
        ours = ideal / worked(house, slugs)
        bare = ideal / timed(openai_loop, base_url, prompts, most)[1]
        agent = ideal / timed(agent_loop, base_url, prompts, most)[1]
    yield f"utilisation, {most} in flight at {latency} s, ours", ours, "-"
    yield "the bare openai client's", bare, "-"
    yield "a bare pydantic-ai Agent's", agent, "-"
    yield "ours / bare openai client", ours / bare, ">= 0.7"
    yield "ours / bare pydantic-ai Agent", ours / agent, "> 1"


def wide() -> Iterator[Ratio]:
    """256 in flight at 5 s latency: how much of the ideal rate.

    Twenty waves: what was begun within one second comes home spread over five, so that the last
    wave leaves half its places empty whatever we do, and a short list would tell of little else.
    """
    most, latency, dossiers = 256, 5.0, 1_024
    with endpoint(latency) as base_url, workspace(base_url, most, copies=dossiers) as house:
        slugs = [slug for slug in house.dossiers.slugs() if slug.startswith("copy-")]
        ideal = math.ceil(len(slugs) * len(DEFAULT_SEATS) / most) * latency
        what = f"utilisation, {most} in flight at {latency} s"
        yield f"{what}, ours", ideal / worked(house, slugs), ">= 0.95"
        prompts = prompts_of(house, slugs)
        yield (
            "the bare openai client's",
            ideal / timed(openai_loop, base_url, prompts, most)[1],
            "-",
        )


def _batch(root: Path, *arguments: str, **environment: str) -> tuple[float, float]:
    """Run `shipskip` in a workspace; gives wall seconds and peak memory in MiB."""
    before = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", "from panel.cli.main import run; run()", *arguments],
        cwd=root,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"shipskip {' '.join(arguments)} failed")
    return time.perf_counter() - before, used.ru_maxrss / (
        1024 if sys.platform == "linux" else 1024**2
    )


def memory() -> Iterator[Ratio]:
    """Peak memory of 10,000 dossiers over that of 100, one seat each."""
    peaks: dict[int, float] = {}
    with endpoint() as base_url:
        for count in (100, 10_000):
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder)
                (root / "dossiers").mkdir()
                made_dossiers(root / "dossiers", count)
                options = ("--llm", "fake-llm", "--base-url", base_url, "--concurrency", "64")
                _, peaks[count] = _batch(root, "batch", "dossiers", "--seats", "skeptic", *options)
                yield f"peak MiB, {count:,} dossiers", peaks[count], "-"
    yield "memory, 10,000 / 100 dossiers", peaks[10_000] / peaks[100], "<= 1.3"


def resumed() -> Iterator[Ratio]:
    """Seconds to resume a finished run of 2,000 dossiers."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "dossiers").mkdir()
        made_dossiers(root / "dossiers", 2_000)
        _batch(root, "batch", "dossiers", "--seats", "skeptic")
        seconds = min(_batch(root, "runs", "resume", "latest")[0] for _ in range(3))
    yield "seconds to resume a finished run of 2,000 dossiers", seconds, "< 2"


def workers() -> Iterator[Ratio]:
    """Two and three workers over one when the server's latency is the limit; needs PostgreSQL."""
    from bench.machines import pace_of

    one, two, three = (pace_of(number) for number in (1, 2, 3))
    yield "reviews per second, one worker", one, "-"
    yield "two workers / one", two / one, "-"
    yield "three workers / one", three / one, ">= 2.7"


if __name__ == "__main__":
    main()
