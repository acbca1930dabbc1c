"""How personas look on a terminal and as JSON lines."""

import json
from collections.abc import Sequence

from rich.text import Text

from panel.cli.tables import console, flowing, heading, indented, labelled, listed
from panel.domain.persona import Persona, Rubric
from panel.library.files import place
from panel.library.workspace import Workspace


def print_personas(
    personas: Sequence[Persona], workspace: Workspace, seats: Sequence[str], *, as_json: bool
) -> None:
    """Print one line per persona.

    Args:
        personas: The personas.
        workspace: Where their files lie.
        seats: Ids of those on the panel.
        as_json: Whether to print JSON lines.
    """
    paths = workspace.files("personas", ".md")
    if as_json:
        for persona in personas:
            row = {
                "id": persona.id,
                "name": persona.name,
                "title": persona.title,
                "llm": persona.llm,
                "seated": persona.id in seats,
                "path": place(paths[persona.id]),
                "digest": persona.digest,
            }
            print(json.dumps(row, ensure_ascii=False))
        return
    rows = [
        (persona.id, "seated" if persona.id in seats else "", persona.name, persona.title)
        for persona in personas
    ]
    console().print(listed(("id", "panel", "name", "title"), rows, wide="title"))


def print_persona(persona: Persona) -> None:
    """Print a persona as a reader enjoys it.

    Args:
        persona: The persona.
    """
    out = console()
    out.print(Text(persona.name, style="bold"))
    out.print(Text(persona.title, style="italic"))
    out.print()
    out.print(Text(flowing(persona.portrait)))
    out.print()
    out.print(labelled([("Judges by", persona.lens), ("Voice", persona.voice),
                        ("Admits", persona.known_bias)]))  # fmt: skip
    for title, points in (
        ("Ships when", persona.ships_when),
        ("Skips when", persona.skips_when),
        ("Always asks", persona.questions),
    ):
        out.print(heading(title))
        for point in points:
            out.print(indented(f"- {point}"))
    if persona.banned_words:
        out.print(heading("Never says"))
        out.print(indented(", ".join(persona.banned_words)))
    out.print(heading("Rubric of the offline judge"))
    out.print(indented(_start(persona.rubric)))
    out.print(listed(("  topic", "for", "against"), _weights(persona.rubric), wide="against"))
    out.print()
    out.print(labelled([("Predicts", "names a dated prediction" if persona.predicts else ""),
                        ("llm", persona.llm or "the panel's"),
                        ("Id", f"{persona.id}, digest {persona.digest[:12]}")]))  # fmt: skip


def _start(rubric: Rubric) -> str:
    mood = "has to be won over" if rubric.start < 0 else "has to be put off"
    mood = "starts undecided" if rubric.start == 0 else mood
    return f"Starts at {rubric.start:+g}: {mood}. Ships above 0."


def _weights(rubric: Rubric) -> list[tuple[str, str, str]]:
    """Topics by how much they can move this persona."""
    ranked = sorted(
        rubric.weights.items(), key=lambda item: -max(abs(item[1].pro), abs(item[1].contra))
    )
    return [(f"  {topic}", f"{weight.pro:+g}", f"{-weight.contra:+g}") for topic, weight in ranked]
