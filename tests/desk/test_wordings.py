"""Values of a draft as text, and back again."""

import pytest
from pydantic import JsonValue

from panel.desk.wordings import as_text, both, differences, from_text
from panel.testing import make_persona

REASONS = "skeptic.1.reasons_for"


VALUES: list[tuple[str, JsonValue, str]] = [
    ("summary", "One.\n\nTwo.", "One.\n\nTwo."),
    ("pricing.entry", None, ""),
    ("skeptic.1.call", "ship", "ship"),
    (
        REASONS,
        [{"text": "It is [very] cheap", "facts": ["F1", "F2"]}, {"text": "Open", "facts": []}],
        "It is [very] cheap [F1 F2]\nOpen []",
    ),
    (
        "skeptic.1.citations",
        [{"phrase": "cheap", "facts": ["F1"]}],
        "cheap [F1]",
    ),
    (
        "skeptic.1.predictions",
        [{"statement": "It ends", "by": "2027-03-01"}],
        "It ends [2027-03-01]",
    ),
    (
        "skeptic.1.flip_conditions",
        [{"condition": "Weights come", "topic": "access"}],
        "Weights come [access]",
    ),
]


@pytest.mark.parametrize(("path", "value", "text"), VALUES)
def test_a_text_stands_for_its_value(path: str, value: JsonValue, text: str) -> None:
    assert as_text(path, value) == text
    assert from_text(path, text.replace("\n", "\r\n")) == value


def test_where_a_verdict_comes_from_is_told_in_words() -> None:
    origin: JsonValue = {"kind": "hand", "run": None, "review": None}
    assert as_text("skeptic.1.origin", origin) == "written by hand"


def test_a_line_without_brackets_is_left_for_the_rules_to_refuse() -> None:
    assert from_text(REASONS, "Cheap\n\n") == [{"text": "Cheap", "facts": []}]


@pytest.mark.parametrize("value", [[1, None, ["F1"]], {"kind": 3}, 7, True, [{"text": "x"}]])
def test_whatever_somebody_sent_can_be_shown(value: JsonValue) -> None:
    assert isinstance(as_text(REASONS, value), str)


def test_both_are_put_after_each_other_once() -> None:
    one: JsonValue = [{"text": "Same", "facts": ["F1"]}, {"text": "His", "facts": ["F2"]}]
    two: JsonValue = [{"text": "Same", "facts": ["F1"]}, {"text": "Hers", "facts": ["F3"]}]
    assert both(REASONS, one, two).splitlines() == ["Same [F1]", "Hers [F3]", "His [F2]"]
    assert both("summary", "Mine.", "") == "Mine."


def test_fields_that_differ_are_told_word_by_word() -> None:
    personas = {"skeptic": make_persona("skeptic")}
    old: dict[str, JsonValue] = {"summary": "One.", "skeptic.1.headline": "It is cheap"}
    new: dict[str, JsonValue] = {"summary": "One.", "skeptic.1.headline": "It was cheap"}
    (found,) = differences(old, new, personas)
    assert found.words.endswith(": headline")
    assert "".join(piece.text for piece in found.old) == "It is cheap"
    assert "".join(piece.text for piece in found.new) == "It was cheap"
