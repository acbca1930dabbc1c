"""One batch at its provider: submitted once whatever happens, waited for with patience."""

import asyncio
from pathlib import Path

import pytest

from panel.domain.exchange import Call, tape_key
from panel.domain.llm import LlmSettings
from panel.domain.run import Run
from panel.engine import submitting
from panel.engine.collected import Collected
from panel.engine.submitting import Submitting
from panel.errors import DrainError
from panel.judging.batch_apis import batch_apis
from panel.judging.brake import Brake
from panel.store.document import Document
from panel.store.store import Store
from panel.testing import BatchPlan, FakeOpenAI, make_dossier, make_order, make_run, make_seat

PATH = "/v1/chat/completions"
BODY = '{"messages":[{"content":"hello","role":"user"}],"model":"fake-llm"}'


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submitting, "_FIRST_WAIT", 0.01)
    monkeypatch.setattr(submitting, "_LONGEST_WAIT", 0.02)


def run_at(server: FakeOpenAI, path: str = "/v1") -> tuple[Run, LlmSettings]:
    llm = LlmSettings(kind="openai-chat", name="fake-llm", base_url=f"{server.url}{path}")
    seat = make_seat().model_copy(update={"llm": llm})
    return make_run(make_order(make_dossier(), seats=(seat,))), llm


def call(run: Run, llm: LlmSettings, number: int, path: str = PATH) -> Call:
    key = tape_key(path, BODY, number)
    return Call(run=run.id, review=key, key=key, path=path, body=BODY, llm=llm.digest)


def told(
    server: FakeOpenAI, folder: Path, *, path: str = PATH, again: bool = False
) -> list[tuple[str, int, int]]:
    """Submit three calls and settle; gives state, calls and answers of each batch."""
    run, llm = run_at(server)

    async def story(store: Store) -> None:
        async with batch_apis(run) as providers:
            own = Submitting(
                run.id, {llm.digest: llm}, providers=providers, store=store, brake=Brake()
            )
            collected = Collected()
            for number in range(1, 4):
                await collected.want(call(run, llm, number, path))
            assert await own.submit(collected) == 3
            collected.close()
            if again:
                (record,) = store.batches(run.id)
                await store.note_batch(record.id, "sealed", "3")  # as if it was never noted
            await own.settle(until=lambda: False)

    with Store.open(f"sqlite:///{folder}/shipskip.db", write=True) as store:
        store.create_run(run, [Document.of("order", run.order)])
        asyncio.run(story(store))
        return [(batch.state, batch.calls, batch.answered) for batch in store.batches(run.id)]


def test_a_batch_is_absorbed_and_ended(tmp_path: Path) -> None:
    with FakeOpenAI() as server:
        assert told(server, tmp_path) == [("ended", 3, 3)]
        assert len(server.batches) == 1


def test_one_that_was_created_but_never_noted_is_found_by_its_name(tmp_path: Path) -> None:
    with FakeOpenAI() as server:
        assert told(server, tmp_path, again=True) == [("ended", 3, 3)]
        assert len(server.batches) == 1


def test_what_the_window_closed_on_is_free_to_be_asked_again(tmp_path: Path) -> None:
    with FakeOpenAI(batch_plan=BatchPlan(expire_after=1)) as server:
        assert told(server, tmp_path) == [("ended", 3, 3)]


def test_requests_are_named_as_the_provider_names_them(tmp_path: Path) -> None:
    with FakeOpenAI() as server:
        told(server, tmp_path, path=f"/gateway{PATH}")
        assert {line.url for line in server.batches[0].lines} == {PATH}


def test_waiting_ends_with_the_brake(tmp_path: Path) -> None:
    with FakeOpenAI(batch_plan=BatchPlan(polls=1_000_000)) as server:
        run, llm = run_at(server)
        brake = Brake()

        async def story(store: Store) -> None:
            async with batch_apis(run) as providers:
                own = Submitting(
                    run.id, {llm.digest: llm}, providers=providers, store=store, brake=brake
                )
                collected = Collected()
                await collected.want(call(run, llm, 1))
                await own.submit(collected)
                collected.close()
                brake.pull()
                with pytest.raises(DrainError):
                    await own.settle(until=lambda: False)

        with Store.open(f"sqlite:///{tmp_path}/shipskip.db", write=True) as store:
            store.create_run(run, [Document.of("order", run.order)])
            asyncio.run(story(store))
            assert [batch.state for batch in store.batches(run.id)] == ["submitted"]
