"""Comments, assignments and decisions on conflicts, as JSON."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import ValidationError

from panel.desk.api.answers import (
    IfMatch,
    JsonRoute,
    VersionError,
    answered,
    problems,
    refused,
    shown,
    stale,
    version_in,
)
from panel.desk.api.bodies import AssigneeBody, CommentBody, DraftView, SettleBody
from panel.desk.at_hand import draft_of, ref_of
from panel.desk.context import context_of
from panel.desk.rights import needs
from panel.domain.editing.people import User
from panel.domain.editing.queue import Comment
from panel.domain.fact import Settlement
from panel.editing.colleagues import Colleagues
from panel.editing.settling import Settling
from panel.errors import InputError, Problem, StaleError

router = APIRouter(prefix="/api/drafts/{run}/{slug}", route_class=JsonRoute)

Commenter = Annotated[User, needs("comment")]


@router.post("/comments", response_model=Comment, status_code=201, responses=problems())
def comment(
    request: Request, user: Commenter, run: str, slug: str, *, body: CommentBody
) -> Response:
    """Leave a comment; it is never published and never sent to an llm."""
    ref = ref_of(request, run, slug)
    made = _colleagues(request).comment(user, ref, body.field, body.text)
    return answered(made, status=201)


@router.post(
    "/comments/{comment_id}/resolve", status_code=204, response_model=None, responses=problems()
)
def resolve(request: Request, user: Commenter, run: str, slug: str, comment_id: str) -> Response:
    """Resolve a comment."""
    _colleagues(request).resolve(user, ref_of(request, run, slug), comment_id)
    return Response(status_code=204)


@router.put("/assignee", response_model=DraftView, responses=problems())
def assign(
    request: Request,
    user: Annotated[User, needs("assign")],
    run: str,
    slug: str,
    *,
    body: AssigneeBody,
) -> Response:
    """Give a draft to somebody, or to nobody."""
    _colleagues(request).assign(user, ref_of(request, run, slug), body.login)
    return shown(request, draft_of(request, run, slug))


@router.put("/conflicts/{conflict}", response_model=DraftView, responses=problems(409, 412, 428))
def settle(
    request: Request,
    user: Annotated[User, needs("settle")],
    run: str,
    slug: str,
    conflict: str,
    *,
    body: SettleBody,
    if_match: IfMatch = None,
) -> Response:
    """Decide a conflict, or open it again; `If-Match` names its `seq`."""
    ref, context = ref_of(request, run, slug), context_of(request)
    settling = Settling(context.store, context.drafts, clock=context.clock)
    try:
        base = version_in(if_match)
        settling.settle(user, ref, conflict, _settlement(body), base)
    except VersionError as error:
        return refused(error.status)
    except StaleError as error:
        return stale(error)
    return shown(request, draft_of(request, run, slug))


def _settlement(body: SettleBody) -> Settlement | None:
    """A decision as it was sent; who decided and when is filled in below."""
    if body.how == "open":
        return None
    content = {"how": body.how, "fact": body.fact, "by": "-", "on": "2000-01-01"}
    try:
        return Settlement.model_validate({**content, "reason": " ".join(body.reason.split())})
    except ValidationError as error:
        raise InputError(
            Problem(one["msg"].removeprefix("Value error, "), key=".".join(map(str, one["loc"])))
            for one in error.errors()
        ) from None


def _colleagues(request: Request) -> Colleagues:
    context = context_of(request)
    return Colleagues(context.store, context.drafts, clock=context.clock)
