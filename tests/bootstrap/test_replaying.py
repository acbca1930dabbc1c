"""A replay rebuilds the very bytes, whatever ended the seats, and calls nobody."""

import asyncio
from pathlib import Path

import pytest

from panel.bootstrap.planning import plan
from panel.bootstrap.replaying import replay
from panel.bootstrap.running import start
from panel.domain.value import canonical_json, digest_of
from panel.engine.watching import Silent
from panel.errors import EndpointError, InputError
from panel.testing import FakeOpenAI, Reply
from panel.testing.reply import Script
from tests.bootstrap.conftest import Opened
from tests.databases import tamper

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


def test_what_was_altered_since_is_named_with_its_files(house: Opened, fake: FakeOpenAI) -> None:
    made = plan(house(fake), ["hy-mt2", "muse-spark"])
    with house().store(write=True) as store:
        asyncio.run(start(made, store, Silent()))
        card = store.scorecards(made.run.id)[0]
    body = canonical_json(card.model_copy(update={"drafted_by": "somebody else"}))
    assert (
        tamper(
            house().database_url,
            "UPDATE scorecards SET body = :body, digest = :digest WHERE slug = 'hy-mt2'",
            body=body,
            digest=digest_of("scorecard", body),
        )
        == 1
    )
    with house().store(write=False) as store:
        found = asyncio.run(replay(store, made.run.id, house().workspace))
    assert [f"{problem.path} {problem.message}" for problem in found] == [
        "scorecard hy-mt2 differs in drafted_by",
        "hy-mt2.html comes out differently",
        "hy-mt2.md comes out differently",
        "scorecards.jsonl comes out differently",
        "scorecards/hy-mt2.json comes out differently",
    ]


def test_a_run_that_is_not_finished_cannot_be_replayed(house: Opened, desk: Path) -> None:
    with FakeOpenAI(Reply.status(401)) as server, house().store(write=True) as store:
        made = plan(house(server), ["hy-mt2"])
        with pytest.raises(EndpointError):
            asyncio.run(start(made, store, Silent()))
        with pytest.raises(InputError, match="is stopped, not finished -> finish it first"):
            asyncio.run(replay(store, made.run.id, house().workspace))
