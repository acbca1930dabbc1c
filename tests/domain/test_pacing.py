"""Bookings keep to a rate over any minute, whatever comes, and a hold counts for everybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.pacing import FREE, Pace, PaceState, adjust, hold, reserve

NEW = PaceState()


def booked(pace: Pace, calls: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """Instants and tokens of calls that come with some gap and of some size."""
    state, now, made = NEW, 1000.0, list[tuple[float, int]]()
    for gap, tokens in calls:
        now += gap
        state, wait = reserve(state, pace, now, tokens)
        assert wait >= 0
        made.append((now + wait, tokens))
    return made


CALLS = st.lists(
    st.tuples(st.floats(0, 5), st.integers(0, 5000)),
    min_size=1,
    max_size=60,
)


@given(calls=CALLS, rate=st.integers(1, 3000))
def test_no_minute_sees_more_calls_than_the_rate_and_a_second_s_worth(
    calls: list[tuple[float, int]], rate: int
) -> None:
    made = booked(Pace(rate=rate), calls)
    burst = max(1.0, rate / 60)
    for start, _ in made:
        within = sum(start <= at < start + 60 for at, _ in made)
        assert within <= rate + burst + 1e-6


@given(calls=CALLS, rate=st.integers(1, 200_000))
def test_no_minute_sees_more_tokens_than_the_rate_a_second_s_worth_and_one_call(
    calls: list[tuple[float, int]], rate: int
) -> None:
    made = booked(Pace(token_rate=rate), calls)
    most = rate + max(1.0, rate / 60) + max(tokens for _, tokens in calls)
    for start, _ in made:
        within = sum(tokens for at, tokens in made if start <= at < start + 60)
        assert within <= most + 1e-3 * most


def test_nobody_waits_without_need() -> None:
    assert booked(FREE, [(0, 10**9)] * 3) == [(1000.0, 10**9)] * 3
    assert [at for at, _ in booked(Pace(rate=60), [(1.0, 0)] * 5)] == [1001, 1002, 1003, 1004, 1005]


def test_a_second_s_worth_may_come_at_once_then_it_goes_evenly() -> None:
    instants = [at for at, _ in booked(Pace(rate=240), [(0, 0)] * 7)]
    assert instants == [1000, 1000, 1000, 1000, 1000.25, 1000.5, 1000.75]


def test_a_call_larger_than_a_minute_passes_and_the_next_waits_for_it() -> None:
    (first, _), (second, _) = booked(Pace(token_rate=600), [(0, 1200), (0, 1)])
    assert first == 1000
    assert second == pytest.approx(1000 + 120 - 0.9)


def test_the_stricter_limit_counts() -> None:
    both = Pace(rate=60, token_rate=6000)
    assert booked(both, [(0, 10), (0, 10)])[1][0] == 1001
    assert booked(both, [(0, 600), (0, 10)])[1][0] == pytest.approx(1006 - 0.99)


def test_a_hold_delays_everybody_and_costs_nothing() -> None:
    state = hold(NEW, 1000.0, 20)
    assert reserve(state, FREE, 1005.0, 0) == (state, 15.0)
    assert reserve(state, FREE, 1020.0, 0) == (state, 0.0)


def test_after_a_hold_the_rate_still_counts() -> None:
    state = hold(NEW, 1000.0, 20)
    waits: list[float] = []
    for _ in range(3):
        state, wait = reserve(state, Pace(rate=60), 1000.0, 0)
        waits.append(wait)
    assert waits == [20, 21, 22]


def test_a_shorter_hold_never_ends_a_longer_one() -> None:
    state = hold(hold(NEW, 1000.0, 20), 1001.0, 2)
    assert state.hold_until == 1020


def test_what_was_booked_too_much_is_given_back() -> None:
    pace = Pace(token_rate=6000)
    state, _ = reserve(NEW, pace, 1000.0, 6000)
    given, wait = reserve(state, pace, 1000.0, -5000)
    assert wait == 0
    assert given == adjust(state, pace, -5000)
    assert given.tokens_at == pytest.approx(1010)
    assert adjust(state, FREE, -5000) == state
