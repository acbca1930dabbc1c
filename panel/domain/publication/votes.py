"""What readers' votes come to, and which are held back for an editor: pure rules over counts.

Votes never touch the panel's result. A crowd that comes from one network, or all at once, counts
for nothing until an editor has looked at it.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from panel.domain.scorecard import Interval
from panel.domain.statistics import wilson
from panel.domain.value import Digest, Slug, Value
from panel.domain.verdict import Call

LEAST = 20
"""Votes from which on a share is shown."""

NETWORK_VISITORS = 5
"""Visitors of one network who may vote on a model in one day; with more, all of them are held."""

BURST_VISITORS = 60
"""New visitors who may vote on a model within `BURST_LENGTH`; with more, all of them are held."""

BURST_LENGTH = dt.timedelta(minutes=10)

Ruling = Literal["hold", "release", "remove"]
"""What was decided about a vote after it came; the last ruling stands."""

VoteState = Literal["counted", "held", "removed"]

HELD_NETWORK = "many visitors of one network"
HELD_BURST = "many new visitors within minutes"
RULES = "rules"
"""Who held a vote back when no person did."""


class Tally(Value):
    """What the counted votes on one model come to.

    Attributes:
        ships: Votes to ship.
        skips: Votes to skip.
        as_of: When the newest of them came; None without any.
    """

    ships: Annotated[int, Field(ge=0)] = 0
    skips: Annotated[int, Field(ge=0)] = 0
    as_of: AwareDatetime | None = None

    @property
    def n(self) -> int:
        """Counted votes."""
        return self.ships + self.skips

    @property
    def shown(self) -> bool:
        """Whether there are enough to show a share."""
        return self.n >= LEAST

    @property
    def share(self) -> float | None:
        """The share that ships, 0 to 1; None while it is not shown."""
        return self.ships / self.n if self.shown else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval of the share; None while it is not shown."""
        if not self.shown:
            return None
        low, high = wilson(self.ships, self.n)
        return Interval(low=low, high=high, method="wilson", n=self.n)


class Vote(Value):
    """What one visitor says about one model.

    Attributes:
        slug: The model.
        visitor: Names the visitor, who cannot be found from it.
        network: Names the visitor's network on that day; means nothing once the day is over.
        call: The vote.
        at: When it came.
    """

    slug: Slug
    visitor: Digest
    network: Digest
    call: Call
    at: AwareDatetime


class CastVote(Vote):
    """A vote as it stands.

    Attributes:
        seq: 1 for a visitor's first vote on the model, then one more for each change of mind.
        state: Whether it counts.
        ruled_by: Who decided so last; empty when nobody did.
        ruled_at: When.
        reason: Why.
    """

    seq: int
    state: VoteState
    ruled_by: str = ""
    ruled_at: AwareDatetime | None = None
    reason: str = ""


def state_after(ruling: Ruling | None) -> VoteState:
    """Whether a vote counts.

    Args:
        ruling: The last ruling about it; None without any.
    """
    if ruling == "hold":
        return "held"
    return "removed" if ruling == "remove" else "counted"


def is_crowd(visitors: int) -> bool:
    """Whether so many visitors of one network on one day are held back.

    Args:
        visitors: Visitors of the network who voted on one model that day.
    """
    return visitors > NETWORK_VISITORS


def is_burst(newcomers: int) -> bool:
    """Whether so many newcomers at once are held back.

    Args:
        newcomers: Visitors who voted on one model for the first time within `BURST_LENGTH`.
    """
    return newcomers > BURST_VISITORS
