"""The stable JSON of one scorecard."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from panel.publishing import card_schema
from panel.publishing.card_json import CardJson, card_json, schema
from tests.publishing.cases import CASES

_DOCS = Path(__file__).parents[2] / "docs" / "reference" / "scorecard-json.md"


def _line(name: str) -> dict[str, Any]:
    case = CASES[name]()
    line = card_json(case.card, case.reviews).to_line()
    assert line.endswith("\n")
    assert line.count("\n") == 1
    return json.loads(line)


@pytest.mark.parametrize("name", CASES)
def test_a_line_reads_back_to_the_same_value(name: str) -> None:
    case = CASES[name]()
    card = card_json(case.card, case.reviews[::-1])
    assert CardJson.model_validate_json(card.to_line()) == card


@pytest.mark.parametrize("name", CASES)
def test_reviews_stand_in_the_order_of_the_seats(name: str) -> None:
    case, line = CASES[name](), _line(name)
    keys = [key for result in case.card.results for key in result.reviews]
    assert [review["key"] for review in line["reviews"]] == keys
    assert [seat["persona"] for seat in line["results"]] == [
        result.persona for result in case.card.results
    ]


def test_without_quorum_numbers_are_null() -> None:
    line = _line("no-quorum")
    assert [line[key] for key in ("rate", "interval", "interval_method", "interval_n")] == [
        None
    ] * 4
    assert line["outcome"] == "no_quorum"
    assert line["pricing"]["entry"] is None
    for review in line["reviews"]:
        assert (review["call"], review["headline"], review["quote"]) == (None, None, None)
        assert review["citations"] == review["flags"] == []
        assert set(review["failure"]) == {"kind", "remedy", "detail", "retryable"}


def test_with_quorum_the_interval_is_a_pair() -> None:
    line = _line("samples-with-bootstrap")
    assert line["interval"] == [0.27, 0.87]
    assert (line["interval_method"], line["interval_n"]) == ("bootstrap", 5)
    assert line["pricing"]["disputed"]
    assert line["usage"]["calls"] == 15


@pytest.mark.parametrize(
    ("name", "cost"),
    [("skip-with-dissent", 0.0415), ("ship-with-failure", "unknown"), ("split-by-rubric", 0.0)],
)
def test_cost_is_a_number_or_unknown(name: str, cost: float | str) -> None:
    line = _line(name)
    assert line["cost"] == pytest.approx(cost)
    reviews = sum(review["cost"] for review in line["reviews"]) if cost != "unknown" else cost
    assert reviews == pytest.approx(cost)


def test_flags_carry_kind_severity_and_span() -> None:
    line = _line("skip-with-dissent")
    assert line["flags"] == {"blocks": 1, "warns": 3}
    flagged = next(review for review in line["reviews"] if review["flags"])
    first, *_, last = flagged["flags"]
    assert (first["kind"], first["severity"]) == ("uncarried-number", "warns")
    span = first["span"]
    assert flagged["quote"][span["start"] : span["end"]] == span["text"]
    assert last["span"] is None


def test_failures_carry_no_control_characters() -> None:
    failed = next(row for row in _line("ship-with-failure")["reviews"] if row["failure"])
    assert failed["failure"]["detail"] == "<html>\ufffd[31m <b>502</b></html>"


def test_the_schema_is_draft_2020_12_and_describes_every_field() -> None:
    found = schema()
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for part in [found, *found["$defs"].values()]:
        assert part["additionalProperties"] is False
        assert set(part["required"]) == set(part["properties"])
        assert all(field.get("description") for field in part["properties"].values())


def test_the_reference_names_every_field() -> None:
    parts = [
        part
        for part in vars(card_schema).values()
        if isinstance(part, type) and issubclass(part, BaseModel)
        if part.__module__ == card_schema.__name__
    ]
    fields = {name for part in parts for name in part.model_fields}
    documented = set(re.findall(r"`([a-z_]+)`", _DOCS.read_text(encoding="utf-8")))
    assert len(parts) == 13
    assert fields - documented == set()
