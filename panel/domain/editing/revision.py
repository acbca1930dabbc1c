"""One step in the life of a draft: what was changed or decided, by whom, when, why, on what.

Revisions are the only record of editing. They are numbered without a gap, so that a change based on
an older number is seen to be stale, and the draft below them never changes.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Annotated

from pydantic import AwareDatetime, Field, JsonValue

from panel.domain.editing.content import Content, with_fields
from panel.domain.editing.states import MOVES, UNDO_SECONDS, Act, Standing
from panel.domain.run import RunId
from panel.domain.value import Digest, Slug, Value, digest_of

Login = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._@-]{0,63}$")]
"""The name somebody signs in by; stays with what they did for ever."""


class Revision(Value):
    """One step; version 0 is the panel's own draft and has none.

    Attributes:
        run: The run of the draft.
        slug: Its dossier.
        version: Its number, counted from 1.
        act: What was done.
        changes: New values of the fields it changed.
        standing: Where the draft stands from now on.
        dossier: Digest of the dossier, settlements included, as it was at this moment.
        by: Who did it.
        at: When.
        reason: Why; for colleagues.
        note: What readers are told about a correction or a retraction.
        key: A name the doer gave this step, so that one sent twice is done once.
    """

    run: RunId
    slug: Slug
    version: Annotated[int, Field(ge=1)]
    act: Act
    changes: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])
    standing: Standing
    dossier: Digest
    by: Login
    at: AwareDatetime
    reason: Annotated[str, Field(max_length=1000)] = ""
    note: Annotated[str, Field(max_length=1000)] = ""
    key: Annotated[str, Field(max_length=64)] = ""

    @cached_property
    def digest(self) -> str:
        """Name of this revision's content."""
        return digest_of("revision", self)


def standing_of(revisions: Sequence[Revision]) -> Standing:
    """Where a draft stands.

    Args:
        revisions: All its revisions, in order.
    """
    return revisions[-1].standing if revisions else Standing()


def content_at(
    drafted: Content, revisions: Sequence[Revision], version: int | None = None
) -> Content:
    """The content of a draft at a version.

    Args:
        drafted: What the panel drafted.
        revisions: All its revisions, in order.
        version: Which; the last one unless given, 0 for what the panel drafted.

    Raises:
        InputError: A revision changes what this draft does not have.
    """
    upto = len(revisions) if version is None else version
    changes: dict[str, JsonValue] = {}
    for revision in revisions[:upto]:
        changes |= revision.changes
    return with_fields(drafted, changes) if changes else drafted


def undone(revisions: Sequence[Revision], by: str, at: dt.datetime) -> Standing | None:
    """Where a draft would stand again if its last move were taken back.

    Args:
        revisions: All its revisions, in order.
        by: Who wants to.
        at: When.

    Returns:
        The standing before the move; None when the last step is no move, is somebody else's or is
        longer ago than `UNDO_SECONDS`.
    """
    if not revisions:
        return None
    last = revisions[-1]
    if last.act not in MOVES or last.by != by:
        return None
    if (at - last.at).total_seconds() > UNDO_SECONDS:
        return None
    return standing_of(revisions[:-1])


def editors(revisions: Sequence[Revision]) -> tuple[str, ...]:
    """Everybody who changed words of a draft, in order of their first change.

    Args:
        revisions: All its revisions, in order.
    """
    return tuple(dict.fromkeys(one.by for one in revisions if one.changes))
