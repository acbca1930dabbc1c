"""One question, its client, and a store, for the tests of judging."""

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest

from panel.domain.llm import LlmSettings
from panel.domain.prompt import Prompt
from panel.domain.run import Run
from panel.judging.brake import Brake
from panel.judging.endpoints import Endpoints
from panel.judging.gate import Gate
from panel.judging.judge import LlmJudge
from panel.judging.pace import MemoryPacer
from panel.judging.question import Question
from panel.judging.tape import Mode, Tape, TapeStore
from panel.judging.transport import TapeTransport
from panel.store.document import Document
from panel.store.store import Store
from panel.testing import FakeOpenAI, make_dossier, make_order, make_persona, make_run
from tests.databases import fresh_url

RUN = make_run(make_order(make_dossier()))
KEY = "sk-test-CANARYKEY1"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """URL of an empty database."""
    return fresh_url(tmp_path, tables=True)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty database that knows one run."""
    with Store.open(url, write=True) as store:
        store.create_run(RUN, [Document.of("order", RUN.order)])
        yield store


def question_for(server: FakeOpenAI | None, **llm: object) -> Question:
    """A question about the made dossier, to an llm at a fake server or to the rubric."""
    dossier = make_dossier()
    persona = make_persona()
    settings = LlmSettings.model_validate(
        {
            "kind": "openai-chat" if server else "rubric",
            "name": "fake-llm",
            "base_url": server.base_url if server else None,
            **llm,
        }
    )
    fence = f"dossier-{dossier.digest[:16]}"
    prompt = Prompt(
        rules="Judge the model by the dossier alone.",
        dossier=f"<{fence}>\n{dossier.name}\n</{fence}>",
        persona=f"Reviewer: {persona.id}",
        fence=fence,
        fact_ids=tuple(fact.id for fact in dossier.facts),
        made_of={"dossier": dossier.digest},
    )
    return Question(dossier=dossier, persona=persona, prompt=prompt, llm=settings)


def told(problems: Sequence[str], wishes: Sequence[str]) -> str:
    """A request to mend that is nothing but its points."""
    return "\n".join([*problems, *wishes])


def tape_of(store: TapeStore, mode: Mode = "record", run: Run = RUN) -> Tape:
    """The tape of a run whose gate lets everything out at once."""
    return Tape(store, run.id, Gate(run, store, MemoryPacer(), Brake()), mode)


Opened = tuple[LlmJudge, Tape]


@asynccontextmanager
async def judge_at(
    store: Store,
    *,
    mode: Mode = "record",
    seconds: float = 20,
    max_retries: int = 0,
    mend: Callable[..., str] = told,
) -> AsyncGenerator[Opened]:
    """A judge whose calls go through a tape in the store, and the tape."""
    tape = tape_of(store, mode)
    wire = None if mode == "replay" else httpx2.AsyncHTTPTransport()
    endpoints = Endpoints(
        TapeTransport(tape, wire, (KEY,)),
        timeout=seconds,
        max_retries=max_retries,
        environ={"SHIPSKIP_API_KEY": KEY},
    )
    try:
        yield (
            LlmJudge(
                lambda question: endpoints.open(question.llm),
                mend,
                timeout=seconds,
                on_timeout=tape.give_up,
                secrets=(KEY,),
            ),
            tape,
        )
    finally:
        await endpoints.close()
