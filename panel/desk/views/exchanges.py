"""What an llm was sent for one seat, and what it answered."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from panel.desk.at_hand import draft_of, must_call_first, path_of
from panel.desk.context import context_of
from panel.desk.rendering import render, see_other
from panel.desk.rights import needs
from panel.desk.wire import readable, tries_in_words
from panel.domain.editing.content import SeatContent
from panel.domain.editing.people import User
from panel.domain.prompt import Prompt
from panel.domain.review import Review
from panel.editing.drafts import Draft
from panel.publishing.seats import cost_words
from panel.publishing.words import one_line, tokens
from panel.store.store import Store

router = APIRouter(prefix="/drafts/{run}/{slug}")


@router.get("/exchange/{persona}/{sample}")
def exchange(
    request: Request,
    user: Annotated[User, needs("view")],
    run: str,
    slug: str,
    *,
    persona: str,
    sample: int,
) -> Response:
    """The prompt that was sent and the answers that came, from the tape."""
    found = draft_of(request, run, slug)
    if must_call_first(request, user, found):
        return see_other(request, path_of(found.ref))
    seat = found.content.seat(persona, sample)
    if seat is None:
        raise HTTPException(404, "this panel has no such seat")
    return render(
        request,
        "exchange.html.j2",
        draft=found,
        path=path_of(found.ref),
        name=one_line(found.papers.personas[persona].name),
        sample=sample,
        anchor=f"{persona}-{sample}",
        talks=list(_talks(context_of(request).store, found, seat)),
    )


def _talks(store: Store, draft: Draft, seat: SeatContent) -> Iterator[dict[str, object]]:
    """The exchange of the sample that took the verdict's place, if any, then of the run's own."""
    reviews = draft.papers.reviews
    own = next(one for one in reviews if (one.persona, one.sample) == (seat.persona, seat.sample))
    origin = seat.origin
    if origin.run:
        other = store.reviews_of(origin.run, own.slug)
        for review in (one for one in other if one.key == origin.review):
            yield _talk(store, draft, origin.run, review)
    yield _talk(store, draft, draft.ref.run, own)


def _talk(store: Store, draft: Draft, run: str, review: Review) -> dict[str, object]:
    calls = [store.tries(run, key) for key in dict.fromkeys(review.exchanges)]
    return {
        "run": run,
        "is_own": run == draft.ref.run,
        "llm": one_line(review.llm_label),
        "paid": f"cost {cost_words(review)} · {tokens(review.usage)}",
        "tries": tries_in_words(calls),
        "prompt": _prompt(draft.papers.prompts.get(review.prompt)),
        "digest": review.prompt,
    }


def _prompt(prompt: Prompt | None) -> list[tuple[str, str]]:
    """Its parts with their titles."""
    if prompt is None:
        return []
    parts = (("The rules", prompt.rules), ("The dossier", prompt.dossier))
    return [(title, readable(text)) for title, text in (*parts, ("The persona", prompt.persona))]
