from pathlib import Path

import pytest

from panel.domain.persona import Persona
from panel.domain.value import canonical_json
from panel.library.personas import Personas
from panel.library.workspace import Workspace
from panel.settings import DEFAULT_SEATS
from tests.cli.conftest import ROOT, Command

SHIPPED = sorted(DEFAULT_SEATS)


def load(name: str) -> Persona:
    return Personas(Workspace(ROOT)).load(name)


def test_list_names_everybody_who_ships(shipskip: Command, workspace: Path) -> None:
    rows = shipskip("personas", "list", "--json").lines
    assert [row["id"] for row in rows] == SHIPPED
    text = " ".join(shipskip("personas", "list").out.split())
    for name in SHIPPED:
        assert f"{name} seated {load(name).name}" in text


def test_list_tells_who_is_seated(
    shipskip: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIPSKIP_SEATS", "skeptic,creator")
    rows = shipskip("personas", "list", "--json").lines
    assert {row["id"] for row in rows if row["seated"]} == {"skeptic", "creator"}


@pytest.mark.parametrize("name", SHIPPED)
def test_show_tells_who_they_are(shipskip: Command, workspace: Path, name: str) -> None:
    persona = load(name)
    result = shipskip("personas", "show", name)
    shown = " ".join(result.out.split())
    assert result.out.startswith(f"{persona.name}\n{persona.title}\n\n")
    points = (*persona.ships_when, *persona.skips_when, *persona.questions)
    for text in (persona.lens, persona.voice, persona.known_bias, persona.portrait, *points):
        assert " ".join(text.split()) in shown
    for topic, weight in persona.rubric.weights.items():
        assert f" {topic} {weight.pro:+g} {-weight.contra:+g}" in shown
    assert ("names a dated prediction" in shown) == persona.predicts
    assert "\x1b" not in result.out


def test_show_as_json_is_the_canonical_persona(shipskip: Command, workspace: Path) -> None:
    result = shipskip("personas", "show", "futurist", "--json")
    assert result.out == canonical_json(load("futurist")) + "\n"
