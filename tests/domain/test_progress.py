"""How far a run is, and what follows from it."""

from decimal import Decimal
from typing import Any

import pytest

from panel.domain.progress import Ledger, Progress

RUN: dict[str, Any] = {
    "run": "20261121-083000-5f2a9c",
    "state": "running",
    "dossiers": 4,
    "scored": 1,
    "reviews": 20,
    "answered": 4,
    "failed": 1,
    "working": 10.0,
    "last_minute": 7,
    "ledger": Ledger(calls=6, spent=Decimal("0.5"), input_tokens=1000, cached_tokens=250),
    "kinds": {"timeout": 1},
}


def progress(**changes: Any) -> Progress:
    return Progress.model_validate({**RUN, **changes})


def test_the_rest_is_taken_to_go_like_what_is_done() -> None:
    found = progress()
    assert found.done == 5
    assert found.projected_cost == Decimal("2.0")
    assert found.seconds_left == pytest.approx(30.0)
    assert found.ledger.cached_share == pytest.approx(0.25)


def test_before_the_first_review_nobody_can_tell() -> None:
    found = progress(answered=0, failed=0, ledger=Ledger())
    assert (found.projected_cost, found.seconds_left, found.ledger.cached_share) == (None,) * 3


@pytest.mark.parametrize("state", ["finished", "stopped", "paused", "cancelled"])
def test_a_run_that_does_not_go_on_has_no_time_left(state: str) -> None:
    assert progress(state=state).seconds_left is None


def test_what_is_derived_is_part_of_its_json() -> None:
    plain = progress().model_dump(mode="json")
    assert plain["done"] == 5
    assert plain["ledger"]["cached_share"] == 0.25
