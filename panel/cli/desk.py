"""`shipskip desk`: opens the web desk, manages who may sign in there, prints what was done."""

import datetime as dt
import os
from collections.abc import Generator
from contextlib import contextmanager
from itertools import dropwhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli.diagnostics import give, say
from panel.errors import InputError

if TYPE_CHECKING:
    from panel.desk.accounts import Accounts
    from panel.domain.editing.people import Event, User

app = typer.Typer(help="Open the editors' desk in a browser.", invoke_without_command=True)
users = typer.Typer(help="Manage who may sign in at the desk.", no_args_is_help=True)
app.add_typer(users, name="user")

_DIGITS = 9

Login = Annotated[str, typer.Argument(metavar="LOGIN", help="What they sign in by.")]
Role = Annotated[str, typer.Option("--role", help="viewer, editor, publisher or admin.")]


@app.callback()
def desk(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port.")] = 8642,
    open_it: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the sign-in link in the browser.")
    ] = False,
) -> None:
    """Open the editors' desk in a browser.

    It prints a link that signs you in once. Ctrl-C stops it. With a --host that others can reach
    it starts only with accounts and a secret.
    """
    if context.invoked_subcommand is not None:
        return
    from panel.bootstrap.house import House
    from panel.bootstrap.observing import observed
    from panel.desk.serving import opened, serve

    house = House.open(Path.cwd())
    with observed(house.settings), opened(house, host, port, os.environ) as open_desk:
        address = f"{open_desk.address}{open_desk.link or '/'}"
        if open_desk.link:
            say("sign in, once, with this link; Ctrl-C stops the desk")
        give(address)
        if open_it:
            from webbrowser import open as show

            show(address)
        serve(open_desk)
    say("the desk is closed; everything is kept")


@app.command("events")
def events(
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="DAY|NUMBER",
            help="Only lines from this day on, in UTC, or after the line of this number.",
            show_default=False,
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Print the log of everything done at the desk."""
    from panel.bootstrap.house import House
    from panel.publishing.cells import csv_lines

    after, day = _since(since)
    with House.open(Path.cwd()).store(write=False) as store:
        found = dropwhile(lambda event: event.at.date() < day, store.events(after))
        if as_csv:
            for line in csv_lines(_COLUMNS, (_cells(event) for event in found)):
                print(line, end="")
            return
        for event in found:
            if as_json:
                print(event.model_dump_json())
            else:
                words = (f"{event.at:%Y-%m-%d %H:%M}", event.by, event.act, event.subject)
                print(*words, *([f"({event.reason!r})"] if event.reason else []))


@users.command("add")
def add(
    login: Login,
    role: Role = "editor",
    name: Annotated[
        str, typer.Option("--name", help="Their name as published [default: the login].")
    ] = "",
) -> None:
    """Open an account."""
    with _accounts() as accounts:
        user = accounts.add(login, name or login, role)
    print(f"added {user.login} ({user.role})")
    say(f"next: `shipskip desk user password {login}`, or `... link {login}` for a one-time link")


@users.command("list")
def show_all() -> None:
    """List all accounts."""
    from panel.bootstrap.house import House
    from panel.cli.tables import console, listed

    with House.open(Path.cwd()).store(write=False) as store:
        found = store.users()
    rows = [(one.login, one.role, _state(one), one.name) for one in found]
    console().print(listed(("login", "role", "signs in by", "name"), rows, wide="name"))


@users.command("disable")
def disable(login: Login) -> None:
    """Let somebody sign in no more, and sign them out everywhere."""
    with _accounts() as accounts:
        accounts.disable(login)
    print(f"disabled {login}")


@users.command("enable")
def enable(login: Login) -> None:
    """Let somebody sign in again."""
    with _accounts() as accounts:
        accounts.enable(login)
    print(f"enabled {login}")


@users.command("role")
def role(
    login: Login,
    to: Annotated[str, typer.Argument(metavar="ROLE", help="viewer, editor, publisher or admin.")],
) -> None:
    """Give somebody another role."""
    with _accounts() as accounts:
        user = accounts.set_role(login, to)
    print(f"{user.login} is {user.role}")


@users.command("password")
def password(login: Login) -> None:
    """Give somebody a password, asked for on the terminal, and end their sessions."""
    with _accounts() as accounts:
        accounts.find(login)
        given = typer.prompt("password", hide_input=True, confirmation_prompt=True, err=True)
        accounts.set_password(login, given)
    print(f"{login} has a password")


@users.command("link")
def link(login: Login) -> None:
    """Print a link that signs somebody in once, within an hour."""
    from panel.bootstrap.house import House

    url = House.open(Path.cwd()).settings.desk_url or "http://127.0.0.1:8642"
    with _accounts() as accounts:
        path = accounts.link(login)
    print(f"{url.rstrip('/')}{path}")


_COLUMNS = ("seq", "at", "by", "act", "subject", "before", "after", "reason")


def _cells(event: "Event") -> tuple[object, ...]:
    values = event.model_dump(mode="json")
    return tuple(values[name] for name in _COLUMNS)


def _since(words: str) -> tuple[int, dt.date]:
    """The number after which lines count, and the day from which on they do."""
    if not words or (words.isascii() and words.isdigit() and len(words) <= _DIGITS):
        return int(words or 0), dt.date.min
    try:
        return 0, dt.date.fromisoformat(words)
    except ValueError:
        raise InputError(
            f"--since takes a day or the number of a line, not {words!r}",
            remedy="write a day as 2026-11-21",
        ) from None


def _state(user: "User") -> str:
    if user.disabled:
        return "disabled"
    return "password or link" if user.password else "link"


@contextmanager
def _accounts() -> Generator["Accounts"]:
    from panel.bootstrap.house import House
    from panel.desk.accounts import Accounts
    from panel.desk.context import utc_now

    with House.open(Path.cwd()).store(write=True) as store:
        yield Accounts(store, utc_now)
