"""One draft on one screen."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from panel.desk.actions import actions_of
from panel.desk.asked import address, last_asked
from panel.desk.at_hand import draft_of, must_call_first, new_key, path_of, ref_of
from panel.desk.context import context_of
from panel.desk.rendering import render, see_other
from panel.desk.rights import needs
from panel.desk.sheet import card_of, compared, sheet_of
from panel.desk.threads import Option
from panel.domain.editing.people import User
from panel.domain.editing.states import may
from panel.editing.drafts import Draft
from panel.editing.intent import Intent
from panel.publishing.words import listed, one_line

router = APIRouter(prefix="/drafts/{run}/{slug}")


@router.get("")
def draft(request: Request, user: Annotated[User, needs("view")], run: str, slug: str) -> Response:
    """A draft with the facts beside it; facts alone for who has to call first."""
    found = draft_of(request, run, slug)
    if must_call_first(request, user, found):
        return _blind_page(request, found)
    store = context_of(request).store
    users = store.users()
    sheet = sheet_of(found, store.comments(run, slug), users)
    calls = store.blind_calls(run, slug)
    names = {one.login: one.name for one in users}
    others = [f"{names.get(who, who)}: {call}" for who, (call, _) in calls.items()]
    return render(
        request,
        "draft.html.j2",
        sheet=sheet,
        card=sheet.card,
        edited_by=names.get(found.standing.edited_by or "", found.standing.edited_by),
        assignee=store.assignee(run, slug),
        editors=_editors(users),
        blind=compared(calls[user.login][0], sheet.card.outcome) if user.login in calls else "",
        blind_calls=listed(others) if others else "",
        actions=actions_of(request, user, found),
        draft=found,
        path=path_of(found.ref),
        queue=address(last_asked(request)),
        key=new_key(),
    )


@router.post("/look")
def look(
    request: Request,
    user: Annotated[User, needs("look")],
    run: str,
    slug: str,
    *,
    base: Annotated[int, Form(ge=0)],
    key: Annotated[str, Form(max_length=64)] = "",
    seen: Annotated[str, Form(max_length=64)] = "",
    reason: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Note that somebody looked again after the dossier changed."""
    ref = ref_of(request, run, slug)
    intent = Intent(by=user, ref=ref, base=base, reason=reason, key=key, seen=seen)
    context_of(request).editing.look(intent)
    return see_other(request, path_of(ref), "Noted that you have looked.")


def _blind_page(request: Request, found: Draft) -> Response:
    """The dossier of the run as it was written; nothing in it comes from the panel."""
    card, dossier = card_of(found), found.papers.dossier
    facts = sorted((*card.facts, *card.other_facts), key=lambda fact: int(fact.id[1:]))
    return render(
        request,
        "draft_blind.html.j2",
        card=card,
        facts=facts,
        about=[one_line(text) for text in dossier.summary.split("\n\n") if text.strip()],
        conflicts=dossier.open_conflicts,
        draft=found,
        path=path_of(found.ref),
        queue=address(last_asked(request)),
    )


def _editors(users: tuple[User, ...]) -> list[Option]:
    """Whom a draft can be given to."""
    able = (one for one in users if may(one.role, "edit") and not one.disabled)
    return [("", "nobody"), *((one.login, one.name) for one in able)]
