"""Opens the judge of a run: tape, transport, clients and the offline judge behind one door."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from pydantic_ai.models import Model

from panel.domain.run import Run
from panel.judging.aio_transport import AioTransport
from panel.judging.brake import Brake
from panel.judging.breaker import Breaker
from panel.judging.endpoints import Endpoints, secrets_in
from panel.judging.gate import Gate
from panel.judging.judge import LlmJudge
from panel.judging.pace import MemoryPacer, Pacer
from panel.judging.question import Mend, Question
from panel.judging.rubric_client import RubricClient
from panel.judging.tape import Mode, Tape, TapeStore, Want
from panel.judging.transport import TapeTransport


@dataclass(frozen=True)
class Limits:
    """What the judges of a process share.

    Attributes:
        brake: Ends every wait for a turn.
        pacer: Where turns are booked; a store shares them between machines.
        want: Takes the calls that are to be asked in a batch; needed to collect.
    """

    brake: Brake = field(default_factory=Brake)
    pacer: Pacer = field(default_factory=MemoryPacer)
    want: Want | None = None


@asynccontextmanager
async def judge_of(
    run: Run, store: TapeStore, mend: Mend, *, mode: Mode, limits: Limits | None = None
) -> AsyncGenerator[LlmJudge]:
    """The judge of a run; connections close at the end.

    Every llm of the panels is opened at once, so that a missing key is known before anything is
    stored or sent.

    Args:
        run: The run.
        store: Where its tape lies.
        mend: Writes the request to mend some problems.
        mode: Whether calls are made, looked up first, only looked up, or collected.
        limits: What is shared with other judges.

    Raises:
        InputError: An llm of a panel cannot be opened.
    """
    limits = limits or Limits()
    gate = Gate(run, store, limits.pacer, limits.brake)
    tape = Tape(store, run.id, gate, mode, want=limits.want, tries=1 + run.max_retries)
    live = mode in {"record", "resume"}
    hidden = secrets_in()
    endpoints = Endpoints(
        TapeTransport(tape, AioTransport(run.concurrency) if live else None, hidden),
        timeout=run.timeout,
        max_retries=run.max_retries if live else 0,
        allow_no_key=mode == "replay",
    )

    def client(question: Question) -> Model:
        if question.llm.is_rubric:
            return RubricClient(question, tape)
        return endpoints.open(question.llm)

    try:
        for seat in run.order.all_seats:
            if not seat.llm.is_rubric:
                endpoints.open(seat.llm)
        yield LlmJudge(
            client,
            mend,
            timeout=run.timeout,
            on_timeout=tape.give_up,
            secrets=hidden,
            breaker=Breaker(run.concurrency) if live else None,
        )
    finally:
        await endpoints.close()
