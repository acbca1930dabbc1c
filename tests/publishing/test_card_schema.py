"""The stable schema: closed, described field by field, and one line per card."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from panel.publishing.card_json import card_json
from panel.publishing.card_schema import CardJson
from tests.publishing.cases import CASES


def _objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    yield from schema["$defs"].values()


def test_every_field_says_what_it_is_and_no_object_takes_unknown_ones() -> None:
    for found in _objects(CardJson.model_json_schema()):
        assert found["additionalProperties"] is False
        assert found["description"]
        assert not [
            name for name, field in found["properties"].items() if not field.get("description")
        ]


@pytest.mark.parametrize("case", CASES)
def test_a_card_is_one_line_that_reads_back(case: str) -> None:
    made = CASES[case]()
    card = card_json(made.card, made.reviews)
    line = card.to_line()
    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert CardJson.model_validate_json(line) == card
    assert "NaN" not in line
    assert json.loads(line)["dossier"] == made.card.slug
