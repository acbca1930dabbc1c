"""Asks one seat for another sample: a new, small run after the pattern of an old one.

The seat sees what it saw before and a seed of its own; never an old verdict, never a comment.
"""

import datetime as dt
import secrets

from panel.bootstrap.house import House
from panel.bootstrap.pinning import pinned
from panel.bootstrap.running import resume
from panel.domain.review import Review
from panel.domain.run import Order, Run, run_id
from panel.errors import InputError
from panel.judging.brake import Brake
from panel.judging.judges import judge_of
from panel.store.document import Document
from panel.store.store import Store


def sample_run(run: Run, slug: str, persona: str, number: int) -> Run:
    """The run of another sample.

    Args:
        run: The run whose seat is asked again; its dossier, persona, prompt and llm stay.
        slug: Which dossier.
        persona: Which seat.
        number: Number of the sample; one the seat never had, since it decides the seed.

    Raises:
        InputError: The run has no such dossier or seat.
    """
    item = run.order.by_slug.get(slug)
    panel = run.order.panel_of(item) if item else run.order.panel
    seat = next((one for one in panel.seats if one.persona == persona), None)
    if item is None or seat is None:
        raise InputError(
            f"run {run.id} has no seat {persona} for {slug}", remedy="choose one of its panel"
        )
    now = dt.datetime.now(dt.UTC)
    order = Order(
        dossiers=(item.model_copy(update={"panel": None}),),
        seats=(seat,),
        quorum=1,
        recuse=run.order.recuse,
        templates=run.order.templates,
        earlier=run.order.earlier,
        versions=run.order.versions,
        first_sample=number,
    )
    return Run(
        id=run_id(now, secrets.token_hex(3)),
        created=now,
        order=order,
        timeout=run.timeout,
        concurrency=1,
        max_retries=run.max_retries,
        name=f"sample {number} of {persona} on {slug}"[:120],
        max_cost=run.max_cost,
        allow_unknown_cost=run.allow_unknown_cost,
        lead="off",
        parent=run.id,
    )


async def ask_another(
    house: House, store: Store, made: Run, *, brake: Brake | None = None
) -> Review:
    """Ask, and give the review that came of it, a failure too.

    Args:
        house: Workspace and settings.
        store: An open, writable store that holds the parent.
        made: See `sample_run`.
        brake: Ends it early.

    Raises:
        EndpointError: The llm refuses every call.
        SpendingError: It would exceed the parent's cap.
        InterruptError: Somebody pulled the brake.
        InputError: The llm cannot be opened; nothing is stored then.
        StoreError: The database refuses.
    """
    material = pinned(made, store, house.workspace)
    async with judge_of(made, store, material.prompts.mend, mode="resume"):
        pass  # a missing key is known before anything is stored
    store.create_run(made, [Document.of("order", made.order)])
    try:
        await resume(made, material, store, brake=brake)
    finally:
        store.release_run(made.id)
    return store.reviews(made.id)[0]
