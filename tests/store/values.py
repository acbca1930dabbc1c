"""Small values for the tests of the store, each with everything that must differ as an argument."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any, TypeVar

from panel.domain.exchange import Call, Charge, Exchange, tape_key
from panel.domain.flag import Flag, Span
from panel.domain.llm import OFFLINE
from panel.domain.review import Failure, Review, review_key
from panel.domain.run import Order, OrderedDossier, Run, Seat
from panel.domain.scorecard import PricingRead, Scorecard
from panel.domain.value import digest_of
from panel.domain.verdict import Citation, FlipCondition, Verdict
from panel.store.document import Document
from panel.store.store import Store

Result = TypeVar("Result")

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
SLUGS = ("zeta", "alpha")
PERSONAS = ("skeptic", "developer")
LENGTHY = Flag(
    kind="length",
    severity="warns",
    message="the quote is short",
    span=Span(field="quote", start=0, end=4, text="Four"),
)
WHOLE = Flag(kind="one-sided", severity="blocks", message="cite both sides", span=None)


def document(name: str, kind: str = "dossier") -> Document:
    """A document that stands for a dossier, persona or prompt of that name."""
    return Document.of(kind, {"name": name})


def order(slugs: tuple[str, ...] = SLUGS, *, samples: int = 2) -> Order:
    """An order whose dossiers and seats are deliberately not in alphabetical order."""
    return Order(
        dossiers=tuple(OrderedDossier(slug=slug, digest=document(slug).digest) for slug in slugs),
        seats=tuple(
            Seat(persona=persona, digest=document(persona, "persona").digest, llm=OFFLINE)
            for persona in PERSONAS
        ),
        samples=samples,
        quorum=2,
        templates={"rules.md.j2": document("rules", "template").digest},
        earlier={"skeptic": document("earlier", "earlier").digest},
        versions={"shipskip": "0.1.0"},
    )


def run(
    number: int = 1,
    *,
    created: dt.datetime | None = None,
    wanted: Order | None = None,
    **changes: Any,
) -> Run:
    """A run; its number sets its id and, unless told otherwise, how many hours after noon it is."""
    at = created or NOON + dt.timedelta(hours=number)
    name = f"{at:%Y%m%d-%H%M%S}-{number:06x}"
    return Run(id=name, created=at, order=wanted or order(), **changes)


def documents(wanted: Run) -> list[Document]:
    """Every document a run of `run()` and its reviews name."""
    return [
        Document.of("order", wanted.order),
        Document.of("llm", OFFLINE),
        document("rules", "template"),
        document("earlier", "earlier"),
        document("prompt", "prompt"),
        *(document(entry.slug) for entry in wanted.order.dossiers),
        *(document(seat.persona, "persona") for seat in wanted.order.seats),
    ]


def verdict(quote: str = "Four words stand here.") -> Verdict:
    """A verdict that says little."""
    return Verdict(
        reasons_for=(),
        reasons_against=(),
        call="ship",
        headline="Ship it",
        quote=quote,
        citations=(Citation(phrase="Four words", facts=("F1",)),),
        flip_conditions=(FlipCondition(condition="A higher price", topic="price"),),
        predictions=(),
    )


TIMEOUT = Failure(kind="timeout", retryable=True, detail="no answer", remedy="resume the run")


def review(slug: str = "zeta", persona: str = "skeptic", sample: int = 1, **changes: Any) -> Review:
    """A review; it ships unless `failure` is given."""
    dossier, seat = document(slug).digest, document(persona, "persona").digest
    prompt = document("prompt", "prompt").digest
    fields: dict[str, Any] = {
        "key": review_key(dossier, seat, prompt, OFFLINE.digest, sample),
        "dossier": dossier,
        "persona_digest": seat,
        "prompt": prompt,
        "llm": OFFLINE.digest,
        "slug": slug,
        "persona": persona,
        "llm_label": OFFLINE.label,
        "sample": sample,
        "verdict": None if "failure" in changes else verdict(),
        "cost": Decimal("0.10"),
    }
    return Review(**(fields | changes))


def card(wanted: Run, slug: str = "zeta", **changes: Any) -> Scorecard:
    """A scorecard of a run."""
    unknown = PricingRead(
        entry=None,
        input_per_million=None,
        output_per_million=None,
        currency="USD",
        facts=(),
        disputed=False,
    )
    fields: dict[str, Any] = {
        "run": wanted.id,
        "slug": slug,
        "name": slug.title(),
        "vendor": "Vendor",
        "dossier": document(slug).digest,
        "as_of": NOON.date(),
        "newest_fact": NOON.date(),
        "drafted_by": OFFLINE.label,
        "outcome": "no_quorum",
        "ships": 0,
        "skips": 0,
        "answered": 0,
        "seats": 2,
        "samples": 2,
        "quorum": 2,
        "rate": None,
        "interval": None,
        "dissent": (),
        "results": (),
        "open_conflicts": (),
        "blocking": 0,
        "warnings": 0,
        "same_vendor": (),
        "pricing": unknown,
        "cost": None,
    }
    return Scorecard(**(fields | changes))


def exchange(body: str = "{}", *, status: int | None = 200, **changes: Any) -> Exchange:
    """What came back for the request `body`."""
    path = "/v1/chat/completions"
    fields: dict[str, Any] = {
        "key": tape_key(path, body, 1),
        "path": path,
        "request": body,
        "status": status,
        "seconds": 0.25,
    }
    return Exchange(**(fields | changes))


def stored_run(store: Store, number: int = 1, **changes: Any) -> Run:
    """A run that is in the store with all its documents."""
    made = run(number, **changes)
    store.create_run(made, documents(made))
    return made


def keep(store: Store, wanted: Run, *reviews: Review) -> list[Review]:
    """Store reviews at once; returns those that stand."""

    async def together() -> list[Review]:
        waiting = [store.keep_review(wanted.id, r, started=NOON, seconds=1.5) for r in reviews]
        return await asyncio.gather(*waiting)

    return asyncio.run(together())


def the_call(wanted: Run, reply: Exchange, **changes: Any) -> Call:
    """The call that a reply answers."""
    fields: dict[str, Any] = {
        "run": wanted.id,
        "review": "0" * 64,
        "key": reply.key,
        "path": reply.path,
        "body": reply.request,
    }
    return Call(**(fields | changes))


def call(
    store: Store, wanted: Run, reply: Exchange, charge: Charge | None = None, **changes: Any
) -> str:
    """Make a call and store its reply; returns the attempt."""

    async def both() -> str:
        attempt = await begin(store, wanted, reply, **changes)
        assert attempt is not None
        await store.end_attempt(wanted.id, attempt, reply, charge or Charge())
        return attempt

    return asyncio.run(both())


async def begin(store: Store, wanted: Run, reply: Exchange, **changes: Any) -> str | None:
    """Begin a call that has no reply yet."""
    return await store.begin_attempt(the_call(wanted, reply, **changes))


def end(
    store: Store, wanted: Run, attempt: str | None, reply: Exchange, charge: Charge | None = None
) -> None:
    """Store the reply to a call that was begun."""
    assert attempt is not None
    asyncio.run(store.end_attempt(wanted.id, attempt, reply, charge or Charge()))


def keep_card(store: Store, wanted: Scorecard) -> Scorecard:
    """Store a scorecard; returns the one that stands."""
    return asyncio.run(store.keep_scorecard(wanted))


def waiting(action: Callable[[], Awaitable[Result]]) -> Result:
    """Run one coroutine to its end."""

    async def main() -> Result:
        return await action()

    return asyncio.run(main())


def digest(name: str) -> str:
    """Any digest."""
    return digest_of("test", name)
