"""The `shipskip` command: gathers the command groups and guards their errors.

Command modules import heavy parts inside their functions, so that `--help` stays quick; the list
of those imports is held by `tests/test_style.py`.
"""

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from panel.cli import (
    batching,
    comparing,
    desk,
    digesting,
    dossiers,
    inbox,
    personas,
    publishing,
    reviewing,
    runs,
    serving,
    subscribing,
    voting,
    working,
    workspace,
)
from panel.cli.diagnostics import leave, prepare_stdout, reader_left
from panel.errors import Exit, InterruptError, ShipskipError

DEBUG_VARIABLE = "SHIPSKIP_DEBUG"
"""Environment variable that shows the traceback of an unexpected error."""


class _Group(TyperGroup):
    """A command group in which Ctrl-C ends with exit code 130 and a reader may leave early."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command (see `click.Group.invoke`)."""
        try:
            found = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            raise InterruptError("interrupted") from None
        except BrokenPipeError:
            # The reader of our output has left; nothing it wanted is lost.
            reader_left()
            sys.exit(Exit.DONE)
        return found


app = typer.Typer(
    name="shipskip",
    cls=_Group,
    help="Draft, check and keep fair, sourced ship/skip scorecards for AI models.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("review")(reviewing.review)
app.command("batch")(batching.batch)
app.command("worker")(working.worker)
app.add_typer(runs.app, name="runs")
app.add_typer(dossiers.app, name="dossier")
app.add_typer(inbox.app, name="inbox")
app.add_typer(personas.app, name="personas")
app.add_typer(desk.app, name="desk")
app.command("compare")(comparing.compare)
app.command("publish")(publishing.publish)
app.command("serve")(serving.serve)
app.add_typer(voting.app, name="votes")
app.command("digest")(digesting.digest)
app.add_typer(subscribing.app, name="subscribers")
app.command("doctor")(workspace.doctor)
app.command("config")(workspace.config)
app.command("schema")(workspace.schema)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"shipskip {version('shipskip')}")
        raise typer.Exit


@app.callback()
def _shipskip(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Draft, check and keep fair, sourced ship/skip scorecards for AI models."""


def run() -> None:
    """Entry point of the console script."""
    prepare_stdout()
    try:
        app()
    except ShipskipError as error:
        leave(error)
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        what = f"unexpected {type(error).__name__}: {error}"
        remedy = f"this is a bug in shipskip; run again with {DEBUG_VARIABLE}=1 and report it"
        leave(ShipskipError(what, remedy=remedy))
