"""From names and settings to a run that is pinned and priced, before anything is spent."""

import datetime as dt
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from panel.bootstrap.house import House
from panel.bootstrap.panels import Panels
from panel.bootstrap.pinning import loader
from panel.bootstrap.rows import RowCheck, placed
from panel.bootstrap.spool import Spool
from panel.domain.checks import CHECKS_VERSION
from panel.domain.dossier import Dossier
from panel.domain.exchange import Tier
from panel.domain.persona import Persona
from panel.domain.run import Order, OrderedDossier, Run, run_id
from panel.domain.value import digest_of
from panel.errors import EmptyError, InputError, Problem, SpendingError
from panel.judging.estimate import Estimate, estimate_all
from panel.library.orders import Row, Wishes
from panel.library.prompts import Prompts
from panel.pipeline import Material, Quotes
from panel.store.document import Document
from panel.store.store import Store

_VERSIONED = ("shipskip", "genai-prices", "openai", "pydantic", "pydantic-ai-slim")

Seen = Callable[[int, int], None]
"""Told how many rows of how many are planned."""


@dataclass(frozen=True)
class Plan:
    """A run that has not started.

    Attributes:
        run: The run.
        estimate: What it will take.
        dossiers: Its dossiers, from a spool on disk.
        personas: Everybody on its panels.
        prompts: Its prompt templates.
        earlier: Earlier quotes by persona id.
        skipped: Rows that were left out, with what is wrong with them.
    """

    run: Run
    estimate: Estimate
    dossiers: Spool
    personas: Mapping[str, Persona]
    prompts: Prompts
    earlier: Mapping[str, Quotes]
    skipped: tuple[Problem, ...] = ()

    def documents(self) -> Iterator[Document]:
        """Everything that decides the run's outcome, to be stored by digest."""
        order = self.run.order
        yield Document.of("order", order)
        for body in self.dossiers.bodies():
            yield Document.of("dossier", body)
        for persona in self.personas.values():
            yield Document.of("persona", persona)
        for text in self.prompts.texts.values():
            yield Document.of("template", text)
        for seat in order.all_seats:
            yield Document.of("llm", seat.llm)
        for quotes in self.earlier.values():
            yield Document.of("earlier", list(quotes))

    def material(self, store: Store) -> Material:
        """What the run reads once its documents are stored.

        Args:
            store: Where they are stored.
        """
        return Material(loader(store), self.personas, self.prompts, self.earlier)


def plan(
    house: House,
    names: Sequence[str | Row],
    *,
    name: str = "",
    skip_bad: bool = False,
    capped: bool = True,
    seen: Seen | None = None,
    load: Callable[[str], Dossier] | None = None,
) -> Plan:
    """Read and check everything an order needs; refuse it whole when something is wrong.

    Args:
        house: Workspace and settings.
        names: Slugs, paths, or rows of a list with what each wishes.
        name: What the person calls the run.
        skip_bad: Whether rows with a problem are left out instead.
        capped: Whether an order beyond the cap is refused; a fork carries much of it over.
        seen: Told after each row.
        load: Gives the dossier of a row; those of the workspace unless given.

    Raises:
        InputError: A dossier, persona, prompt or llm is wrong; all problems are listed.
        SpendingError: The order costs more than `max_cost` at least.
    """
    rows = [_row(name) for name in names]
    checker = RowCheck(load or house.dossiers.load)
    try:
        planned = _Planned(house, Panels(house))
    except InputError as error:
        # Everything that is wrong is told at once, the dossiers' problems too.
        found = [problem for row in rows for problem in checker.look(row)[1]]
        raise InputError(dict.fromkeys([*error.problems, *found])) from None
    refused: list[Problem] = []
    for number, row in enumerate(rows, 1):
        dossier, problems = checker.look(row)
        refused += problems or (planned.take(row, dossier) if dossier else [])
        if seen:
            seen(number, len(rows))
    if not planned.items or (refused and not skip_bad):
        raise InputError(dict.fromkeys(refused))
    now = dt.datetime.now(dt.UTC)
    personas = {persona.id: persona for persona in planned.panels.personas}
    earlier = _earlier(house, tuple(personas), now)
    if capped:
        _refuse_spending(house, planned.estimate)
    return Plan(
        run=_run(house, planned, earlier, name, now),
        estimate=planned.estimate,
        dossiers=planned.spool,
        personas=personas,
        prompts=planned.prompts,
        earlier=earlier,
        skipped=tuple(dict.fromkeys(refused)),
    )


