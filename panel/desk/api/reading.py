"""Drafts as JSON, with all that was done to them."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response

from panel.desk.api.answers import JsonRoute, answered, problems, shown
from panel.desk.api.bodies import CommentsView, ConflictsView, ConflictView, DraftView, HistoryView
from panel.desk.at_hand import draft_of, must_call_first
from panel.desk.context import context_of
from panel.desk.rights import needs
from panel.domain.editing.people import User
from panel.editing.drafts import Draft
from panel.errors import RefusedError

router = APIRouter(prefix="/api/drafts/{run}/{slug}", route_class=JsonRoute, responses=problems())

Viewer = Annotated[User, needs("view")]


@router.get("", response_model=DraftView)
def draft(request: Request, user: Viewer, run: str, slug: str) -> Response:
    """A draft as it stands; its `ETag` is its version."""
    return shown(request, _seen(request, user, run, slug))


@router.get("/history", response_model=HistoryView)
def history(request: Request, user: Viewer, run: str, slug: str) -> Response:
    """All that was done to a draft, in order."""
    return answered(HistoryView(revisions=_seen(request, user, run, slug).revisions))


@router.get("/comments", response_model=CommentsView)
def comments(request: Request, user: Viewer, run: str, slug: str) -> Response:
    """What editors said about a draft."""
    ref = _seen(request, user, run, slug).ref
    return answered(CommentsView(comments=context_of(request).store.comments(ref.run, ref.slug)))


@router.get("/conflicts", response_model=ConflictsView)
def conflicts(request: Request, _user: Viewer, run: str, slug: str) -> Response:
    """What the sources of its dossier contradict each other about."""
    found = draft_of(request, run, slug)
    views = [
        ConflictView(
            id=one.id,
            attribute=one.attribute,
            note=one.note,
            facts=one.facts,
            seq=found.settlements[one.id].seq if one.id in found.settlements else 0,
            settlement=one.settlement,
        )
        for one in found.effective.dossier.conflicts
    ]
    return answered(ConflictsView(conflicts=tuple(views)))


def _seen(request: Request, user: User, run: str, slug: str) -> Draft:
    """A draft that somebody may see as it stands."""
    found = draft_of(request, run, slug)
    if must_call_first(request, user, found):
        raise RefusedError(
            "editors call ship or skip before they see the panel",
            remedy="call it on the draft's page first",
        )
    return found
