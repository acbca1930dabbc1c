"""`shipskip dossier conflicts` and `resolve`: what sources disagree on, and who decided it."""

import datetime as dt
import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli import options
from panel.cli.diagnostics import say
from panel.errors import InputError, StoreError, TamperError

if TYPE_CHECKING:
    from panel.bootstrap.resolving import How


def conflicts(
    name: Annotated[
        str, typer.Argument(metavar="SLUG|PATH", help="The dossier.", show_default=False)
    ],
    all_: Annotated[bool, typer.Option("--all", help="Show the settled ones as well.")] = False,
    as_json: options.Json = False,
) -> None:
    """Show open conflicts: both quotes, days, publishers, and what rests on them."""
    from panel.bootstrap.house import House
    from panel.bootstrap.resolving import citing
    from panel.cli.conflict_view import conflict_rows, print_conflicts

    house = House.open(Path.cwd())
    dossier = house.dossiers.load(name)
    shown = dossier.conflicts if all_ else dossier.open_conflicts
    try:
        cited = citing(house, dossier.slug) if shown else ()
    except (StoreError, TamperError) as error:
        say(f"which verdicts cite them cannot be told: {error.message}")
        cited = ()
    print_conflicts(conflict_rows(dossier, shown, cited), as_json=as_json)
    if not shown:
        settled = len(dossier.conflicts)
        rest = f"; {settled} settled, see --all" if settled and not all_ else ""
        say(f"no {'' if all_ else 'open '}conflicts in {dossier.slug}{rest}")


def resolve(
    name: Annotated[
        str, typer.Argument(metavar="SLUG|PATH", help="The dossier.", show_default=False)
    ],
    conflict: Annotated[
        str, typer.Argument(metavar="CONFLICT", help="Its id, as in C3.", show_default=False)
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why, for readers.", show_default=False)],
    *,
    pick: Annotated[
        str | None, typer.Option("--pick", help="The fact that holds, as in F7.")
    ] = None,
    keep_both: Annotated[
        bool, typer.Option("--keep-both", help="The facts can stand side by side.")
    ] = False,
    supersede: Annotated[
        bool,
        typer.Option(
            "--supersede", help="The newest fact, or the one picked, replaces the others."
        ),
    ] = False,
    by: Annotated[
        str | None, typer.Option("--by", help="Who decides [default: your login name].")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Settle a conflict in the dossier file, with author, day and reason."""
    from panel.bootstrap.house import House
    from panel.bootstrap.resolving import Decision
    from panel.bootstrap.resolving import resolve as settle
    from panel.cli.conflict_view import conflict_rows
    from panel.library.files import place

    how = _how(pick, keep_both=keep_both, supersede=supersede)
    now = dt.datetime.now().astimezone().replace(microsecond=0)
    today = now.date()
    decision = Decision(how, pick, by or login_name(), today, reason, now)
    found = settle(House.open(Path.cwd()), name, conflict, decision)
    settled = found.conflict.settlement
    if as_json:
        print(json.dumps(conflict_rows(found.dossier, [found.conflict])[0], ensure_ascii=False))
    elif settled:
        what = f"{settled.how} {settled.fact}" if settled.fact else settled.how
        print(f"{found.conflict.id} settled by {settled.by} on {settled.on}: {what}")
    if found.moved:
        say(f"{place(found.path)} describes {today} from now on, since nothing in it may be later")


def _how(pick: str | None, *, keep_both: bool, supersede: bool) -> "How":
    if keep_both and (pick or supersede):
        raise InputError("--keep-both goes with neither --pick nor --supersede", remedy="drop one")
    if keep_both:
        return "keep-both"
    if supersede:
        return "supersede"
    if pick is None:
        remedy = "say which fact holds with --pick, or --keep-both, or --supersede"
        raise InputError("nothing is decided", remedy=remedy)
    return "pick"


def login_name() -> str:
    """Who is at this terminal, as the machine knows them.

    Raises:
        InputError: It does not.
    """
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        raise InputError("nobody knows who you are here", remedy="give your name: --by") from None
