"""Moving a draft from one state to the next, taking the last move back, asking a seat again."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from panel.desk.actions import DONE, WORDS, blocked
from panel.desk.at_hand import draft_of, path_of, ref_of
from panel.desk.context import context_of
from panel.desk.editing_pages import Again, again_page
from panel.desk.errors import trouble_of
from panel.desk.rendering import see_other
from panel.desk.rights import needs
from panel.desk.samples import ask, samples_of
from panel.desk.sent import seat_of
from panel.domain.editing.people import User
from panel.domain.editing.states import MoveAct
from panel.editing.drafts import Draft
from panel.editing.intent import Intent, tidy
from panel.editing.stale import StaleDraftError
from panel.errors import BusyError, InputError, RefusedError, ShipskipError, StaleError

router = APIRouter(prefix="/drafts/{run}/{slug}")


class Wanted(BaseModel):
    """A move as a form sends it."""

    act: MoveAct
    base: Annotated[int, Field(ge=0)]
    key: Annotated[str, Field(max_length=64)] = ""
    seen: Annotated[str, Field(max_length=64)] = ""
    reason: Annotated[str, Field(max_length=20_000)] = ""
    note: Annotated[str, Field(max_length=20_000)] = ""


_Base = Annotated[int, Form(ge=0)]
_Key = Annotated[str, Form(max_length=64)]
_Words = Annotated[str, Form(max_length=20_000)]


@router.post("/move")
def move(
    request: Request,
    user: Annotated[User, needs("submit")],
    run: str,
    slug: str,
    *,
    wanted: Annotated[Wanted, Form()],
) -> Response:
    """Submit, send back, approve, publish or retract."""
    ref = ref_of(request, run, slug)
    user.must(wanted.act)
    given = wanted.model_dump(exclude={"act"})
    try:
        context_of(request).editing.move(Intent(by=user, ref=ref, **given), wanted.act)
    except (StaleError, RefusedError, InputError) as error:
        return _refused(request, user, draft_of(request, run, slug), wanted.act, error)
    return see_other(request, path_of(ref), DONE[wanted.act])


@router.post("/undo")
def undo(
    request: Request,
    user: Annotated[User, needs("undo")],
    run: str,
    slug: str,
    *,
    base: _Base,
    key: _Key = "",
) -> Response:
    """Take the last move back."""
    ref = ref_of(request, run, slug)
    context_of(request).editing.undo(Intent(by=user, ref=ref, base=base, key=key))
    return see_other(request, path_of(ref), "Taken back.")


@router.post("/sample")
def sample(
    request: Request,
    user: Annotated[User, needs("sample")],
    run: str,
    slug: str,
    *,
    page: Annotated[str, Form(max_length=100)],
    reason: _Words = "",
) -> Response:
    """Ask a seat for another sample; it is laid over the draft when it is there."""
    draft = draft_of(request, run, slug)
    seat = seat_of(draft.content, page)
    if seat is None:
        raise InputError("only a seat can be asked again", remedy="reload the page")
    try:
        _check_reason(user, draft, reason)
        ask(request, user, draft, page, reason)
    except (InputError, BusyError) as error:
        status = 409 if isinstance(error, BusyError) else 422
        return again_page(request, draft, Again("Not yet", "sample", "Ask again", status, error))
    return see_other(request, path_of(draft.ref), "Asked. The draft stays as it is until then.")


@router.get("/sample")
def asking(
    request: Request, _user: Annotated[User, needs("sample")], run: str, slug: str
) -> Response:
    """How many samples of a draft are being asked for; in JSON, for a page that waits."""
    found = samples_of(request, ref_of(request, run, slug))
    return JSONResponse({"asking": sum(one.status == "asking" for one in found)})


def _refused(
    request: Request, user: User, draft: Draft, act: MoveAct, error: ShipskipError
) -> Response:
    late = error if isinstance(error, StaleDraftError) else None
    obstacles: tuple[str, ...] = ()
    if act == "approve" and not isinstance(error, InputError):
        obstacles = blocked(draft, user, four_eyes=context_of(request).four_eyes)
    trouble = trouble_of(error)
    title = trouble.title if trouble.status in (409, 422) else "Not yet"
    again = Again(
        title=title,
        act="move",
        word=WORDS[act],
        status=trouble.status,
        error=None if obstacles and not isinstance(error, StaleError) else error,
        obstacles=obstacles,
        since=late.base if late else None,
    )
    return again_page(request, draft, again)


def _check_reason(user: User, draft: Draft, reason: str) -> None:
    if not tidy(reason):
        raise InputError("another sample needs a reason", remedy="write why")
    Intent(by=user, ref=draft.ref, base=draft.version, reason=reason).check()
