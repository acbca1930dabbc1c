"""How many calls a minute one provider gets, and how long it is left alone after it said so.

The rule is the generic cell rate algorithm in its form as virtual scheduling (ITU-T I.371, annex
A): one instant a provider and kind of limit, so that any number of processes can share a row.
"""

from typing import Annotated, NamedTuple

from pydantic import Field

from panel.domain.value import Value

_MINUTE = 60.0

_BURST = 1.0
"""Seconds' worth of calls or tokens that may come at once."""


class Pace(Value):
    """What one provider may be asked.

    Attributes:
        rate: Calls per minute; None for no limit.
        token_rate: Tokens per minute, sent and received; None for no limit.
    """

    rate: Annotated[int, Field(ge=1)] | None = None
    token_rate: Annotated[int, Field(ge=1)] | None = None


FREE = Pace()
"""No limit of rate; holds are kept all the same."""


class PaceState(NamedTuple):
    """What is booked at one provider, in seconds of any one clock.

    Attributes:
        calls_at: When the calls booked so far are worked off.
        tokens_at: When the tokens booked so far are worked off.
        hold_until: Before this instant no call may be made.
    """

    calls_at: float = 0.0
    tokens_at: float = 0.0
    hold_until: float = 0.0


def reserve(state: PaceState, pace: Pace, now: float, tokens: int) -> tuple[PaceState, float]:
    """Book one call.

    A call is let through once what was booked before is worked off but for a second's worth, so a
    call larger than a minute's tokens passes too, and those after it wait. A booking cannot know
    of a later hold: who has waited books again with `FREE`, which costs nothing.

    Args:
        state: What is booked.
        pace: The limits.
        now: The clock, in seconds.
        tokens: Tokens the call will take; below zero gives back what was booked too much.

    Returns:
        What is booked then, and the seconds to wait before the call.
    """
    if tokens < 0:
        return adjust(state, pace, tokens), 0.0
    call, token = _interval(pace.rate), _interval(pace.token_rate)
    start = max(now, state.hold_until)
    if call:
        start = max(start, state.calls_at - max(0.0, _BURST - call))
    if token:
        start = max(start, state.tokens_at - max(0.0, _BURST - token))
    booked = PaceState(
        calls_at=max(state.calls_at, start) + call if call else state.calls_at,
        tokens_at=max(state.tokens_at, start) + tokens * token if token else state.tokens_at,
        hold_until=state.hold_until,
    )
    return booked, start - now


def adjust(state: PaceState, pace: Pace, tokens: int) -> PaceState:
    """Correct a booking once its true number of tokens is known.

    Args:
        state: What is booked.
        pace: The limits.
        tokens: True number less the booked one.
    """
    return state._replace(tokens_at=state.tokens_at + tokens * _interval(pace.token_rate))


def hold(state: PaceState, now: float, seconds: float) -> PaceState:
    """Leave a provider alone for a while, or for longer if it is left alone already.

    Args:
        state: What is booked.
        now: The clock, in seconds.
        seconds: How long.
    """
    return state._replace(hold_until=max(state.hold_until, now + seconds))


def _interval(per_minute: int | None) -> float:
    """Seconds between two at an even pace; 0 when there is no limit."""
    return _MINUTE / per_minute if per_minute else 0.0
