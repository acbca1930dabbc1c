"""What programs send and get: strict, closed to unknown keys, and all there is in the schema."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from panel.domain.editing.content import Content
from panel.domain.editing.people import Event
from panel.domain.editing.queue import Comment, QueueRow
from panel.domain.editing.revision import Revision
from panel.domain.editing.states import MoveAct, State
from panel.domain.fact import Settlement
from panel.domain.review import Review
from panel.domain.scorecard import Outcome, Scorecard
from panel.domain.value import Digest, Value
from panel.editing.drafts import Draft
from panel.store.records import RunSummary

Key = Annotated[str, Field(max_length=64)]
Words = Annotated[str, Field(max_length=4000)]


class Strict(BaseModel):
    """Base of all that is sent: closed to unknown keys, nothing guessed from another type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Body(Strict):
    """What goes with a change.

    Attributes:
        reason: Why, for colleagues.
        key: A name for this attempt, so that one sent twice is done once.
    """

    reason: Words = ""
    key: Key = ""


class EditBody(Body):
    """New words.

    Attributes:
        changes: New values by field, e.g. `skeptic.1.headline`.
        act: What kind of change it is.
    """

    changes: Annotated[dict[str, JsonValue], Field(min_length=1, max_length=500)]
    act: Literal["edit", "reject", "hand"] = "edit"


class MoveBody(Body):
    """A change of state.

    Attributes:
        act: What to do.
        note: What readers are told; a retraction needs it.
        seen: Digest of today's dossier as it was seen; empty when it is not compared.
    """

    act: MoveAct
    note: Words = ""
    seen: Key = ""


class CorrectionBody(Body):
    """An edit, an approval and a publication in one.

    Attributes:
        note: What readers are told.
        changes: New values by field; none when earlier edits are what corrects it.
        seen: Digest of today's dossier as it was seen; empty when it is not compared.
    """

    note: Annotated[str, Field(min_length=1, max_length=4000)]
    changes: Annotated[dict[str, JsonValue], Field(max_length=500)] = Field(
        default_factory=dict[str, JsonValue]
    )
    seen: Key = ""


class RestoreBody(Strict):
    """A way back.

    Attributes:
        version: Which version's words are wanted; 0 for the panel's own.
        reason: Why, for colleagues.
        key: A name for this attempt.
    """

    version: Annotated[int, Field(ge=0, le=1_000_000)]
    reason: Annotated[str, Field(min_length=1, max_length=4000)]
    key: Key = ""


class CommentBody(Strict):
    """A remark.

    Attributes:
        text: What.
        field: On which field; empty for the whole draft.
    """

    text: Annotated[str, Field(min_length=1, max_length=4000)]
    field: Annotated[str, Field(max_length=120)] = ""


class AssigneeBody(Strict):
    """Who is to work on a draft.

    Attributes:
        login: Who; null for nobody.
    """

    login: Annotated[str, Field(min_length=1, max_length=64)] | None


class SettleBody(Strict):
    """A decision on a conflict.

    Attributes:
        how: `pick` and `supersede` name a fact; `open` takes a decision back.
        fact: The fact that holds.
        reason: Why, in one line.
    """

    how: Literal["pick", "supersede", "keep-both", "open"]
    fact: Annotated[str, Field(max_length=8)] | None = None
    reason: Annotated[str, Field(max_length=400)] = ""


class DraftView(Value):
    """A draft as it stands.

    Attributes:
        run: Its run.
        slug: Its dossier.
        version: Its version; what a change names in `If-Match`.
        state: Its state.
        approved: Digest of the edition that was approved; null when edited since.
        live: Digest of the edition readers see; null when there is none.
        edited_by: Login of whoever changed its words last.
        assignee: Login of who is to work on it.
        seen: Digest of today's dossier, to be named by an approval.
        look: Reasons for another look.
        content: Its words.
        card: The scorecard as edited.
        reviews: Its reviews as edited, with what the checks find.
    """

    run: str
    slug: str
    version: int
    state: State
    approved: Digest | None
    live: Digest | None
    edited_by: str | None
    assignee: str | None
    seen: Digest
    look: tuple[str, ...]
    content: Content
    card: Scorecard
    reviews: tuple[Review, ...]

    @classmethod
    def of(cls, draft: Draft, assignee: str | None) -> "DraftView":
        """A draft for programs.

        Args:
            draft: The draft.
            assignee: Who is to work on it.
        """
        found, standing = draft.effective, draft.standing
        return cls(
            run=draft.ref.run,
            slug=draft.ref.slug,
            version=draft.version,
            state=standing.state,
            approved=standing.approved,
            live=standing.live,
            edited_by=standing.edited_by,
            assignee=assignee,
            seen=draft.today.digest,
            look=draft.look,
            content=draft.content,
            card=found.card,
            reviews=found.reviews,
        )


class ConflictView(Value):
    """A conflict between sources.

    Attributes:
        id: `C1`, `C2`, ...
        attribute: The property in dispute.
        note: What exactly is contradictory.
        facts: Its facts.
        seq: How often it was decided on at the desk; what a decision names in `If-Match`.
        settlement: How it stands; null while it is open.
    """

    id: str
    attribute: str
    note: str
    facts: tuple[str, ...]
    seq: int
    settlement: Settlement | None


class QueueRowView(QueueRow):
    """A draft in the queue; None where an editor has to call ship or skip before they see it.

    Attributes:
        outcome: Outcome as edited.
        ships: Seats that ship.
        skips: Seats that skip.
        blocking: Flags that block.
        warnings: Flags that warn.
    """

    outcome: Outcome | None  # pyright: ignore[reportIncompatibleVariableOverride]
    ships: int | None  # pyright: ignore[reportIncompatibleVariableOverride]
    skips: int | None  # pyright: ignore[reportIncompatibleVariableOverride]
    blocking: int | None  # pyright: ignore[reportIncompatibleVariableOverride]
    warnings: int | None  # pyright: ignore[reportIncompatibleVariableOverride]


class QueueView(Value):
    """One page of the queue.

    Attributes:
        rows: Its rows.
        total: Drafts that match in all.
        states: Drafts by state that match everything but the state.
        page: Which page it is.
        pages: How many there are.
    """

    rows: tuple[QueueRowView, ...]
    total: int
    states: dict[str, int]
    page: int
    pages: int


class HistoryView(Value):
    """All that was done to a draft.

    Attributes:
        revisions: Its revisions, in order.
    """

    revisions: tuple[Revision, ...]


class CommentsView(Value):
    """What was said about a draft.

    Attributes:
        comments: Its comments, the oldest first.
    """

    comments: tuple[Comment, ...]


class ConflictsView(Value):
    """What the sources of a dossier contradict each other about.

    Attributes:
        conflicts: Its conflicts.
    """

    conflicts: tuple[ConflictView, ...]


class RunsView(Value):
    """Some runs.

    Attributes:
        runs: The runs, the newest first.
    """

    runs: tuple[RunSummary, ...]


class EventsView(Value):
    """Some lines of the log.

    Attributes:
        events: The lines, in order.
        next: What to give as `after` for the following ones; null when there are none yet.
    """

    events: tuple[Event, ...]
    next: int | None
