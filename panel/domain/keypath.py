"""Key paths: how a place inside a dossier or persona is named, in code and to people."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

KeyPath = tuple[str | int, ...]
"""Keys and indices down to a value, e.g. `("facts", 2, "id")`."""


def dotted(at: KeyPath) -> str:
    """A key path as people write it, e.g. `facts[3].witnesses[0].quote`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{_named(part)}" for part in at)
    return "".join(parts).lstrip(".")


def keys_of(text: str) -> KeyPath:
    """The key path behind `dotted` text."""
    parts = re.findall(r"\[(\d+)\]|([^.\[\]]+)", text)
    return tuple(int(index) if index else key for index, key in parts)


def texts(value: Any, at: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text inside plain data with its key path, in the order of the data.

    Args:
        value: Texts, mappings and sequences of them; anything else is passed over.
        at: Key path of the value itself.
    """
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Mapping):
        for key, item in cast("Mapping[str, Any]", value).items():
            yield from texts(item, (*at, key))
    elif isinstance(value, Sequence):
        for index, item in enumerate(cast("Sequence[Any]", value)):
            yield from texts(item, (*at, index))


def _named(key: str) -> str:
    """A key that a terminal can show in one line."""
    short = key if len(key) <= 60 else key[:57] + "..."
    return short if short.isprintable() else ascii(short)
