import threading
from typing import Any

import pytest

from panel.testing import FakeRequest, Reply, grounded_answer, make_verdict
from panel.testing.reply import ERRORS, Player
from tests.testing.asking import request

ONE, TWO, REST = Reply.text("one"), Reply.text("two"), Reply.text("rest")


def by(persona: str) -> FakeRequest:
    return request(persona=persona)


def test_a_reply_alone_is_given_every_time() -> None:
    player = Player(ONE)
    assert [player.reply(by("A")) for _ in range(3)] == [ONE] * 3


def test_a_list_is_used_in_order_and_then_answers_well() -> None:
    player = Player([ONE, TWO])
    assert [player.reply(by("A")) for _ in range(4)] == [ONE, TWO, Reply(), Reply()]


def test_a_list_may_hold_functions() -> None:
    player = Player([ONE, lambda seen: Reply.text(seen.llm)])
    assert [player.reply(by("A")).said for _ in range(2)] == ["one", "fake-llm"]


def test_a_function_may_return_the_answer_itself() -> None:
    player = Player(lambda seen: {"llm": seen.llm})
    assert player.reply(by("A")).answer(by("A")) == {"llm": "fake-llm"}


@pytest.mark.parametrize(
    ("persona", "said"),
    [
        ("The Developer", "one"),
        ("the developer, who met a skeptic", "one"),
        ("The Business Analyst", "two"),
        ("business-analyst", "two"),
        ("The Creator", "rest"),
        ("The Developers", "rest"),
    ],
)
def test_a_mapping_goes_by_the_persona_named_first(persona: str, said: str) -> None:
    player = Player({"developer": ONE, "business-analyst": TWO, "skeptic": REST, "*": REST})
    assert player.reply(by(persona)).said == said


def test_a_mapping_without_a_rest_answers_well() -> None:
    assert Player({"developer": ONE}).reply(by("The Creator")) == Reply()


def test_each_persona_keeps_its_own_place_in_its_list() -> None:
    player = Player({"developer": [ONE, TWO], "skeptic": [TWO, ONE]})
    asked = ["Developer", "Skeptic", "Skeptic", "Developer", "Skeptic"]
    said = [player.reply(by(persona)).said for persona in asked]
    assert said == ["one", "two", "one", "two", None]


def test_threads_share_a_list_without_losing_a_step() -> None:
    player = Player([Reply.text(str(number)) for number in range(200)])
    said: list[str | None] = []

    def work() -> None:
        said.extend(player.reply(by("A")).said for _ in range(25))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(text or -1) for text in said) == list(range(200))


def test_a_domain_value_is_answered_as_json(dossier: Any) -> None:
    verdict = make_verdict(dossier)
    assert Reply.json(verdict).answer(by("A")) == verdict.model_dump(mode="json")


@pytest.mark.parametrize(
    ("changed", "inner"),
    [
        (Reply.slow(2.5, ONE), {"said": "one", "seconds": 2.5}),
        (Reply.slow(2.5), {"answer": grounded_answer, "seconds": 2.5}),
        (Reply.no_usage(ONE), {"said": "one", "with_usage": False}),
        (
            Reply.other_llm("x", Reply.no_usage(ONE)),
            {"said": "one", "with_usage": False, "llm": "x"},
        ),
        (Reply.slow(1, Reply.status(500)), {"http_status": 500, "seconds": 1}),
    ],
    ids=["slow", "slow alone", "no usage", "other", "slow error"],
)
def test_replies_can_be_combined(changed: Reply, inner: dict[str, Any]) -> None:
    assert {name: getattr(changed, name) for name in inner} == inner


@pytest.mark.parametrize("status", ERRORS)
def test_every_usual_error_has_a_body(status: int) -> None:
    reply = Reply.status(status)
    assert reply.http_status == status
    assert ERRORS[status][2].encode() in (reply.raw or b"")
