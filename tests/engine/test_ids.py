"""Tasks know the run and the seat they work for, and pass it on to what they start."""

import asyncio
from contextvars import copy_context

from panel.engine.ids import current_ids, current_run, leave_seat, work_for, work_for_seat
from panel.testing import ScriptedJudge
from tests.engine.floor import pipeline_of, questions_of

SEAT = {
    "dossier": "model-1",
    "seat": "reviewer-1",
    "sample": 1,
    "nth": 1,
    "llm": "openai-chat:fake-llm",
}


def test_a_seat_belongs_to_its_run_and_is_left_again() -> None:
    def walk() -> None:
        assert (dict(current_ids.get()), current_run()) == ({}, "")
        work_for_seat(question)
        assert current_ids.get() == SEAT
        work_for("r1")
        work_for_seat(question)
        assert current_ids.get() == {"run": "r1", **SEAT}
        leave_seat()
        assert (current_ids.get(), current_run()) == ({"run": "r1"}, "r1")

    with pipeline_of(ScriptedJudge(), seats=1) as (pipeline, _, _):
        question = questions_of(pipeline)[0]
    copy_context().run(walk)


def test_a_task_inherits_its_run_and_keeps_its_own_changes() -> None:
    async def other() -> str:
        before = current_run()
        work_for("r2")
        return before

    async def main() -> tuple[str, str]:
        work_for("r1")
        return await asyncio.create_task(other()), current_run()

    assert asyncio.run(main()) == ("r1", "r1")
