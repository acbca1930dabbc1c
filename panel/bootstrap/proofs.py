"""What proves a run: its export, the check of every digest, and the replay from the tape."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from panel.bootstrap.edited import TAMPERED, edits
from panel.bootstrap.house import House
from panel.bootstrap.pinning import pinned
from panel.domain.dossier import Dossier
from panel.domain.exchange import tape_key
from panel.domain.prompt import Prompt
from panel.domain.reduction import reduce
from panel.domain.review import Review
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.errors import EmptyError, InputError, Problem
from panel.judging.reading import holds_verdict
from panel.library.workspace import Workspace
from panel.pipeline import Material
from panel.publishing.bundle import Bundle, Part, read_manifest, verify_bundle, write_bundle
from panel.store.store import Store


def export(store: Store, run_id: str, folder: Path, workspace: Workspace) -> Path:
    """Write a run's pages and data into one folder, whole or not at all.

    Args:
        store: Where the run lies.
        run_id: Full run id.
        folder: Where to write.
        workspace: Named in messages only.

    Returns:
        The folder.

    Raises:
        InputError: The run has no scorecard yet, or the folder holds something else.
    """
    run = store.run(run_id)
    write_bundle(folder, bundle_of(store, run, pinned(run, store, workspace)))
    return folder


def bundle_of(store: Store, run: Run, material: Material) -> Bundle:
    """What a stored run leaves.

    Args:
        store: Where the run lies.
        run: The run.
        material: What it read.

    Raises:
        InputError: The run has no scorecard yet.
    """
    if not store.scored(run.id):
        raise InputError(
            f"run {run.id} has no scorecard yet", remedy=f"finish it: shipskip runs resume {run.id}"
        )

    def prompts(named: Sequence[str]) -> Iterator[Prompt]:
        return (Prompt.model_validate_json(store.document(digest).body) for digest in named)

    return Bundle(
        run=run,
        personas=tuple(material.personas.values()),
        parts=lambda: parts_of(store, run, material),
        prompts=prompts,
    )


def parts_of(store: Store, run: Run, material: Material) -> Iterator[Part]:
    """What a stored run leaves, dossier by dossier in its order.

    Args:
        store: Where the run lies.
        run: The run.
        material: What it read.

    Returns:
        The parts; last, without a dossier, those of scorecards that nobody ordered.
    """
    for dossier in material.dossiers(run.order):
        slug = dossier.slug
        yield Part(dossier, store.reviews_of(run.id, slug), store.scorecard(run.id, slug))
    for slug in sorted(store.scored(run.id) - run.order.by_slug.keys()):
        yield Part(None, store.reviews_of(run.id, slug), store.scorecard(run.id, slug))


def verified(house: House, run: str | None, folder: Path | None) -> tuple[list[Problem], str]:
    """Check a run, its export, or an export by itself.

    Args:
        house: Whose database is asked.
        run: Run id, the beginning of one, or `latest`; None means the folder's own.
        folder: An export; None means the usual place of the run's export, if it is there.

    Returns:
        Everything that does not hold, and what was checked, in words.
    """
    try:
        with house.store(write=False) as store:
            wanted = (_run_in(folder) or "latest") if run is None else run
            name = store.resolve_run(wanted)
            usual = house.workspace.runs / name
            place = folder or (usual if usual.is_dir() else None)
            problems = verify(store, name, place, house.workspace)
    except (EmptyError, InputError):
        if run is not None or folder is None:
            raise
        return verify_bundle(folder), f"{folder}, without a database, so no answer was looked at"
    export_too = f" and {place}" if place else " (no export at its usual place)"
    return problems, f"run {name}{export_too}"


def _run_in(folder: Path | None) -> str | None:
    try:
        return read_manifest(folder).run if folder else None
    except (OSError, ValueError):
        return None


def verify(store: Store, run_id: str, folder: Path | None, workspace: Workspace) -> list[Problem]:
    """Derive every digest of a run again, from its pages down to the dossiers' bytes.

    Args:
        store: Where the run lies.
        run_id: Full run id.
        folder: An export of the run to check as well, if there is one.
        workspace: Named in messages only.

    Returns:
        Everything that does not hold; empty when all does.
    """
    found = [
        Problem(
            "is missing" if item.text is None else "does not match its digest",
            TAMPERED,
            f"{item.kind} {item.name}",
        )
        for item in store.evidence(run_id)
        if not item.holds
    ]
    found += [
        Problem("does not match its request", TAMPERED, f"exchange {call.key}")
        for call in store.calls(run_id)
        if call.sample is not None
        and tape_key(call.path, call.body, call.sample, call.nth) != call.key
    ]
    whole = not found
    if whole:
        run = store.run(run_id)
        found += _chain(store, run, pinned(run, store, workspace))
        found += edits(store, run) if not found else ()
    if folder is not None:
        found += verify_bundle(folder)
    if folder is not None and whole:
        found += _agreement(store, run_id, folder)
    return found


def _chain(store: Store, run: Run, material: Material) -> Iterator[Problem]:
    """Page names scorecard, scorecard its reviews, review its prompt, prompt the dossier."""
    asked: set[str] = set()
    for dossier in material.dossiers(run.order):
        keys = {question.key for question in material.questions(run.order, dossier)}
        reviews = store.reviews_of(run.id, dossier.slug)
        asked |= keys & {review.key for review in reviews}
        for review in reviews:
            yield from _answers(store, run, review)
        yield from _card(store, run, dossier, [r for r in reviews if r.key in keys])
    for key in sorted(store.review_keys(run.id) - asked):
        yield Problem("answers no question of this run", TAMPERED, f"review {key}")
    for key in store.stale_copies(run.id):
        yield Problem("differs from its searchable copy", TAMPERED, f"review {key}")
    for slug in sorted(store.scored(run.id) - run.order.by_slug.keys()):
        yield Problem("is of no dossier of this run", TAMPERED, f"scorecard {slug}")


def _answers(store: Store, run: Run, review: Review) -> Iterator[Problem]:
    name = f"review {review.key}"
    tries = [store.tries(run.id, exchange) for exchange in review.exchanges]
    # The first success of a call stands, whatever came after it.
    answers = (next((one for one in tried if one.succeeded), None) for tried in tries)
    if review.verdict and not any(
        answer and holds_verdict(answer.response, review.verdict) for answer in answers
    ):
        yield Problem("says what no answer on the tape says", TAMPERED, name)
    for tried in tries:
        if not tried:
            yield Problem("names an exchange that is missing", TAMPERED, name)


def _card(store: Store, run: Run, dossier: Dossier, reviews: Sequence[Review]) -> Iterator[Problem]:
    card = store.scorecard(run.id, dossier.slug)
    if card is None:
        if run.state == "finished":
            yield Problem("is missing", TAMPERED, f"scorecard {dossier.slug}")
    elif card != _reduced(run, dossier, reviews):
        yield Problem("does not follow from its reviews", TAMPERED, f"scorecard {card.slug}")


def _reduced(run: Run, dossier: Dossier, reviews: Sequence[Review]) -> Scorecard | None:
    try:
        return reduce(run, dossier, reviews)
    except ValueError:
        return None


def _agreement(store: Store, run_id: str, folder: Path) -> Iterator[Problem]:
    try:
        manifest = read_manifest(folder)
    except (OSError, ValueError):
        return
    cards = {card.slug: card.digest for card in store.iter_scorecards(run_id)}
    if manifest.run != run_id:
        yield Problem(f"is of run {manifest.run}", "name the folder of this run", str(folder))
    elif manifest.scorecards != cards:
        remedy = f"export again: shipskip runs export {run_id}"
        yield Problem("holds other scorecards than the database", remedy, str(folder))
