"""What is done to many drafts at once: told first, done second."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from panel.desk.at_hand import new_key
from panel.desk.bulk import Bulk, BulkAct, Chosen, chosen_in
from panel.desk.context import context_of
from panel.desk.rendering import render, see_other
from panel.desk.rights import needs
from panel.domain.editing.people import User
from panel.errors import InputError
from panel.publishing.words import counted

router = APIRouter()

_DO: dict[BulkAct, str] = {
    "assign": "Assign",
    "submit": "Submit for review",
    "return": "Send back",
    "export": "Export",
    "again": "Run again",
}


@router.post("/queue/bulk")
def bulk(
    request: Request,
    user: Annotated[User, needs("assign")],
    *,
    act: Annotated[BulkAct, Form()],
    draft: Annotated[list[str] | None, Form()] = None,
    login: Annotated[str, Form(max_length=64)] = "",
    reason: Annotated[str, Form(max_length=4000)] = "",
    key: Annotated[str, Form(max_length=64)] = "",
    confirmed: Annotated[str, Form(max_length=1)] = "",
) -> Response:
    """Tell what an act would touch; once that is confirmed, do it and tell what came of it."""
    chosen = chosen_in(draft or ())
    if act == "again":
        slugs = dict.fromkeys(one.ref.slug for one in chosen)
        return see_other(request, f"/runs/new?{urlencode([('dossier', one) for one in slugs])}")
    found = Bulk(context_of(request), user)
    if not confirmed:
        return _confirm(request, found, act, chosen, login)
    if act == "export":
        return _file(found, chosen)
    if act == "assign":
        touched = found.assign(chosen, login or None)
    else:
        touched = found.move(chosen, act, reason, key)
    done = [one for one in touched if not one.why]
    return render(
        request,
        "bulk_done.html.j2",
        title=_DO[act],
        done=done,
        left=[one for one in touched if one.why],
        said=_said(act, len(done), login) if done else "",
    )


def _confirm(
    request: Request, found: Bulk, act: BulkAct, chosen: tuple[Chosen, ...], login: str
) -> Response:
    touched = found.preview(act, chosen)
    names = {one.login: one.name for one in context_of(request).store.users()}
    if login and act == "assign" and login not in names:
        raise InputError(f"there is no account {login}", remedy="choose one of the list")
    return render(
        request,
        "bulk.html.j2",
        act=act,
        title=_DO[act],
        touched=[one for one in touched if not one.why],
        left=[one for one in touched if one.why],
        login=login,
        to=names.get(login, "nobody"),
        key=new_key(),
    )


def _file(found: Bulk, chosen: tuple[Chosen, ...]) -> Response:
    body = "".join(found.export(chosen))
    return Response(
        body,
        media_type="application/x-ndjson",
        headers={"content-disposition": 'attachment; filename="drafts.jsonl"'},
    )


def _said(act: BulkAct, count: int, login: str) -> str:
    words = {
        "assign": f"given to {login}" if login else "given to nobody",
        "submit": "submitted for review",
        "return": "sent back",
    }
    return f"{counted(count, 'draft')} {words[act]}."
