"""`shipskip personas`: list, show and check the reviewers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli import options, predictions
from panel.cli.diagnostics import exit_with, leave
from panel.errors import InputError

if TYPE_CHECKING:
    from panel.bootstrap.house import House
    from panel.cli.reports import Report
    from panel.domain.persona import Persona

app = typer.Typer(help="List, show and check the reviewers.", no_args_is_help=True)
app.command("predictions")(predictions.predictions)
app.command("outcome")(predictions.outcome)

_NOUNS = ("persona", "personas")


@app.command("list")
def list_(as_json: options.Json = False) -> None:
    """List all personas, your own and those that ship."""
    from panel.bootstrap.house import House
    from panel.cli.persona_view import print_personas
    from panel.errors import Problem

    house = House.open(Path.cwd())
    found: list[Persona] = []
    problems: list[Problem] = []
    for name in house.personas.ids():
        try:
            found.append(house.personas.load(name))
        except InputError as error:
            problems += error.problems
    print_personas(found, house.workspace, house.settings.seats, as_json=as_json)
    if problems:
        leave(InputError(problems))


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="The persona.", show_default=False)],
    as_json: options.Json = False,
) -> None:
    """Show a persona: who they are, what they ask, and how their rubric weighs."""
    from panel.bootstrap.house import House
    from panel.cli.persona_view import print_persona
    from panel.domain.value import canonical_json

    persona = House.open(Path.cwd()).personas.load(name)
    if as_json:
        print(canonical_json(persona))
    else:
        print_persona(persona)


@app.command()
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="Personas [default: all].", show_default=False),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are errors too.")] = False,
    as_json: options.Json = False,
) -> None:
    """Read personas strictly and tell what makes a reviewer a poor one."""
    from panel.bootstrap.house import House
    from panel.cli.reports import print_reports

    house = House.open(Path.cwd())
    reports = [_report(house, name) for name in names or house.personas.ids()]
    exit_with(print_reports(reports, _NOUNS, key="id", as_json=as_json, strict=strict))


def _report(house: "House", name: str) -> "Report":
    from panel.cli.reports import Report
    from panel.library.files import place

    path = house.workspace.files("personas", ".md").get(name)
    where = place(path) if path else ""
    try:
        warnings = house.personas.lint(house.personas.load(name))
    except InputError as error:
        return Report(name, where, tuple(error.problems))
    return Report(name, where, (), warnings)
