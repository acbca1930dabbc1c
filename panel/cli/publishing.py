"""`shipskip publish`: builds the site that readers see."""

import json
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli.diagnostics import say
from panel.cli.options import Json

if TYPE_CHECKING:
    from panel.publishing.site.build import Changes

_PATIENCE, _REDRAWN, _LOGGED = 2.0, 0.2, 10.0
"""Seconds before progress is told, between two views of it, and between two lines."""
_LISTED = 20
"""Paths of one kind that are named; `--json` names all."""

Out = Annotated[
    Path,
    typer.Argument(
        metavar="OUT", help="Folder that readers see; becomes a link to the newest build."
    ),
]
Preview = Annotated[
    bool,
    typer.Option(
        "--preview", help="Show drafts too, marked as approved by nobody; not for readers."
    ),
]


def publish(out: Out, preview: Preview = False, as_json: Json = False) -> None:
    """Build the site from what the desk has published.

    Only what changed is made anew, and readers come to it in one step: a build that fails or is
    killed leaves the site as it was. The desk may stay open.
    """
    from panel.bootstrap.house import House
    from panel.bootstrap.publishing import publish_site

    house = House.open(Path.cwd())
    with _progress() as told:
        published = publish_site(house, out, preview=preview, told=told)
    for note in published.notes:
        say(f"note: {note}")
    changes = published.changes
    if as_json:
        print(json.dumps(_plain(out, changes), ensure_ascii=False))
        return
    for line in _lines(changes):
        print(line)
    if not changes.any:
        say(f"{out} is as it was: nothing has changed")
    else:
        say(f"{out} shows it; {changes.rendered:,} files were made, {changes.unchanged:,} stayed")


def _plain(out: Path, changes: "Changes") -> dict[str, object]:
    return {
        "out": str(out),
        "switched": changes.any,
        "added": changes.added,
        "changed": changes.changed,
        "removed": changes.removed,
        "unchanged": changes.unchanged,
        "rendered": changes.rendered,
    }


def _lines(changes: "Changes") -> Iterator[str]:
    for word in ("added", "changed", "removed"):
        found: tuple[str, ...] = getattr(changes, word)
        yield from (f"{word} {path}" for path in found[:_LISTED])
        if len(found) > _LISTED:
            yield f"{word} {len(found) - _LISTED:,} more"


@contextmanager
def _progress() -> Generator[Callable[[int, int], None]]:
    """Tells how far a long build is: one line that changes, or in a log one every ten seconds."""
    live = sys.stderr.isatty()
    told = {"again": time.monotonic() + (_PATIENCE if live else _LOGGED), "open": False}

    def tell(done: int, total: int) -> None:
        now = time.monotonic()
        if now < told["again"]:
            return
        words = f"building: {done:,} of {total:,} files"
        if live:
            sys.stderr.write(f"\r\x1b[K{words}")
            sys.stderr.flush()
            told["open"] = True
        else:
            say(words)
        told["again"] = now + (_REDRAWN if live else _LOGGED)

    try:
        yield tell
    finally:
        if told["open"]:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
