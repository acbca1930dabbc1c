"""The bare loops we compare ourselves with: no tape, no checks, no rows, the same prompts."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

import httpx2
from openai import AsyncOpenAI
from pydantic_ai import Agent, NativeOutput
from pydantic_ai.models import infer_model
from pydantic_ai.providers.openai import OpenAIProvider

from panel.domain.prompt import Prompt
from panel.domain.verdict import Verdict, verdict_schema

Loop = Callable[[str, Sequence[Prompt], int], Awaitable[None]]
"""Asks every prompt once: address, prompts, most at once."""


def _client(base_url: str, most: int) -> AsyncOpenAI:
    """A client whose connections are not held at 100."""
    limits = httpx2.Limits(max_connections=most, max_keepalive_connections=most)
    http = httpx2.AsyncClient(limits=limits, timeout=120)
    return AsyncOpenAI(
        base_url=base_url, api_key="not-needed", max_retries=0, http_client=http, timeout=120
    )


async def openai_loop(base_url: str, prompts: Sequence[Prompt], most: int) -> None:
    """The openai client in a gather loop.

    Args:
        base_url: Where the endpoint listens.
        prompts: What to ask.
        most: Most calls at once.
    """
    client = _client(base_url, most)
    gate = asyncio.Semaphore(most)

    async def one(prompt: Prompt) -> None:
        schema = verdict_schema(prompt.fact_ids)
        async with gate:
            await client.chat.completions.create(
                model="fake-llm",
                messages=[
                    {"role": "system", "content": prompt.rules},
                    {"role": "user", "content": f"{prompt.dossier}\n\n{prompt.persona}"},
                ],
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "verdict", "schema": schema, "strict": True},
                },
            )

    await asyncio.gather(*(one(prompt) for prompt in prompts))
    await client.close()


async def agent_loop(base_url: str, prompts: Sequence[Prompt], most: int) -> None:
    """A pydantic-ai Agent in a gather loop.

    Args:
        base_url: Where the endpoint listens.
        prompts: What to ask.
        most: Most calls at once.
    """
    client = _client(base_url, most)
    provider = OpenAIProvider(openai_client=client)
    llm = infer_model("openai-chat:fake-llm", provider_factory=lambda _: provider)
    agent = Agent(output_type=NativeOutput(Verdict, strict=True), retries=2)
    gate = asyncio.Semaphore(most)

    async def one(prompt: Prompt) -> None:
        async with gate:
            await agent.run(
                f"{prompt.dossier}\n\n{prompt.persona}", instructions=prompt.rules, model=llm
            )

    await asyncio.gather(*(one(prompt) for prompt in prompts))
    await client.close()


def timed(loop: Loop, base_url: str, prompts: Sequence[Prompt], most: int) -> tuple[float, float]:
    """Run a loop once.

    Returns:
        CPU seconds and wall seconds.
    """
    cpu, wall = time.process_time(), time.perf_counter()
    asyncio.run(loop(base_url, prompts, most))  # pyright: ignore[reportArgumentType]
    return time.process_time() - cpu, time.perf_counter() - wall
