from typing import get_args

import pytest
from pydantic import BaseModel

from panel.domain.dossier import Dossier, Price
from panel.domain.fact import (
    Conflict,
    Fact,
    Leaning,
    Settlement,
    Source,
    Standing,
    Topic,
    Witness,
)
from panel.domain.flag import FlagKind
from panel.domain.persona import Persona, Phrases, Rubric, TopicWeight
from panel.publishing.card_json import CardJson
from panel.publishing.card_schema import FailureJson, FlagJson, PricingJson, ReviewJson, SeatJson
from tests.docs.tables import first_cells, page, section


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("The dossier", Dossier),
        ("The price", Price),
        ("A source", Source),
        ("A fact", Fact),
        ("A witness", Witness),
        ("A conflict", Conflict),
        ("Settling one", Settlement),
    ],
)
def test_every_key_of_a_dossier_is_explained(heading: str, value: type[BaseModel]) -> None:
    part = section(page("dossier-format"), heading)
    missing = set(value.model_fields) - {name.rpartition(".")[2] for name in first_cells(part)}
    assert not missing


@pytest.mark.parametrize("value", [Persona, Rubric, TopicWeight, Phrases])
def test_every_key_of_a_persona_is_explained(value: type[BaseModel]) -> None:
    missing = set(value.model_fields) - first_cells(page("persona-format"))
    assert not missing


@pytest.mark.parametrize("choices", [Topic, Standing, Leaning])
def test_every_choice_of_a_fact_is_explained(choices: object) -> None:
    text = page("dossier-format")
    assert [word for word in get_args(choices) if f"`{word}`" not in text] == []


def test_every_flag_is_explained() -> None:
    told = first_cells(page("checks"))
    assert [kind for kind in get_args(FlagKind) if kind not in told] == []


@pytest.mark.parametrize(
    "value", [CardJson, ReviewJson, SeatJson, PricingJson, FlagJson, FailureJson]
)
def test_every_field_of_a_scorecard_is_explained(value: type[BaseModel]) -> None:
    missing = set(value.model_fields) - first_cells(page("scorecard-json"))
    assert not missing
