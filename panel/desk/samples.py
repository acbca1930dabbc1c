"""Another sample of a seat, asked for at the desk: in the background, laid over when it is there.

What is being asked is remembered by the process alone. The run and its review are in the store, so
that a desk that stops in between loses no answer that was paid for.
"""

import asyncio
import datetime as dt
import threading
from dataclasses import dataclass, field, replace
from typing import Literal

from starlette.requests import Request

from panel.bootstrap.sampling import ask_another, sample_run
from panel.desk.context import Context, context_of
from panel.domain.editing.people import User
from panel.domain.run import Run
from panel.domain.value import Value
from panel.editing.drafts import Draft, Ref
from panel.editing.intent import Intent
from panel.editing.seats import taken
from panel.errors import BusyError, ShipskipError, StaleError
from panel.judging.estimate import estimate
from panel.publishing.words import money, one_line

_TRIES = 20
_AT_ONCE = 4
_KEPT = dt.timedelta(hours=1)
"""How long it is told that one failed."""

Status = Literal["asking", "done", "failed"]


class SampleView(Value):
    """A sample that was asked for.

    Attributes:
        persona: Id of the persona.
        name: Their name.
        run: The run that asks.
        by: Name of who asked for it.
        at: When.
        status: How far it is.
        told: What went wrong, and what to do; empty while nothing has.
    """

    persona: str
    name: str
    run: str
    by: str
    at: dt.datetime
    status: Status = "asking"
    told: str = ""


@dataclass
class Samples:
    """The samples a desk asks for."""

    _found: dict[tuple[Ref, str], SampleView] = field(default_factory=dict)  # pyright: ignore
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, ref: Ref, now: dt.datetime) -> tuple[SampleView, ...]:
        """Those of a draft that are not there yet or failed lately.

        Args:
            ref: The draft.
            now: The time.
        """
        with self._lock:
            here = [one for (of, _), one in self._found.items() if of == ref]
        return tuple(one for one in here if one.status != "done" and now - one.at < _KEPT)

    def begin(self, ref: Ref, page: str, view: SampleView) -> None:
        """Note that one is asked for.

        Args:
            ref: The draft.
            page: Path of the seat.
            view: It.

        Raises:
            BusyError: This seat is being asked already, or too many are.
        """
        with self._lock:
            asking = {place for place, one in self._found.items() if one.status == "asking"}
            if (ref, page) in asking:
                raise BusyError("this seat is being asked already", remedy="wait for its answer")
            if len(asking) >= _AT_ONCE:
                raise BusyError("several seats are being asked already", remedy="wait a moment")
            self._found[ref, page] = view

    def end(self, ref: Ref, page: str, status: Status, told: str = "") -> None:
        """Note how one ended.

        Args:
            ref: The draft.
            page: Path of the seat.
            status: How.
            told: What went wrong.
        """
        with self._lock:
            update = {"status": status, "told": one_line(told)}
            self._found[ref, page] = self._found[ref, page].model_copy(update=update)


_BEGUN = threading.Lock()


def _samples(request: Request) -> Samples:
    state = request.app.state
    with _BEGUN:
        if not hasattr(state, "samples"):
            state.samples = Samples()
    return state.samples


def samples_of(request: Request, ref: Ref) -> tuple[SampleView, ...]:
    """The samples of a draft that are not there yet or failed lately.

    Args:
        request: The request.
        ref: The draft.
    """
    return _samples(request).of(ref, context_of(request).clock())


def price_words(draft: Draft, page: str) -> str:
    """What another sample of a seat costs, in words.

    Args:
        draft: The draft.
        page: Path of the seat.
    """
    persona = page.rpartition(".")[0]
    run = draft.papers.run
    seats = run.order.panel_of(run.order.by_slug[draft.ref.slug]).seats
    llm = next(seat.llm for seat in seats if seat.persona == persona)
    own = next(one for one in draft.papers.reviews if one.persona == persona)
    found = estimate(draft.papers.prompts[own.prompt], llm)
    if llm.is_rubric:
        return "It costs nothing: a rubric writes these drafts, no llm."
    if found.cost is None:
        return "Its cost is unknown: no price is known for this llm."
    low, high = found.cost
    return f"It costs between {money(low)} and {money(high)}."


def next_number(draft: Draft, page: str) -> int:
    """The number of a seat's next sample, which decides its seed.

    Args:
        draft: The draft.
        page: Path of the seat.
    """
    earlier = sum(
        one.act == "sample" and f"{page}.origin" in one.changes for one in draft.revisions
    )
    return draft.papers.card.samples + earlier + 1


@dataclass(frozen=True)
class _Order:
    """One sample to ask for."""

    context: Context
    samples: Samples
    ref: Ref
    page: str
    run: Run
    by: User
    reason: str


def ask(request: Request, user: User, draft: Draft, page: str, reason: str) -> Run:
    """Ask a seat for another sample, in the background.

    Args:
        request: The request.
        user: Who asks.
        draft: The draft.
        page: Path of the seat.
        reason: Why.

    Returns:
        The run that asks.

    Raises:
        BusyError: This seat is being asked already, or too many are.
    """
    context, samples = context_of(request), _samples(request)
    persona = page.rpartition(".")[0]
    made = sample_run(draft.papers.run, draft.ref.slug, persona, next_number(draft, page))
    view = SampleView(
        persona=persona,
        name=one_line(draft.papers.personas[persona].name),
        run=made.id,
        by=user.name,
        at=context.clock(),
    )
    samples.begin(draft.ref, page, view)
    order = _Order(context, samples, draft.ref, page, made, user, reason)
    thread = threading.Thread(target=_work, args=(order,), name=f"sample-{made.id}", daemon=True)
    thread.start()
    return made


def _work(order: _Order) -> None:
    status: Status = "failed"
    told = "it ended before there was an answer; ask again"
    try:
        told = asyncio.run(_asked(order))
        status = "failed" if told else "done"
    except ShipskipError as error:
        told = error.message + (f" -> {error.remedy}" if error.remedy else "")
    finally:
        order.samples.end(order.ref, order.page, status, told)


async def _asked(order: _Order) -> str:
    """Ask, and lay the answer over; what went wrong, or nothing."""
    context = order.context
    review = await ask_another(context.house, context.store, order.run)
    if review.failure is not None:
        return f"{review.failure.detail} -> {review.failure.remedy}"
    intent = Intent(order.by, order.ref, base=0, reason=order.reason, key=order.run.id)
    for _ in range(_TRIES):
        draft = context.drafts.draft(order.ref)
        seat = next(one for one in draft.content.seats if one.path == order.page)
        wanted = taken(seat, order.run.id, review)
        try:
            context.editing.edit(replace(intent, base=draft.version), wanted, "sample")
        except StaleError:
            continue
        return ""
    return "others changed the draft all the while; ask again"
