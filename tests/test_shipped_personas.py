"""The five shipped personas: fixed ids, five different judgements, and no shared sentences."""

from itertools import combinations, product
from pathlib import Path
from typing import get_args

import pytest

from panel.domain.dossier import Dossier
from panel.domain.fact import Topic
from panel.domain.persona import Persona, Phrases, Rubric, TopicWeight
from panel.domain.typography import words
from panel.judging.rubric import draft
from panel.library.personas import Personas
from panel.library.workspace import Workspace

ROOT = Path(__file__).parents[1]
LIBRARY = Personas(Workspace(ROOT))
PANEL = ("business-analyst", "creator", "developer", "futurist", "skeptic")
SEATS = {name: LIBRARY.load(name) for name in PANEL}


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    spoken = [word.text for word in words(text)]
    return {tuple(spoken[at : at + length]) for at in range(len(spoken) - length + 1)}


def texts(persona: Persona) -> list[str]:
    frames = [frame for frame in persona.rubric.phrases.model_dump().values() if frame]
    points = [*persona.ships_when, *persona.skips_when, *persona.questions]
    return [persona.title, persona.lens, persona.voice, persona.portrait, *points, *frames]


def dossier(pros: tuple[str, ...], contras: tuple[str, ...]) -> Dossier:
    """A made-up model with one official fact for each topic named."""
    told = [(topic, "for") for topic in pros] + [(topic, "against") for topic in contras]
    facts = tuple(
        {
            "id": f"F{number}",
            "topic": topic,
            "attribute": f"attribute-{number}",
            "statement": "The maker states it in its notes.",
            "brief": f"a point on {topic}",
            "as_of": "2026-04-01",
            "standing": "official",
            "leaning": leaning,
            "witnesses": ({"source": "S1", "quote": "so it is"},),
        }
        for number, (topic, leaning) in enumerate(told, 1)
    )
    source = {"id": "S1", "publisher": "Paper", "title": "News", "read": "2026-05-01"}
    return Dossier.model_validate(
        {
            "slug": "made-up",
            "name": "Aurora",
            "vendor": "North Lab",
            "category": "Language model",
            "tagline": "A model.",
            "as_of": "2026-11-21",
            "sources": (source,),
            "facts": facts,
        }
    )


STRENGTHS = (
    ("licence", "access", "tooling", "hardware"),
    ("modality", "language", "capability", "access"),
    ("benchmark", "safety", "licence", "privacy"),
    ("efficiency", "architecture", "licence", "adoption"),
    ("price", "licence", "adoption", "privacy"),
)
WEAKNESSES = (("safety", "privacy"), ("modality", "hardware"), ("access", "price"))
SPREAD = tuple(dossier(pros, contras) for pros, contras in product(STRENGTHS, WEAKNESSES))


def ships(persona: Persona, about: Dossier) -> bool:
    return draft(about, persona, tuple(fact.id for fact in about.facts), 1).call == "ship"


def test_the_five_ids_are_fixed_and_nobody_else_ships() -> None:
    assert LIBRARY.ids() == PANEL


@pytest.mark.parametrize("persona", SEATS.values(), ids=PANEL)
def test_a_shipped_persona_has_nothing_to_warn_of(persona: Persona) -> None:
    assert LIBRARY.lint(persona) == ()


@pytest.mark.parametrize("persona", SEATS.values(), ids=PANEL)
def test_a_portrait_is_a_paragraph_of_a_person(persona: Persona) -> None:
    assert 120 <= len(persona.portrait.split()) <= 220
    assert persona.name in persona.portrait


@pytest.mark.parametrize("persona", SEATS.values(), ids=PANEL)
def test_no_frame_repeats_the_portrait_or_uses_a_banned_word(persona: Persona) -> None:
    frames = " | ".join(frame for frame in persona.rubric.phrases.model_dump().values() if frame)
    assert runs(frames).isdisjoint(runs(persona.portrait))
    assert not [word for word in persona.banned_words if word.lower() in frames.lower()]


@pytest.mark.parametrize("persona", SEATS.values(), ids=PANEL)
def test_every_frame_is_there(persona: Persona) -> None:
    missing = {key for key, frame in persona.rubric.phrases.model_dump().items() if frame is None}
    assert missing == (set() if persona.predicts else {"prediction"})


def test_only_the_futurist_predicts() -> None:
    assert [name for name, persona in SEATS.items() if persona.predicts] == ["futurist"]


@pytest.mark.parametrize(("one", "two"), list(combinations(PANEL, 2)))
def test_no_two_personas_share_a_sentence(one: str, two: str) -> None:
    own, other = (
        set[tuple[str, ...]]().union(*(runs(text) for text in texts(SEATS[name])))
        for name in (one, two)
    )
    assert own.isdisjoint(other)


@pytest.mark.parametrize("persona", SEATS.values(), ids=PANEL)
def test_nobody_ships_or_skips_everything(persona: Persona) -> None:
    calls = [ships(persona, about) for about in SPREAD]
    assert 2 <= sum(calls) <= len(SPREAD) - 2


@pytest.mark.parametrize(("one", "two"), list(combinations(PANEL, 2)))
def test_any_two_seats_disagree_somewhere(one: str, two: str) -> None:
    assert any(ships(SEATS[one], about) != ships(SEATS[two], about) for about in SPREAD)


def test_every_topic_moves_somebody() -> None:
    moved = set[str]().union(*(persona.rubric.weights for persona in SEATS.values()))
    assert moved == set(get_args(Topic))


@pytest.mark.parametrize("model", [Persona, Rubric, TopicWeight, Phrases])
def test_the_reference_names_every_key(
    model: type[Persona | Rubric | TopicWeight | Phrases],
) -> None:
    page = (ROOT / "docs" / "reference" / "persona-format.md").read_text(encoding="utf-8")
    assert not [name for name in model.model_fields if f"`{name}`" not in page]
