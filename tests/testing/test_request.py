from typing import Any

import pytest

from panel.testing import FakeRequest, make_dossier
from panel.testing.request import as_list, as_object
from tests.testing.asking import MARK, as_tool, ask, request


def chat(*messages: tuple[str, str], **more: Any) -> FakeRequest:
    told = [{"role": role, "content": content} for role, content in messages]
    return FakeRequest("POST", "/v1/chat/completions", body={"messages": told, **more})


def test_the_fence_tells_dossier_from_persona() -> None:
    seen = request(persona="The Skeptic")
    assert seen.rules == "Judge by your lens."
    assert "F1 [vendor] Harbour Labs released Tern 2" in seen.dossier_text
    assert "The Skeptic" not in seen.dossier_text
    assert "The Skeptic" in seen.persona_text
    assert "F1" not in seen.persona_text


def test_a_fence_in_one_message_is_found_too() -> None:
    seen = chat(("user", f"{MARK}\nF1 A fact.\n{MARK}\nYou are The Creator."))
    assert seen.dossier_text.strip().startswith("F1 A fact.")
    assert seen.persona_text.strip() == "You are The Creator."


def test_without_a_fence_the_last_text_is_the_persona() -> None:
    seen = chat(("system", "Rules."), ("user", "F1 A fact."), ("user", "You are The Creator."))
    assert (seen.dossier_text, seen.persona_text) == ("F1 A fact.", "You are The Creator.")


def test_a_single_text_is_both() -> None:
    seen = chat(("user", "Hello."))
    assert (seen.dossier_text, seen.persona_text) == ("Hello.", "Hello.")


def test_a_date_in_digits_is_no_fence() -> None:
    seen = chat(("user", "On 20260504 and again on 20260504."), ("user", "You."))
    assert "On 20260504" in seen.dossier_text


def test_what_was_sent_back_is_counted_and_kept_out_of_the_prompt() -> None:
    seen = chat(("user", "F1"), ("user", "You."), ("assistant", "{}"), ("user", "Mend quote."))
    assert seen.mends == 1
    assert seen.asked == ["F1", "You."]
    assert "Mend quote." in seen.prompt_text


def test_the_facts_that_may_be_cited_come_from_the_schema() -> None:
    dossier = make_dossier()
    ids = [fact.id for fact in dossier.facts]
    assert request(dossier).fact_ids == ids
    tool = FakeRequest("POST", "/v1/chat/completions", body=as_tool(ask(dossier)))
    assert tool.fact_ids == ids


def test_without_a_schema_the_facts_come_from_the_prompt() -> None:
    seen = chat(("user", "F2 holds, F11 and F2 too."), ("user", "You know F9."))
    assert seen.fact_ids == ["F2", "F11"]


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        ("auto", "one"),
        ("required", "one"),
        ("none", None),
        ({"type": "function", "function": {"name": "two"}}, "two"),
    ],
)
def test_the_tool_that_has_to_be_called(choice: Any, name: str | None) -> None:
    tools = [{"type": "function", "function": {"name": name}} for name in ("one", "two")]
    tool = chat(("user", "Hello."), tools=tools, tool_choice=choice).tool
    assert (tool or {}).get("name") == name


def test_an_empty_request_has_nothing_in_it() -> None:
    seen = FakeRequest("GET", "/v1/models")
    assert (seen.llm, seen.messages, seen.schema, seen.tool) == ("", [], None, None)
    assert (seen.dossier_text, seen.persona_text, seen.fact_ids) == ("", "", [])


@pytest.mark.parametrize("value", [None, 1, "text", True])
def test_values_of_other_types_count_as_empty(value: object) -> None:
    assert as_object(value) == {}
    assert as_list(value) == []
