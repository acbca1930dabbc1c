"""Asks prompts through a library that is not ours: `python callers.py NAME ADDRESS MOST < PROMPTS`.

Runs in the library's own environment, so nothing of the project is imported here. Prints the CPU
seconds of all calls, with those of its threads and processes, without start-up and a first few.
"""

import asyncio
import importlib
import json
import os
import resource
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

Messages = tuple[str, str]
"""Rules and question."""

Ask = Callable[[Sequence[Messages]], object]
"""Asks all of them."""

_LLM = "fake-llm"
_WARM = 20
_PATIENCE = 120


def main() -> None:
    """Ask, and print what it took."""
    name, address, most = sys.argv[1:]
    prompts: list[Messages] = json.load(sys.stdin)
    os.environ |= {"OPENAI_API_KEY": "not-needed", "LITELLM_LOCAL_MODEL_COST_MAP": "true"}
    ask = LIBRARIES[name](address, int(most))
    ask(prompts[:_WARM])
    before = _cpu()
    ask(prompts)
    print(_cpu() - before)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _gathered(call: Callable[[str, str], Awaitable[object]], most: int) -> Ask:
    """All calls in a gather loop, in one event loop for warm-up and measure."""
    runner = asyncio.Runner()

    async def story(prompts: Sequence[Messages]) -> None:
        gate = asyncio.Semaphore(most)

        async def one(rules: str, question: str) -> None:
            async with gate:
                await call(rules, question)

        await asyncio.gather(*(one(*prompt) for prompt in prompts))

    return lambda prompts: runner.run(story(prompts))


def _messages(rules: str, question: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": rules}, {"role": "user", "content": question}]


def _curator(address: str, most: int) -> Ask:
    os.environ |= {"TELEMETRY_ENABLED": "false", "CURATOR_DISABLE_CACHE": "true"}
    os.environ["CURATOR_CACHE_DIR"] = tempfile.mkdtemp()
    # With its own copy of the word pieces that curator would download.
    importlib.import_module("litellm.litellm_core_utils.default_encoding")
    library: Any = importlib.import_module("bespokelabs.curator")
    llm = library.LLM(
        model_name=_LLM,
        backend="openai",
        backend_params={
            "base_url": address,
            "max_concurrent_requests": most,
            "max_requests_per_minute": 1_000_000,
            "max_tokens_per_minute": 1_000_000_000,
        },
    )
    return lambda prompts: llm([_messages(*prompt) for prompt in prompts])


def _inspect_ai(address: str, most: int) -> Ask:
    library: Any = importlib.import_module("inspect_ai.model")
    config = library.GenerateConfig(max_connections=most, max_retries=0)
    llm = library.get_model(
        f"openai/{_LLM}", config=config, base_url=address, api_key="-", responses_api=False
    )

    async def call(rules: str, question: str) -> object:
        return await llm.generate(
            [library.ChatMessageSystem(content=rules), library.ChatMessageUser(content=question)]
        )

    return _gathered(call, most)


def _langchain(address: str, most: int) -> Ask:
    library: Any = importlib.import_module("langchain_openai")
    llm = library.ChatOpenAI(
        model=_LLM, base_url=address, api_key="-", max_retries=0, timeout=_PATIENCE
    )
    return _gathered(lambda rules, question: llm.ainvoke(_messages(rules, question)), most)


def _litellm(address: str, most: int) -> Ask:
    library: Any = importlib.import_module("litellm")
    library.telemetry = False

    def call(rules: str, question: str) -> Awaitable[object]:
        return library.acompletion(
            model=f"openai/{_LLM}",
            api_base=address,
            api_key="-",
            messages=_messages(rules, question),
            max_retries=0,
            timeout=_PATIENCE,
        )

    return _gathered(call, most)


LIBRARIES: dict[str, Callable[[str, int], Ask]] = {
    "curator": _curator,
    "inspect_ai": _inspect_ai,
    "langchain": _langchain,
    "litellm": _litellm,
}
"""Opens each library for an address with so many calls at once."""


if __name__ == "__main__":
    main()
