"""Numbers of a run as a person reads them; what nobody knows is never told as nothing."""

from decimal import Decimal

import pytest

from panel.cli.progress_words import (
    at_risk_words,
    cost_words,
    duration,
    failure_words,
    kind_words,
    ledger_words,
    line,
    percent_done,
    speed_words,
    time_words,
    usd,
)
from tests.cli.progress_values import FAILURE, make_ledger, make_progress


@pytest.mark.parametrize(
    ("answered", "failed", "reviews", "expected"),
    [(0, 0, 5, 0), (3, 1, 5, 80), (4_999, 0, 5_000, 99), (4_000, 1_000, 5_000, 100)],
)
def test_a_hundred_per_cent_means_all(
    answered: int, failed: int, reviews: int, expected: int
) -> None:
    progress = make_progress(answered=answered, failed=failed, reviews=reviews)
    assert percent_done(progress) == expected


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0 s"), (89, "89 s"), (90, "2 min"), (3_600, "60 min"), (11_100, "3 h 5 min")],
)
def test_a_time_has_the_unit_a_person_would_take(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize(
    ("amount", "said"), [("12.345", "$12.34"), ("0.0068", "$0.0068"), ("0", "$0.00")]
)
def test_cents_from_a_dollar_on(amount: str, said: str) -> None:
    assert usd(Decimal(amount)) == said


@pytest.mark.parametrize(
    ("spent", "unknown", "said"),
    [
        ("0", 0, "nothing"),
        ("0", 3, "3 calls of unknown cost"),
        ("4.2", 0, "$4.20"),
        ("4.2", 3, "$4.20 and 3 calls of unknown cost"),
    ],
)
def test_an_unknown_cost_is_told_beside_the_known(spent: str, unknown: int, said: str) -> None:
    assert ledger_words(make_ledger(spent=Decimal(spent), unknown=unknown)) == said


@pytest.mark.parametrize(
    ("unanswered", "unknown", "at_risk", "said"),
    [
        (0, 0, Decimal(0), ""),
        (2, 1, Decimal("0.5"), "2 never answered, 1 of unknown cost: at most $0.50"),
        (2, 0, None, "2 never answered, 0 of unknown cost: nobody knows how much"),
    ],
)
def test_calls_that_may_be_billed_unseen(
    unanswered: int, unknown: int, at_risk: Decimal | None, said: str
) -> None:
    ledger = make_ledger(unanswered=unanswered, unknown=unknown, at_risk=at_risk)
    assert at_risk_words(ledger) == said


def test_what_is_left_is_told_only_while_it_runs() -> None:
    running, stopped = make_progress(), make_progress(state="stopped")
    assert cost_words(running) == "$4.20 so far, about $6.78 in all"
    assert cost_words(stopped) == "$4.20 so far"
    assert time_words(running) == "12 min, about 7 min left"
    assert time_words(stopped) == "12 min"


def test_without_any_tokens_there_is_no_share() -> None:
    assert speed_words(make_progress()).endswith("72 % of tokens sent were cached")
    none = make_progress(ledger=make_ledger(input_tokens=0, cached_tokens=0))
    assert "%" not in speed_words(none)


def test_the_commonest_failure_comes_first() -> None:
    assert kind_words(make_progress()) == "8 rate-limited, 4 timeout"


def test_a_failure_is_one_line_whatever_was_said() -> None:
    hostile = FAILURE.model_copy(update={"detail": "a\x1b[2Jb\nc"})
    assert failure_words(hostile) == "model-7, skeptic: timeout: a\ufffd[2Jb c"


def test_one_line_tells_it_all() -> None:
    assert line(make_progress()) == (
        "62 %: 3,100 of 5,000 reviews, 12 failed, 64 in flight; 512 calls/min; 72 % cached;"
        " $4.20 so far, about $6.78 in all; about 7 min left"
    )
    assert line(make_progress(state="finished")).endswith("$4.20 so far; finished")
