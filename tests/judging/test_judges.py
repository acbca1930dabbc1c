"""The judge of a run: llms opened at once, the rubric offline, a replay without keys."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from panel.domain.llm import OFFLINE, LlmSettings
from panel.domain.review import Review
from panel.domain.run import Run
from panel.errors import DrainError, InputError
from panel.judging.brake import Brake
from panel.judging.judges import Limits, judge_of
from panel.judging.question import Question
from panel.judging.tape import Mode
from panel.library.prompts import Prompts
from panel.library.workspace import Workspace
from panel.store.document import Document
from panel.store.store import Store
from panel.testing import (
    FAKE_LLM,
    FakeOpenAI,
    Reply,
    make_dossier,
    make_order,
    make_persona,
    make_run,
    make_seat,
)

PERSONA, DOSSIER = make_persona(), make_dossier()


def _mend(problems: Sequence[str], wishes: Sequence[str]) -> str:
    return "\n".join([*problems, *wishes])


def run_by(*llms: LlmSettings, **changes: object) -> Run:
    seats = tuple(
        make_seat(make_persona(f"reviewer-{at}"), llm) for at, llm in enumerate(llms, start=1)
    )
    return make_run(make_order(DOSSIER, seats=seats), **changes)


def at(server: FakeOpenAI) -> LlmSettings:
    return FAKE_LLM.model_copy(update={"base_url": server.base_url})


def answered(url: str, run: Run, llm: LlmSettings, mode: Mode) -> Review:
    """One review of the run's judge, over a database."""
    prompt = Prompts(Workspace(Path("nowhere"))).build(DOSSIER, PERSONA)
    question = Question(dossier=DOSSIER, persona=PERSONA, prompt=prompt, llm=llm)

    async def work(store: Store) -> Review:
        async with judge_of(run, store, _mend, mode=mode) as judge:
            return await judge.review(question)

    with Store.open(url, write=True) as store:
        if mode == "record":
            store.create_run(run, [Document.of("order", run.order)])
        return asyncio.run(work(store))


def test_it_asks_over_the_tape_and_replays_without_the_server(url: str) -> None:
    with FakeOpenAI() as server:
        llm, run = at(server), run_by(at(server))
        first = answered(url, run, llm, "record")
        assert server.count == 1
    assert first.verdict is not None
    assert answered(url, run, llm, "replay") == first
    assert answered(url, run, llm, "resume") == first


def test_the_rubric_answers_without_any_endpoint(url: str) -> None:
    review = answered(url, run_by(OFFLINE), OFFLINE, "record")
    assert review.verdict is not None
    assert review.cost == 0
    assert not review.blocked


@pytest.mark.parametrize(
    ("llm", "said"),
    [
        (LlmSettings(kind="openai-chat", name="x"), "no API key found"),
        (LlmSettings(kind="oracle", name="delphi"), "oracle:delphi"),
    ],
)
@pytest.mark.parametrize("mode", ["record", "resume"])
def test_every_llm_of_the_panel_is_opened_before_the_first_question(
    url: str, llm: LlmSettings, said: str, mode: Mode
) -> None:
    async def work(store: Store) -> None:
        async with judge_of(run_by(FAKE_LLM, llm), store, _mend, mode=mode):
            pytest.fail("it opened")

    with (
        Store.open(url, write=True) as store,
        pytest.raises(InputError, match=said),
    ):
        asyncio.run(work(store))


def test_a_replay_needs_no_key(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIPSKIP_API_KEY", "sk-test-CANARYKEY1")
    with FakeOpenAI() as server:
        llm, run = at(server), run_by(at(server), LlmSettings(kind="openai-chat", name="x"))
        first = answered(url, run, llm, "record")
    monkeypatch.delenv("SHIPSKIP_API_KEY")
    assert answered(url, run, llm, "replay") == first


@pytest.mark.parametrize(("retries", "calls"), [(0, 1), (2, 3)])
def test_the_run_s_own_retries_are_used(url: str, retries: int, calls: int) -> None:
    with FakeOpenAI(Reply.status(429, retry_after="0")) as server:
        run = run_by(at(server), max_retries=retries)
        assert answered(url, run, at(server), "record").failure is not None
        assert server.count == calls
        answered(url, run, at(server), "replay")
        assert server.count == calls


def test_a_provider_that_asks_one_machine_to_wait_is_left_alone_by_all(url: str) -> None:
    class Stopped(Brake):
        """Stops at the first wait and tells how long it would have been."""

        async def sleep(self, seconds: float) -> None:
            waits.append(seconds)
            self.pull()
            self.check()

    waits: list[float] = []

    async def one_machine(server: FakeOpenAI, number: int) -> Review:
        prompt = Prompts(Workspace(Path("nowhere"))).build(DOSSIER, PERSONA)
        question = Question(dossier=DOSSIER, persona=PERSONA, prompt=prompt, llm=at(server))
        run = run_by(at(server), max_retries=0, id=f"20260512-083000-{number:06x}")
        with Store.open(url, write=True) as store:
            store.create_run(run, [Document.of("order", run.order)])
            limits = Limits(brake=Stopped(), pacer=store)
            async with judge_of(run, store, _mend, mode="record", limits=limits) as judge:
                return await judge.review(question)

    with FakeOpenAI(Reply.status(429, retry_after="1000")) as server:
        asyncio.run(one_machine(server, 1))
        with pytest.raises(DrainError):
            asyncio.run(one_machine(server, 2))
        assert server.count == 1
    assert 0 < waits[0] <= 1000
