"""`shipskip digest`: what happened between two days, printed, written to a file, or sent."""

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli.diagnostics import exit_with, say
from panel.errors import EmptyError, Exit, InputError

if TYPE_CHECKING:
    from panel.bootstrap.digesting import Form
    from panel.bootstrap.house import House
    from panel.bootstrap.mailing import Counts
    from panel.domain.publication.weekly import Weekly
    from panel.publishing.site.info import SiteInfo

_FORMS = ("text", "html", "eml", "json")


def digest(
    since: Annotated[
        str, typer.Option("--since", metavar="DAY", help="First day, as 2026-11-16, in UTC.")
    ],
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="Last day [default: today].")
    ] = None,
    *,
    form: Annotated[str, typer.Option("--format", help="text, html, eml or json.")] = "text",
    out: Annotated[
        Path | None, typer.Option("--out", help="Write into this file.", dir_okay=False)
    ] = None,
    send: Annotated[
        bool, typer.Option("--send", help="Send it to every confirmed subscriber, once.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --send, say to how many; send nothing.")
    ] = False,
) -> None:
    """Tell what happened between two days: new and changed verdicts, close calls, corrections.

    Sent twice, it reaches nobody twice; after a crash, send it again.
    """
    from panel.bootstrap.digesting import collect
    from panel.bootstrap.house import House
    from panel.bootstrap.serving import utc_now

    if form not in _FORMS:
        raise InputError(f"--format {form}", remedy=f"choose one of {', '.join(_FORMS)}")
    house = House.open(Path.cwd())
    last = _day("--until", until) if until else utc_now().date()
    site, found = collect(house, _day("--since", since), last)
    if send or dry_run:
        _send(house, site, found, dry_run=dry_run)
    else:
        _give(house, site, found, form, out)


def _day(name: str, text: str) -> dt.date:

    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{name} {text!r} is no day", remedy="write it as 2026-11-16") from None


def _give(
    house: "House", site: "SiteInfo", found: "Weekly", form: "Form", out: Path | None
) -> None:
    from panel.bootstrap.digesting import written
    from panel.bootstrap.serving import utc_now

    text = written(house, site, found, form, utc_now())
    if out is None:
        print(text, end="" if text.endswith("\n") else "\n")
        return
    try:
        out.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror}", remedy="name another") from (
            error
        )
    say(f"wrote {out}")


def _send(house: "House", site: "SiteInfo", found: "Weekly", *, dry_run: bool) -> None:
    from panel.bootstrap.digesting import check_url
    from panel.bootstrap.mailing import Post, open_mailer, waiting
    from panel.bootstrap.serving import public_records, utc_now

    check_url(site)
    mailer = open_mailer(house, os.environ)
    if found.is_empty:
        say("nothing was published between these days, so nothing is sent")
        return
    with public_records(house) as records:
        try:
            count = waiting(records.reading(), found)
        except EmptyError:
            count = 0
        if dry_run or not count:
            print(f"{found.name}: to be sent to {count:,} subscriber{'' if count == 1 else 's'}")
            return
        counts = Post(mailer, site, utc_now).digest(records, found)
    _tell(found, counts)


def _tell(found: "Weekly", counts: "Counts") -> None:
    told = [f"{count:,} {what}" for what, count in _named(counts) if count]
    print(f"{found.name}: {', '.join(told)}")
    if counts.failed:
        say(f"the mail server put {counts.failed:,} off; send again later")
    exit_with(Exit.ERROR if counts.failed else Exit.DONE)


def _named(counts: "Counts") -> list[tuple[str, int]]:
    return [
        ("sent", counts.sent),
        ("had got it before", counts.before),
        ("refused for good", counts.refused),
        ("put off", counts.failed),
        ("may have got it before", counts.unknown),
        ("left meanwhile", counts.left),
    ]
