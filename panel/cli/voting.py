"""`shipskip votes`: what readers voted, and an editor's word about votes that were held back."""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from panel.cli.diagnostics import say
from panel.cli.options import Json
from panel.errors import EmptyError, InputError

if TYPE_CHECKING:
    from panel.domain.publication.votes import CastVote, Ruling

app = typer.Typer(help="Look after readers' votes.", no_args_is_help=True)

BY = "command-line"
"""Who rules on votes here: whoever has the machine."""

_SHORT = 12

Slugs = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SLUG...]", help="Only these models.", show_default=False),
]
Reason = Annotated[
    str, typer.Option("--reason", help="Why; kept with the votes.", show_default=False)
]
Ids = Annotated[
    list[str] | None,
    typer.Option("--vote", metavar="ID", help="Only this vote; may be given several times."),
]
Network = Annotated[
    str | None,
    typer.Option("--network", metavar="ID", help="Only votes of this network on its day."),
]


@app.command("list")
def list_(slugs: Slugs = None, as_json: Json = False) -> None:
    """Count votes by model: those that count, are held back, or were removed."""
    votes = _votes(slugs)
    rows = [_counts(slug, votes) for slug in sorted({vote.slug for vote in votes})]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    from panel.cli.tables import console, listed

    names = ("model", "ships", "skips", "share", "held", "removed")
    console().print(listed(names, [_count_cells(row) for row in rows], wide="model"))


@app.command()
def held(slugs: Slugs = None, as_json: Json = False) -> None:
    """List votes that are held back for an editor."""
    found = [vote for vote in _votes(slugs) if vote.state == "held"]
    if as_json:
        print(json.dumps([_plain(vote) for vote in found], ensure_ascii=False))
        return
    from panel.cli.tables import console, listed

    names = ("id", "model", "call", "at", "network", "why")
    rows = [
        (
            *(vote.visitor[:_SHORT], vote.slug, vote.call, f"{vote.at:%Y-%m-%d %H:%M}"),
            *(vote.network[:_SHORT], vote.reason),
        )
        for vote in found
    ]
    console().print(listed(names, rows, wide="why"))
    if found:
        say("next: `shipskip votes release SLUG --reason WHY`, or `... remove`")


@app.command()
def release(
    slugs: Annotated[
        list[str],
        typer.Argument(metavar="SLUG...", help="Models whose votes.", show_default=False),
    ],
    reason: Reason,
    vote: Ids = None,
    network: Network = None,
    as_json: Json = False,
) -> None:
    """Let votes count that are held back or were removed by mistake.

    Without --vote or --network, all that are held.
    """
    chosen = _chosen((one for one in _votes(slugs) if one.state != "counted"), vote, network)
    if not (vote or network):
        chosen = [one for one in chosen if one.state == "held"]
    _rule(chosen, "release", reason, as_json=as_json)


@app.command()
def remove(
    slugs: Annotated[
        list[str],
        typer.Argument(metavar="SLUG...", help="Models whose votes.", show_default=False),
    ],
    reason: Reason,
    vote: Ids = None,
    network: Network = None,
    *,
    all_held: Annotated[bool, typer.Option("--held", help="All votes that are held back.")] = False,
    as_json: Json = False,
) -> None:
    """Let votes count no more; they are kept, with the reason."""
    if not (vote or network or all_held):
        raise InputError(
            "which votes are to be removed?", remedy="name them with --vote, --network or --held"
        )
    found = _chosen((one for one in _votes(slugs) if one.state != "removed"), vote, network)
    if all_held:
        found = [one for one in found if one.state == "held"]
    _rule(found, "remove", reason, as_json=as_json)


@app.command()
def export(slugs: Slugs = None, as_json: Json = False) -> None:
    """Print all votes as CSV, or with --json as one JSON array."""
    from panel.publishing.cells import csv_lines

    rows = [_plain(vote) for vote in _votes(slugs)]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    headings = ("slug", "visitor", "network", "call", "at", "seq", "state")
    headings += ("ruled_by", "ruled_at", "reason")
    sys.stdout.writelines(csv_lines(headings, ([row[name] for name in headings] for row in rows)))


def _votes(slugs: Sequence[str] | None) -> "list[CastVote]":
    from panel.bootstrap.house import House
    from panel.bootstrap.serving import public_records

    with public_records(House.open(Path.cwd())) as records:
        try:
            return records.reading().votes(*(slugs or ()))
        except EmptyError:
            return []


def _chosen(
    votes: "Iterable[CastVote]", ids: Sequence[str] | None, network: str | None
) -> "list[CastVote]":
    """Votes by what an editor named."""
    found = [vote for vote in votes if vote.network.startswith(network or "")]
    if not ids:
        return found
    for one in ids:
        matching = {vote.visitor for vote in found if vote.visitor.startswith(one)}
        if len(matching) != 1:
            raise InputError(
                f"{one} names {len(matching) or 'no'} such votes",
                remedy="copy the id from `shipskip votes held`, or more of it from `... export`",
            )
    return [vote for vote in found if vote.visitor.startswith(tuple(ids))]


def _rule(votes: "Sequence[CastVote]", act: "Ruling", reason: str, *, as_json: bool) -> None:
    from panel.bootstrap.house import House
    from panel.bootstrap.serving import public_records
    from panel.store.votes import VoteRuling

    if not reason.strip():
        raise InputError("a decision about votes needs a reason", remedy="say it with --reason")
    rulings = [
        VoteRuling(slug=vote.slug, visitor=vote.visitor, act=act, by=BY, reason=reason.strip())
        for vote in votes
    ]
    if rulings:
        with public_records(House.open(Path.cwd())) as records, records.writing() as store:
            store.rule_on_votes(rulings)
    if as_json:
        print(json.dumps({act: len(rulings)}))
    else:
        print(f"{act}d {len(rulings):,} vote{'' if len(rulings) == 1 else 's'}")


def _counts(slug: str, votes: "Iterable[CastVote]") -> dict[str, Any]:
    from panel.domain.publication.votes import Tally

    here = [vote for vote in votes if vote.slug == slug]
    counted = [vote.call for vote in here if vote.state == "counted"]
    tally = Tally(ships=counted.count("ship"), skips=counted.count("skip"))
    interval = tally.interval
    return {
        "slug": slug,
        "ships": tally.ships,
        "skips": tally.skips,
        "n": tally.n,
        "shown": tally.shown,
        "share": tally.share,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "held": sum(vote.state == "held" for vote in here),
        "removed": sum(vote.state == "removed" for vote in here),
    }


def _count_cells(row: dict[str, Any]) -> tuple[str, ...]:
    share = "not shown yet"
    if row["shown"]:
        share = f"{row['share']:.0%} ({row['low']:.0%} to {row['high']:.0%}, n = {row['n']})"
    numbers = (f"{row[name]:,}" for name in ("ships", "skips"))
    return (row["slug"], *numbers, share, f"{row['held']:,}", f"{row['removed']:,}")


def _plain(vote: "CastVote") -> dict[str, Any]:
    return vote.model_dump(mode="json")
