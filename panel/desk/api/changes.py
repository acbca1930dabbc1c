"""Everything that changes a draft, as JSON, each on the version that `If-Match` names."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response

from panel.desk.api.answers import IfMatch, JsonRoute, changed, problems
from panel.desk.api.bodies import (
    Body,
    CorrectionBody,
    DraftView,
    EditBody,
    MoveBody,
    RestoreBody,
)
from panel.desk.at_hand import ref_of
from panel.desk.context import context_of
from panel.desk.rights import needs
from panel.domain.editing.people import User
from panel.editing.drafts import Ref
from panel.editing.intent import Intent

router = APIRouter(
    prefix="/api/drafts/{run}/{slug}", route_class=JsonRoute, responses=problems(409, 412, 428)
)

Editor = Annotated[User, needs("edit")]


@router.patch("", response_model=DraftView)
def edit(
    request: Request,
    user: Editor,
    run: str,
    slug: str,
    *,
    body: EditBody,
    if_match: IfMatch = None,
) -> Response:
    """Change words, reject a verdict or write one by hand."""
    ref, editing = ref_of(request, run, slug), context_of(request).editing
    return changed(
        request,
        ref,
        if_match,
        lambda base: editing.edit(_intent(user, ref, base, body), body.changes, body.act),
    )


@router.post("/moves", response_model=DraftView)
def move(
    request: Request,
    user: Annotated[User, needs("submit")],
    run: str,
    slug: str,
    *,
    body: MoveBody,
    if_match: IfMatch = None,
) -> Response:
    """Change the state; approving, publishing and retracting need a publisher."""
    ref, editing = ref_of(request, run, slug), context_of(request).editing
    return changed(
        request,
        ref,
        if_match,
        lambda base: editing.move(
            _intent(user, ref, base, body, note=body.note, seen=body.seen), body.act
        ),
    )


@router.post("/undo", response_model=DraftView)
def undo(
    request: Request,
    user: Annotated[User, needs("undo")],
    run: str,
    slug: str,
    *,
    body: Body,
    if_match: IfMatch = None,
) -> Response:
    """Take back one's own last move, within ten seconds."""
    ref, editing = ref_of(request, run, slug), context_of(request).editing
    return changed(
        request, ref, if_match, lambda base: editing.undo(_intent(user, ref, base, body))
    )


@router.post("/restore", response_model=DraftView)
def restore(
    request: Request,
    user: Annotated[User, needs("restore")],
    run: str,
    slug: str,
    *,
    body: RestoreBody,
    if_match: IfMatch = None,
) -> Response:
    """Bring back the words of an earlier version, as a new one."""
    ref, editing = ref_of(request, run, slug), context_of(request).editing
    return changed(
        request,
        ref,
        if_match,
        lambda base: editing.restore(_intent(user, ref, base, body), body.version),
    )


@router.post("/corrections", response_model=DraftView)
def correct(
    request: Request,
    user: Annotated[User, needs("correct")],
    run: str,
    slug: str,
    *,
    body: CorrectionBody,
    if_match: IfMatch = None,
) -> Response:
    """Edit, approve and publish in one step, with a note to readers."""
    ref, editing = ref_of(request, run, slug), context_of(request).editing
    return changed(
        request,
        ref,
        if_match,
        lambda base: editing.correct(
            _intent(user, ref, base, body, note=body.note, seen=body.seen), body.changes
        ),
    )


@router.post("/look", response_model=DraftView)
def look(
    request: Request,
    user: Annotated[User, needs("look")],
    run: str,
    slug: str,
    *,
    body: Body,
    if_match: IfMatch = None,
) -> Response:
    """Note that somebody looked again after the dossier changed."""
    ref, editing = ref_of(request, run, slug), context_of(request).editing
    return changed(
        request, ref, if_match, lambda base: editing.look(_intent(user, ref, base, body))
    )


def _intent(
    user: User, ref: Ref, base: int, body: Body | RestoreBody, *, note: str = "", seen: str = ""
) -> Intent:
    return Intent(
        by=user, ref=ref, base=base, reason=body.reason, note=note, key=body.key, seen=seen
    )
