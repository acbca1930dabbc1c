"""CPU per review against a bare pydantic-ai Agent in a gather loop on the same server."""

import statistics
from collections.abc import Iterator

from bench.house import prompts_of, run, workspace
from bench.loops import agent_loop, timed
from bench.server import endpoint
from panel.bootstrap.house import House

_CONCURRENCY = 20
_REPEATS = 8
_ROUNDS = 5


def measure() -> Iterator[tuple[str, float, str]]:
    """Yield the median ratio of CPU per review over paired rounds."""
    with endpoint() as base_url, workspace(base_url, _CONCURRENCY) as plain:
        settings = plain.settings.model_copy(update={"samples": _REPEATS})
        house = House(plain.workspace, settings, plain.origins)
        slugs = house.dossiers.slugs()
        prompts = prompts_of(house, slugs) * _REPEATS
        timed(agent_loop, base_url, prompts[:20], _CONCURRENCY)
        run(house, slugs)
        ratios = [
            run(house, slugs)[0] / timed(agent_loop, base_url, prompts, _CONCURRENCY)[0]
            for _ in range(_ROUNDS)
        ]
    ratio = statistics.median(ratios)
    yield "CPU per review, all of ours / bare Agent loop", ratio, "<= 1.3, later 0.7"
