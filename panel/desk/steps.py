"""The history of a draft in words: who did what, when and why, and which fields it changed."""

import datetime as dt
from collections.abc import Iterable, Mapping

from panel.desk.fields import field_words
from panel.domain.editing.content import fields_of
from panel.domain.editing.people import User
from panel.domain.editing.revision import Revision
from panel.domain.editing.states import Act, State
from panel.domain.value import Value
from panel.editing.drafts import Draft

_ACTS: Mapping[Act, str] = {
    "edit": "edited",
    "reject": "rejected a verdict",
    "hand": "wrote a verdict by hand",
    "sample": "took another sample",
    "restore": "brought back an earlier version",
    "submit": "submitted it for review",
    "return": "sent it back",
    "approve": "approved it",
    "publish": "published it",
    "retract": "retracted it",
    "correct": "corrected and published it",
    "look": "looked at it again",
    "undo": "took the last step back",
}


class Step(Value):
    """One version of a draft.

    Attributes:
        version: Its number; 0 for what the panel drafted.
        what: What was done, in words.
        by: Name of who did it; empty for the panel.
        at: When.
        reason: Why, for colleagues.
        note: What readers were told.
        fields: The fields it changed, in words.
        state: The state from then on.
        edition: First digits of the edition it froze; empty when it froze none.
        differs: Whether its words are others than those that stand now.
    """

    version: int
    what: str
    by: str
    at: dt.datetime
    reason: str = ""
    note: str = ""
    fields: tuple[str, ...] = ()
    state: State
    edition: str = ""
    differs: bool


def steps_of(draft: Draft, users: Iterable[User]) -> tuple[Step, ...]:
    """All versions of a draft, the newest first.

    Args:
        draft: The draft.
        users: All accounts, for their names.
    """
    names = {one.login: one.name for one in users}
    now, then = fields_of(draft.content), fields_of(draft.drafted)
    first = Step(
        version=0,
        what="drafted by the panel",
        by="",
        at=draft.papers.run.created,
        state="draft",
        differs=then != now,
    )
    found = [first]
    for revision in draft.revisions:
        then |= revision.changes
        found.append(_step(draft, revision, names, differs=then != now))
    return tuple(reversed(found))


def _step(draft: Draft, revision: Revision, names: Mapping[str, str], *, differs: bool) -> Step:
    personas, samples = draft.papers.personas, draft.papers.card.samples
    freezes = revision.act in ("approve", "correct")
    return Step(
        version=revision.version,
        what=_what(revision),
        by=names.get(revision.by, revision.by),
        at=revision.at,
        reason=revision.reason,
        note=revision.note,
        fields=tuple(field_words(path, personas, samples=samples) for path in revision.changes),
        state=revision.standing.state,
        edition=(revision.standing.approved or "")[:12] if freezes else "",
        differs=differs,
    )


def _what(revision: Revision) -> str:
    taken_back = revision.act == "reject" and not any(revision.changes.values())
    return "let a rejected verdict stand again" if taken_back else _ACTS[revision.act]
