"""The pages on which words are edited, put together; the views only decide which one to show."""

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi.responses import Response
from starlette.requests import Request

from panel.desk.actions import page_words, who_types
from panel.desk.at_hand import new_key, path_of
from panel.desk.checked import counts
from panel.desk.context import context_of
from panel.desk.copies import Part, parts_of
from panel.desk.editor import TOPICS, editor_of, page_path
from panel.desk.merges import faster, merge_page
from panel.desk.rendering import render
from panel.desk.samples import price_words, samples_of
from panel.desk.sent import Sent
from panel.desk.sheet import card_of
from panel.desk.wordings import differences
from panel.domain.editing.content import Fields, SeatContent, fields_of
from panel.domain.editing.people import User
from panel.domain.editing.states import may
from panel.editing.drafts import Draft
from panel.editing.stale import StaleDraftError
from panel.errors import InputError, Problem, ShipskipError
from panel.publishing.evidence import FactView

_CARRIED = ("act", "version", "page", "stands")
"""Fields that say what is to be done."""


def edit_page(
    request: Request,
    user: User,
    draft: Draft,
    page: str,
    sent: Sent | None = None,
    *,
    error: ShipskipError | None = None,
    problems: Iterable[Problem] = (),
    status: int = 200,
) -> Response:
    """A page to type on.

    Args:
        request: The request.
        user: Who types.
        draft: The draft.
        page: Which page.
        sent: What was typed there; what stands unless given.
        error: Why it was not saved, when no field is to blame.
        problems: What is wrong, field by field.
        status: HTTP status.
    """
    editor = editor_of(draft, page, sent, problems)
    facts = _facts(draft, editor.seat)
    standing = draft.standing
    return render(
        request,
        "edit.html.j2",
        status,
        draft=draft,
        path=path_of(draft.ref),
        editor=editor,
        topics=TOPICS,
        facts=facts,
        said_by_checks=counts(editor.view),
        error=error,
        base=sent.base if sent else draft.version,
        key=(sent and sent.key) or new_key(),
        nth=sent.nth if sent else "",
        reason=sent.reason if sent else "",
        note=sent.note if sent else "",
        typing=who_types(request, user, draft),
        others=_others(request, user, draft, page),
        price=price_words(draft, page) if editor.seat else "",
        asking=samples_of(request, draft.ref),
        may_correct=bool(standing.live) and may(user.role, "correct") and editor.act == "save",
        actions_key=new_key(),
    )


def _facts(draft: Draft, seat: SeatContent | None) -> tuple[FactView, ...]:
    """Facts to cite, in the order of their numbers; beside prices those that carry them."""
    card = card_of(draft)
    every = {fact.id: fact for fact in (*card.facts, *card.other_facts)}
    if seat is None:
        return tuple(every[ref.id] for ref in card.pricing.facts)
    return tuple(sorted(every.values(), key=lambda fact: int(fact.id[1:])))


def _others(request: Request, user: User, draft: Draft, page: str) -> list[tuple[str, str]]:
    """Other pages of this draft with words of theirs that are not saved."""
    ref = draft.ref
    copy = context_of(request).store.working_copy(ref.run, ref.slug, user.login)
    pages = (one for one in parts_of(copy) if one != page)
    return [(page_path(path_of(ref), one), page_words(draft, one)) for one in pages]


def unsaved_page(request: Request, draft: Draft, part: Part, mine: Fields) -> Response:
    """What somebody typed on a page and did not save, with the choice to go on or give it up.

    Args:
        request: The request.
        draft: The draft.
        part: The words as they are kept.
        mine: What of them differs from what stands, by path.
    """
    personas, samples = draft.papers.personas, draft.papers.card.samples
    return render(
        request,
        "unsaved.html.j2",
        draft=draft,
        path=path_of(draft.ref),
        page_path=page_path(path_of(draft.ref), part.page),
        title=page_words(draft, part.page),
        part=part,
        changed=differences(fields_of(draft.content), mine, personas, samples=samples),
        is_old=part.base < draft.version,
    )


def stale_page(
    request: Request,
    error: StaleDraftError,
    act: str,
    sent: Sent,
    *,
    status: int = 409,
) -> Response:
    """Mine, theirs and what both began from, to be merged.

    Args:
        request: The request.
        error: The refusal.
        act: Last part of the path the merged words are sent to.
        sent: What was sent.
        status: HTTP status.
    """
    draft, users = error.draft, context_of(request).store.users()
    return render(
        request,
        "merge.html.j2",
        status,
        draft=draft,
        path=path_of(draft.ref),
        merged=merge_page(error, users),
        act=act,
        page=sent.page,
        title=page_words(draft, sent.page),
        key=new_key(),
        nth=sent.nth,
        old_key=sent.key,
        reason=sent.reason,
        note=sent.note,
    )


@dataclass(frozen=True)
class Again:
    """A step that was not taken, as it is offered again.

    Attributes:
        title: What happened.
        act: Last part of the path to send it to again.
        word: The word on the button.
        status: HTTP status.
        error: Why, in words; None when the obstacles say it all.
        obstacles: What is in the way.
        since: Version it was based on, when the draft has changed since.
    """

    title: str
    act: str
    word: str
    status: int
    error: ShipskipError | None = None
    obstacles: tuple[str, ...] = ()
    since: int | None = None


def again_page(request: Request, draft: Draft, again: Again) -> Response:
    """What kept a step from being taken, with the same form again so that no word of it is lost.

    Args:
        request: The request, whose form is shown again.
        draft: The draft as it stands.
        again: The step.
    """
    fields: dict[str, str] = dict(request.state.fields)
    error, since = again.error, again.since
    papers = draft.papers
    old = fields_of(draft.content if since is None else draft.content_at(since))
    changed = differences(
        old, fields_of(draft.content), papers.personas, samples=papers.card.samples
    )
    users = context_of(request).store.users()
    return render(
        request,
        "again.html.j2",
        again.status,
        draft=draft,
        path=path_of(draft.ref),
        again=again,
        told=error.problems if isinstance(error, InputError) else [error] if error else [],
        who="" if since is None else faster(draft, since, users),
        changed=changed,
        carried={name: fields[name] for name in _CARRIED if name in fields},
        reason=fields.get("reason", ""),
        note=fields.get("note", ""),
        key=new_key(),
    )
