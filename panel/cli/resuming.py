"""Goes on with runs: under what was ordered, or as a new run under what is there today."""

from dataclasses import dataclass

from panel.bootstrap.drift import drift
from panel.bootstrap.forking import Fork, fork, store_fork
from panel.bootstrap.house import House
from panel.bootstrap.pinning import pinned
from panel.bootstrap.running import resume
from panel.cli.diagnostics import say
from panel.cli.handover import Where, by_workers, look_on
from panel.cli.lists import Work, conclude, screens
from panel.cli.plan_views import announcement, print_plan, token_line
from panel.cli.progress import Planning
from panel.cli.running import CARDS_AT_MOST, carry_out
from panel.cli.stopping import interruptible
from panel.domain.difference import common_inputs
from panel.domain.run import Run
from panel.engine.watching import Watcher
from panel.errors import Exit, InputError, Problem
from panel.judging.brake import Brake
from panel.pipeline import Material
from panel.publishing.words import counted
from panel.store.store import Store

_NAMED = 20
"""Most dossiers named where a fork tells what is new."""


@dataclass(frozen=True)
class Choice:
    """How a run is to go on.

    Attributes:
        pinned: With what was ordered, although something is another now.
        live: Call live what waits for a provider's batch.
        as_json: Print JSON lines instead of text.
    """

    pinned: bool = False
    live: bool = False
    as_json: bool = False


def resume_run(house: House, name: str, choice: Choice) -> Exit:
    """Go on with a run, if what it reads is still what was ordered.

    Args:
        house: Workspace and settings.
        name: Run id, the beginning of one, or `latest`.
        choice: How to go on.

    Returns:
        `DONE`, or `FAILED_SEATS` when a seat gave no verdict.

    Raises:
        InputError: Something is another now; every change is listed.
        BusyError: Somebody else works on this run.
    """
    with house.store(write=True) as store:
        run = store.run(store.resolve_run(name))
        material = pinned(run, store, house.workspace)
        _look_for_changes(house, store, run, material, choice)
        if choice.live:
            _tell_live(store, run)
            run = run.model_copy(update={"delivery": "live"})
        return carry_out(
            house, store, run, _work(house, run, material, store), as_json=choice.as_json
        )


def fork_run(house: House, name: str, where: Where, *, dry_run: bool, as_json: bool) -> Exit:
    """Order a run anew under today's inputs, without asking again what is unchanged.

    Args:
        house: Workspace and settings; what was given by flag, and any llm named today, wins.
        name: Run id, the beginning of one, or `latest`.
        where: Who does the work.
        dry_run: Whether to show what it would take, and ask nobody.
        as_json: Whether to print JSON lines instead of text.

    Returns:
        `DONE`, or `FAILED_SEATS` when a seat gave no verdict.

    Raises:
        InputError: A dossier, persona or prompt is gone or wrong, or workers cannot do it.
        SpendingError: The cap is reached.
    """
    with house.store(write=not dry_run) as store:
        parent = store.run(store.resolve_run(name))
        left = by_workers(house, where, batched=parent.delivery == "batch")
        with Planning() as seen:
            made = fork(house, parent, store, seen=seen)
        _announce(made)
        if dry_run:
            print_plan(made.plan, as_json=as_json)
            say("nothing was asked and nothing was spent")
            return Exit.DONE
        run = made.plan.run
        storing = store_fork(made, store, here=not left)
        interruptible(storing, f"shipskip runs fork {parent.id}")
        if left:
            from panel.bootstrap.working import leave

            waiting = leave(run, store, priority=where.priority)
            look_on(house, store, run, waiting, screens(store, run, as_json=as_json))
            return conclude(store, run, as_json=as_json)
        material = made.plan.material(store)
        return carry_out(house, store, run, _work(house, run, material, store), as_json=as_json)


def _look_for_changes(
    house: House, store: Store, run: Run, material: Material, choice: Choice
) -> None:
    scored = store.scored(run.id)
    todo = [item for item in run.order.dossiers if item.slug not in scored]
    changes = tuple(drift(house, run, material.personas, todo))
    if not changes or run.state == "cancelled":
        say("resuming under the run's own settings")
    elif choice.pinned:
        say("going on with what was ordered, although:")
        for change in changes:
            say(f"  {change}")
    else:
        raise InputError([*changes, _refusal(run.id)])


def _refusal(run_id: str) -> Problem:
    again = f"shipskip runs resume {run_id}"
    return Problem(
        f"run {run_id} was not resumed, since it would not read what was ordered",
        "put back what has changed, or choose:\n"
        f"     {again} --pinned  goes on with what was ordered\n"
        f"     {again} --fork    makes a new run with what is there now; only what has changed"
        " is asked again",
    )


def _tell_live(store: Store, run: Run) -> None:
    waiting = [batch for batch in store.batches(run.id) if batch.state in {"sealed", "submitted"}]
    if run.delivery == "live":
        say("this run calls live anyway")
    elif waiting:
        say(
            f"calling live now; {counted(len(waiting), 'batch')} at the provider may be billed as"
            " well, unless you cancel it there"
        )


def _work(house: House, run: Run, material: Material, store: Store) -> Work:
    """Goes on with a run; what is there of a short one is shown first."""

    async def work(told: Watcher, brake: Brake) -> None:
        if len(run.order.dossiers) <= CARDS_AT_MOST:
            _show_what_is_there(run, store, told)
        await resume(run, material, store, told, brake, settings=house.settings)

    return work


def _show_what_is_there(run: Run, store: Store, told: Watcher) -> None:
    for card in store.iter_scorecards(run.id):
        reviews = store.reviews_of(run.id, card.slug)
        for review in reviews:
            told.finished(review)
        told.scored(card, reviews)


def _announce(made: Fork) -> None:
    run, parent = made.plan.run, made.parent
    before, after = parent.order.by_slug, run.order.dossiers
    changed = [item.slug for item in after if item.digest != before[item.slug].digest]
    new = [*common_inputs(parent.order, run.order), *(f"dossier {s}" for s in changed[:_NAMED])]
    if len(changed) > _NAMED:
        new.append(f"and {len(changed) - _NAMED:,} dossiers more")
    say(f"run {run.id}: {announcement(made.plan)}")
    if tokens := token_line(made.plan.estimate):
        say(tokens)
    say(f"after run {parent.id}; new: {', '.join(new) or 'nothing'}")
    anew = run.order.reviews - len(made.carried)
    carried = counted(len(made.carried), "verdict")
    say(f"{carried} carried over at no cost, {counted(anew, 'review')} asked anew")
    if gone := list(made.as_ordered):
        named = [*gone[:_NAMED], *([f"{len(gone) - _NAMED:,} more"] if gone[_NAMED:] else ())]
        say(f"not in dossiers/, so taken as they were ordered then: {', '.join(named)}")
