"""The judge of a run: llms opened at once, the rubric offline, a replay without keys."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from panel.domain.llm import OFFLINE, LlmSettings
from panel.domain.review import Review
from panel.domain.run import Run
from panel.errors import InputError
from panel.judging.judges import judge_of
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


def answered(folder: Path, run: Run, llm: LlmSettings, mode: Mode) -> Review:
    """One review of the run's judge, over a database in a folder."""
    prompt = Prompts(Workspace(folder)).build(DOSSIER, PERSONA)
    question = Question(dossier=DOSSIER, persona=PERSONA, prompt=prompt, llm=llm)

    async def work(store: Store) -> Review:
        async with judge_of(run, store, _mend, mode=mode) as judge:
            return await judge.review(question)

    with Store.open(f"sqlite:///{folder}/shipskip.db", write=True) as store:
        if mode == "record":
            store.create_run(run, [Document.of("order", run.order)])
        return asyncio.run(work(store))


def test_it_asks_over_the_tape_and_replays_without_the_server(tmp_path: Path) -> None:
    with FakeOpenAI() as server:
        llm, run = at(server), run_by(at(server))
        first = answered(tmp_path, run, llm, "record")
        assert server.count == 1
    assert first.verdict is not None
    assert answered(tmp_path, run, llm, "replay") == first
    assert answered(tmp_path, run, llm, "resume") == first


def test_the_rubric_answers_without_any_endpoint(tmp_path: Path) -> None:
    review = answered(tmp_path, run_by(OFFLINE), OFFLINE, "record")
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
    tmp_path: Path, llm: LlmSettings, said: str, mode: Mode
) -> None:
    async def work(store: Store) -> None:
        async with judge_of(run_by(FAKE_LLM, llm), store, _mend, mode=mode):
            pytest.fail("it opened")

    with (
        Store.open(f"sqlite:///{tmp_path}/shipskip.db", write=True) as store,
        pytest.raises(InputError, match=said),
    ):
        asyncio.run(work(store))


def test_a_replay_needs_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIPSKIP_API_KEY", "sk-test-CANARYKEY1")
    with FakeOpenAI() as server:
        llm, run = at(server), run_by(at(server), LlmSettings(kind="openai-chat", name="x"))
        first = answered(tmp_path, run, llm, "record")
    monkeypatch.delenv("SHIPSKIP_API_KEY")
    assert answered(tmp_path, run, llm, "replay") == first


@pytest.mark.parametrize(("retries", "calls"), [(0, 1), (2, 3)])
def test_the_run_s_own_retries_are_used(tmp_path: Path, retries: int, calls: int) -> None:
    with FakeOpenAI(Reply.status(429, retry_after="0")) as server:
        run = run_by(at(server), max_retries=retries)
        assert answered(tmp_path, run, at(server), "record").failure is not None
        assert server.count == calls
        answered(tmp_path, run, at(server), "replay")
        assert server.count == calls
