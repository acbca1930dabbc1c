"""`shipskip config`, `schema` and `doctor`: what is set, what is promised, what works."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from panel.cli import options
from panel.cli.diagnostics import exit_with, say


def config(
    origin: Annotated[
        bool, typer.Option("--origin", help="Also tell where each value comes from.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Show all settings.

    Flags win over the environment, the environment over shipskip.toml.
    """
    from panel.bootstrap.house import House
    from panel.cli.settings_view import settings_json, settings_lines
    from panel.settings import FILE_NAME

    house = House.open(Path.cwd())
    path = house.workspace.root / FILE_NAME
    if as_json:
        print(json.dumps(settings_json(house, path), ensure_ascii=False))
        return
    for line in settings_lines(house, with_origin=origin):
        print(line)
    say(f"file: {path}" if path.is_file() else f"no settings file ({path} does not exist)")


class Shape(StrEnum):
    """What has a JSON schema."""

    SCORECARD = "scorecard"
    VERDICT = "verdict"
    DOSSIER = "dossier"
    PERSONA = "persona"


def schema(
    what: Annotated[
        Shape,
        typer.Argument(
            metavar="scorecard|verdict|dossier|persona",
            help="What to describe.",
            show_default=False,
        ),
    ],
) -> None:
    """Print a JSON schema."""
    print(json.dumps(_schema(what), indent=2, ensure_ascii=False))


def _schema(what: Shape) -> dict[str, object]:
    if what is Shape.SCORECARD:
        from panel.publishing.card_json import schema as scorecard

        return scorecard()
    from panel.domain.dossier import Dossier
    from panel.domain.persona import Persona
    from panel.domain.verdict import Verdict

    values = {Shape.VERDICT: Verdict, Shape.DOSSIER: Dossier, Shape.PERSONA: Persona}
    found = values[what].model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def doctor(
    llm: options.Llm = None,
    base_url: options.BaseUrl = None,
    output_mode: options.OutputMode = None,
    timeout: options.Timeout = None,
    as_json: options.Json = False,
) -> None:
    """Check the workspace and the llm's endpoint.

    The endpoint is asked only when an llm is set; what is sent is said before.
    """
    from panel.bootstrap.house import House
    from panel.cli.doctoring import examine

    flags = {"llm": llm, "base_url": base_url, "output_mode": output_mode, "timeout": timeout}
    exit_with(examine(House.open(Path.cwd(), flags), as_json=as_json))
