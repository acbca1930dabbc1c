"""Money: whole nano-USD, rounded to the side that keeps a cap."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.store.money import dollars, nano, nano_bound, surely_free
from tests.store import values as v

AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=14)


@given(AMOUNTS)
def test_what_is_stored_is_half_a_nano_off_at_most(usd: Decimal) -> None:
    assert abs(dollars(nano(usd)) - usd) <= Decimal("0.5e-9")


@given(AMOUNTS)
def test_a_bound_is_never_rounded_down(usd: Decimal) -> None:
    assert usd <= dollars(nano_bound(usd)) < usd + Decimal("1e-9")


@pytest.mark.parametrize(("usd", "nanos"), [("1.5e-9", 2), ("2.5e-9", 2), ("2.6e-9", 3), ("0", 0)])
def test_halves_go_to_even(usd: str, nanos: int) -> None:
    assert nano(Decimal(usd)) == nanos


def test_more_money_than_there_is_still_fits_its_column() -> None:
    assert nano(Decimal("1e30")) == nano_bound(Decimal("1e30")) == 2**63 - 1


def test_nothing_adds_up_to_nothing() -> None:
    assert dollars(None) == 0


@pytest.mark.parametrize(
    ("status", "fault", "free"),
    [
        (200, None, False),
        (299, None, False),
        (429, None, True),
        (500, None, True),
        (None, "timeout", False),
        (None, "cancelled", False),
        (None, "dropped", False),
        (None, "connect", True),
        (None, "expired", True),
        (None, "abandoned", True),
    ],
)
def test_a_try_is_free_only_where_nobody_worked(
    status: int | None, fault: str | None, *, free: bool
) -> None:
    assert surely_free(v.exchange(status=status, fault=fault)) is free
