"""What the checks find in words that somebody is still typing; nothing of it is stored."""

from collections.abc import Mapping

from pydantic import JsonValue

from panel.domain.editing.content import SeatContent, with_fields
from panel.domain.editing.effective import flags_of, settled
from panel.editing.drafts import Draft
from panel.errors import InputError, Problem
from panel.publishing.passages import FactRef
from panel.publishing.seats import ReviewView, review_view
from panel.publishing.words import counted


def checked(draft: Draft, seat: SeatContent) -> ReviewView | None:
    """A verdict with what the checks find in it; None where there is no verdict.

    Args:
        draft: The draft.
        seat: One of its seats, as typed.
    """
    if seat.verdict is None:
        return None
    papers = draft.papers
    own = next(
        one for one in papers.reviews if (one.persona, one.sample) == (seat.persona, seat.sample)
    )
    dossier = settled(papers.dossier, draft.decisions)
    refs = {
        fact.id: FactRef(id=fact.id, known=True, disputed=bool(dossier.disputes(fact.id)))
        for fact in dossier.facts
    }
    found = flags_of(seat, own, papers, dossier)
    review = own.model_copy(update={"verdict": seat.verdict, "failure": None, "flags": found})
    return review_view(review, papers.personas[seat.persona], refs)


def checked_as_typed(
    draft: Draft, seat: SeatContent, changes: Mapping[str, JsonValue]
) -> tuple[ReviewView | None, tuple[Problem, ...]]:
    """A verdict as typed with what the checks find in it, or why it cannot be one yet.

    Args:
        draft: The draft.
        seat: The seat as it stands.
        changes: What was typed, by path.
    """
    own = {path: value for path, value in changes.items() if path.startswith(f"{seat.path}.")}
    try:
        content = with_fields(draft.content, own)
    except InputError as error:
        return None, tuple(error.problems)
    typed = content.seat(seat.persona, seat.sample)
    return (checked(draft, typed) if typed else None), ()


def counts(view: ReviewView | None) -> str:
    """How much the checks found, in words.

    Args:
        view: The verdict.
    """
    if view is None or not view.flags:
        return "The checks find nothing."
    blocks = sum(flag.severity == "blocks" for flag in view.flags)
    warns = len(view.flags) - blocks
    found = [f"{counted(blocks, 'flag')} that block{'s' if blocks == 1 else ''}"] if blocks else []
    found += [f"{counted(warns, 'warning')}"] if warns else []
    return f"The checks find {' and '.join(found)}."
