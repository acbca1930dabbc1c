"""The verdict: bounded, fully required, and readable by path."""

import datetime as dt
import json
from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.verdict import Citation, Verdict, verdict_schema

CONTENT: dict[str, Any] = {
    "reasons_for": [{"text": "It is cheap.", "facts": ["F1", "F2"]}],
    "reasons_against": [{"text": "It is new.", "facts": ["F3"]}],
    "call": "ship",
    "headline": "Cheap and new",
    "quote": "It is cheap, and it is new.",
    "citations": [{"phrase": "cheap", "facts": ["F1"]}],
    "flip_conditions": [{"condition": "The price rises.", "topic": "price"}],
    "predictions": [{"statement": "It stays cheap.", "by": "2027-01-01"}],
}


def _verdict(**changes: Any) -> Verdict:
    return Verdict.model_validate_json(json.dumps({**CONTENT, **changes}))


def test_texts_stand_in_the_order_of_the_page() -> None:
    assert [path for path, _ in _verdict().texts()] == [
        "headline",
        "quote",
        "reasons_for[0].text",
        "reasons_against[0].text",
        "flip_conditions[0].condition",
        "predictions[0].statement",
    ]


def test_every_cited_fact_has_a_path() -> None:
    assert list(_verdict().fact_ids()) == [
        ("reasons_for[0].facts[0]", "F1"),
        ("reasons_for[0].facts[1]", "F2"),
        ("reasons_against[0].facts[0]", "F3"),
        ("citations[0].facts[0]", "F1"),
    ]
    assert _verdict().cited() == {"F1", "F2", "F3"}


@pytest.mark.parametrize("key", list(CONTENT))
def test_every_field_is_required(key: str) -> None:
    content = {name: value for name, value in CONTENT.items() if name != key}
    with pytest.raises(ValidationError):
        Verdict.model_validate_json(json.dumps(content))


REFUSED: list[tuple[str, Any]] = [
    ("call", "maybe"),
    ("headline", ""),
    ("headline", "x" * 121),
    ("quote", "x" * 1601),
    ("quote", "hid\u200bden"),
    ("citations", []),
    ("citations", [{"phrase": "cheap", "facts": []}]),
    ("citations", [{"phrase": "cheap", "facts": ["first"]}]),
    ("flip_conditions", []),
    ("flip_conditions", [{"condition": "x", "topic": "weather"}]),
    ("predictions", [{"statement": "x", "by": "soon"}]),
    ("reasons_for", [{"text": "x", "facts": ["F1"]}] * 5),
    ("score", 97),
]


@pytest.mark.parametrize(("key", "value"), REFUSED)
def test_what_lies_beyond_the_bounds_is_refused(key: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        _verdict(**{key: value})


def test_white_space_is_folded() -> None:
    assert _verdict(quote="a\n b").quote == "a b"
    assert Citation(phrase=" a  b ", facts=("F1",)).phrase == "a b"
    assert _verdict().predictions[0].by == dt.date(2027, 1, 1)


def test_the_schema_offers_only_the_facts_that_were_shown() -> None:
    schema = verdict_schema(("F1", "F7"))
    assert schema["$defs"]["Reason"]["properties"]["facts"]["items"]["enum"] == ["F1", "F7"]
    assert schema["$defs"]["Citation"]["properties"]["facts"]["items"]["enum"] == ["F1", "F7"]
    assert set(schema["required"]) == set(CONTENT)
    assert "title" not in schema


def test_schemas_of_two_dossiers_share_nothing() -> None:
    first = verdict_schema(("F1",))
    first["$defs"]["Reason"]["properties"]["facts"]["items"]["enum"].append("F9")
    first["required"].clear()
    second = verdict_schema(("F2", "F3"))
    assert second["$defs"]["Reason"]["properties"]["facts"]["items"]["enum"] == ["F2", "F3"]
    assert set(second["required"]) == set(second["properties"])
