from typing import Any

import pytest

from panel.testing import FakeRequest, Reply
from panel.testing.answering import Answering
from panel.testing.billing import Bill
from tests.testing.asking import ask, request

LONG = "A sentence of the dossier that every seat is told. " * 200


def asked(**changes: Any) -> FakeRequest:
    return request(**changes)


def test_a_prompt_is_cached_once_it_was_answered_not_while_it_is() -> None:
    answering = Answering(Reply())
    made = [answering.make(asked(persona=persona, planted=LONG)) for persona in ("One", "Two")]
    assert [answer.tokens and answer.tokens.cached for answer in made] == [0, 0]
    answering.settle(made[0])
    later = answering.make(asked(persona="Three", planted=LONG)).tokens
    assert later
    assert later.cached > 2000


@pytest.mark.parametrize(
    ("reply", "billed"),
    [
        (Reply(), 1),
        (Reply.no_usage(), 1),
        (Reply.drop(), 1),
        (Reply.cut(), 1),
        (Reply.truncated(), 1),
        (Reply.refusal(), 1),
        (Reply.status(500), 0),
        (Reply.html(), 0),
        (Reply.broken_json(), 0),
    ],
    ids=["good", "no usage", "drop", "cut", "truncated", "refusal", "500", "html", "broken"],
)
def test_an_answer_is_billed_whoever_hears_it(reply: Reply, billed: int) -> None:
    answering = Answering(reply)
    answering.settle(answering.make(asked()))
    assert answering.till.live.completions == billed
    assert (answering.till.live.tokens.prompt > 0) == bool(billed)
    assert answering.till.batched == Bill()


def test_a_line_of_a_batch_has_a_bill_of_its_own() -> None:
    answering = Answering(Reply())
    answering.settle(answering.make(asked()), batch=True)
    assert (answering.till.live.completions, answering.till.batched.completions) == (0, 1)


def test_what_is_refused_unread_uses_up_no_step_of_the_script() -> None:
    answering = Answering([Reply.text("first")], llms=["fake-llm"])
    refused = [answering.make(asked(model=name)) for name in ("missing", "")]
    assert [(made.reply.http_status, made.scripted) for made in refused] == [
        (404, False),
        (404, False),
    ]
    made = answering.make(asked())
    assert b'"first"' in (made.reply.raw or b"")
    assert made.scripted


def test_the_tier_that_was_asked_for_is_named() -> None:
    answering = Answering(Reply())
    for asked_for, named in (("flex", b'"flex"'), ("auto", b'"default"')):
        raw = answering.make(asked(service_tier=asked_for)).reply.raw or b""
        assert b'"service_tier": ' + named in raw
    assert b"service_tier" not in (answering.make(asked()).reply.raw or b"")
    assert "service_tier" not in ask()
