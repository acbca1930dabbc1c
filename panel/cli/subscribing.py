"""`shipskip subscribers`: who gets the weekly digest by mail."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli.diagnostics import say
from panel.cli.options import Json
from panel.errors import EmptyError, InputError

if TYPE_CHECKING:
    from panel.domain.publication.mail import Subscriber

app = typer.Typer(help="Look after who gets the digest by mail.", no_args_is_help=True)


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Count subscribers, without telling who they are."""
    found = _subscribers()
    confirmed = sum(one.confirmed is not None for one in found)
    counts = {"confirmed": confirmed, "waiting": len(found) - confirmed}
    if as_json:
        print(json.dumps(counts))
        return
    print(f"{counts['confirmed']:,} confirmed, {counts['waiting']:,} not confirmed yet")


@app.command()
def export(as_json: Json = False) -> None:
    """Print all subscribers with their addresses as CSV, or with --json as one JSON array."""
    from panel.publishing.cells import csv_lines

    rows = [one.model_dump(mode="json") for one in _subscribers()]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    headings = ("id", "address", "asked", "confirmed")
    sys.stdout.writelines(csv_lines(headings, ([row[name] for name in headings] for row in rows)))


@app.command()
def remove(
    addresses: Annotated[
        list[str],
        typer.Argument(metavar="ADDRESS|ID...", help="Whom to forget.", show_default=False),
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why.", show_default=False)],
) -> None:
    """Delete the addresses of subscribers, so that they get no more mail."""
    from panel.bootstrap.house import House
    from panel.bootstrap.serving import public_records, utc_now
    from panel.store.subscribers import Removed

    known = {name: one for one in _subscribers() for name in (one.address.lower(), one.id)}
    wanted = [known.get(address.lower()) for address in addresses]
    if None in wanted:
        raise InputError(
            f"{wanted.count(None)} of these are no subscribers, so none was removed",
            remedy="see all with `shipskip subscribers export`",
        )
    if not reason.strip():
        raise InputError("removing subscribers needs a reason", remedy="say it with --reason")
    with public_records(House.open(Path.cwd())) as records, records.writing() as store:
        done = [
            store.remove_subscriber(Removed(one.id, "command-line", reason.strip(), utc_now()))
            for one in wanted
            if one
        ]
    print(f"removed {sum(done)}")
    say("what is left names nobody")


def _subscribers() -> "tuple[Subscriber, ...]":
    from panel.bootstrap.house import House
    from panel.bootstrap.serving import public_records

    with public_records(House.open(Path.cwd())) as records:
        try:
            return records.reading().subscribers()
        except EmptyError:
            return ()
