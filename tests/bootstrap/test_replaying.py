"""A replay rebuilds the very bytes, whatever ended the seats, and calls nobody."""

import asyncio
from pathlib import Path

import pytest

from panel.bootstrap.planning import plan
from panel.bootstrap.replaying import replay
from panel.bootstrap.running import start
from panel.engine.local import Silent
from panel.errors import EndpointError, InputError
from panel.testing import FakeOpenAI, Reply
from panel.testing.reply import Script
from tests.bootstrap.conftest import Opened

SCRIPTS: dict[str, Script] = {
    "well": Reply(),
    "mended": [Reply.text("Ship it!")],
    "failed": {"skeptic": Reply.status(500), "creator": Reply.html(), "*": Reply()},
    "timed out": {"skeptic": Reply.slow(60), "*": Reply()},
    "all failed": Reply.refusal(),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_ending_is_rebuilt_without_a_call(house: Opened, name: str) -> None:
    with FakeOpenAI(SCRIPTS[name]) as server:
        timeout = 5 if name == "timed out" else 60
        made = plan(house(server, timeout=timeout, samples=2), ["hy-mt2"])
        with house().store(write=True) as store:
            asyncio.run(start(made, store, Silent()))
        asked = len(server.requests)
        with house().store(write=False) as store:
            assert asyncio.run(replay(store, made.run.id, house().workspace)) == []
        assert len(server.requests) == asked


def test_a_seat_that_stood_aside_is_rebuilt_too(house: Opened, fake: FakeOpenAI) -> None:
    made = plan(house(fake, llm="hunyuan", recuse=True), ["hy-mt2"])
    with house().store(write=True) as store:
        asyncio.run(start(made, store, Silent()))
        assert asyncio.run(replay(store, made.run.id, house().workspace)) == []
    assert fake.requests == []


def test_a_run_that_is_not_finished_cannot_be_replayed(house: Opened, desk: Path) -> None:
    with FakeOpenAI(Reply.status(401)) as server, house().store(write=True) as store:
        made = plan(house(server), ["hy-mt2"])
        with pytest.raises(EndpointError):
            asyncio.run(start(made, store, Silent()))
        with pytest.raises(InputError, match="is stopped, not finished -> finish it first"):
            asyncio.run(replay(store, made.run.id, house().workspace))
