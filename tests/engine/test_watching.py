"""Several watchers are told as one."""

import asyncio

from panel.engine.local import LocalEngine
from panel.engine.watching import Silent, Watchers
from panel.testing import ScriptedJudge
from tests.engine.floor import Watching, keys_of, pipeline_of


def test_all_watchers_are_told_everything() -> None:
    one, two = Watching(), Watching()
    with pipeline_of(ScriptedJudge(), seats=2) as (pipeline, _, _):
        watcher = Watchers([one, Silent(), two])
        asyncio.run(LocalEngine(pipeline, concurrency=2, watcher=watcher).run())
        keys = keys_of(pipeline)
    for watching in (one, two):
        assert sorted(watching.started_keys) == sorted(watching.finished_keys) == sorted(keys)
        assert [card.slug for card, _ in watching.cards] == ["model-1"]
