"""What editors say to each other about a draft: comments, who works on it, blind calls."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from panel.desk.at_hand import path_of, ref_of
from panel.desk.context import context_of
from panel.desk.rendering import see_other
from panel.desk.rights import needs
from panel.domain.editing.people import User
from panel.domain.verdict import Call
from panel.editing.colleagues import Colleagues

router = APIRouter(prefix="/drafts/{run}/{slug}")

Short = Annotated[str, Form(max_length=200)]


@router.post("/comments")
def comment(
    request: Request,
    user: Annotated[User, needs("comment")],
    run: str,
    slug: str,
    *,
    text: Annotated[str, Form(max_length=20_000)],
    field: Short = "",
    key: Short = "",
) -> Response:
    """Leave a comment."""
    ref = ref_of(request, run, slug)
    made = _colleagues(request).comment(user, ref, field, text, key)
    return see_other(request, f"{path_of(ref)}#comment-{made.id}", "Your comment is kept.")


@router.post("/comments/{comment}/resolve")
def resolve(
    request: Request, user: Annotated[User, needs("comment")], run: str, slug: str, comment: str
) -> Response:
    """Resolve a comment."""
    ref = ref_of(request, run, slug)
    _colleagues(request).resolve(user, ref, comment)
    return see_other(request, f"{path_of(ref)}#comment-{comment}", "Resolved.")


@router.post("/assign")
def assign(
    request: Request,
    user: Annotated[User, needs("assign")],
    run: str,
    slug: str,
    *,
    login: Short = "",
) -> Response:
    """Give the draft to somebody, or to nobody."""
    ref = ref_of(request, run, slug)
    _colleagues(request).assign(user, ref, login or None)
    said = f"Given to {login}." if login else "Given to nobody."
    return see_other(request, path_of(ref), said)


@router.post("/blind")
def call_blind(
    request: Request,
    user: Annotated[User, needs("comment")],
    run: str,
    slug: str,
    *,
    call: Annotated[Call, Form()],
) -> Response:
    """Record a call made before the panel was seen; the first one stands."""
    ref = ref_of(request, run, slug)
    stands = _colleagues(request).call_blind(user, ref, call)
    said = "Your call is kept." if stands == call else f"Your first call stands: {stands}."
    return see_other(request, path_of(ref), said)


def _colleagues(request: Request) -> Colleagues:
    context = context_of(request)
    return Colleagues(context.store, context.drafts, clock=context.clock)
