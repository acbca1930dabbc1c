"""Sources, facts and conflicts as lines of YAML, in the one shape that our dossiers have."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from panel.domain.value import Value

_MARKS = "-?:,[]{}#&*!|>'\"%@`="
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "~", ""})
_NUMBERLIKE = re.compile(r"[-+]?[\d.,_:/-]+(?:[eE][-+]?\d+)?")


def scalar(value: object) -> str:
    """A value on one line of YAML, in quotes where it would else be read as something different.

    Args:
        value: Text, a day, a number or a truth value; None becomes `null`.
    """
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    if isinstance(value, dt.date):
        return text
    plain = (
        text[:1] not in _MARKS
        and text == text.strip()
        and not re.search(r":(?:\s|$)|\s#", text)
        and text.lower() not in _WORDS
        and not _NUMBERLIKE.fullmatch(text)
    )
    return text if plain and text.isprintable() else json.dumps(text, ensure_ascii=False)


def flow(value: object) -> str:
    """A value as it stands inside brackets, on one line.

    Args:
        value: Anything a file may hold.
    """
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value).items()
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in pairs) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(one) for one in cast("Sequence[object]", value)) + "]"
    written = scalar(value)
    return json.dumps(written, ensure_ascii=False) if _breaks_flow(written) else written


def _breaks_flow(written: str) -> bool:
    return not written.startswith('"') and any(mark in written for mark in ",[]{}:")


def plain(value: Value) -> dict[str, Any]:
    """What a file says of a value: keys with their values, blank ones left out.

    Args:
        value: A source, fact, witness, conflict or settlement.
    """
    return {key: one for key, one in value.model_dump().items() if one not in (None, (), [])}


def item(content: Mapping[str, Any], indent: int) -> list[str]:
    """The lines of one list item.

    Args:
        content: Its keys and values.
        indent: Spaces before the hyphen.
    """
    first, *rest = block(content, indent + 2)
    return [f"{' ' * indent}- {first.lstrip()}", *rest]


def block(content: Mapping[str, Any], indent: int) -> list[str]:
    """The lines of some keys, lists of groups as blocks and lists of words in brackets.

    Args:
        content: The keys and values.
        indent: Spaces before each key.
    """
    lines: list[str] = []
    space = " " * indent
    for key, value in content.items():
        if isinstance(value, Mapping):
            lines += [f"{space}{key}:", *block(cast("Mapping[str, Any]", value), indent + 2)]
        elif isinstance(value, list | tuple):
            lines += _listed(key, cast("Sequence[Any]", value), indent)
        else:
            lines.append(f"{space}{key}: {scalar(value)}")
    return lines


def _listed(key: str, values: Sequence[Any], indent: int) -> Iterator[str]:
    space = " " * indent
    if not any(isinstance(value, Mapping) for value in values):
        yield f"{space}{key}: {flow(values)}"
        return
    yield f"{space}{key}:"
    for value in values:
        yield from item(value, indent + 2)
