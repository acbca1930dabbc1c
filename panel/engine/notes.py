"""The note of a stopped run: all that whoever only looks on learns of the error that ended it."""

from panel.errors import ShipskipError, SpendingError

_SPENDING = "spending: "


def note_of(error: ShipskipError) -> str:
    """The note of a run that an error stopped.

    Args:
        error: The error.
    """
    return f"{_SPENDING if isinstance(error, SpendingError) else ''}{error.message}"


def spending_in(note: str) -> str:
    """What the note of a run says of its money; empty when something else stopped it.

    Args:
        note: The note, see `note_of`.
    """
    return note.removeprefix(_SPENDING) if note.startswith(_SPENDING) else ""
