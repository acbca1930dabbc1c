"""Asks failed seats again and tells what came of it."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from panel.bootstrap.house import House
from panel.bootstrap.pinning import pinned
from panel.bootstrap.running import LEFT_ALONE, resume
from panel.cli.diagnostics import say
from panel.cli.handover import Where, by_workers, look_on
from panel.cli.lists import screens, work_on
from panel.domain.review import FailureKind
from panel.domain.run import Run
from panel.domain.scorecard import Outcome
from panel.errors import BusyError, Exit, InputError, ShipskipError
from panel.judging.remedies import failure
from panel.publishing.words import counted
from panel.store.records import StandingFailure
from panel.store.store import Store


@dataclass(frozen=True)
class _Came:
    """What came of asking again.

    Attributes:
        asked: Failures that were to be asked again.
        left: Those of them that failed once more, or were not reached.
        changed: Outcomes before and after, of dossiers where they are not the same.
    """

    asked: Sequence[StandingFailure]
    left: Sequence[StandingFailure]
    changed: dict[str, tuple[Outcome | None, Outcome | None]]

    @property
    def answered(self) -> int:
        """Seats that answered now."""
        return len(self.asked) - len(self.left)


def retry_failed(house: House, name: str, where: Where, *, as_json: bool) -> Exit:
    """Ask the failed seats of a run again; each failure stands until its seat has answered.

    Args:
        house: Workspace and settings.
        name: Run id, the beginning of one, or `latest`.
        where: Who does the work.
        as_json: Whether to print one JSON object.

    Returns:
        `DONE`, or `FAILED_SEATS` when some still fail.

    Raises:
        InputError: The run was cancelled, or workers cannot do it.
        BusyError: Somebody else works on this run.
        EndpointError: An llm refuses every call.
        SpendingError: The cap is reached.
        InterruptError: The person ended it.
    """
    with house.store(write=False) as store:
        run = store.run(store.resolve_run(name))
        # A dossier that was left alone has no failed seat, but asking again opens it.
        left_alone = run.note.startswith(LEFT_ALONE)
        if not left_alone and not store.failures(run.id):
            _tell(run, _Came((), (), {}), as_json=as_json)
            if run.state != "finished":
                say(f"it is not finished; go on with: shipskip runs resume {run.id}")
            return Exit.DONE
    left = by_workers(house, where, batched=run.delivery == "batch")
    with house.store(write=True) as store:
        asked = store.failures(run.id)
        before = _outcomes(store, run, asked)
        say(f"asking {counted(len(asked), 'failed seat')} of run {run.id} again, as ordered then")
        missing = len(run.order.dossiers) - len(store.scored(run.id))
        if missing:
            say(f"and finishing {counted(missing, 'dossier')} without a scorecard")
        try:
            if left:
                _leave(house, store, run, where)
            else:
                _work(house, store, run)
        except (BusyError, InputError):
            raise  # nobody was asked
        except ShipskipError:
            _tell(run, _came(store, run, asked, before), as_json=as_json)
            raise
        came = _came(store, run, asked, before)
        _tell(run, came, as_json=as_json)
    return Exit.FAILED_SEATS if came.left else Exit.DONE


def _leave(house: House, store: Store, run: Run, where: Where) -> None:
    from panel.bootstrap.working import leave_failed

    waiting = leave_failed(run, store, priority=where.priority)
    look_on(house, store, run, waiting, screens(store, run, as_json=False))


def _work(house: House, store: Store, run: Run) -> None:
    material = pinned(run, store, house.workspace)
    work_on(
        store,
        run,
        lambda told, brake: resume(
            run, material, store, told, brake, again=True, settings=house.settings
        ),
        as_json=False,
    )


def _came(
    store: Store,
    run: Run,
    asked: Sequence[StandingFailure],
    before: dict[str, Outcome | None],
) -> _Came:
    keys = {failed.key for failed in asked}
    after = _outcomes(store, run, asked)
    return _Came(
        asked,
        [failed for failed in store.failures(run.id) if failed.key in keys],
        {slug: (before[slug], after[slug]) for slug in before if before[slug] != after[slug]},
    )


def _outcomes(
    store: Store, run: Run, failures: Sequence[StandingFailure]
) -> dict[str, Outcome | None]:
    slugs = {failed.slug for failed in failures}
    cards = {slug: store.scorecard(run.id, slug) for slug in run.order.by_slug if slug in slugs}
    return {slug: card and card.outcome for slug, card in cards.items()}


def _tell(run: Run, came: _Came, *, as_json: bool) -> None:
    if as_json:
        changed = [
            {"dossier": slug, "before": before, "after": after}
            for slug, (before, after) in came.changed.items()
        ]
        plain = {"run": run.id, "asked": len(came.asked), "answered": came.answered}
        print(json.dumps({**plain, "changed": changed}))
    elif not came.asked:
        print(f"no seat failed in run {run.id}: there is nothing to ask again")
    else:
        _tell_in_words(run, came)


def _tell_in_words(run: Run, came: _Came) -> None:
    print(f"{came.answered:,} of {counted(len(came.asked), 'failed seat')} answered now")
    for slug, (before, after) in came.changed.items():
        print(f"outcome of {slug} changed from {_word(before)} to {_word(after)}")
    if came.answered and not came.changed:
        print("no outcome changed")
    kinds: Counter[FailureKind] = Counter(failed.kind for failed in came.left)
    for kind, count in kinds.most_common():
        print(f"{count:,} still without an answer: {kind} -> {failure(kind, '').remedy}")
    say(f"look at it: shipskip runs show {run.id}")


def _word(outcome: Outcome | None) -> str:
    return "no scorecard" if outcome is None else outcome.replace("_", " ")
