"""Editing the words of a draft, one verdict or the summary at a time."""

from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import JsonValue

from panel.desk.at_hand import draft_of, must_call_first, new_key, path_of
from panel.desk.context import context_of
from panel.desk.copies import HEAD, Part, drop_part, part_of
from panel.desk.editing_pages import Again, again_page, edit_page, stale_page, unsaved_page
from panel.desk.editor import is_by_hand
from panel.desk.forms import changes_of
from panel.desk.rendering import see_other
from panel.desk.rights import needs
from panel.desk.sent import Sent, seat_of, sent_of
from panel.domain.editing.content import changed, with_fields
from panel.domain.editing.people import User
from panel.editing.drafts import Draft
from panel.editing.intent import tidy
from panel.editing.stale import StaleDraftError
from panel.editing.versions import stale
from panel.errors import InputError, RefusedError

router = APIRouter(prefix="/drafts/{run}/{slug}")

_Act = Literal["save", "hand", "correct", "reject"]


@router.get("/edit")
def edit(
    request: Request, user: Annotated[User, needs("edit")], run: str, slug: str, copy: str = ""
) -> Response:
    """The summary and the prices, to type on."""
    return _open(request, user, draft_of(request, run, slug), HEAD, copy)


@router.get("/edit/{persona}/{sample}")
def edit_seat(
    request: Request,
    user: Annotated[User, needs("edit")],
    run: str,
    slug: str,
    persona: str,
    *,
    sample: str,
    copy: str = "",
) -> Response:
    """One verdict, to type on."""
    return _open(request, user, draft_of(request, run, slug), f"{persona}.{sample}", copy)


@router.post("/save")
def save(request: Request, user: Annotated[User, needs("edit")], run: str, slug: str) -> Response:
    """Keep words as a new version."""
    return _change(request, user, draft_of(request, run, slug), "save")


@router.post("/hand")
def hand(request: Request, user: Annotated[User, needs("hand")], run: str, slug: str) -> Response:
    """Keep a verdict written by hand, where a seat failed or was rejected."""
    return _change(request, user, draft_of(request, run, slug), "hand")


@router.post("/correct")
def correct(
    request: Request, user: Annotated[User, needs("correct")], run: str, slug: str
) -> Response:
    """The fast lane: keep words, approve and publish them in one step, with a note to readers."""
    return _change(request, user, draft_of(request, run, slug), "correct")


@router.post("/reject")
def reject(
    request: Request, user: Annotated[User, needs("reject")], run: str, slug: str
) -> Response:
    """Reject a verdict, or let a rejected one stand again."""
    return _reject(request, user, draft_of(request, run, slug))


def _open(request: Request, user: User, draft: Draft, page: str, copy: str) -> Response:
    if must_call_first(request, user, draft):
        return see_other(request, path_of(draft.ref))
    seat_of(draft.content, page)
    part = part_of(context_of(request).store, draft.ref, user.login, page)
    if part is None:
        return edit_page(request, user, draft, page)
    typed = _as_sent(part, draft)
    late = None
    if typed.base < draft.version:
        late = stale(draft, typed.intent(user, draft.ref), typed.changes)
    mine = _mine(draft, typed, late)
    if not (mine or typed.reason or typed.note):
        typed = replace(typed, base=draft.version, since=draft.version, changes={})
        return edit_page(request, user, draft, page, typed)
    if copy != "take":
        return unsaved_page(request, draft, part, mine)
    if late and late.merge.clashes:
        act: _Act = "hand" if is_by_hand(draft, page) else "save"
        return stale_page(request, late, act, typed, status=200)
    typed = replace(typed, base=draft.version, since=draft.version, changes=mine)
    return edit_page(request, user, draft, page, typed)


def _mine(draft: Draft, typed: Sent, late: StaleDraftError | None) -> dict[str, JsonValue]:
    """What somebody typed that differs from what stands, others' words left out."""
    if late:
        return {**late.merge.changes, **{one.path: one.mine for one in late.merge.clashes}}
    with suppress(InputError):  # what is not allowed yet is theirs all the same
        return changed(draft.content, with_fields(draft.content, typed.changes))
    return dict(typed.changes)


def _as_sent(part: Part, draft: Draft) -> Sent:
    """Kept words as the form they were typed into, on a page that has taken them over."""
    words = {name: text for name, text in part.form.items() if name not in ("reason", "note")}
    return Sent(
        page=part.page,
        base=part.base,
        key=new_key(),
        nth=part.nth,
        reason=part.form.get("reason", ""),
        note=part.form.get("note", ""),
        form=words,
        changes=changes_of(words, draft.content),
        since=part.base,
    )


def _change(request: Request, user: User, draft: Draft, act: _Act) -> Response:
    sent = sent_of(request, draft)
    editing, intent = context_of(request).editing, sent.intent(user, draft.ref)
    try:
        if act == "correct":
            done = editing.correct(intent, sent.changes)
        else:
            done = editing.edit(intent, sent.changes, "edit" if act == "save" else act)
    except StaleDraftError as error:
        return stale_page(request, error, act, sent)
    except InputError as error:
        return edit_page(request, user, draft, sent.page, sent, problems=error.problems, status=422)
    except RefusedError as error:
        return edit_page(request, user, draft, sent.page, sent, error=error, status=422)
    key = dict[str, str](request.state.fields).get("old_key", sent.key)
    store = context_of(request).store
    drop_part(store, done.ref, user.login, sent.page, key=key, nth=sent.nth)
    return see_other(request, _place(sent, done), _told(done, sent, act))


def _reject(request: Request, user: User, draft: Draft) -> Response:
    sent, fields = sent_of(request, draft), dict[str, str](request.state.fields)
    stands = fields.get("stands") == "1"
    try:
        _check_rejection(draft, sent)
        why = "" if stands else " ".join(sent.reason.split())
        wanted = {f"{sent.page}.rejected": why} if "changes" not in fields else sent.changes
        done = context_of(request).editing.edit(sent.intent(user, draft.ref), wanted, "reject")
    except StaleDraftError as error:
        return stale_page(request, error, "reject", sent)
    except (InputError, RefusedError) as error:
        word = "Let it stand again" if stands else "Reject this verdict"
        return again_page(request, draft, Again("Not yet", "reject", word, 422, error))
    return see_other(request, _place(sent, done), _told(done, sent, "reject"))


def _check_rejection(draft: Draft, sent: Sent) -> None:
    if not tidy(sent.reason) or seat_of(draft.content, sent.page) is None:
        raise InputError("a verdict is rejected with a reason", remedy="write why")


def _place(sent: Sent, done: Draft) -> str:
    return f"{path_of(done.ref)}#{sent.page.rpartition('.')[0] or 'summary'}"


def _told(done: Draft, sent: Sent, act: _Act) -> str:
    if done.version == sent.since:
        return "Nothing differs from what stands, so nothing was saved."
    words = {"correct": "Corrected and published", "reject": "Noted"}.get(act, "Saved")
    return f"{words} as version {done.version}."
