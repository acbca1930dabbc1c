"""CPU per review against a bare pydantic-ai Agent in a gather loop on the same server."""

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence

from openai import AsyncOpenAI
from pydantic_ai import Agent, NativeOutput
from pydantic_ai.models import infer_model
from pydantic_ai.providers.openai import OpenAIProvider

from bench.house import run, workspace
from bench.server import endpoint
from panel.bootstrap.house import House
from panel.domain.prompt import Prompt
from panel.domain.verdict import Verdict
from panel.settings import DEFAULT_SEATS

_CONCURRENCY = 20
_REPEATS = 8
_ROUNDS = 5


async def _agent_loop(base_url: str, prompts: Sequence[Prompt]) -> None:
    client = AsyncOpenAI(base_url=base_url, api_key="not-needed", max_retries=0)
    provider = OpenAIProvider(openai_client=client)
    llm = infer_model("openai-chat:fake-llm", provider_factory=lambda _: provider)
    agent = Agent(output_type=NativeOutput(Verdict, strict=True), retries=2)
    gate = asyncio.Semaphore(_CONCURRENCY)

    async def one(prompt: Prompt) -> None:
        async with gate:
            await agent.run(
                f"{prompt.dossier}\n\n{prompt.persona}", instructions=prompt.rules, model=llm
            )

    await asyncio.gather(*(one(prompt) for prompt in prompts))
    await client.close()


def _bare(base_url: str, prompts: Sequence[Prompt]) -> float:
    begun = time.process_time()
    asyncio.run(_agent_loop(base_url, prompts))
    return time.process_time() - begun


def _prompts(house: House, slugs: Sequence[str]) -> list[Prompt]:
    personas = [house.personas.load(seat) for seat in DEFAULT_SEATS]
    return [house.prompts.build(house.dossiers.load(s), p) for s in slugs for p in personas]


def measure() -> Iterator[tuple[str, float, str]]:
    """Yield the median ratio of CPU per review over paired rounds."""
    with endpoint() as base_url, workspace(base_url, _CONCURRENCY) as plain:
        settings = plain.settings.model_copy(update={"samples": _REPEATS})
        house = House(plain.workspace, settings, plain.origins)
        slugs = house.dossiers.slugs()
        prompts = _prompts(house, slugs) * _REPEATS
        _bare(base_url, prompts[:20])
        run(house, slugs)
        ratios = [run(house, slugs)[0] / _bare(base_url, prompts) for _ in range(_ROUNDS)]
    ratio = statistics.median(ratios)
    yield "CPU per review, all of ours / bare Agent loop", ratio, "<= 1.3, later 0.7"
