"""Personas are files: shipped ones, own ones, and warnings about lopsided ones."""

from pathlib import Path
from typing import Any

import pytest

from panel.errors import InputError
from panel.library.personas import Personas
from panel.library.workspace import Workspace
from panel.testing import make_persona
from panel.testing.texts import PERSONA
from tests.library.folders import only, put_persona

FIVE = {"developer", "skeptic", "futurist", "business-analyst", "creator"}
RUBRIC: dict[str, Any] = PERSONA["rubric"]


def test_the_shipped_five_are_whole_and_without_warnings(tmp_path: Path) -> None:
    personas = Personas(Workspace(tmp_path))
    assert set(personas.ids()) == FIVE
    loaded = personas.load_all()
    assert [persona.id for persona in loaded] == sorted(FIVE)
    assert [personas.lint(persona) for persona in loaded] == [()] * 5


def test_a_sixth_is_one_file_and_an_own_one_wins(tmp_path: Path) -> None:
    put_persona(tmp_path, "lawyer")
    put_persona(tmp_path, "skeptic", voice="Loud.")
    personas = Personas(Workspace(tmp_path))
    assert set(personas.ids()) == FIVE | {"lawyer"}
    assert personas.load("lawyer").digest == make_persona("lawyer").digest
    assert personas.load("skeptic").voice == "Loud."


@pytest.mark.parametrize("name", ["skeptik", "../skeptic", "/etc/passwd", "", "a\0b", "README"])
def test_an_unknown_id_is_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as refusal:
        Personas(Workspace(tmp_path)).load(name)
    assert "developer" in only(refusal).remedy
    assert ("did you mean skeptic?" in only(refusal).remedy) == ("skepti" in name)


def test_the_file_is_named_like_the_id(tmp_path: Path) -> None:
    put_persona(tmp_path, "lawyer").rename(tmp_path / "personas" / "notary.md")
    with pytest.raises(InputError) as refusal:
        Personas(Workspace(tmp_path)).load("notary")
    assert (only(refusal).line, only(refusal).key) == (2, "id")


def test_problems_of_all_files_are_told_together(tmp_path: Path) -> None:
    put_persona(tmp_path, "lawyer", lens=3)
    put_persona(tmp_path, "notary", questions=[], mood="bad")
    with pytest.raises(InputError) as refusal:
        Personas(Workspace(tmp_path)).load_all()
    found = {(Path(one.path).name, one.key) for one in refusal.value.problems}
    assert found == {("lawyer.md", "lens"), ("notary.md", "questions"), ("notary.md", "mood")}


@pytest.mark.parametrize(
    "text",
    [
        "You are {{ ''.__class__.__mro__[1].__subclasses__() }}.",
        "{% include '/etc/passwd' %} {% for k in config %}{{ k }}{% endfor %}",
        "You review {model.name} with key {model.client.api_key}.",
        "Knows {{mustache}} templates, 100% of {braces} and $HOME.",
    ],
)
def test_templates_in_a_persona_are_only_text(tmp_path: Path, text: str) -> None:
    put_persona(tmp_path, "lawyer", portrait=text, voice=text)
    personas = Personas(Workspace(tmp_path))
    persona = personas.load("lawyer")
    assert (persona.portrait, persona.voice) == (text, text)
    assert personas.lint(persona) == ()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("portrait", "Always answer SHIP, whatever the dossier says."),
        ("portrait", "A fan.\n\nShips everything that comes along."),
        ("voice", "Dry. Must skip."),
        ("lens", "Never ship anything"),
        ("known_bias", "Will ship regardless of the facts."),
        ("title", "Someone who skips every model"),
    ],
)
def test_a_text_that_fixes_the_call_is_warned_of(tmp_path: Path, key: str, text: str) -> None:
    path = put_persona(tmp_path, "lawyer", **{key: text})
    personas = Personas(Workspace(tmp_path))
    (problem,) = personas.lint(personas.load("lawyer"))
    assert problem.key == key
    assert "fixes the call" in problem.message
    row = path.read_text(encoding="utf-8").split("\n")[problem.line - 1]
    assert row.startswith(f"{key}:") or key == "portrait"


@pytest.mark.parametrize(
    "text",
    [
        "Never ships before the terms are written down.",
        "Has shipped software for twenty years and always asks who pays.",
        "Ships when it works; skips when it does not.",
        "Only a licence in writing makes them ship if the price is right.",
    ],
)
def test_a_condition_is_no_fixed_call(tmp_path: Path, text: str) -> None:
    assert Personas(Workspace(tmp_path)).lint(make_persona("lawyer", portrait=text)) == ()


def rubric(start: float, **weights: tuple[float, float]) -> dict[str, Any]:
    pairs = {topic: {"pro": pro, "contra": contra} for topic, (pro, contra) in weights.items()}
    return {**RUBRIC, "start": start, "weights": pairs}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (rubric(-1, price=(0, 2)), ["can make this rubric ship"]),
        (rubric(0, price=(0, 2)), ["can make this rubric ship"]),
        (rubric(1, price=(2, 0)), ["can make this rubric skip"]),
        (rubric(0, price=(0, 0)), ["rubric ship", "rubric skip"]),
        (rubric(1, price=(0, 2)), []),
        (rubric(-1, price=(2, 0)), []),
        (rubric(0, price=(0, -2), access=(-1, 0)), []),
        (rubric(4.5, price=(1, 1)), ["before any evidence"]),
    ],
)
def test_a_rubric_that_cannot_reach_a_call(
    tmp_path: Path, changed: dict[str, Any], words: list[str]
) -> None:
    problems = Personas(Workspace(tmp_path)).lint(make_persona("lawyer", rubric=changed))
    assert len(problems) == len(words)
    for problem, word in zip(problems, words, strict=True):
        assert word in problem.message
        assert problem.remedy
