"""How the inbox shows itself: entries to stdout, what became of each subscription to stderr."""

import json
from collections.abc import Sequence

from panel.cli.diagnostics import say
from panel.cli.reports import counted
from panel.domain.intake.release import Entry
from panel.intake.inbox import Polled

MOST_SHOWN = 30
"""Most models that are listed for a person, the latest first."""


def tell(polled: Sequence[Polled]) -> None:
    """Tell what asking came to.

    Args:
        polled: One for each subscription.
    """
    for one in polled:
        seen = counted(one.seen, "model", "models") if one.state == "new" else ""
        say(
            ": ".join(
                part for part in (f"{one.state:<9} {one.subscription}", one.note or seen) if part
            )
        )


def print_entries(entries: Sequence[Entry], *, as_json: bool) -> None:
    """Print the models that wait.

    Args:
        entries: The models.
        as_json: Whether to print one JSON array instead of lines.
    """
    if as_json:
        print(json.dumps([entry.model_dump(mode="json") for entry in entries], ensure_ascii=False))
        return
    for entry in entries[:MOST_SHOWN]:
        maker = f" by {entry.vendor}" if entry.vendor else ""
        print(f"{entry.id}  {entry.name}{maker}, first seen {entry.first_seen}")
        for one in entry.sightings[:3]:
            day = f"{one.published} " if one.published else ""
            print(f"    {day}{one.title or one.name}: {one.address}")
        if len(entry.sightings) > 3:
            print(f"    and {len(entry.sightings) - 3} more")
    if len(entries) > MOST_SHOWN:
        say(f"and {len(entries) - MOST_SHOWN} older ones; --json shows all")
    waiting = counted(len(entries), "model waits", "models wait")
    say(f"{waiting}; begin a dossier with `shipskip inbox accept ID`" if entries else "nothing new")
