"""A run: one order with everything that decides its outcome pinned by digest.

Fields that came after the first release are left out of the JSON while they hold their default, so
that the digests of older orders stay what they are.
"""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from panel.domain.llm import LlmSettings
from panel.domain.value import Digest, Slug, Value, digest_of

RUN_ID_PATTERN = r"^[0-9]{8}-[0-9]{6}-[0-9a-f]{6}$"
RunId = Annotated[str, StringConstraints(pattern=RUN_ID_PATTERN)]
"""UTC start and six random hex digits, e.g. `20261121-083000-5f2a9c`: safe as a folder name."""

RunState = Literal["running", "finished", "stopped", "paused", "cancelled"]
"""`running` also after a crash; `paused` and `cancelled` are what a person asked for."""


def _unset(value: Any) -> bool:
    return value is None or value in {"", ()} or value is False


def _first(number: int) -> bool:
    return number == 1


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


class Panel(Value):
    """An ordered list of seats, how often each is asked, and how many must answer.

    Attributes:
        seats: The seats, in order.
        samples: Reviews per seat.
        quorum: Answers needed for a result.
        first_sample: Number of the first sample; more than 1 where a seat is asked for another one
            than it gave before.
    """

    seats: Annotated[tuple[Seat, ...], Field(min_length=1, max_length=32)]
    samples: Annotated[int, Field(ge=1, le=100)] = 1
    quorum: Annotated[int, Field(ge=1)]
    first_sample: Annotated[int, Field(ge=1)] = Field(default=1, exclude_if=_first)

    @property
    def reviews(self) -> int:
        """Reviews of one dossier."""
        return len(self.seats) * self.samples

    @property
    def sample_numbers(self) -> range:
        """Numbers of the samples of each seat; each has a seed of its own."""
        return range(self.first_sample, self.first_sample + self.samples)


class OrderedDossier(Value):
    """One dossier of an order.

    Attributes:
        slug: Its slug.
        digest: Its digest.
        panel: Place in the order's `panels` of a panel of its own; None for the order's panel.
    """

    slug: Slug
    digest: Digest
    panel: Annotated[int, Field(ge=0)] | None = Field(default=None, exclude_if=_unset)


class Order(Value):
    """What a run is asked to do.

    Attributes:
        dossiers: What to review, in order.
        seats: The panel, in order; of all dossiers that name no other.
        samples: Reviews per seat and dossier.
        quorum: Answers needed for a result; more than half of the seats unless set.
        recuse: Whether a seat whose llm comes from the model's vendor stands aside.
        templates: Digest by name of each prompt template.
        earlier: Digest by persona id of its earlier quotes, which the copy check compares with.
        versions: Version by name of what can change an answer or a result (shipskip, checks).
        panels: Other panels, for dossiers that have one of their own.
        first_sample: Number of the first sample of the order's panel, see `Panel`.
    """

    dossiers: Annotated[tuple[OrderedDossier, ...], Field(min_length=1)]
    seats: Annotated[tuple[Seat, ...], Field(min_length=1, max_length=32)]
    samples: Annotated[int, Field(ge=1, le=100)] = 1
    quorum: Annotated[int, Field(ge=1)]
    recuse: bool = False
    templates: dict[str, Digest]
    earlier: dict[str, Digest]
    versions: dict[str, str]
    panels: tuple[Panel, ...] = Field(default=(), exclude_if=_unset)
    first_sample: Annotated[int, Field(ge=1)] = Field(default=1, exclude_if=_first)

    @model_validator(mode="after")
    def _panels_exist(self) -> "Order":
        named = {item.panel for item in self.dossiers} - {None}
        if named and max(number for number in named if number is not None) >= len(self.panels):
            raise ValueError("a dossier names a panel that the order does not have")
        return self

    @cached_property
    def digest(self) -> str:
        """Name of this order."""
        return digest_of("order", self)

    @cached_property
    def panel(self) -> Panel:
        """The panel of all dossiers that name no other."""
        return Panel(
            seats=self.seats,
            samples=self.samples,
            quorum=self.quorum,
            first_sample=self.first_sample,
        )

    @cached_property
    def by_slug(self) -> Mapping[str, OrderedDossier]:
        """The dossiers by slug."""
        return {item.slug: item for item in self.dossiers}

    @cached_property
    def all_seats(self) -> tuple[Seat, ...]:
        """Every seat of every panel, once."""
        panels = (self.panel, *self.panels)
        return tuple({(s.digest, s.llm.digest): s for p in panels for s in p.seats}.values())

    @cached_property
    def reviews(self) -> int:
        """Reviews of the whole order."""
        return sum(self.panel_of(item).reviews for item in self.dossiers)

    def panel_of(self, item: OrderedDossier) -> Panel:
        """The panel of one dossier.

        Args:
            item: One of `dossiers`.
        """
        return self.panel if item.panel is None else self.panels[item.panel]


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
        concurrency: Most reviews at once, in one process.
        max_retries: Tries after the first when a connection or the provider fails.
        name: What the person calls it; may be empty.
        rate: Most calls per minute and provider; None for no limit.
        token_rate: Most tokens per minute and provider, sent and received; None for no limit.
        max_cost: Most USD the run may spend; None for no limit.
        allow_unknown_cost: Whether calls of unknown price are made although `max_cost` is set.
        lead: Whether the first seat of a dossier runs ahead of the rest, so that the others find
            its prompt in the provider's cache; `auto` where the provider is known to have one.
        delivery: `live` calls, or the provider's `batch` API at half the price.
        deadline: Hours after which what a provider's batch has not answered is called live.
        parent: The run it was forked from.
        state: `running` while a process works on it or after a crash, then how it ended.
        note: Why it was stopped; empty otherwise.
    """

    id: RunId
    created: dt.datetime
    order: Order
    timeout: Annotated[float, Field(gt=0, le=3600)] = 300
    concurrency: Annotated[int, Field(ge=1, le=1000)] = 32
    max_retries: Annotated[int, Field(ge=0, le=10)] = 2
    name: Annotated[str, Field(max_length=120)] = Field(default="", exclude_if=_unset)
    rate: Annotated[int, Field(ge=1)] | None = Field(default=None, exclude_if=_unset)
    token_rate: Annotated[int, Field(ge=1)] | None = Field(default=None, exclude_if=_unset)
    max_cost: Annotated[Decimal, Field(ge=0)] | None = Field(default=None, exclude_if=_unset)
    allow_unknown_cost: bool = Field(default=False, exclude_if=_unset)
    lead: Literal["auto", "on", "off"] = Field(default="auto", exclude_if="auto".__eq__)
    delivery: Literal["live", "batch"] = Field(default="live", exclude_if="live".__eq__)
    deadline: Annotated[float, Field(gt=0)] | None = Field(default=None, exclude_if=_unset)
    parent: RunId | None = Field(default=None, exclude_if=_unset)
    state: RunState = "running"
    note: str = ""
