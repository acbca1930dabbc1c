"""What proves a run: its export, the check of every digest, and the replay from the tape."""

from collections.abc import Iterator, Sequence
from pathlib import Path

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
from panel.publishing.bundle import Bundle, read_manifest, verify_bundle, write_bundle
from panel.store.store import Store

TAMPERED = "restore the database from a backup; do not publish this run"


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
    cards = store.scorecards(run.id)
    if not cards:
        raise InputError(
            f"run {run.id} has no scorecard yet", remedy=f"finish it: shipskip runs resume {run.id}"
        )
    return bundled(run, material, store.reviews(run.id), cards)


def bundled(
    run: Run, material: Material, reviews: Sequence[Review], cards: Sequence[Scorecard]
) -> Bundle:
    """What a run leaves, from its values.

    Args:
        run: The run.
        material: What it read.
        reviews: All its reviews.
        cards: All its scorecards.
    """
    return Bundle(
        run=run,
        dossiers=tuple(material.dossiers),
        personas=tuple(material.personas.values()),
        reviews=tuple(reviews),
        scorecards=tuple(cards),
        prompts=tuple(_prompts(run, material)),
    )


def _prompts(run: Run, material: Material) -> Iterator[Prompt]:
    for dossier in material.dossiers:
        for question in material.questions(run, dossier):
            if question.sample == 1:
                yield question.prompt


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
        if call.sample is not None and tape_key(call.path, call.body, call.sample) != call.key
    ]
    whole = not found
    if whole:
        run = store.run(run_id)
        found += _chain(store, run, pinned(run, store, workspace))
    if folder is not None:
        found += verify_bundle(folder)
    if folder is not None and whole:
        found += _agreement(store, run_id, folder)
    return found


def _chain(store: Store, run: Run, material: Material) -> Iterator[Problem]:
    """Page names scorecard, scorecard its reviews, review its prompt, prompt the dossier."""
    reviews = {review.key: review for review in store.reviews(run.id)}
    asked = {
        question.key: question
        for dossier in material.dossiers
        for question in material.questions(run, dossier)
    }
    for key, review in reviews.items():
        if key not in asked:
            yield Problem("answers no question of this run", TAMPERED, f"review {key}")
        found = [store.answered(run.id, exchange) for exchange in review.exchanges]
        if review.verdict and not any(
            exchange and holds_verdict(exchange.response, review.verdict) for exchange in found
        ):
            yield Problem("says what no answer on the tape says", TAMPERED, f"review {key}")
        for exchange in review.exchanges:
            if store.recorded(run.id, exchange) is None:
                yield Problem("names an exchange that is missing", TAMPERED, f"review {key}")
    for key in store.stale_copies(run.id):
        yield Problem("differs from its searchable copy", TAMPERED, f"review {key}")
    yield from _cards(store, run, material, tuple(reviews.values()))


def _cards(
    store: Store, run: Run, material: Material, reviews: Sequence[Review]
) -> Iterator[Problem]:
    cards = {card.slug: card for card in store.scorecards(run.id)}
    for dossier in material.dossiers:
        own = [review for review in reviews if review.slug == dossier.slug]
        card = cards.pop(dossier.slug, None)
        if card is None:
            if run.state == "finished":
                yield Problem("is missing", TAMPERED, f"scorecard {dossier.slug}")
        elif card != _reduced(run, dossier, own):
            yield Problem("does not follow from its reviews", TAMPERED, f"scorecard {card.slug}")
    for slug in cards:
        yield Problem("is of no dossier of this run", TAMPERED, f"scorecard {slug}")


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
    cards = {card.slug: card.digest for card in store.scorecards(run_id)}
    if manifest.run != run_id:
        yield Problem(f"is of run {manifest.run}", "name the folder of this run", str(folder))
    elif manifest.scorecards != cards:
        remedy = f"export again: shipskip runs export {run_id}"
        yield Problem("holds other scorecards than the database", remedy, str(folder))
