"""Between a draft's fields and the flat form an editor types into: every list is a set of rows.

A form sends whole lists, so that a row is added by filling a blank one and removed by emptying it,
without a script.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from panel.domain.editing.content import Content, Pricing, SeatContent

LISTS: Mapping[str, tuple[str, ...]] = {
    "reasons_for": ("text", "facts"),
    "reasons_against": ("text", "facts"),
    "citations": ("phrase", "facts"),
    "flip_conditions": ("condition", "topic"),
    "predictions": ("statement", "by"),
}
"""Lists of a verdict, with the columns of a row; the first one says whether a row is there."""

MOST: Mapping[str, int] = {
    "reasons_for": 4,
    "reasons_against": 4,
    "citations": 12,
    "flip_conditions": 3,
    "predictions": 2,
}
"""Most rows of each list, as `Verdict` bounds them."""

_SINGLE = ("call", "headline", "quote")
_BLANK_ROWS = 2
_ROW = re.compile(r"^(?P<list>.+)\.(?P<at>[0-9]{1,3})\.(?P<column>[a-z]+)$")
_INDEX = re.compile(r"\[([0-9]+)\]")


@dataclass(frozen=True)
class Row:
    """One row of a list, as a form shows it.

    Attributes:
        name: What its fields begin with, e.g. `skeptic.1.citations.0`.
        values: Text by column.
    """

    name: str
    values: Mapping[str, str]


def typed(content: Content, seat: SeatContent | None = None) -> dict[str, str]:
    """A form as it is before anybody types.

    Args:
        content: The draft.
        seat: The seat whose verdict the form is about; None for what belongs to no seat.

    Returns:
        Text by field name; rows of lists in order, blank ones left out.
    """
    return dict(_typed_seat(seat) if seat else _typed_head(content))


def _typed_head(content: Content) -> Iterator[tuple[str, str]]:
    yield "summary", content.summary
    for name in Pricing.model_fields:
        value = getattr(content.pricing, name)
        yield f"pricing.{name}", "" if value is None else str(value)


def _typed_seat(seat: SeatContent) -> Iterator[tuple[str, str]]:
    verdict = seat.verdict.model_dump(mode="json") if seat.verdict else {}
    for name in (*_SINGLE, *LISTS):
        yield from texts_of(f"{seat.path}.{name}", verdict.get(name)).items()


def texts_of(path: str, value: JsonValue) -> dict[str, str]:
    """One field as a form shows it.

    Args:
        path: Its path.
        value: Its value.

    Returns:
        Text by name; rows of a list in order.
    """
    columns = LISTS.get(path.rpartition(".")[2])
    if columns is None:
        return {path: "" if value is None else str(value)}
    found = list[JsonValue](value) if isinstance(value, list) else []
    items = [item for item in found if isinstance(item, dict)]
    return {
        f"{path}.{at}.{column}": _text(item.get(column))
        for at, item in enumerate(items)
        for column in columns
    }


def _text(value: JsonValue) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def laid_over(form: Mapping[str, str], changes: Mapping[str, JsonValue]) -> dict[str, str]:
    """A form with some fields as they are wanted; lists are replaced whole.

    Args:
        form: Text by field name.
        changes: New values by path, of any shape.
    """
    lists = tuple(f"{path}." for path in changes if path.rpartition(".")[2] in LISTS)
    kept = {name: text for name, text in form.items() if not name.startswith(lists)}
    for path, value in changes.items():
        kept |= texts_of(path, value)
    return kept


def rows(form: Mapping[str, str], path: str, name: str) -> tuple[Row, ...]:
    """The rows of one list for a form, with blank ones to fill as far as the list may grow.

    Args:
        form: Text by field name.
        path: Path of the seat.
        name: Name of the list.
    """
    found = _rows(form, f"{path}.{name}")
    count = min(MOST[name], len(found) + _BLANK_ROWS)
    return tuple(
        Row(
            f"{path}.{name}.{at}",
            found[at] if at < len(found) else dict.fromkeys(LISTS[name], ""),
        )
        for at in range(max(count, len(found)))
    )


def changes_of(form: Mapping[str, str], content: Content) -> dict[str, JsonValue]:
    """What a sent form wants a draft to hold; fields that are none of the draft's are left out.

    Args:
        form: Text by field name, as it was sent.
        content: The draft.

    Returns:
        Values by path, for `with_fields`.
    """
    wanted: dict[str, JsonValue] = {}
    for name in ("summary", *(f"pricing.{one}" for one in Pricing.model_fields)):
        if name in form:
            text = form[name].replace("\r\n", "\n").strip()
            wanted[name] = text or ("" if name == "summary" else None)
    for seat in content.seats:
        wanted |= dict(_changes_of_seat(form, seat.path))
    return wanted


def _changes_of_seat(form: Mapping[str, str], path: str) -> Iterator[tuple[str, JsonValue]]:
    for name in _SINGLE:
        if f"{path}.{name}" in form:
            yield f"{path}.{name}", form[f"{path}.{name}"].strip()
    for name, columns in LISTS.items():
        if any(key.startswith(f"{path}.{name}.") for key in form):
            yield f"{path}.{name}", _listed(_rows(form, f"{path}.{name}"), columns)


def _listed(found: Sequence[Mapping[str, str]], columns: Sequence[str]) -> list[JsonValue]:
    return [
        {
            column: _ids(row[column]) if column == "facts" else row[column].strip()
            for column in columns
        }
        for row in found
    ]


def _rows(form: Mapping[str, str], name: str) -> list[dict[str, str]]:
    """Rows that hold anything, in the order of their numbers."""
    by_number: dict[int, dict[str, str]] = {}
    columns = LISTS[name.rpartition(".")[2]]
    for key, text in form.items():
        found = _ROW.match(key)
        if found and found["list"] == name and found["column"] in columns:
            row = by_number.setdefault(int(found["at"]), dict.fromkeys(columns, ""))
            row[found["column"]] = text
    kept = (row for _, row in sorted(by_number.items()))
    return [row for row in kept if any(_says(column, row[column]) for column in columns)]


def _says(column: str, text: str) -> bool:
    """Whether a column makes a row count; a topic is always chosen and says nothing."""
    return column != "topic" and bool(text.strip())


def _ids(text: str) -> list[JsonValue]:
    return [part.upper() for part in re.split(r"[\s,;]+", text.strip()) if part]


def field_name(key: str) -> str:
    """Name of the form's field a problem is about.

    Args:
        key: Path in the draft, e.g. `skeptic.1.citations[0].facts[1]`.
    """
    name = _INDEX.sub(r".\1", key)
    return re.sub(r"(\.facts)\.[0-9]+$", r"\1", name)
