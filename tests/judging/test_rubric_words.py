"""English small change: lists, capitals, months, cuts."""

import datetime as dt

import pytest

from panel.domain.fact import Topic
from panel.judging.rubric_words import (
    capitalised,
    clipped,
    listed,
    lower_case_words,
    month_and_year,
    topic_name,
)


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["weights"], "weights"),
        (["weights", "a licence"], "weights and a licence"),
        (["weights", "a licence", "a price"], "weights, a licence and a price"),
        (["text and images", "a price"], "text and images, and a price"),
        (["a price", "text, sound and video"], "a price; and text, sound and video"),
        (["a", "b, c", "d"], "a; b, c; and d"),
    ],
)
def test_listed(items: list[str], text: str) -> None:
    assert listed(items) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("open weights", "Open weights"),
        ("a licence", "A licence"),
        ("built-in tools", "Built-in tools"),
        ("llama.cpp support", "llama.cpp support"),
        ("r/LocalLLaMA praise", "r/LocalLLaMA praise"),
        ("iPhone use", "iPhone use"),
        ("4-bit builds", "4-bit builds"),
        ("Apache 2.0", "Apache 2.0"),
    ],
)
def test_capitalised_spares_words_with_a_spelling_of_their_own(words: str, text: str) -> None:
    assert capitalised(words) == text


def test_months_are_english_whatever_the_locale() -> None:
    names = [month_and_year(dt.date(2027, month, 1)).split()[0] for month in range(1, 13)]
    assert names[0] == "January"
    assert names[10:] == ["November", "December"]
    assert len(set(names)) == 12


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [("short", 5, "short"), ("a long line", 8, "a long…"), ("a long line", 7, "a…")],
)
def test_clipped_cuts_at_the_end_of_a_word(text: str, most: int, cut: str) -> None:
    assert clipped(text, most) == cut
    assert len(cut) <= most


@pytest.mark.parametrize(("topic", "name"), [("price", "price"), ("licence", "the licence")])
def test_topic_names_fit_into_a_sentence(topic: Topic, name: str) -> None:
    assert topic_name(topic) == name


def test_lower_case_words_leave_names_out() -> None:
    found = lower_case_words(["Open weights by Qwen", "the open API"])
    assert {"weights", "open"} <= found
    assert found.isdisjoint({"qwen", "Qwen", "api", "API"})
