"""Reads one model's entry in a list of models, as OpenRouter and others serve it.

The entry is cut out of the list as it stands, so that a quote of it is a quote of the source.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from panel.domain.intake.characters import cleaned
from panel.domain.intake.reading import Found, Trouble, line_of

_LIST = re.compile(r'\s*(?:\{.*?"(?:data|models)"\s*:\s*)?\[', re.DOTALL)
_SPACE = re.compile(r"[\s,]*")

Entry = Mapping[str, Any]


def entries(source: str) -> Iterator[tuple[Entry, str]]:
    """Every entry of a list, with its own text.

    Args:
        source: JSON: a list of objects, an object with one under `data` or `models`, or one entry.

    Raises:
        ValueError: It is not.
    """
    decoder = json.JSONDecoder()
    start = _LIST.match(source[:100_000])
    at = start.end() if start else len(source) - len(source.lstrip())
    while True:
        at += len(cast("re.Match[str]", _SPACE.match(source, at)).group())
        if source[at : at + 1] != "{":
            return
        try:
            value, end = decoder.raw_decode(source, at)
        except RecursionError:
            raise ValueError("it nests too deeply") from None
        yield cast("Entry", value), source[at:end]
        at = end
        if not start:
            return


def read_listing(source: str, name: str = "") -> Found:
    """Read one entry.

    Args:
        source: The list as JSON.
        name: Id or name of the entry; may be empty when there is only one.
    """
    try:
        found = [
            (entry, text)
            for entry, text in entries(source)
            if not name or name.lower() in {one.lower() for one in names_of(entry)}
        ]
    except ValueError as error:
        return _troubled(f"it is no list of models: {line_of(str(error), 120)}")
    if not found:
        return _troubled(f"it holds no model called {name!r}" if name else "it holds no model")
    if len(found) > 1 and not name:
        return _troubled(f"it holds {len(found)} models or more, and none is named")
    entry, text = found[0]
    clean = cleaned(text, "the entry")
    return Found(
        kind="listing",
        title=line_of(str(entry.get("name") or entry.get("id") or name)),
        published=day_of(entry),
        text=clean.text,
        language="en",
        removed=clean.found,
    )


def names_of(entry: Entry) -> tuple[str, ...]:
    """Every name an entry goes by.

    Args:
        entry: The entry.
    """
    said = (
        entry.get(key) for key in ("id", "modelId", "canonical_slug", "name", "hugging_face_id")
    )
    return tuple(one for one in said if isinstance(one, str) and one)


def day_of(entry: Entry) -> dt.date | None:
    """Day on which an entry says its model was added.

    Args:
        entry: The entry.
    """
    for key in ("created", "createdAt", "created_at"):
        said = entry.get(key)
        try:
            if isinstance(said, int | float) and said > 0:
                return dt.datetime.fromtimestamp(said, dt.UTC).date()
            if isinstance(said, str):
                return dt.date.fromisoformat(said[:10])
        except (ValueError, OverflowError, OSError):
            continue
    return None


def _troubled(message: str) -> Found:
    remedy = "write FILE#ID or URL#ID with an id that stands in the list"
    return Found(kind="listing", trouble=Trouble(kind="broken", message=message, remedy=remedy))
