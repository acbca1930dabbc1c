"""`shipskip personas predictions` and `outcome`: what the panel foresaw, and how it turned out."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli import options
from panel.cli.diagnostics import say
from panel.cli.resolving import login_name
from panel.errors import InputError

if TYPE_CHECKING:
    from panel.domain.publication.predictions import Forecast, Turnout

_SHORT = 12
_WORDS: "dict[Turnout, str]" = {
    "came-true": "came true",
    "did-not": "did not come true",
    "unclear": "cannot be told",
}


def predictions(
    due_: Annotated[
        bool, typer.Option("--due", help="Only those whose day has come and nobody settled.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """List the predictions of published verdicts, and how they turned out."""
    from panel.bootstrap.foreseeing import predicted
    from panel.bootstrap.house import House
    from panel.cli.tables import console, listed
    from panel.domain.publication.predictions import due
    from panel.domain.value import canonical_json

    found = predicted(House.open(Path.cwd()))
    if due_:
        found = due(found, dt.datetime.now().astimezone().date())
    if as_json:
        for one in found:
            print(canonical_json(one))
        return
    rows = [(_name(one), str(one.by), one.persona, one.slug, _turnout(one)) for one in found]
    if rows:
        headings = ("name", "by", "persona", "model", "turned out")
        console().print(listed(headings, rows, wide="model"))
    say(
        f"{len(found)} {'prediction' if len(found) == 1 else 'predictions'}; --json shows the words"
    )


def outcome(
    name: Annotated[
        str,
        typer.Argument(
            metavar="REVIEW:NUMBER",
            help="The prediction, as `predictions` names it.",
            show_default=False,
        ),
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why, for readers.", show_default=False)],
    *,
    came_true: Annotated[bool, typer.Option("--came-true", help="It happened in time.")] = False,
    did_not: Annotated[bool, typer.Option("--did-not", help="It did not.")] = False,
    unclear: Annotated[bool, typer.Option("--unclear", help="Nobody can tell.")] = False,
    url: Annotated[str, typer.Option("--url", help="Where readers can see it.")] = "",
    by: Annotated[
        str | None, typer.Option("--by", help="Who says so [default: your login name].")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Say how a prediction turned out; the last word stands, and none is deleted."""
    from pydantic import ValidationError

    from panel.bootstrap.foreseeing import Word, settle_prediction
    from panel.bootstrap.house import House
    from panel.domain.value import canonical_json

    told: dict[Turnout, bool] = {"came-true": came_true, "did-not": did_not, "unclear": unclear}
    chosen: list[Turnout] = [one for one, meant in told.items() if meant]
    if len(chosen) != 1:
        raise InputError(
            "a prediction turns out in one way",
            remedy="give exactly one of --came-true, --did-not and --unclear",
        )
    word = Word(chosen[0], by or login_name(), reason, url)
    now = dt.datetime.now(dt.UTC)
    try:
        found = settle_prediction(House.open(Path.cwd()), name, word, now)
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(
            f"--{first['loc'][0]}: {first['msg']}", remedy="mend it and try again"
        ) from None
    if as_json:
        print(canonical_json(found))
    else:
        print(f"{_name(found)} {_turnout(found)}")
    say("next: `shipskip publish` shows it on the page of the persona")


def _name(one: "Forecast") -> str:
    return f"{one.review[:_SHORT]}:{one.number}"


def _turnout(one: "Forecast") -> str:
    return _WORDS[one.end.outcome] if one.end else "not settled"
