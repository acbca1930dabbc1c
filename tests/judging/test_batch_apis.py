"""Batch APIs are opened for every llm of a run, or refused before anything is spent."""

import asyncio

import pytest

from panel.domain.llm import OFFLINE, LlmSettings
from panel.domain.run import Run
from panel.errors import InputError
from panel.judging.batch_apis import batch_apis
from panel.testing import FakeOpenAI, make_dossier, make_order, make_persona, make_run, make_seat


def run_of(*llms: LlmSettings) -> Run:
    seats = [
        make_seat(make_persona(f"reviewer-{number}")).model_copy(update={"llm": llm})
        for number, llm in enumerate(llms)
    ]
    return make_run(make_order(make_dossier(), seats=tuple(seats)))


def test_each_llm_has_its_provider_and_the_offline_judge_has_none() -> None:
    async def story(run: Run, llm: LlmSettings) -> None:
        async with batch_apis(run) as providers:
            assert await providers(llm).find("nothing") is None
            with pytest.raises(KeyError):
                providers(OFFLINE)

    with FakeOpenAI() as server:
        llm = LlmSettings(kind="openai-chat", name="fake-llm", base_url=server.base_url)
        asyncio.run(story(run_of(llm, OFFLINE), llm))


def test_a_missing_key_is_told_when_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    async def story() -> None:
        async with batch_apis(run_of(LlmSettings(kind="openai-chat", name="gpt-5.5"))):
            raise AssertionError("opened")

    with pytest.raises(InputError, match="no API key"):
        asyncio.run(story())
