"""The made dossier and persona stand on raw content that must stay complete."""

import json

from panel.domain.dossier import Dossier
from panel.domain.fact import Conflict, Fact
from panel.domain.persona import Persona
from panel.testing.texts import DOSSIER, LICENCE_CONFLICT, LICENCE_RUMOUR, PERSONA


def test_the_raw_content_makes_valid_values() -> None:
    dossier = Dossier.model_validate_json(json.dumps(DOSSIER))
    assert len(dossier.facts) >= 8
    assert len(dossier.sources) == 2
    assert {fact.leaning for fact in dossier.facts} == {"for", "against", "neutral"}
    assert Persona.model_validate_json(
        json.dumps({"id": "developer", "name": "The Developer", **PERSONA})
    ).rubric.weights


def test_the_rumour_contradicts_a_fact_of_the_dossier() -> None:
    rumour = Fact.model_validate_json(json.dumps(LICENCE_RUMOUR))
    conflict = Conflict.model_validate_json(json.dumps(LICENCE_CONFLICT))
    attributes = {fact["id"]: fact["attribute"] for fact in DOSSIER["facts"]}
    assert rumour.id in conflict.facts
    assert {attributes.get(fact, rumour.attribute) for fact in conflict.facts} == {
        conflict.attribute
    }
