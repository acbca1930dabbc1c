"""What is typed and not yet saved: kept by itself, checked while it is typed, or given up."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, Response

from panel.desk.actions import who_types
from panel.desk.at_hand import draft_of, must_call_first, path_of, ref_of
from panel.desk.checked import checked_as_typed, counts
from panel.desk.context import context_of
from panel.desk.copies import Part, drop_part, keep_part
from panel.desk.editor import page_path
from panel.desk.rendering import render, see_other
from panel.desk.rights import needs
from panel.desk.sent import seat_of, sent_of
from panel.domain.editing.people import User
from panel.errors import InputError

router = APIRouter(prefix="/drafts/{run}/{slug}")


@router.post("/copy")
def keep(request: Request, user: Annotated[User, needs("edit")], run: str, slug: str) -> Response:
    """Keep what is typed; answers in JSON, with the name of what was kept."""
    context, draft = context_of(request), draft_of(request, run, slug)
    sent = sent_of(request, draft)
    words = {name: text for name, text in (("reason", sent.reason), ("note", sent.note)) if text}
    part = Part(
        page=sent.page,
        base=sent.base,
        key=sent.key,
        nth=sent.nth,
        at=context.clock(),
        form={**sent.form, **words},
    )
    kept = keep_part(context.store, draft.ref, user.login, part)
    return JSONResponse({"fields": {"nth": kept.nth}, "typing": who_types(request, user, draft)})


@router.post("/copy/discard")
def discard(
    request: Request,
    user: Annotated[User, needs("edit")],
    run: str,
    slug: str,
    *,
    page: Annotated[str, Form(max_length=100)],
    nth: Annotated[str, Form(max_length=64)],
) -> Response:
    """Give up what was typed on a page and not saved."""
    ref = ref_of(request, run, slug)
    seat_of(draft_of(request, run, slug).content, page)
    gone = drop_part(context_of(request).store, ref, user.login, page, nth=nth)
    said = "Given up." if gone else "These words have changed or are gone; look again."
    return see_other(request, page_path(path_of(ref), page), said)


@router.post("/check")
def check(request: Request, user: Annotated[User, needs("edit")], run: str, slug: str) -> Response:
    """What the checks find in what is typed; nothing is stored."""
    draft = draft_of(request, run, slug)
    sent = sent_of(request, draft)
    seat = seat_of(draft.content, sent.page)
    if seat is None or must_call_first(request, user, draft):
        raise InputError("only a verdict can be checked", remedy="reload the page")
    view, problems = checked_as_typed(draft, seat, sent.changes)
    page = render(request, "checked.html.j2", view=view, problems=problems)
    told = counts(view) if view else "It cannot be saved like this yet."
    flags = [flag.model_dump(mode="json") for flag in view.flags] if view else []
    return JSONResponse({"html": bytes(page.body).decode(), "said": told, "flags": flags})
