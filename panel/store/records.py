"""What the store answers with, where no domain value fits."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from panel.domain.review import FailureKind
from panel.domain.run import RunState
from panel.domain.value import Digest, Slug, Value, digest_of


class RunSummary(Value):
    """One line of the list of runs.

    Attributes:
        id: Run id.
        created: When it was ordered, UTC.
        state: State by its last event.
        note: Why it was stopped; empty otherwise.
        dossiers: Slugs in order.
        seats: Persona ids in order.
        samples: Reviews per seat and dossier.
        ordered: Reviews the order asks for.
        answered: Reviews with a verdict.
        failed: Reviews with a failure.
        cost: USD over all reviews, those asked again included; None when that of any is unknown.
        name: What the person calls the run; may be empty.
    """

    id: str
    created: dt.datetime
    state: RunState
    note: str
    dossiers: tuple[str, ...]
    seats: tuple[str, ...]
    samples: int
    ordered: int
    answered: int
    failed: int
    cost: Decimal | None
    name: str = ""


class StandingFailure(Value):
    """A review that failed and was not asked again since.

    Attributes:
        key: Its key.
        slug: Slug of its dossier.
        nth: Which try it was.
        kind: What went wrong.
    """

    key: Digest
    slug: Slug
    nth: int
    kind: FailureKind


class Timing(Value):
    """When a review was worked on; kept beside it, so that equal reviews have equal digests.

    Attributes:
        started: When its first call could begin, UTC.
        seconds: How long it took.
    """

    started: dt.datetime
    seconds: float


class OpenAttempt(Value):
    """A call that was begun and never answered: it may have been paid for.

    Attributes:
        id: Attempt id.
        review_key: The review it was made for.
        key: Key of the call on the tape.
        path: Path of the endpoint.
        begun: When, UTC.
    """

    id: str
    review_key: Digest
    key: Digest
    path: str
    begun: dt.datetime


class Attempts(Value):
    """The calls of a run, counted.

    Attributes:
        begun: Calls begun.
        answered: Calls that came back, with an answer or a fault.
        succeeded: Calls that came back with a success status.
        unanswered: The others, oldest first.
    """

    begun: int
    answered: int
    succeeded: int
    unanswered: tuple[OpenAttempt, ...]


class Stored(Value):
    """A stored text and the digest it is stored under, for `verify`.

    Attributes:
        kind: `run`, `review`, `scorecard`, `answer`, or the kind of a document; a document that is
            missing is of kind `missing`.
        name: What it is called: run id, review key, slug, attempt id or digest.
        digest: The digest it is stored under.
        text: What the digest was taken over; None when it is missing.
    """

    kind: str
    name: str
    digest: str
    text: str | None

    @property
    def holds(self) -> bool:
        """Whether the digest can be derived again from the text."""
        return self.text is not None and digest_of(self.kind, self.text) == self.digest


class Call(Value):
    """A request on the tape, with what its key was made of.

    Attributes:
        key: Its key.
        path: Path of the endpoint.
        body: Canonical JSON of the request.
        sample: Sample number of the review it was first made for; None when that has no row.
        nth: Which try of the review it was made for.
    """

    key: Digest
    path: str
    body: str
    sample: int | None
    nth: int


BatchState = Literal["unsealed", "sealed", "submitted", "ended", "abandoned"]
"""How far a provider batch is; `unsealed` while its calls are still being stored."""


class BatchRecord(Value):
    """A provider batch.

    Attributes:
        id: Its id here.
        llm: Digest of the llm settings.
        state: How far it is.
        remote: Its id at the provider; empty before it is submitted.
        calls: Calls in it.
        answered: Calls of it that have ended.
        created: When it was begun, UTC.
    """

    id: str
    llm: Digest
    state: BatchState
    remote: str
    calls: int
    answered: int
    created: dt.datetime


class Check(Value):
    """One line of `doctor` about the database.

    Attributes:
        name: What was looked at.
        standing: `ok`, `warning`, or `error`.
        detail: What was found.
        remedy: What to do; empty when all is well.
    """

    name: str
    standing: Literal["ok", "warning", "error"]
    detail: str
    remedy: str = ""
