"""What a form for editing sends, read once: which page, on which version, why, and the words."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import HTTPException
from pydantic import JsonValue
from starlette.requests import Request

from panel.desk.copies import HEAD
from panel.desk.fields import OF_NO_SEAT
from panel.desk.forms import changes_of
from panel.desk.wordings import from_text
from panel.domain.editing.content import Content, SeatContent
from panel.domain.editing.people import User
from panel.editing.drafts import Draft, Ref
from panel.editing.intent import Intent
from panel.errors import InputError, Problem

_VERSION = re.compile(r"[0-9]{1,9}")
PICK, BOTH = "pick|", "both|"
"""What the fields of a merge begin with, before the path of the draft's field."""


@dataclass(frozen=True)
class Sent:
    """A form.

    Attributes:
        page: Which page it is of.
        base: Version it was typed on.
        key: Name of the page as it was opened.
        nth: Name of the unsaved words it took over; empty when it took none.
        reason: Why, for colleagues.
        note: What readers are told.
        form: The words, by field name.
        changes: What it wants the draft to hold, by path.
        since: Version to begin from again, when a merge left a choice open; else `base`.
    """

    page: str
    base: int
    key: str
    nth: str
    reason: str
    note: str
    form: Mapping[str, str]
    changes: Mapping[str, JsonValue]
    since: int

    def intent(self, by: User, ref: Ref) -> Intent:
        """What somebody wants by it.

        Args:
            by: Who sent it.
            ref: The draft.
        """
        return Intent(
            by=by, ref=ref, base=self.since, reason=self.reason, note=self.note, key=self.key
        )


def sent_of(request: Request, draft: Draft) -> Sent:
    """The form a request sends.

    Args:
        request: The request.
        draft: The draft it is for.

    Raises:
        HTTPException: 404, when the draft has no such page.
        InputError: The version is none, or the words of a merge cannot be read.
    """
    fields: dict[str, str] = dict(request.state.fields)
    page = fields.get("page", HEAD)
    seat = seat_of(draft.content, page)
    base = _version(fields.get("base", ""), "base")
    form = own_words(fields, seat)
    changes, since = changes_of(form, draft.content), base
    if "changes" in fields:
        changes, is_whole = _merged(fields)
        since = base if is_whole else _version(fields.get("since", ""), "since")
    return Sent(
        page=page,
        base=base,
        key=fields.get("key", ""),
        nth=fields.get("nth", ""),
        reason=fields.get("reason", ""),
        note=fields.get("note", ""),
        form=form,
        changes=changes,
        since=since,
    )


def seat_of(content: Content, page: str) -> SeatContent | None:
    """The seat a page is about; None for the page of what belongs to no seat.

    Args:
        content: The draft.
        page: The page.

    Raises:
        HTTPException: 404, when there is no such page.
    """
    if page == HEAD:
        return None
    found = next((seat for seat in content.seats if seat.path == page), None)
    if found is None:
        raise HTTPException(404, "this draft has no such seat")
    return found


def own_words(fields: Mapping[str, str], seat: SeatContent | None) -> dict[str, str]:
    """The fields of a form that are words of its page.

    Args:
        fields: All its fields.
        seat: The seat the page is about.
    """
    if seat is None:
        return {name: fields[name] for name in OF_NO_SEAT if name in fields}
    return {name: text for name, text in fields.items() if name.startswith(f"{seat.path}.")}


def _version(text: str, key: str) -> int:
    if not _VERSION.fullmatch(text):
        problem = Problem("does not say which version it is based on", "reload the page", key=key)
        raise InputError([problem])
    return int(text)


def _merged(fields: Mapping[str, str]) -> tuple[dict[str, JsonValue], bool]:
    """What a merge wants, and whether every choice was made."""
    wanted, clashed = (_values(fields.get(name, "{}")) for name in ("changes", "clashed"))
    is_whole = True
    for path, mine in clashed.items():
        pick = fields.get(f"{PICK}{path}", "")
        if pick == "both":
            wanted[path] = from_text(path, fields.get(f"{BOTH}{path}", ""))
        elif pick != "theirs":
            wanted[path] = mine
        is_whole = is_whole and pick in ("mine", "theirs", "both")
    return wanted, is_whole


def _values(text: str) -> dict[str, JsonValue]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InputError([Problem("cannot be read", "go back and save again", key="changes")])
    return found  # pyright: ignore[reportUnknownVariableType] - JSON objects have text as keys
