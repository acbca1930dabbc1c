"""`shipskip compare`: two models side by side, or why they cannot be."""

from pathlib import Path
from typing import Annotated

import typer

from panel.cli import options


def compare(
    a: Annotated[
        str | None,
        typer.Argument(metavar="A", help="Slug of a model; without any, pairs are listed."),
    ] = None,
    b: Annotated[str | None, typer.Argument(metavar="B", help="Slug of another.")] = None,
    *,
    preview: Annotated[
        bool, typer.Option("--preview", help="Take drafts that nobody approved, too.")
    ] = False,
    days: Annotated[
        int | None,
        typer.Option("--days", help="Days their dossiers may lie apart [default: 45]."),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Set two published models side by side; without names, list the pairs there are."""
    from panel.bootstrap.house import House
    from panel.cli.compare_text import print_comparison, print_pairs
    from panel.errors import InputError

    house = House.open(Path.cwd(), {"compare_days": days})
    if a is not None and b is not None:
        print_comparison(house, (a, b), preview=preview, as_json=as_json)
    elif a is None:
        print_pairs(house, preview=preview, as_json=as_json)
    else:
        raise InputError(f"{a} needs another to be compared with", remedy="name two models")
