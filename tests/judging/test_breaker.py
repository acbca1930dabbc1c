"""A provider that is down ends the run; one that answers now and then does not."""

import pytest

from panel.domain.review import FailureKind, Review
from panel.errors import EndpointError
from panel.judging.breaker import Breaker
from panel.judging.remedies import failure
from tests.judging.conftest import question_for

HERE, THERE = "http://here/v1", "http://there/v1"
QUESTION = question_for(None)


def failed(kind: FailureKind = "server-error", calls: int = 0) -> Review:
    return QUESTION.answered(failure=failure(kind, "HTTP 500"), usage={"calls": calls})


def test_it_ends_the_run_after_as_many_failures_as_run_at_once() -> None:
    breaker = Breaker(64)
    for _ in range(63):
        breaker.watch(HERE, failed())
    with pytest.raises(EndpointError, match=r"http://here/v1 has answered .* 64 times.*retry-f"):
        breaker.watch(HERE, failed())


@pytest.mark.parametrize(
    "kind", ["rate-limited", "server-error", "dropped", "timeout", "not-an-api"]
)
def test_twenty_are_the_least(kind: FailureKind) -> None:
    breaker = Breaker(1)
    for _ in range(19):
        breaker.watch(HERE, failed(kind))
    with pytest.raises(EndpointError):
        breaker.watch(HERE, failed(kind))


def test_an_answer_between_starts_the_count_anew() -> None:
    breaker = Breaker(1)
    for _ in range(100):
        for _ in range(19):
            breaker.watch(HERE, failed())
        breaker.watch(HERE, failed("invalid-answer", calls=3))


def test_every_provider_has_its_own_count() -> None:
    breaker = Breaker(1)
    for at in range(38):
        breaker.watch((HERE, THERE)[at % 2], failed())


def test_seats_that_asked_nothing_say_nothing() -> None:
    breaker = Breaker(1)
    for _ in range(100):
        breaker.watch(HERE, failed("bad-request"))
