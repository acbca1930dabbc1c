"""`shipskip dossier build`: a dossier from articles, or more articles for a dossier."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from panel.cli import options
from panel.cli.diagnostics import exit_with
from panel.errors import Exit, InputError

Slug = Annotated[
    str, typer.Argument(metavar="SLUG", help="Short name, as in muse-spark.", show_default=False)
]
Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE]...",
        help="Addresses, files, hf:ORG/NAME, openrouter:ID"
        " [default: what is filed and not yet extracted].",
        show_default=False,
    ),
]
Name = Annotated[
    str | None, typer.Option("--name", help="Public name of a new model.", show_default=False)
]
Vendor = Annotated[
    str | None, typer.Option("--vendor", help="Maker of a new model.", show_default=False)
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Day it describes, also the day of reading [default: today]."),
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option("--allow-host", help="Host of an intranet that may be read too."),
]
Llm = Annotated[
    str | None,
    typer.Option("--llm", help="KIND:NAME of the llm that lists facts; without one a hand does."),
]


def build(  # noqa: PLR0913 - a command has as many parameters as options
    slug: Slug,
    sources: Sources = None,
    *,
    name: Name = None,
    vendor: Vendor = None,
    as_of: AsOf = None,
    allow_host: AllowHost = None,
    llm: Llm = None,
    base_url: options.BaseUrl = None,
    output_mode: options.OutputMode = None,
    max_cost: options.MaxCost = None,
    allow_unknown_cost: options.AllowUnknownCost = None,
    timeout: options.Timeout = None,
    as_json: options.Json = False,
) -> None:
    """Build a dossier from articles, or add more articles to one.

    What an editor wrote stays as it is; sources that are filed already are not read into it twice.
    """
    import asyncio

    from panel.bootstrap.house import House
    from panel.bootstrap.intaking import Wanted
    from panel.bootstrap.intaking import build as built
    from panel.cli.building import print_built, talk

    flags = {
        "llm": llm,
        "base_url": base_url,
        "output_mode": output_mode,
        "max_cost": max_cost,
        "allow_unknown_cost": allow_unknown_cost,
        "timeout": timeout,
    }
    wanted = Wanted(
        slug=slug,
        addresses=tuple(sources or ()),
        today=_day(as_of),
        name=name,
        vendor=vendor,
        allow_hosts=tuple(allow_host or ()),
    )
    found = asyncio.run(built(House.open(Path.cwd(), flags), wanted, talk()))
    print_built(found, as_json=as_json)
    left_out = any(outcome.state == "refused" for outcome in found.outcomes)
    exit_with(Exit.ERROR if left_out else Exit.DONE)


def _day(text: str | None) -> dt.date:
    today = dt.datetime.now().astimezone().date()
    if text is None:
        return today
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        message = f"--as-of: {text!r} is no day"
        raise InputError(message, remedy="write year-month-day, as in 2026-04-08") from None
    if day > today:
        raise InputError(f"--as-of: {day} has not come yet", remedy="name today or an earlier day")
    return day
