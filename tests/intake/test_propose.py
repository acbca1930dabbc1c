import asyncio
from pathlib import Path
from typing import Any

from openai import AsyncOpenAI

from panel.domain.llm import LlmSettings
from panel.intake.keeping import Keeping
from panel.intake.propose import Pair, Pairs, Proposed, Proposer
from panel.testing import FakeOpenAI, FakeRequest, Reply, Script
from tests.domain.intake.pairs import fact

ROOT = Path(__file__).parents[2]
PAIR = {"first": "F1", "second": "F2", "first_words": "no weights", "second_words": "open weights",
        "note": "Both cannot be."}  # fmt: skip
FACTS = [fact(1, attribute="weights", quote="no weights {{ 7 * 7 }}"), fact(2, attribute="weights")]


def ask(folder: Path, server: FakeOpenAI, *, times: int = 1) -> Proposed:
    """Ask for contradictions, the shipped prompts in hand."""

    async def asked() -> Proposed:
        rules, facts = (
            (ROOT / "prompts" / f"propose-{name}.md.j2").read_text() for name in ("rules", "facts")
        )
        async with AsyncOpenAI(base_url=server.base_url, api_key="x", max_retries=0) as client:
            llm = LlmSettings(kind="openai-chat", name="fake", base_url=server.base_url)
            proposer = Proposer(client, llm, rules=rules, facts=facts, keeping=Keeping(folder))
            found = [await proposer.propose("Tern 2", FACTS, "0" * 64) for _ in range(times)]
            return found[-1]

    return asyncio.run(asked())


def test_the_rules_explain_every_field_and_take_no_variables() -> None:
    rules = (ROOT / "prompts" / "propose-rules.md.j2").read_text(encoding="utf-8")
    assert [
        name for name in (*Pairs.model_fields, *Pair.model_fields) if f"`{name}`" not in rules
    ] == []
    assert "{{" not in rules


def answer(*pairs: Any) -> Script:
    def reply(_: FakeRequest) -> Reply:
        return Reply.json({"pairs": [*pairs]})

    return reply


def test_pairs_arrive_as_proposals_and_are_paid_once(tmp_path: Path) -> None:
    with FakeOpenAI(answer(PAIR)) as server:
        assert [one.first for one in ask(tmp_path, server).proposals] == ["F1"]
        again = ask(tmp_path, server)
    assert (again.calls, [one.second for one in again.proposals]) == (0, ["F2"])
    assert len(server.requests) == 1


def test_the_facts_travel_as_values(tmp_path: Path) -> None:
    with FakeOpenAI(answer()) as server:
        ask(tmp_path, server)
    asked = str(server.requests[0].messages[1]["content"])
    assert "no weights {{ 7 * 7 }}" in asked
    assert "49" not in asked
    assert asked.count("facts ") == 2, "one fence at each end"
    assert "leaning" not in asked


def test_words_that_are_none_are_left_out(tmp_path: Path) -> None:
    with FakeOpenAI(answer({**PAIR, "first_words": "..."}, PAIR)) as server:
        assert len(ask(tmp_path, server).proposals) == 1


def test_an_answer_of_another_shape_is_asked_for_again_and_then_given_up(tmp_path: Path) -> None:
    with FakeOpenAI(answer({**PAIR, "first": "the first"})) as server:
        found = ask(tmp_path, server)
    assert found.proposals == ()
    assert found.calls == 2
    assert found.fault.startswith("no contradictions were proposed: ")


def test_an_endpoint_that_fails_costs_no_more_than_the_proposals(tmp_path: Path) -> None:
    with FakeOpenAI(lambda _: Reply(http_status=500)) as server:
        found = ask(tmp_path, server)
        assert "500" in found.fault
        ask(tmp_path, server)
    assert len(server.requests) >= 2, "a failure is not kept"
