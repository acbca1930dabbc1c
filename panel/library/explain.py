"""What the validator found, said to an editor: in plain words, with the place and the remedy."""

import calendar
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from panel.domain.integrity import Defect
from panel.domain.value import SLUG_PATTERN

PATTERNS: dict[str, tuple[str, str]] = {
    SLUG_PATTERN: ("a slug", "use lower-case letters, digits and single hyphens, as in muse-spark"),
    r"^S[1-9][0-9]{0,2}$": ("a source id", "write S1, S2, ... up to S999"),
    r"^F[1-9][0-9]{0,2}$": ("a fact id", "write F1, F2, ... up to F999"),
    r"^C[1-9][0-9]{0,2}$": ("a conflict id", "write C1, C2, ... up to C999"),
    r"^[a-z][a-z0-9-]{1,39}$": (
        "an attribute",
        "use 2 to 40 lower-case letters, digits and hyphens, as in context-window",
    ),
    r"^https?://[^\s@]+$": (
        "a web address",
        "write the whole address, starting with https://, without spaces or user names",
    ),
    r"^[0-9a-f]{64}$": ("a sha256 digest", "write its 64 lower-case hexadecimal characters"),
    r"^[a-z][a-z0-9-]*(/[a-z0-9-]+)?:\S+$": (
        "an llm",
        "write KIND:NAME, as in openai-chat:gpt-5.5",
    ),
}
"""What each pattern of our values means, and how to write it."""

_DAY = "write the day as YYYY-MM-DD, as in 2026-04-08"


def defects_of(error: ValidationError, model: type[BaseModel]) -> list[Defect]:
    """Every finding of the validator as a defect with path, message and remedy.

    Args:
        error: What the validator raised.
        model: The class it was validating, whose keys are suggested for misspelt ones.
    """
    found: list[Defect] = []
    for details in error.errors(include_url=False):
        if details["type"] == "integrity":
            found.extend(details.get("ctx", {})["defects"])
        elif not _echo(details):
            path = tuple(part for part in details["loc"] if part != "[key]")
            message, remedy = explain(details, model)
            found.append(Defect(path, message, remedy))
    return found


