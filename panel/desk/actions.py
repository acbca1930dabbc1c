"""What may be done to a draft as it stands: its moves, what is in the way, what can be undone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from panel.desk.context import context_of
from panel.desk.copies import TYPING_SECONDS, parts_of, typing
from panel.desk.editor import page_path
from panel.desk.fields import own_words
from panel.desk.samples import SampleView, samples_of
from panel.domain.editing.people import User
from panel.domain.editing.revision import undone
from panel.domain.editing.states import UNDO_SECONDS, MoveAct, Standing, State, is_open_to, may
from panel.editing.drafts import Draft
from panel.editing.rules import obstacles
from panel.publishing.words import listed, one_line

WORDS: Mapping[MoveAct, str] = {
    "submit": "Submit for review",
    "approve": "Approve",
    "publish": "Publish",
    "return": "Send back",
    "retract": "Retract",
}
DONE: Mapping[MoveAct, str] = {
    "submit": "Submitted for review.",
    "approve": "Approved, word for word as it stands here.",
    "publish": "Published.",
    "return": "Sent back.",
    "retract": "Retracted.",
}
_NEXT: Mapping[State, tuple[MoveAct, ...]] = {
    "draft": ("submit",),
    "in_review": ("approve",),
    "approved": ("publish",),
    "published": (),
    "retracted": ("return",),
}


@dataclass(frozen=True)
class Move:
    """One move.

    Attributes:
        act: What it does.
        word: The word on its button.
        is_next: Whether it is the usual next step.
    """

    act: MoveAct
    word: str
    is_next: bool


@dataclass(frozen=True)
class Actions:
    """What somebody may do to a draft as it stands.

    Attributes:
        moves: Moves that need no words.
        may_retract: Whether it can be taken back from readers.
        may_correct: Whether what was edited since it was published can be published at once.
        blocked: Why it cannot be approved yet.
        undo: Seconds in which the last move can be taken back; 0 when it cannot.
        undo_words: What that move did.
        samples: Samples that were asked for and are not there yet, or failed.
        unsaved: Pages that hold words of theirs which are not saved, with their addresses.
        typing: Who else is typing, as a sentence; empty when nobody is.
    """

    moves: tuple[Move, ...]
    may_retract: bool
    may_correct: bool
    blocked: tuple[str, ...]
    undo: int
    undo_words: str
    samples: tuple[SampleView, ...]
    unsaved: tuple[tuple[str, str], ...]
    typing: str


def actions_of(request: Request, user: User, draft: Draft) -> Actions:
    """What somebody may do to a draft as it stands.

    Args:
        request: The request.
        user: Who.
        draft: The draft.
    """
    context, standing = context_of(request), draft.standing
    moves = _moves(user, standing)
    left = _undo(draft, user, context.clock())
    may_approve = may(user.role, "approve") and is_open_to("approve", standing)
    return Actions(
        moves=moves,
        may_retract=may(user.role, "retract") and is_open_to("retract", standing),
        may_correct=(
            may(user.role, "correct")
            and is_open_to("correct", standing)
            and standing.state != "published"
        ),
        blocked=blocked(draft, user, four_eyes=context.four_eyes) if may_approve else (),
        undo=left,
        undo_words=DONE.get(draft.revisions[-1].act, "") if left else "",  # pyright: ignore
        samples=samples_of(request, draft.ref) if may(user.role, "sample") else (),
        unsaved=_unsaved(request, user, draft),
        typing=who_types(request, user, draft),
    )


def _moves(user: User, standing: Standing) -> tuple[Move, ...]:
    usual = _NEXT[standing.state]
    if standing.state == "draft" and may(user.role, "approve"):
        usual = ("approve",)
    return tuple(
        Move(act, word, act in usual)
        for act, word in WORDS.items()
        if act != "retract" and may(user.role, act) and is_open_to(act, standing)
    )


def blocked(draft: Draft, user: User, *, four_eyes: bool) -> tuple[str, ...]:
    """Why somebody cannot approve a draft yet.

    Args:
        draft: The draft.
        user: Who.
        four_eyes: Whether it takes somebody else than its last editor.
    """
    found = [one_line(words) for words in obstacles(draft.effective)]
    if four_eyes and draft.standing.edited_by == user.login:
        found.append("you were the last to edit it, and somebody else has to approve it")
    return tuple(found)


def _undo(draft: Draft, user: User, now: dt.datetime) -> int:
    if undone(draft.revisions, user.login, now) is None:
        return 0
    return max(1, int(UNDO_SECONDS - (now - draft.revisions[-1].at).total_seconds()))


def who_types(request: Request, user: User, draft: Draft) -> str:
    """Who else is typing in a draft, as a sentence.

    Args:
        request: The request.
        user: Who looks.
        draft: The draft.
    """
    context = context_of(request)
    others = (
        one
        for one in context.store.users()
        if one.login != user.login and not one.disabled and may(one.role, "edit")
    )
    since = context.clock() - dt.timedelta(seconds=TYPING_SECONDS)
    names = typing(context.store, draft.ref, others, since)
    return (
        f"{listed(list(names))} {'is' if len(names) == 1 else 'are'} editing too." if names else ""
    )


def _unsaved(request: Request, user: User, draft: Draft) -> tuple[tuple[str, str], ...]:
    ref = draft.ref
    copy = context_of(request).store.working_copy(ref.run, ref.slug, user.login)
    path = f"/drafts/{ref.run}/{ref.slug}"
    return tuple((page_path(path, page), page_words(draft, page)) for page in parts_of(copy))


def page_words(draft: Draft, page: str) -> str:
    """A page to type on, in words.

    Args:
        draft: The draft.
        page: The page.
    """
    seat, _, sample = page.rpartition(".")
    persona = draft.papers.personas.get(seat)
    if persona is None:
        return f"{own_words('summary')} and prices"
    several = draft.papers.card.samples > 1
    return one_line(persona.name) + (f", sample {sample}" if several else "")
