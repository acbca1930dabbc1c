"""Settling what sources contradict each other about."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import ValidationError

from panel.desk.at_hand import path_of, ref_of
from panel.desk.clashes import decision_words
from panel.desk.context import context_of
from panel.desk.errors import Trouble, answer
from panel.desk.rendering import see_other
from panel.desk.rights import needs
from panel.domain.editing.people import User
from panel.domain.fact import Settlement
from panel.editing.drafts import Ref
from panel.editing.settling import Settling
from panel.errors import InputError, Problem, StaleError

router = APIRouter(prefix="/drafts/{run}/{slug}")


@router.post("/conflicts/{conflict}")
def settle(
    request: Request,
    user: Annotated[User, needs("settle")],
    run: str,
    slug: str,
    conflict: str,
    *,
    decision: Annotated[str, Form(max_length=40)],
    base: Annotated[int, Form(ge=0)],
    reason: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Decide a conflict (`pick:F2`, `supersede:F2`, `keep-both`), or open it again (`open`)."""
    ref, context = ref_of(request, run, slug), context_of(request)
    wanted = None if decision == "open" else _settlement(decision, reason)
    settling = Settling(context.store, context.drafts, clock=context.clock)
    try:
        settling.settle(user, ref, conflict, wanted, base)
    except StaleError as error:
        return _overtaken(request, ref, conflict, error)
    said = f"{conflict} is settled." if wanted else f"{conflict} is open again."
    return see_other(request, f"{path_of(ref)}#{conflict}", said)


def _overtaken(request: Request, ref: Ref, conflict: str, error: StaleError) -> Response:
    """Tell what was decided meanwhile; what came too late stands there and can be sent over it."""
    found = context_of(request).drafts.draft(ref).settlements.get(conflict)
    if found is None:
        raise error
    request.state.fields = [
        (name, str(found.seq) if name == "base" else value) for name, value in request.state.fields
    ]
    now = found.settlement
    told = f"{decision_words(now)}. {now.by}: {now.reason}" if now else "it was opened again"
    return answer(
        request,
        Trouble(
            409,
            f"{conflict} was decided on meanwhile: {told}",
            "Leave it at that, or send yours again to decide over it.",
            resend=True,
        ),
    )


def _settlement(decision: str, reason: str) -> Settlement:
    """A decision as a form gives it; who decided and when is filled in below."""
    how, _, fact = decision.partition(":")
    content = {"how": how, "fact": fact or None, "by": "-", "on": "2000-01-01"}
    try:
        return Settlement.model_validate({**content, "reason": " ".join(reason.split())})
    except ValidationError as error:
        raise InputError(
            _problem(str(one["loc"][0]), one["msg"]) for one in error.errors()
        ) from None


def _problem(field: str, message: str) -> Problem:
    if field == "reason":
        return Problem(message.removeprefix("Value error, "), "write why, in one line", key=field)
    return Problem("this is no decision", "choose one of the list", key="decision")
