"""Commands for runs that are there already: resume, fork, retry-failed, diff and scorecards.

They register in `panel.cli.runs`, beside those that list, show and prove a run.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from panel.cli import options
from panel.cli.diagnostics import exit_with
from panel.cli.working import Priority

_First = Annotated[str, typer.Argument(metavar="RUN1", help="The earlier run.")]
_Second = Annotated[str, typer.Argument(metavar="RUN2", help="The later run.")]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what is new, calls, tokens and cost; ask nobody.")
]

_ANEW = (
    *("seats", "llm", "base_url", "samples", "quorum", "max_cost", "allow_unknown_cost"),
    *("rate", "token_rate", "concurrency", "timeout"),
)
"""Settings that a fork may change."""


def resume(
    run: options.RunName = "latest",
    *,
    pinned: Annotated[
        bool, typer.Option("--pinned", help="Go on with what was ordered, whatever has changed.")
    ] = False,
    fork: Annotated[
        bool, typer.Option("--fork", help="Make a new run of it instead, see `runs fork`.")
    ] = False,
    live: Annotated[
        bool, typer.Option("--live", help="Call live what waits for a provider's batch.")
    ] = False,
    llm: options.Llm = None,
    base_url: options.BaseUrl = None,
    as_json: options.Json = False,
) -> None:
    """Go on with a run; nothing that was answered is asked or paid for again.

    When a dossier, persona, prompt or llm is another now than when the run was ordered, it says so
    and stops, unless --pinned or --fork tells how to go on.
    """
    from panel.bootstrap.house import House
    from panel.cli.finished import nothing_left
    from panel.errors import InputError

    house = House.open(Path.cwd(), {"llm": llm, "base_url": base_url})
    if fork and (pinned or live):
        other = "--pinned" if pinned else "--live"
        remedy = "choose one: a fork is a new run, under what is there today"
        raise InputError(f"--fork and {other} exclude each other", remedy=remedy)
    if not fork and nothing_left(house, run, as_json=as_json):
        return
    from panel.cli.handover import Where
    from panel.cli.resuming import Choice, fork_run, resume_run

    if fork:
        # Whoever resumes works here; `runs continue` is for workers.
        exit_with(fork_run(house, run, Where(here=True), dry_run=False, as_json=as_json))
        return
    exit_with(resume_run(house, run, Choice(pinned=pinned, live=live, as_json=as_json)))


@options.adds(**{name: options.ASKING[name] for name in _ANEW})
def fork(
    run: options.RunName = "latest",
    *,
    dry_run: _DryRun = False,
    here: options.Here = None,
    priority: Priority = 0,
    as_json: options.Json = False,
    **given: Any,
) -> None:
    """Order a run anew with the dossiers, personas, prompts and llm of today.

    Its options stay but for those given here. Verdicts on unchanged questions are carried over and
    cost nothing.
    """
    from panel.bootstrap.house import House
    from panel.cli.handover import Where
    from panel.cli.resuming import fork_run

    house, where = House.open(Path.cwd(), options.settings_of(given)), Where(here, priority)
    exit_with(fork_run(house, run, where, dry_run=dry_run, as_json=as_json))


def retry_failed(
    run: options.RunName = "latest",
    *,
    here: options.Here = None,
    priority: Priority = 0,
    as_json: options.Json = False,
) -> None:
    """Ask the failed seats of a run again; each failure stands until its seat has answered."""
    from panel.bootstrap.house import House
    from panel.cli.handover import Where
    from panel.cli.retrying import retry_failed as ask_again

    exit_with(ask_again(House.open(Path.cwd()), run, Where(here, priority), as_json=as_json))


def diff(
    first: _First,
    second: _Second,
    everything: Annotated[
        bool, typer.Option("--all", help="List dossiers that came out the same as well.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Tell what is different between two runs: what flipped, for whom, and which input changed."""
    from panel.bootstrap.house import House
    from panel.cli.diffing import print_difference

    house = House.open(Path.cwd())
    print_difference(house, (first, second), everything=everything, as_json=as_json)


def scorecards(
    run: options.RunName = "latest",
    form: Annotated[
        str, typer.Option("--format", help="table, csv, jsonl or json; --out goes by its suffix.")
    ] = "table",
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write FILE.csv, FILE.jsonl or FILE.json.", dir_okay=False),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option("--outcome", help="Only these: ship, skip, split, no_quorum, by commas."),
    ] = None,
) -> None:
    """Give the scorecards of a run, all of them: as a table, or for other programs."""
    from panel.bootstrap.house import House
    from panel.cli.scorecards import give_scorecards

    give_scorecards(House.open(Path.cwd()), run, form=form, out=out, outcome=outcome)
