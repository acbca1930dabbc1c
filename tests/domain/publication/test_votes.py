import datetime as dt

import pytest
from pydantic import ValidationError

from panel.domain.publication.votes import (
    BURST_VISITORS,
    LEAST,
    NETWORK_VISITORS,
    Ruling,
    Tally,
    Vote,
    VoteState,
    is_burst,
    is_crowd,
    state_after,
)
from panel.domain.statistics import wilson

NOON = dt.datetime(2026, 5, 12, 12, 0, tzinfo=dt.UTC)


def test_a_share_is_shown_from_twenty_votes_on() -> None:
    few = Tally(ships=LEAST - 1, as_of=NOON)
    assert (few.n, few.shown, few.share, few.interval) == (19, False, None, None)
    enough = Tally(ships=15, skips=5, as_of=NOON)
    assert (enough.n, enough.shown, enough.share) == (20, True, 0.75)
    assert enough.interval
    assert (enough.interval.low, enough.interval.high) == wilson(15, 20)
    assert (enough.interval.method, enough.interval.n) == ("wilson", 20)


def test_nobody_voted() -> None:
    assert (Tally().n, Tally().shown, Tally().as_of) == (0, False, None)


@pytest.mark.parametrize(
    ("ruling", "state"),
    [(None, "counted"), ("hold", "held"), ("release", "counted"), ("remove", "removed")],
)
def test_the_last_ruling_decides(ruling: Ruling | None, state: VoteState) -> None:
    assert state_after(ruling) == state


def test_crowds_begin_beyond_their_limits() -> None:
    assert [is_crowd(NETWORK_VISITORS + more) for more in (0, 1)] == [False, True]
    assert [is_burst(BURST_VISITORS + more) for more in (0, 1)] == [False, True]


@pytest.mark.parametrize(
    "change", [{"slug": "../x"}, {"call": "maybe"}, {"visitor": "ana"}, {"slug": "votes"}]
)
def test_a_vote_is_a_call_on_a_model(change: dict[str, str]) -> None:
    fine = {"slug": "x", "visitor": "0" * 64, "network": "1" * 64, "call": "ship", "at": NOON}
    Vote.model_validate(fine)
    with pytest.raises(ValidationError):
        Vote.model_validate({**fine, **change})
