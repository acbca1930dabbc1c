"""Which run, dossier and seat a task works for.

Whatever is logged below a seat, down to its last HTTP call, carries these ids; tasks inherit them.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType

from panel.judging.question import Question

Ids = Mapping[str, str | int]

current_ids: ContextVar[Ids] = ContextVar("current_ids", default=MappingProxyType({}))
"""Ids of what the current task works for; empty outside of a run."""


def work_for(run: str) -> None:
    """Let the current task, and all it starts, work for a run.

    Args:
        run: Its id.
    """
    current_ids.set({"run": run})


def work_for_seat(question: Question) -> None:
    """Let the current task work for one seat of the run it works for.

    Args:
        question: What the seat is asked.
    """
    current_ids.set({**_of_run(), **seat_ids(question)})


def leave_seat() -> None:
    """Let the current task work for its run only."""
    current_ids.set(_of_run())


def current_run() -> str:
    """Id of the run the current task works for; empty when there is none."""
    return str(current_ids.get().get("run", ""))


def seat_ids(question: Question) -> Ids:
    """The ids of a seat within its run.

    Args:
        question: What the seat is asked.
    """
    return {
        "dossier": question.dossier.slug,
        "seat": question.persona.id,
        "sample": question.sample,
        "nth": question.nth,
        "llm": question.llm.label,
    }


def _of_run() -> Ids:
    run = current_run()
    return {"run": run} if run else {}
