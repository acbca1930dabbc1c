"""Which version a change is based on: the last one, an older one, or the one it made itself."""

from contextlib import suppress

from panel.domain.editing.content import Fields, changed, fields_of, with_fields
from panel.domain.editing.merging import merge
from panel.domain.editing.people import Event
from panel.domain.editing.revision import Revision
from panel.domain.editing.states import Act
from panel.editing.drafts import Draft
from panel.editing.intent import Intent, tidy
from panel.editing.seats import reworded
from panel.editing.stale import StaleDraftError
from panel.errors import InputError, StaleError

LOOKED = frozenset({"look", "approve", "correct"})
"""Acts of somebody who has read the dossier as it is today."""


def check_seen(draft: Draft, intent: Intent, act: Act) -> None:
    """Refuse an approval or a look that rests on a dossier its page did not show.

    Args:
        draft: The draft as it stands.
        intent: What somebody wants.
        act: To do what.

    Raises:
        StaleError: The dossier, or a decision on its conflicts, changed since.
    """
    if act in LOOKED and intent.seen not in ("", draft.today.digest):
        raise StaleError(
            f"the dossier of {draft.ref.slug} changed, or a conflict in it was decided on, since"
            " this page was made",
            remedy="reload the page and look again",
        )


def is_done(draft: Draft, intent: Intent, act: Act, changes: Fields) -> bool:
    """Whether the revision after its base is the intent itself, words and all.

    Args:
        draft: The draft as it stands.
        intent: What somebody wants.
        act: To do what.
        changes: New values by path.
    """
    if not intent.key or intent.base >= draft.version:
        return False
    done = draft.revisions[intent.base]
    asked = (intent.key, intent.by.login, act, tidy(intent.reason), tidy(intent.note))
    if (done.key, done.by, done.act, done.reason, done.note) != asked:
        return False
    base = draft.content_at(intent.base)
    return changed(base, reworded(base, changes, act)) == done.changes


def stale(draft: Draft, intent: Intent, changes: Fields) -> StaleDraftError:
    """Tell somebody that their change came too late, with all it takes to lay it over what stands.

    Args:
        draft: The draft as it stands.
        intent: What they wanted.
        changes: Their new values by path.
    """
    base = draft.content_at(intent.base)
    with suppress(InputError):  # whoever merges may yet mend what is not allowed
        changes = changed(base, with_fields(base, changes))
    merged = merge(fields_of(base), changes, fields_of(draft.content))
    return StaleDraftError(draft, intent.base, merged, intent.reason)


def event_of(draft: Draft, revision: Revision) -> Event:
    """The line of the log about a revision.

    Args:
        draft: The draft before it.
        revision: The revision.
    """
    before = draft.revisions[-1].digest if draft.revisions else draft.papers.card.digest
    return Event(
        at=revision.at,
        by=revision.by,
        act=revision.act,
        subject=str(draft.ref),
        before=before,
        after=revision.digest,
        reason=revision.reason or revision.note,
    )
