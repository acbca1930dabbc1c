"""`shipskip dossier`: build, check, show, list and begin dossiers, and settle their conflicts."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli import building_commands, options, resolving
from panel.cli.diagnostics import exit_with, leave, say
from panel.errors import InputError

if TYPE_CHECKING:
    from panel.bootstrap.house import House
    from panel.cli.reports import Report
    from panel.domain.dossier import Dossier
    from panel.library.texts import Texts

app = typer.Typer(
    help="Build, check, show, list and begin dossiers; settle their conflicts.",
    no_args_is_help=True,
)
app.command("build")(building_commands.build)
app.command("conflicts")(resolving.conflicts)
app.command("resolve")(resolving.resolve)

_NOUNS = ("dossier", "dossiers")


@app.command()
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH|SLUG]...",
            help="Files, folders or slugs [default: all of dossiers/].",
            show_default=False,
        ),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option("--texts", help="Folder of the texts read; verifies every quote in them."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are errors too.")] = False,
    as_json: options.Json = False,
) -> None:
    """Read dossiers strictly and tell every problem with file, line, key and remedy."""
    from panel.bootstrap.house import House
    from panel.cli.reports import Report, print_reports
    from panel.library.texts import Texts

    house = House.open(Path.cwd())
    known = Texts.read(texts) if texts else None
    reports = [_report(house, name, known) for name in _wanted(house, names or [])]
    if not names:
        reports += [Report(None, stray.path, (stray,)) for stray in house.dossiers.strays()]
    exit_with(print_reports(reports, _NOUNS, key="slug", as_json=as_json, strict=strict))


def _wanted(house: "House", names: list[str]) -> list[str]:
    """Slugs and paths to check, folders opened."""
    from panel.library.files import is_folder

    slugs = house.dossiers.slugs()
    wanted: list[str] = []
    for name in names:
        if name in slugs or not is_folder(Path(name)):
            wanted.append(name)
            continue
        files = sorted(str(path) for path in Path(name).glob("*.md") if path.name != "README.md")
        if not files:
            raise InputError(f"{name} holds no dossiers", remedy="name a folder of .md files")
        wanted += files
    if not names and not slugs and not house.dossiers.strays():
        raise InputError(
            f"there are no dossiers in {house.workspace.dossiers}",
            remedy="begin one with `shipskip dossier new SLUG`",
        )
    return wanted or list(slugs)


def _report(house: "House", name: str, texts: "Texts | None") -> "Report":
    from panel.cli.reports import Report, counted
    from panel.library.files import place

    path: Path | None = None
    try:
        path = house.dossiers.path(name)
        dossier, warnings = house.dossiers.check(name)
        if texts is None:
            return Report(dossier.slug, place(path), (), warnings)
        verified = texts.verify(path)
        note = f"{counted(verified.quotes, 'quote', 'quotes')} found in the texts"
        warnings = (*warnings, *verified.warnings)
        return Report(dossier.slug, place(path), verified.problems, warnings, (note,))
    except InputError as error:
        slug = path.stem if path else None
        return Report(slug, place(path) if path else name, tuple(error.problems))


@app.command()
def show(
    name: Annotated[
        str, typer.Argument(metavar="SLUG|PATH", help="The dossier.", show_default=False)
    ],
    as_json: options.Json = False,
) -> None:
    """Show a dossier: identity, price, facts, conflicts with their sides, sources."""
    from panel.bootstrap.house import House
    from panel.cli.dossier_view import print_dossier
    from panel.domain.value import canonical_json

    dossier = House.open(Path.cwd()).dossiers.load(name)
    if as_json:
        print(canonical_json(dossier))
    else:
        print_dossier(dossier)


@app.command("list")
def list_(as_json: options.Json = False) -> None:
    """List the dossiers of the workspace."""
    from panel.bootstrap.house import House
    from panel.cli.dossier_view import print_dossiers
    from panel.errors import Problem

    house = House.open(Path.cwd())
    found: list[Dossier] = []
    problems: list[Problem] = []
    for slug in house.dossiers.slugs():
        try:
            found.append(house.dossiers.load(slug))
        except InputError as error:
            problems += error.problems
    print_dossiers(found, as_json=as_json)
    if not found and not problems:
        say(
            f"no dossiers in {house.workspace.dossiers}; begin one with `shipskip dossier new SLUG`"
        )
    if problems:
        leave(InputError(problems))


@app.command()
def new(
    slug: Annotated[
        str,
        typer.Argument(metavar="SLUG", help="Short name, as in muse-spark.", show_default=False),
    ],
    name: Annotated[
        str | None, typer.Option("--name", help="Public name of the model.", show_default=False)
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Write a commented template to fill in."""
    from panel.bootstrap.house import House
    from panel.library.files import place

    path = House.open(Path.cwd()).dossiers.new(slug, name=name)
    print(json.dumps({"slug": path.stem, "path": place(path)}) if as_json else place(path))
    say(
        "Next: replace the example source and fact with your own, then run\n"
        f"  shipskip dossier check {path.stem}\n"
        f"  shipskip review {path.stem}"
    )
