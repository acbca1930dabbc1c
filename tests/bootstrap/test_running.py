"""Runs start, stop, and go on where they stopped."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from panel.bootstrap.pinning import pinned
from panel.bootstrap.planning import Plan, plan
from panel.bootstrap.running import resume, start
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.engine.watching import Silent
from panel.errors import BusyError, EndpointError, InputError
from panel.store.store import Store
from panel.testing import FakeOpenAI, FakeRequest, Reply
from tests.bootstrap.conftest import Opened
from tests.cli.ordering import wait_until
from tests.engine.floor import Watching


def resumed(store: Store, run: Run, house: Opened) -> list[Scorecard]:
    material = pinned(run, store, house().workspace)
    asyncio.run(resume(run, material, store, Silent()))
    return list(store.scorecards(run.id))


def stopped_run(house: Opened, server: FakeOpenAI, store: Store, **flags: object) -> Plan:
    made = plan(house(server, **flags), ["hy-mt2"])
    with pytest.raises(EndpointError):
        asyncio.run(start(made, store, Silent()))
    return made


def test_a_run_ends_finished_with_a_card_for_each_dossier(house: Opened) -> None:
    watching = Watching()
    made = plan(house(), ["muse-spark", "hy-mt2"])
    with house().store(write=True) as store:
        asyncio.run(start(made, store, watching))
        assert store.run(made.run.id).state == "finished"
        cards = store.scorecards(made.run.id)
    assert [card.slug for card in cards] == ["muse-spark", "hy-mt2"]
    assert len(watching.finished_keys) == 10


def test_a_key_that_is_missing_is_told_before_the_run_is_stored(house: Opened) -> None:
    made = plan(house(llm="openai-chat:x"), ["hy-mt2"])
    with house().store(write=True) as store:
        with pytest.raises(InputError, match="no API key found"):
            asyncio.run(start(made, store, Silent()))
        assert store.runs() == ()


def test_a_refusal_stops_the_run_and_says_how_to_go_on(house: Opened) -> None:
    with FakeOpenAI(Reply.status(403)) as server, house().store(write=True) as store:
        made = plan(house(server), ["hy-mt2"])
        with pytest.raises(EndpointError, match="forbidden") as caught:
            asyncio.run(start(made, store, Silent()))
        stopped = store.run(made.run.id)
    assert stopped.state == "stopped"
    assert "forbidden" in stopped.note
    assert f"shipskip runs resume {made.run.id}" in caught.value.remedy


def test_a_resumed_run_asks_only_what_has_no_review(house: Opened) -> None:
    refused: list[bool] = [True]

    def developer(_: FakeRequest) -> Reply:
        return Reply.status(401) if refused.pop() else Reply()

    with FakeOpenAI({"developer": developer, "*": Reply()}) as server:
        with house().store(write=True) as store:
            seats = "skeptic,creator,developer,futurist"
            made = stopped_run(house, server, store, concurrency=1, seats=seats)
            before = {review.key: review for review in store.reviews(made.run.id)}
            assert (len(before), server.count) == (2, 3)
        refused.append(False)
        with house().store(write=True) as store:
            cards = resumed(store, store.run(made.run.id), house)
            after = {review.key: review for review in store.reviews(made.run.id)}
            assert store.run(made.run.id).state == "finished"
        assert server.count == 5
    assert cards[0].answered == 4
    assert {key: after[key] for key in before} == before


def test_a_resumed_run_comes_out_like_one_that_was_never_stopped(house: Opened) -> None:
    def cards_of(*scripts: object) -> list[Scorecard]:
        with FakeOpenAI([*scripts, *[Reply()] * 9]) as server:  # pyright: ignore[reportArgumentType]
            settings = house(server, concurrency=1)
            with settings.store(write=True) as store:
                made = plan(settings, ["hy-mt2"])
                if not scripts:
                    asyncio.run(start(made, store, Silent()))
                    return list(store.scorecards(made.run.id))
                with pytest.raises(EndpointError):
                    asyncio.run(start(made, store, Silent()))
            with settings.store(write=True) as store:
                return resumed(store, store.run(made.run.id), house)

    def calls(cards: list[Scorecard]) -> list[tuple[str, str | None]]:
        return [(result.persona, result.call) for result in cards[0].results]

    assert calls(cards_of(Reply(), Reply.status(401))) == calls(cards_of())


def test_a_run_that_is_cancelled_is_stopped_and_can_go_on(house: Opened) -> None:
    async def cancelled(made: Plan, store: Store, server: FakeOpenAI) -> None:
        task = asyncio.create_task(start(made, store, Silent()))
        await asyncio.to_thread(wait_until, lambda: server.count == 5)
        task.cancel()
        await task

    with FakeOpenAI(Reply.slow(60)) as server, house().store(write=True) as store:
        made = plan(house(server), ["hy-mt2"])
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(cancelled(made, store, server))
        run = store.run(made.run.id)
        assert (run.state, run.note) == ("stopped", "interrupted")
        assert store.reviews(made.run.id) == ()
        assert store.attempts(made.run.id).unanswered == ()


def test_one_run_is_worked_on_once(house: Opened) -> None:
    made = plan(house(), ["hy-mt2"])
    with house().store(write=True) as store:
        store.create_run(made.run, made.documents())
        store.claim_run(made.run.id)
        with pytest.raises(BusyError, match=f"run {made.run.id} is being worked on"):
            resumed(store, made.run, house)
        assert store.run(made.run.id).state == "running"
        assert store.reviews(made.run.id) == ()


@pytest.mark.sqlite_only("any number may write to PostgreSQL")
def test_a_second_process_may_read_but_not_write(house: Opened, desk: Path) -> None:
    with house().store(write=True) as store:
        asyncio.run(start(plan(house(), ["hy-mt2"]), store, Silent()))
        with pytest.raises(BusyError, match="is writing to this database"):
            house().store(write=True)
        with house().store(write=False) as reading:
            assert len(reading.runs()) == 1


def test_a_run_without_an_llm_does_not_wait_for_an_llm_s_library(house: Opened) -> None:
    root = house().workspace.root
    code = (
        "import sys\nfrom panel.cli.main import app\n"
        "try:\n    app(['review', 'hy-mt2'])\n"
        "except SystemExit as left:\n    assert not left.code\n"
        "print('openai' in sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=True)
    assert done.stderr.splitlines()[-1] == "False"
