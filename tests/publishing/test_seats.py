"""Seats in words: call, samples, failures and cost."""

from collections.abc import Sequence
from typing import Any

import pytest

from panel.domain.llm import OFFLINE
from panel.domain.review import Failure, Review
from panel.domain.scorecard import SeatResult
from panel.domain.verdict import Call
from panel.publishing.seats import GLYPHS, SeatView, seat_view
from tests.publishing import dossiers as made
from tests.publishing import factories as make

_WHO = make.persona("developer")


def _reviews(*answers: Call | Failure) -> list[Review]:
    about = made.dossier()
    return [make.review(about, _WHO, answer, sample=at) for at, answer in enumerate(answers, 1)]


def _seat(rows: Sequence[Review], call: Call | None, *, dissents: bool = False) -> SeatView:
    calls = [row.verdict.call for row in rows if row.verdict]
    result = SeatResult(
        persona=_WHO.id,
        llm_label="openai-chat:gpt-5.5",
        call=call,
        ships=calls.count("ship"),
        answered=len(calls),
        samples=max(len(rows), 1),
        same_vendor=False,
        reviews=tuple(row.key for row in rows),
    )
    return seat_view(result, rows, _WHO, {}, dissents=dissents)


@pytest.mark.parametrize(
    ("answers", "call", "word", "shape"),
    [
        (("ship",), "ship", "Ship", "disc"),
        (("skip",), "skip", "Skip", "diamond"),
        (("ship", "skip"), None, "Evenly split", "half"),
        ((make.failure(),), None, "No answer", "cross"),
        ((), None, "Not asked", "cross"),
    ],
)
def test_every_call_has_a_word_and_a_shape(
    answers: tuple[Call | Failure, ...], call: Call | None, word: str, shape: str
) -> None:
    seat = _seat(_reviews(*answers), call)
    assert (seat.word, seat.shape) == (word, shape)
    assert len(set(GLYPHS.values())) == len(GLYPHS)


def test_the_lead_agrees_with_the_seat_and_failures_come_last() -> None:
    seat = _seat(_reviews(make.failure(), "skip", "ship", "ship"), "ship")
    assert seat.lead is not None
    assert seat.lead.sample == 3
    assert [review.sample for review in seat.others] == [1, 2, 4]
    assert seat.tally == "2 of 3 answered samples ship, 1 of 4 did not answer"


def test_a_seat_never_asked_has_no_lead() -> None:
    seat = _seat([], None)
    assert (seat.lead, seat.others, seat.tally) == (None, (), "")


def test_a_failure_says_kind_detail_and_remedy_without_control_characters() -> None:
    broken = make.failure("not-an-api", detail="\x1b[2J<html>\nno", remedy="Check\tthe address.")
    seat = _seat(_reviews(broken), None)
    assert seat.lead is not None
    assert seat.lead.failure is not None
    assert seat.lead.failure.words == "not an api"
    assert seat.lead.failure.detail == "\ufffd[2J<html> no"
    assert seat.lead.failure.remedy == "Check the address."
    assert seat.lead.verdict is None


@pytest.mark.parametrize(
    ("changes", "paid"),
    [
        ({}, "openai-chat:gpt-5.5 · $0.0083 · "),
        ({"cost": None}, "openai-chat:gpt-5.5 · cost unknown · "),
        ({"answered_by": "gpt-5.5-mini"}, "openai-chat:gpt-5.5, answered by gpt-5.5-mini · "),
    ],
)
def test_who_drafted_and_for_how_much(changes: dict[str, Any], paid: str) -> None:
    row = make.review(made.dossier(), _WHO, "ship", **changes)
    seat = _seat([row], "ship")
    assert seat.lead is not None
    assert seat.lead.paid.startswith(paid)


def test_the_offline_judge_costs_nothing_and_says_so() -> None:
    seat = _seat([make.review(made.dossier(), _WHO, "ship", llm=OFFLINE)], "ship")
    assert seat.lead is not None
    assert seat.lead.paid == "rubric draft, no llm"
    assert seat.lead.cost == "no llm, no cost"
    assert seat.lead.verdict is not None
    assert seat.lead.verdict.notice == (
        "Draft of the AI persona “The Developer”, not yet edited by a human."
        " Drafted by: rubric draft, no llm."
    )
