"""`shipskip inbox`: models that appeared where an editor watches, and have no dossier yet."""

from pathlib import Path
from typing import Annotated

import typer

from panel.cli import options
from panel.cli.diagnostics import exit_with, say
from panel.errors import Exit

app = typer.Typer(help="Watch for new models and begin their dossiers.")

AllowHost = Annotated[
    list[str] | None,
    typer.Option("--allow-host", help="Host of an intranet that may be read too."),
]
Id = Annotated[
    str, typer.Argument(metavar="ID", help="The model, as the list names it.", show_default=False)
]


@app.callback(invoke_without_command=True)
def poll(ctx: typer.Context, allow_host: AllowHost = None, as_json: options.Json = False) -> None:
    """Ask everything under `watch` in shipskip.toml, then list models without a dossier.

    Safe to run from cron: an unchanged answer costs its server nothing, and one that fails is left
    alone for longer each time.
    """
    if ctx.invoked_subcommand:
        return
    import asyncio

    from panel.bootstrap.house import House
    from panel.bootstrap.watching import Watching
    from panel.cli.inbox_view import print_entries, tell

    watching = Watching.open(House.open(Path.cwd()))
    polled = asyncio.run(watching.poll(allow_host or ()))
    tell(polled)
    print_entries(watching.entries(), as_json=as_json)
    failed = all(one.state == "failed" for one in polled)
    exit_with(Exit.ERROR if failed else Exit.DONE)


@app.command("list")
def list_(as_json: options.Json = False) -> None:
    """List models without a dossier, asking nobody."""
    from panel.bootstrap.house import House
    from panel.bootstrap.watching import Watching
    from panel.cli.inbox_view import print_entries

    print_entries(Watching.open(House.open(Path.cwd())).entries(), as_json=as_json)


@app.command()
def accept(
    model: Id,
    *,
    slug: Annotated[
        str | None, typer.Option("--slug", help="Slug of the dossier [default: the id].")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="Public name of the model.", show_default=False)
    ] = None,
    vendor: Annotated[
        str | None, typer.Option("--vendor", help="Who makes it.", show_default=False)
    ] = None,
    allow_host: AllowHost = None,
    llm: options.Llm = None,
    base_url: options.BaseUrl = None,
    as_json: options.Json = False,
) -> None:
    """Begin a dossier from everything that was seen of a model."""
    import asyncio
    import datetime as dt

    from panel.bootstrap.house import House
    from panel.bootstrap.intaking import Wanted, build
    from panel.bootstrap.watching import Watching
    from panel.cli.building import print_built, talk

    house = House.open(Path.cwd(), {"llm": llm, "base_url": base_url})
    watching = Watching.open(house)
    entry = watching.entry(model)
    wanted = Wanted(
        slug=slug or entry.id,
        addresses=entry.addresses,
        today=dt.datetime.now().astimezone().date(),
        name=name or entry.name,
        vendor=vendor or entry.vendor or None,
        allow_hosts=tuple(allow_host or ()),
    )
    built = asyncio.run(build(house, wanted, talk()))
    print_built(built, as_json=as_json)
    if not built.path.is_file():
        exit_with(Exit.ERROR)
    watching.inbox.finish(entry.id)


@app.command()
def dismiss(model: Id) -> None:
    """Take a model off the list for good."""
    from panel.bootstrap.house import House
    from panel.bootstrap.watching import Watching

    watching = Watching.open(House.open(Path.cwd()))
    watching.inbox.finish(watching.entry(model).id)
    say(f"{model} is off the list")