def nearest(word: str, choices: Iterable[str]) -> str:
    """`did you mean X?` for the closest choice, or nothing."""
    close = difflib.get_close_matches(word.lower(), list(choices), n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else ""


def shown(value: object) -> str:
    """A value short enough for a message, control characters spelt out."""
    text = value if isinstance(value, str) else str(value)
    text = text if len(text) <= 60 else text[:57] + "..."
    return repr(text) if isinstance(value, str) else text


def _echo(details: ErrorDetails) -> bool:
    """A list that is only too short because the validator dropped its bad items, told already."""
    least: int = details.get("ctx", {}).get("min_length", 0)
    value: object = details["input"]
    return details["type"] == "too_short" and isinstance(value, list) and len(value) >= least  # pyright: ignore[reportUnknownArgumentType]


def explain(details: ErrorDetails, model: type[BaseModel] = BaseModel) -> tuple[str, str]:
    """One finding of the validator as message and remedy, in plain words.

    Args:
        details: One item of `ValidationError.errors()`.
        model: The class that was validated, whose keys are suggested for misspelt ones.
    """
    kind, value = details["type"], details["input"]
    if kind == "missing":
        key = details["loc"][-1]
        return f"the key {key!r} is missing", f"add a line `{key}: ...`"
    if kind == "extra_forbidden":
        return _unknown_key(details["loc"], model)
    if value is None:
        return "is empty", "write something, or leave the key out"
    for family, say in _FAMILIES:
        if re.search(family, kind):
            return say(value, details.get("ctx", {}))
    return details["msg"][:1].lower() + details["msg"][1:], "correct it"


def _unknown_key(loc: Sequence[str | int], model: type[BaseModel]) -> tuple[str, str]:
    known = _keys_at(model, loc[:-1])
    key = str(loc[-1])
    guess = nearest(key, known)
    listed = f"remove it; the keys are {', '.join(known)}" if known else "remove it"
    return f"there is no key {shown(key)} here", guess or listed


def _keys_at(model: type[BaseModel], loc: Sequence[str | int]) -> tuple[str, ...]:
    """Keys of the group that a path leads to."""
    here = model
    for part in loc:
        info = here.model_fields.get(str(part))
        if info is not None:
            here = next(_models_in(info.annotation), here)
    return tuple(here.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _choice(value: object, context: dict[str, Any]) -> tuple[str, str]:
    choices = re.findall(r"'([^']*)'", context["expected"])
    guess = nearest(str(value), choices)
    remedy = f"{guess} choose one of {', '.join(choices)}".strip()
    return f"{shown(value)} is not one of the choices", remedy


def _pattern(value: object, context: dict[str, Any]) -> tuple[str, str]:
    meaning, remedy = PATTERNS.get(context["pattern"], ("what is wanted here", "correct it"))
    return f"{shown(value)} is not {meaning}", remedy


def _own_rule(_value: object, context: dict[str, Any]) -> tuple[str, str]:
    message, _, remedy = str(context["error"]).partition("; ")
    return message, remedy or "correct it"


def _day(value: object, _context: dict[str, Any]) -> tuple[str, str]:
    parts = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", str(value))
    if parts is None or parts[1] == "0000":
        return f"{shown(value)} is not a date", _DAY
    year, month = int(parts[1]), int(parts[2])
    if not 1 <= month <= 12:
        return f"{value} is not a day of the calendar", f"there is no month {parts[2]}; {_DAY}"
    days = calendar.monthrange(year, month)[1]
    name = calendar.month_name[month]
    return f"{value} is not a day of the calendar", f"{name} {year} has {days} days; {_DAY}"


def _number(value: object, _context: dict[str, Any]) -> tuple[str, str]:
    remedy = "write digits with a decimal point, without unit, currency or separators"
    return f"{shown(value)} is not a number", remedy


def _low(value: object, context: dict[str, Any]) -> tuple[str, str]:
    return f"{shown(value)} is too low", f"the least is {context.get('ge', context.get('gt'))}"


def _high(value: object, context: dict[str, Any]) -> tuple[str, str]:
    return f"{shown(value)} is too high", f"the most is {context.get('le', context.get('lt'))}"


def _text(value: object, _context: dict[str, Any]) -> tuple[str, str]:
    if isinstance(value, bool | int | float):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        kind = "true or false" if isinstance(value, bool) else "a number"
        return f"{written} is read as {kind}, and text is wanted", "put it in quotes"
    return "text is wanted here, not a list or group", "write one line of text, in quotes"


def _truth(value: object, _context: dict[str, Any]) -> tuple[str, str]:
    return f"{shown(value)} is neither true nor false", "write true or false, in small letters"


def _list(_value: object, _context: dict[str, Any]) -> tuple[str, str]:
    return "a list is wanted here", "write each item on a line of its own, behind `- `"


def _group(_value: object, _context: dict[str, Any]) -> tuple[str, str]:
    return "a group of keys is wanted here", "write its keys below it, indented by two spaces"


def _long(value: object, context: dict[str, Any]) -> tuple[str, str]:
    most = context["max_length"]
    if isinstance(value, str):
        return f"has {len(value)} characters; the most is {most}", "shorten it"
    size: int = context.get("actual_length") or len(value)  # pyright: ignore[reportArgumentType]
    return f"has {size} items; the most is {most}", "keep the ones that matter"


def _short(value: object, context: dict[str, Any]) -> tuple[str, str]:
    least = context["min_length"]
    noun = "characters" if isinstance(value, str) else "items"
    size = len(value) if isinstance(value, str | list | dict) else 0  # pyright: ignore[reportUnknownArgumentType]
    return f"has {size} {noun}; the least is {least}", "add what is missing"


_FAMILIES: tuple[tuple[str, Callable[[object, dict[str, Any]], tuple[str, str]]], ...] = (
    (r"^literal_error$", _choice),
    (r"^string_pattern_mismatch$", _pattern),
    (r"^value_error$", _own_rule),
    (r"^date", _day),
    (r"^(decimal_|float_|int_|finite_number)", _number),
    (r"^greater_than", _low),
    (r"^less_than", _high),
    (r"^string_type$", _text),
    (r"^bool_", _truth),
    (r"^(tuple|list|set)_type$", _list),
    (r"^(model|dict|model_attributes)_type$", _group),
    (r"too_long$", _long),
    (r"too_short$", _short),
)
