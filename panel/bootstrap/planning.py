"""From names and settings to a run that is pinned and priced, before anything is spent."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from panel.bootstrap.house import House
from panel.domain.checks import CHECKS_VERSION
from panel.domain.dossier import Dossier
from panel.domain.keypath import dotted
from panel.domain.persona import Persona
from panel.domain.reduction import quorum_default
from panel.domain.run import Order, OrderedDossier, Run, Seat, run_id
from panel.domain.soundness import soundness, usable_facts
from panel.domain.value import digest_of
from panel.errors import EmptyError, InputError, Problem, SpendingError
from panel.judging.estimate import Estimate, estimate_all
from panel.pipeline import Material, Quotes
from panel.store.document import Document

_VERSIONED = ("shipskip", "genai-prices", "openai", "pydantic", "pydantic-ai-slim")


@dataclass(frozen=True)
class Plan:
    """A run that has not started.

    Attributes:
        run: The run.
        material: What it reads.
        documents: Everything that decides its outcome, to be stored by digest.
        estimate: What it will take.
    """

    run: Run
    material: Material
    documents: tuple[Document, ...]
    estimate: Estimate


def plan(house: House, names: Sequence[str]) -> Plan:
    """Read and check everything an order needs; refuse it whole when something is wrong.

    Args:
        house: Workspace and settings.
        names: Slugs or paths of dossiers.

    Raises:
        InputError: A dossier, persona, prompt or llm is wrong; all problems are listed.
        SpendingError: The order may cost more than `max_cost`.
    """
    refused: list[Problem] = []
    dossiers = _dossiers(house, names, refused)
    personas = _personas(house, refused)
    seats = _seats(house, personas, refused)
    if refused:
        raise InputError(dict.fromkeys(refused))
    now = dt.datetime.now(dt.UTC)
    earlier = _earlier(house, personas, now)
    material = Material(dossiers, {p.id: p for p in personas}, house.prompts, earlier)
    run = _run(house, seats, material, now)
    prompts = [
        (question.prompt, question.llm)
        for dossier in dossiers
        for question in material.questions(run, dossier)
    ]
    total = estimate_all(prompts)
    _refuse_spending(house, total)
    documents = {
        document.digest: document
        for document in (
            Document.of("order", run.order),
            *(Document.of("dossier", dossier) for dossier in dossiers),
            *(Document.of("persona", persona) for persona in personas),
            *(Document.of("template", text) for text in material.prompts.texts.values()),
            *(Document.of("llm", seat.llm) for seat in seats),
            *(Document.of("earlier", list(quotes)) for quotes in earlier.values()),
            *(Document.of("prompt", prompt) for prompt, _ in prompts),
        )
    }
    return Plan(run, material, tuple(documents.values()), total)


def _run(house: House, seats: tuple[Seat, ...], material: Material, now: dt.datetime) -> Run:
    settings = house.settings
    order = Order(
        dossiers=tuple(OrderedDossier(slug=d.slug, digest=d.digest) for d in material.dossiers),
        seats=seats,
        samples=settings.samples,
        quorum=settings.quorum or quorum_default(len(seats)),
        recuse=settings.recuse,
        templates=material.prompts.digests,
        earlier={
            persona: digest_of("earlier", list(quotes))
            for persona, quotes in material.earlier.items()
        },
        versions={name: version(name) for name in _VERSIONED} | {"checks": CHECKS_VERSION},
    )
    return Run(
        id=run_id(now, secrets.token_hex(3)),
        created=now,
        order=order,
        timeout=settings.timeout,
        concurrency=settings.concurrency,
        max_retries=settings.max_retries,
    )


def _dossiers(house: House, names: Sequence[str], refused: list[Problem]) -> tuple[Dossier, ...]:
    found: dict[str, Dossier] = {}
    for name in names:
        try:
            dossier = house.dossiers.load(name)
        except InputError as error:
            refused += error.problems
            continue
        if dossier.slug in found:
            refused.append(Problem(f"{dossier.slug} is ordered twice", "name it once", name))
        elif not usable_facts(dossier):
            refused.append(
                Problem(
                    f"{dossier.slug} holds no usable evidence",
                    "add at least one fact that states something about the model; see"
                    " `shipskip dossier check`",
                    name,
                )
            )
        else:
            refused += [
                Problem(finding.message, finding.remedy, name, key=dotted(finding.path))
                for finding in soundness(dossier)
                if finding.level == "error"
            ]
        found[dossier.slug] = dossier
    return tuple(found.values())


def _personas(house: House, refused: list[Problem]) -> tuple[Persona, ...]:
    ids = house.settings.seats
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        remedy = "name each persona once; use --samples for repeated reviews"
        refused.append(Problem(f"{name} sits twice on the panel", remedy))
    personas: list[Persona] = []
    for name in dict.fromkeys(ids):
        try:
            personas.append(house.personas.load(name))
        except InputError as error:
            refused += error.problems
    return tuple(personas)


def _seats(house: House, personas: Sequence[Persona], refused: list[Problem]) -> tuple[Seat, ...]:
    quorum, size = house.settings.quorum or 1, len(house.settings.seats)
    if quorum > size:
        message = f"a quorum of {quorum} can never be met by {size} seats"
        refused.append(Problem(message, "lower --quorum or add seats"))
    seats: list[Seat] = []
    for persona in personas:
        try:
            llm = house.llm(persona)
        except InputError as error:
            refused += error.problems
        else:
            seats.append(Seat(persona=persona.id, digest=persona.digest, llm=llm))
    return tuple(seats)


def _earlier(house: House, personas: Sequence[Persona], now: dt.datetime) -> dict[str, Quotes]:
    """Published-looking quotes of finished runs, so that a persona does not repeat itself."""
    try:
        with house.store(write=False) as store:
            return {persona.id: store.earlier_quotes(persona.id, now) for persona in personas}
    except EmptyError:
        return {persona.id: () for persona in personas}


def _refuse_spending(house: House, total: Estimate) -> None:
    cap = house.settings.max_cost
    if cap is None:
        return
    if total.cost is None:
        raise SpendingError(
            f"the cost of this order is unknown and the cap is {cap} USD",
            remedy="give --input-price and --output-price, or leave --max-cost out",
        )
    if total.cost[1] > cap:
        raise SpendingError(
            f"this order may cost up to {total.cost[1]:.2f} USD; the cap is {cap} USD",
            remedy="raise --max-cost, take fewer dossiers, seats or samples, or a cheaper llm",
        )