def _row(name: str | Row) -> Row:
    return Row(dossier=name, line=0, path="") if isinstance(name, str) else name


class _Planned:
    """An order as it grows, row by row."""

    def __init__(self, house: House, panels: Panels) -> None:
        self.panels = panels
        self.prompts = house.prompts
        self._tier: Tier | None = "batch" if house.settings.provider_batch else None
        self.spool = Spool()
        self.items: list[OrderedDossier] = []
        self.estimate = Estimate()

    def take(self, row: Row, dossier: Dossier) -> list[Problem]:
        """Add a row; gives what is wrong with its wishes, and then adds nothing."""
        try:
            place = self.panels.place(Wishes(seats=row.seats, llm=row.llm, samples=row.samples))
        except InputError as error:
            return [placed(problem, row) for problem in error.problems]
        panel = self.panels.at(place)
        prompts = [
            (self.prompts.build(dossier, self.panels.persona(seat.persona)), seat.llm)
            for seat in panel.seats
        ]
        self.estimate = self.estimate.plus(estimate_all(prompts * panel.samples, self._tier))
        self.spool.add(dossier)
        self.items.append(OrderedDossier(slug=dossier.slug, digest=dossier.digest, panel=place))
        return []


def _run(
    house: House, planned: _Planned, earlier: Mapping[str, Quotes], name: str, now: dt.datetime
) -> Run:
    settings, usual = house.settings, planned.panels.usual
    order = Order(
        dossiers=tuple(planned.items),
        seats=usual.seats,
        samples=usual.samples,
        quorum=usual.quorum,
        recuse=settings.recuse,
        templates=planned.prompts.digests,
        earlier={
            persona: digest_of("earlier", list(quotes)) for persona, quotes in earlier.items()
        },
        versions={name: version(name) for name in _VERSIONED} | {"checks": CHECKS_VERSION},
        panels=tuple(planned.panels.others),
    )
    return Run(
        id=run_id(now, secrets.token_hex(3)),
        created=now,
        order=order,
        timeout=settings.timeout,
        concurrency=settings.concurrency,
        max_retries=settings.max_retries,
        name=name,
        rate=settings.rate,
        token_rate=settings.token_rate,
        max_cost=settings.max_cost,
        allow_unknown_cost=settings.allow_unknown_cost,
        lead=settings.lead,
        delivery="batch" if settings.provider_batch else "live",
        deadline=settings.deadline if settings.provider_batch else None,
    )


def _earlier(house: House, personas: Sequence[str], now: dt.datetime) -> dict[str, Quotes]:
    """Published-looking quotes of finished runs, so that a persona does not repeat itself."""
    try:
        with house.store(write=False) as store:
            return {persona: store.earlier_quotes(persona, now) for persona in personas}
    except EmptyError:
        return dict.fromkeys(personas, ())


def _refuse_spending(house: House, total: Estimate) -> None:
    cap = house.settings.max_cost
    if cap is None:
        return
    if total.cost is None and not house.settings.allow_unknown_cost:
        raise SpendingError(
            f"the cost of this order is unknown and the cap is {cap} USD",
            remedy="give --input-price and --output-price, add --allow-unknown-cost, or leave"
            " --max-cost out",
        )
    if total.cost and total.cost[0] > cap:
        raise SpendingError(
            f"this order costs at least {total.cost[0]:.2f} USD; the cap is {cap} USD",
            remedy="raise --max-cost, take fewer dossiers, seats or samples, or a cheaper llm",
        )
