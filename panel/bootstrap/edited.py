"""The second half of a run's proof: what editors did to its drafts, and the editions they froze.

Against somebody who makes digests fit, each step has to follow from those before it, and an
edition from the words and decisions that stood when it was approved.
"""

from collections.abc import Callable, Iterator, Sequence

from panel.domain.editing.content import Content, drafted
from panel.domain.editing.edition import Edition
from panel.domain.editing.effective import Papers, effective
from panel.domain.editing.revision import Revision, content_at, standing_of
from panel.domain.editing.states import Standing, after
from panel.domain.fact import Settlement
from panel.domain.run import Run
from panel.editing.drafts import Drafts, Ref
from panel.errors import InputError, Problem, ShipskipError
from panel.store.store import Store

TAMPERED = "restore the database from a backup; do not publish this run"


def edits(store: Store, run: Run) -> Iterator[Problem]:
    """Everything editors did to a run's drafts that does not hold.

    Args:
        store: Where the run lies, with all that its drafts rest on whole.
        run: The run.
    """
    drafts = Drafts(store, lambda _: None)
    for slug in store.revised(run.id):
        ref = Ref(run.id, slug)
        yield from _told(ref, lambda ref=ref: list(_steps(store, drafts, ref)))
    ordered = {(one.slug, one.digest) for one in run.order.dossiers}
    for slug, dossier in store.decided():
        if (slug, dossier) in ordered:
            place = Ref(run.id, slug)
            yield from _told(place, lambda at=(slug, dossier): _decisions(store, *at))


def _told(ref: Ref, look: Callable[[], list[Problem]]) -> Iterator[Problem]:
    """What a look finds; what cannot even be read is found as well."""
    try:
        yield from look()
    except ShipskipError as error:
        yield Problem(error.message, TAMPERED, f"draft {ref}")


def _decisions(store: Store, slug: str, dossier: str) -> list[Problem]:
    store.settlements(slug, dossier)  # reads each one against its digest
    return []


def _steps(store: Store, drafts: Drafts, ref: Ref) -> Iterator[Problem]:
    papers, steps = drafts.papers(ref), store.revisions(ref.run, ref.slug)
    first = drafted(papers.card, papers.reviews, papers.dossier.summary)
    for at, step in enumerate(steps):
        name = f"version {step.version} of draft {ref}"
        drafts.dossier(step.dossier)
        if not _follows(steps[:at], step):
            yield Problem(
                f"stands as {step.standing.state} without having got there", TAMPERED, name
            )
        if step.act in ("approve", "correct") and step.standing.approved:
            edition = Edition.model_validate_json(store.document(step.standing.approved).body)
            content = _approved(first, steps[: at + 1], edition)
            if content is None or not _is_frozen(edition, papers, content):
                yield Problem("froze an edition of other words than stood there", TAMPERED, name)


def _follows(before: Sequence[Revision], step: Revision) -> bool:
    """Whether a step's standing is where its act leads from the one before."""
    if step.act == "undo":
        wanted = standing_of(before[:-1])
    else:
        edition = step.standing.approved if step.act in ("approve", "correct") else None
        try:
            wanted = after(step.act, standing_of(before), step.by, edition)
        except ValueError:
            return False
    return _places(wanted) == _places(step.standing)


def _places(standing: Standing) -> tuple[str, str | None, str | None]:
    return standing.state, standing.approved, standing.live


def _approved(first: Content, steps: Sequence[Revision], edition: Edition) -> Content | None:
    """The words an edition has to freeze: those of the approval, with what it changed itself."""
    last = steps[-1]
    if edition.version != (last.version if last.changes else last.version - 1):
        return None
    try:
        return content_at(first, steps, edition.version)
    except InputError:
        return None


def _is_frozen(edition: Edition, papers: Papers, content: Content) -> bool:
    """Whether an edition says what these words come to; flags are as good as the checks then."""
    found = effective(papers, content, _settled(edition, papers))
    same = [(one.key, one.verdict, one.failure) for one in edition.reviews]
    counts = {"blocking": edition.card.blocking, "warnings": edition.card.warnings}
    blocks = any(flag.severity == "blocks" for one in edition.reviews for flag in one.flags)
    return (
        not blocks
        and (edition.run, edition.slug) == (papers.run.id, papers.card.slug)
        and same == [(one.key, one.verdict, one.failure) for one in found.reviews]
        and edition.card == found.card.model_copy(update=counts)
        and edition.dossier == found.dossier
    )


def _settled(edition: Edition, papers: Papers) -> dict[str, Settlement]:
    """The decisions of the desk that an edition rests on."""
    before = {one.id: one.settlement for one in papers.dossier.conflicts}
    return {
        one.id: one.settlement
        for one in edition.dossier.conflicts
        if one.settlement and one.settlement != before.get(one.id)
    }
