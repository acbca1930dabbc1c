"""`shipskip runs`: look at, resume, export and prove what was run."""

from pathlib import Path
from typing import Annotated

import typer

from panel.cli import after, options, working
from panel.cli.diagnostics import leave_with

app = typer.Typer(help="List, show, export, verify, replay and resume runs.", no_args_is_help=True)


@app.command("list")
def list_(
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Most runs.")] = 20,
    as_json: options.Json = False,
) -> None:
    """List the newest runs."""
    from panel.cli.run_views import print_runs

    print_runs(limit, as_json=as_json)


@app.command()
def show(
    run: options.RunName = "latest",
    watch: Annotated[
        bool, typer.Option("--watch", help="Look on until it has ended; Ctrl-C leaves it alone.")
    ] = False,
    dossier: Annotated[
        str,
        typer.Option(
            "--dossier", help="Only the scorecard of this slug or name.", show_default=False
        ),
    ] = "",
    as_json: options.Json = False,
) -> None:
    """Show a run: what was ordered, what came of it, what it cost."""
    from panel.cli.run_views import print_card_of, print_run, watch_run

    if watch:
        watch_run(run, as_json=as_json)
    elif dossier:
        print_card_of(run, dossier, as_json=as_json)
    else:
        print_run(run, as_json=as_json)


@app.command()
def export(
    run: options.RunName = "latest",
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder to write [default: runs/RUN].", file_okay=False),
    ] = None,
) -> None:
    """Write a run's pages and data into one folder."""
    from panel.bootstrap.house import House
    from panel.bootstrap.proofs import export as write

    house = House.open(Path.cwd())
    with house.store(write=False) as store:
        name = store.resolve_run(run)
        folder = write(store, name, out or house.workspace.runs / name, house.workspace)
    print(folder)


@app.command()
def verify(
    run: options.MaybeRun = None,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="An export to check too [default: runs/RUN if there]."),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Derive every digest again, from the pages down to the dossiers' bytes.

    With a folder alone, and no database that knows its run, the folder is checked by itself.
    """
    from panel.bootstrap.house import House
    from panel.bootstrap.proofs import verified

    problems, what = verified(House.open(Path.cwd()), run, folder)
    leave_with(problems, f"{what}: every digest holds", as_json=as_json)


@app.command()
def replay(run: options.RunName = "latest", as_json: options.Json = False) -> None:
    """Rebuild a finished run from its tape with the network off and compare the bytes."""
    from panel.bootstrap.house import House
    from panel.bootstrap.replaying import replay as rebuild
    from panel.cli.stopping import interruptible

    house = House.open(Path.cwd())
    with house.store(write=False) as store:
        name = store.resolve_run(run)
        problems = interruptible(
            rebuild(store, name, house.workspace), f"shipskip runs replay {name}"
        )
    leave_with(problems, f"run {name}: rebuilt to identical bytes, no call made", as_json=as_json)


app.command("resume")(after.resume)
app.command("fork")(after.fork)
app.command("retry-failed")(after.retry_failed)
app.command("diff")(after.diff)
app.command("scorecards")(after.scorecards)


app.command("pause")(working.pause)
app.command("continue")(working.continue_)
app.command("cancel")(working.cancel)
