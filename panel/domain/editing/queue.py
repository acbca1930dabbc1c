"""What waits at the desk: one row for each draft, and the questions the queue can be asked.

Rows are derived from records and may be made again at any time; nothing rests on them.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from panel.domain.editing.revision import Login
from panel.domain.editing.states import State
from panel.domain.run import RunId
from panel.domain.scorecard import Outcome
from panel.domain.value import Digest, Slug, Value

PAGE = 50
"""Drafts on one page of the queue."""

STALE_DAYS = 90
"""Days after which a newest fact counts as stale."""

Sort = Literal["changed", "-changed", "name", "-name", "age", "-age", "blocking", "state", "split"]
"""Order of the queue; with a minus the other way round. `age` is by the newest fact, `split` puts
the closest panels first."""


class QueueRow(Value):
    """One draft in the queue.

    Attributes:
        run: Its run.
        slug: Its dossier.
        name: Name of the model.
        vendor: Its vendor.
        version: Version of the draft.
        state: Its state.
        outcome: Outcome as edited.
        ships: Seats that ship.
        skips: Seats that skip.
        seats: Seats on the panel.
        blocking: Flags that block.
        warnings: Flags that warn.
        open_conflicts: Open conflicts of its dossier.
        newest_fact: Day of its newest fact.
        assignee: Who is to work on it.
        look: How many reasons there are for another look.
        comments: Comments that are not resolved.
        created: When its run was ordered.
        changed: When it was last revised, or drafted.
        live: Digest of its live edition.
        hidden: Whether the queue leaves it out, since it is another sample asked for at the desk.
    """

    run: RunId
    slug: Slug
    name: str
    vendor: str
    version: int
    state: State
    outcome: Outcome
    ships: int
    skips: int
    seats: int
    blocking: int
    warnings: int
    open_conflicts: int
    newest_fact: dt.date
    assignee: Login | None = None
    look: int = 0
    comments: int = 0
    created: AwareDatetime
    changed: AwareDatetime
    live: Digest | None = None
    hidden: bool = False


class QueueQuery(Value):
    """What to show of the queue; every field is a parameter of its address.

    Attributes:
        q: Words to find in quotes, headlines, reasons, facts and names.
        state: States to show; all unless given.
        outcome: Outcomes to show; all unless given.
        split: Only panels with dissent, or evenly split.
        blocking: Only drafts with flags that block.
        conflicts: Only drafts whose dossier has open conflicts.
        stale: Only drafts whose newest fact is older than `STALE_DAYS`.
        look: Only drafts that deserve another look.
        assignee: Only drafts of this login; `none` for those of nobody.
        run: Only drafts of this run.
        older: Only drafts not changed within that many days.
        sort: Order.
        page: Which page, counted from 1.
    """

    q: Annotated[str, Field(max_length=200)] = ""
    state: tuple[State, ...] = ()
    outcome: tuple[Outcome, ...] = ()
    split: bool = False
    blocking: bool = False
    conflicts: bool = False
    stale: bool = False
    look: bool = False
    assignee: Annotated[str, Field(max_length=64)] = ""
    run: Annotated[str, Field(max_length=40)] = ""
    older: Annotated[int, Field(ge=0, le=3650)] = 0
    sort: Sort = "-changed"
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class QueuePage(Value):
    """One page of the queue.

    Attributes:
        rows: Its rows.
        total: Drafts that match in all.
        states: Drafts by state that match everything but the state.
    """

    rows: tuple[QueueRow, ...]
    total: int
    states: dict[str, int]


class Comment(Value):
    """A remark on a draft; never published, never sent to an llm.

    Attributes:
        id: Its id.
        run: Run of the draft.
        slug: Its dossier.
        field: Path it is about, e.g. `skeptic.1.quote`; empty for the whole draft.
        by: Who wrote it.
        at: When.
        text: What they wrote.
        resolved: When it was resolved; None while it is open.
        resolved_by: By whom.
    """

    id: Annotated[str, Field(max_length=32)]
    run: RunId
    slug: Slug
    field: Annotated[str, Field(max_length=120)] = ""
    by: Login
    at: AwareDatetime
    text: Annotated[str, Field(min_length=1, max_length=4000)]
    resolved: AwareDatetime | None = None
    resolved_by: Login | None = None


class WorkingCopy(Value):
    """What somebody has typed and not yet saved as a revision.

    Attributes:
        run: Run of the draft.
        slug: Its dossier.
        login: Whose.
        base: Version it was based on.
        nth: How many times it was saved; a save that names another number is stale.
        at: When it was last saved.
        form: The form as typed, by field.
    """

    run: RunId
    slug: Slug
    login: Login
    base: Annotated[int, Field(ge=0)]
    nth: Annotated[int, Field(ge=0)] = 0
    at: AwareDatetime
    form: dict[str, str]


class SavedView(Value):
    """A question to the queue that somebody named.

    Attributes:
        id: Its id.
        login: Whose.
        name: What they call it.
        query: The query string.
    """

    id: Annotated[str, Field(max_length=32)]
    login: Login
    name: Annotated[str, Field(min_length=1, max_length=60)]
    query: Annotated[str, Field(max_length=1000)]
