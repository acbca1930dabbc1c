"""Markdown that stays text, whatever it is made from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from panel.publishing.markdown import escaped, render_markdown
from panel.publishing.words import one_line
from tests.publishing.cases import CASES
from tests.publishing.hostile import PAYLOADS, hostile_case

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _flat(text: str) -> list[Token]:
    return [inner for token in _PARSER.parse(text) for inner in [token, *(token.children or [])]]


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_escaped_text_is_shown_as_it_stands(text: str) -> None:
    plain = one_line(text)
    tokens = _flat(escaped(plain))
    assert {token.type for token in tokens} <= {
        "paragraph_open",
        "inline",
        "text",
        "text_special",
        "paragraph_close",
    }
    shown = "".join(token.content for token in tokens if token.type.startswith("text"))
    assert shown == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("# not a title", r"\# not a title"),
        ("1. not a list", r"1\. not a list"),
        ("- not a list", r"\- not a list"),
        ("a | b", r"a \| b"),
        ("`code`", r"\`code\`"),
        ("see https://a.example", "see https&#58;//a.example"),
        ("www.a.example", "www&#46;a.example"),
        ("a@b.example", "a&#64;b.example"),
        ("AT&T &amp; co", "AT&amp;T &amp;amp; co"),
    ],
)
def test_each_trick_is_defused(text: str, expected: str) -> None:
    assert escaped(text) == expected


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_adds_no_markup(payload: str) -> None:
    harmless = _flat(render_markdown(hostile_case("plain words").view))
    hostile = _flat(render_markdown(hostile_case(payload).view))
    shape = [token.type for token in harmless if not token.type.startswith("text")]
    assert [token.type for token in hostile if not token.type.startswith("text")] == shape
    links = [str(token.attrs["href"]) for token in hostile if token.type == "link_open"]
    assert all(re.match(r"https?://(lumen|northwind)\.example/", link) for link in links)
    assert any(one_line(payload) in token.content for token in _joined(hostile))


def _joined(tokens: list[Token]) -> list[Token]:
    """Inline tokens with the text of their children put together."""
    whole: list[Token] = []
    for token in tokens:
        if token.type == "inline":
            text = "".join(
                child.content for child in token.children or [] if child.type.startswith("text")
            )
            whole.append(token.copy(content=text))
    return whole


def test_flags_and_marks_stand_on_the_words() -> None:
    text = render_markdown(CASES["skip-with-dissent"]().view)
    assert "no benchmark ⚑1 results ⚑2 were published at launch \\[F4\\]" in text
    assert "- flag 2, **blocks**, relies-on-conflict on “no benchmark results” (quote)" in text


def test_failures_and_dead_citations_are_told() -> None:
    failed = render_markdown(CASES["ship-with-failure"]().view)
    assert "**No answer: not an api.** &lt;html&gt;\ufffd\\[31m &lt;b&gt;502" in failed
    lost = render_markdown(CASES["unknown-citation"]().view)
    assert "(also cites \\[F1\\])" in lost
