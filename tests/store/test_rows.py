"""Rows carry the digests of the values they were made of."""

from decimal import Decimal
from typing import Any

import pytest

from panel.domain.exchange import Charge
from panel.domain.review import Review
from panel.domain.value import digest_of
from panel.errors import TamperError
from panel.store.rows import answer_row, answer_text, flag_rows, parsed, review_row, run_row
from tests.store import values as v


@pytest.mark.parametrize(
    "review",
    [v.review(), v.review(failure=v.TIMEOUT, cost=None), v.review(flags=(v.LENGTHY, v.WHOLE))],
)
def test_a_review_row_can_be_read_back(review: Review) -> None:
    row = review_row("run", review, v.NOON, 1.0)
    assert parsed(Review, row["body"], "here") == review
    assert row["digest"] == review.digest
    assert (row["call"] is None) == (review.failure is not None)
    assert row["failure"] == (review.failure.kind if review.failure else None)
    assert len(flag_rows("run", review)) == len(review.flags)


def test_tiny_costs_keep_every_digit() -> None:
    cost = Decimal("0.0000000000123456789")
    row = review_row("run", v.review(cost=cost), v.NOON, 1.0)
    assert Decimal(row["cost"]) == cost


def test_the_state_of_a_run_is_no_part_of_its_body() -> None:
    run = v.run()
    stopped = run.model_copy(update={"state": "stopped", "note": "no credit"})
    assert run_row(run) == run_row(stopped)


@pytest.mark.parametrize(
    "change", [{"status": 500}, {"response": "x"}, {"fault": "timeout"}, {"content_type": "x"}]
)
def test_an_answer_digest_covers_all_that_came_back(change: dict[str, Any]) -> None:
    one, two = v.exchange(), v.exchange(**change)
    assert answer_text(one) != answer_text(two)
    row = answer_row({"run_id": "run", "id": "attempt"}, two, Charge(), v.NOON)
    assert row["digest"] == digest_of("answer", answer_text(two))


def test_a_body_nobody_wrote() -> None:
    with pytest.raises(TamperError, match="here is stored in a form"):
        parsed(Review, "{}", "here")
