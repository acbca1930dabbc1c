"""Everything that was done to a draft, and the way back to any of it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from panel.desk.at_hand import draft_of, must_call_first, new_key, path_of, ref_of
from panel.desk.context import context_of
from panel.desk.editing_pages import Again, again_page
from panel.desk.rendering import render, see_other
from panel.desk.rights import needs
from panel.desk.steps import steps_of
from panel.domain.editing.people import User
from panel.editing.intent import Intent
from panel.editing.stale import StaleDraftError

router = APIRouter(prefix="/drafts/{run}/{slug}")


@router.get("/history")
def history(
    request: Request, user: Annotated[User, needs("view")], run: str, slug: str
) -> Response:
    """Every version, the newest first."""
    found = draft_of(request, run, slug)
    if must_call_first(request, user, found):
        return see_other(request, path_of(found.ref))
    return render(
        request,
        "history.html.j2",
        draft=found,
        steps=steps_of(found, context_of(request).store.users()),
        path=path_of(found.ref),
        new_key=new_key,
    )


@router.post("/restore")
def restore(
    request: Request,
    user: Annotated[User, needs("restore")],
    run: str,
    slug: str,
    *,
    version: Annotated[int, Form(ge=0)],
    base: Annotated[int, Form(ge=0)],
    reason: Annotated[str, Form(max_length=4000)] = "",
    key: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Bring back the words of an earlier version, as a new one."""
    ref = ref_of(request, run, slug)
    intent = Intent(by=user, ref=ref, base=base, reason=reason, key=key)
    try:
        context_of(request).editing.restore(intent, version)
    except StaleDraftError as error:
        word = f"Restore version {version}"
        again = Again("Somebody was faster", "restore", word, 409, since=error.base)
        return again_page(request, error.draft, again)
    return see_other(request, path_of(ref), f"The words of version {version} are back.")
