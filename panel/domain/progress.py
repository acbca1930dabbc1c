"""How far a run is: one value behind the live view, `runs show --watch` and every later page.

It is counted from the database alone, so that any process on any machine sees the same.
"""

import datetime as dt
from decimal import Decimal

from pydantic import computed_field

from panel.domain.review import FailureKind
from panel.domain.run import RunState
from panel.domain.value import Slug, Value


class Ledger(Value):
    """What a run cost so far, by what its answers tell.

    Attributes:
        calls: Calls begun, retries and mends included.
        answered: Calls that came back, with an answer or a fault.
        succeeded: Calls that came back with a success status.
        input_tokens: Tokens sent, of answers that say so.
        output_tokens: Tokens received, of answers that say so.
        cached_tokens: Part of the input tokens read from the provider's cache.
        spent: USD of all answers whose cost is known.
        unknown: Calls that came back and may be billed at a cost nobody knows.
        unanswered: Calls begun that never came back, or not yet.
        at_risk: Most USD the unknown and unanswered calls may cost; None when no price is known.
    """

    calls: int = 0
    answered: int = 0
    succeeded: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    spent: Decimal = Decimal(0)
    unknown: int = 0
    unanswered: int = 0
    at_risk: Decimal | None = Decimal(0)

    @computed_field
    @property
    def cached_share(self) -> float | None:
        """Part of the input tokens that came from the provider's cache; None without any."""
        return self.cached_tokens / self.input_tokens if self.input_tokens else None


class SeenFailure(Value):
    """A failed review, as a list of the last ones shows it.

    Attributes:
        slug: Slug of the dossier.
        persona: Id of the persona.
        kind: What went wrong.
        detail: What was said.
        at: When it was kept, UTC.
    """

    slug: Slug
    persona: Slug
    kind: FailureKind
    detail: str
    at: dt.datetime


class Progress(Value):
    """How far a run is.

    Attributes:
        run: Run id.
        name: What the person calls it; may be empty.
        state: Its state by its last event.
        note: Why it was stopped; empty otherwise.
        dossiers: Dossiers ordered.
        scored: Dossiers with a scorecard.
        reviews: Reviews ordered.
        answered: Reviews with a verdict.
        failed: Reviews with a failure.
        working: Seconds work went on, idle gaps between stop and resume left out.
        last_minute: Calls begun within the last minute.
        ledger: What it cost so far.
        kinds: Failed reviews by kind of failure.
        last_failures: The newest failures, newest first.
    """

    run: str
    name: str = ""
    state: RunState
    note: str = ""
    dossiers: int
    scored: int
    reviews: int
    answered: int
    failed: int
    working: float
    last_minute: int
    ledger: Ledger
    kinds: dict[FailureKind, int]
    last_failures: tuple[SeenFailure, ...] = ()

    @computed_field
    @property
    def done(self) -> int:
        """Reviews that are kept."""
        return self.answered + self.failed

    @computed_field
    @property
    def projected_cost(self) -> Decimal | None:
        """USD at the end if the rest costs like what is done; None before the first review."""
        return self.ledger.spent / self.done * self.reviews if self.done else None

    @computed_field
    @property
    def seconds_left(self) -> float | None:
        """Seconds to the end at the mean pace so far; None when nobody can tell."""
        if not self.done or self.state != "running" or not self.working:
            return None
        return self.working / self.done * (self.reviews - self.done)
