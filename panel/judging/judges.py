"""Opens the judge of a run: tape, transport, clients and the offline judge behind one door."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx2
from pydantic_ai.models import Model

from panel.domain.run import Run
from panel.judging.endpoints import Endpoints, secrets_in
from panel.judging.judge import LlmJudge
from panel.judging.question import Mend, Question
from panel.judging.rubric_client import RubricClient
from panel.judging.tape import Mode, Tape, TapeStore, TapeTransport


@asynccontextmanager
async def judge_of(
    run: Run, store: TapeStore, mend: Mend, *, mode: Mode
) -> AsyncGenerator[LlmJudge]:
    """The judge of a run; connections close at the end.

    Every llm of the panel is opened at once, so that a missing key is known before anything is
    stored or sent.

    Args:
        run: The run.
        store: Where its tape lies.
        mend: Writes the request to mend some problems.
        mode: Whether calls are made, looked up first, or only looked up.

    Raises:
        InputError: An llm of the panel cannot be opened.
    """
    tape = Tape(store, run.id, mode)
    live = mode != "replay"
    hidden = secrets_in()
    limits = httpx2.Limits(
        max_connections=run.concurrency, max_keepalive_connections=run.concurrency
    )
    wire = httpx2.AsyncHTTPTransport(limits=limits) if live else None
    endpoints = Endpoints(
        TapeTransport(tape, wire, hidden),
        timeout=run.timeout,
        max_retries=run.max_retries if live else 0,
        allow_no_key=not live,
    )

    def client(question: Question) -> Model:
        if question.llm.is_rubric:
            return RubricClient(question, tape)
        return endpoints.open(question.llm)

    try:
        for seat in run.order.seats:
            if not seat.llm.is_rubric:
                endpoints.open(seat.llm)
        yield LlmJudge(client, mend, timeout=run.timeout, on_timeout=tape.give_up, secrets=hidden)
    finally:
        await endpoints.close()
