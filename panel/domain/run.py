"""A run: one order with everything that decides its outcome pinned by digest."""

import datetime as dt
import re
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from panel.domain.llm import LlmSettings
from panel.domain.value import Digest, Slug, Value, digest_of

RUN_ID_PATTERN = r"^[0-9]{8}-[0-9]{6}-[0-9a-f]{6}$"
RunId = Annotated[str, StringConstraints(pattern=RUN_ID_PATTERN)]
"""UTC start and six random hex digits, e.g. `20261121-083000-5f2a9c`: safe as a folder name."""

RunState = Literal["running", "finished", "stopped"]


class Seat(Value):
    """A persona on the panel of one run, with the llm that plays it.

    Attributes:
        persona: Id of the persona.
        digest: Digest of the persona.
        llm: The llm's settings.
    """

    persona: Slug
    digest: Digest
    llm: LlmSettings


class OrderedDossier(Value):
    """One dossier of an order.

    Attributes:
        slug: Its slug.
        digest: Its digest.
    """

    slug: Slug
    digest: Digest


class Order(Value):
    """What a run is asked to do.

    Attributes:
        dossiers: What to review, in order.
        seats: The panel, in order.
        samples: Reviews per seat and dossier.
        quorum: Answers needed for a result; more than half of the seats unless set.
        recuse: Whether a seat whose llm comes from the model's vendor stands aside.
        templates: Digest by name of each prompt template.
        earlier: Digest by persona id of its earlier quotes, which the copy check compares with.
        versions: Version by name of what can change an answer or a result (shipskip, checks).
    """

    dossiers: Annotated[tuple[OrderedDossier, ...], Field(min_length=1)]
    seats: Annotated[tuple[Seat, ...], Field(min_length=1, max_length=32)]
    samples: Annotated[int, Field(ge=1, le=100)] = 1
    quorum: Annotated[int, Field(ge=1)]
    recuse: bool = False
    templates: dict[str, Digest]
    earlier: dict[str, Digest]
    versions: dict[str, str]

    @cached_property
    def digest(self) -> str:
        """Name of this order."""
        return digest_of("order", self)


def run_id(now: dt.datetime, nonce: str) -> str:
    """A run id.

    Args:
        now: Start, with a time zone.
        nonce: At least six hex digits that tell runs of one second apart.
    """
    return f"{now.astimezone(dt.UTC):%Y%m%d-%H%M%S}-{nonce[:6]}"


def is_run_id(text: str) -> bool:
    """Whether a text has the shape of a run id (and is therefore safe in a path)."""
    return re.fullmatch(RUN_ID_PATTERN, text) is not None


class Run(Value):
    """A run as it is stored.

    Attributes:
        id: Its id.
        created: When it was ordered, UTC.
        order: What it was asked to do.
        timeout: Seconds one seat may take, all calls together.
        concurrency: Most reviews at once.
        max_retries: Tries after the first when a connection or the provider fails.
        state: `running` while a process works on it or after a crash, then `finished`/`stopped`.
        note: Why it was stopped; empty otherwise.
    """

    id: RunId
    created: dt.datetime
    order: Order
    timeout: Annotated[float, Field(gt=0, le=3600)] = 300
    concurrency: Annotated[int, Field(ge=1, le=1000)] = 32
    max_retries: Annotated[int, Field(ge=0, le=10)] = 2
    state: RunState = "running"
    note: str = ""
