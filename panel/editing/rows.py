"""How a draft shows in the queue, and by which words it is found."""

from collections.abc import Iterator

from panel.domain.editing.queue import QueueRow
from panel.editing.drafts import Draft


def queue_row(draft: Draft) -> QueueRow:
    """The row of a draft; assignee and comments are kept by the store itself.

    Args:
        draft: The draft.
    """
    card, standing, run = draft.effective.card, draft.standing, draft.papers.run
    return QueueRow(
        run=run.id,
        slug=card.slug,
        name=card.name,
        vendor=card.vendor,
        version=draft.version,
        state=standing.state,
        outcome=card.outcome,
        ships=card.ships,
        skips=card.skips,
        seats=card.seats,
        blocking=card.blocking,
        warnings=card.warnings,
        open_conflicts=len(card.open_conflicts),
        newest_fact=card.newest_fact,
        look=len(draft.look),
        created=run.created,
        changed=draft.revisions[-1].at if draft.revisions else run.created,
        live=standing.live,
        hidden=run.order.panel_of(run.order.by_slug[card.slug]).first_sample > 1,
    )


def search_text(draft: Draft) -> str:
    """Every word a draft is found by: names, verdicts, facts and their sources' words.

    Args:
        draft: The draft.
    """
    return "\n".join(_texts(draft))


def _texts(draft: Draft) -> Iterator[str]:
    found = draft.effective
    dossier = found.dossier
    yield from (dossier.name, dossier.vendor, dossier.category, dossier.slug, dossier.summary)
    for review in found.reviews:
        if review.verdict:
            yield from (text for _, text in review.verdict.texts())
    for fact in dossier.facts:
        yield fact.statement
        yield from (witness.quote for witness in fact.witnesses)
