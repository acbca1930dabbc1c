"""Values of a draft as text that people read, compare and merge: one row of a list on one line."""

import re
from collections.abc import Iterable, Mapping

from pydantic import JsonValue

from panel.desk.fields import field_words
from panel.desk.forms import LISTS
from panel.domain.editing.content import Fields
from panel.domain.editing.wording import Piece, word_diff
from panel.domain.persona import Persona
from panel.domain.value import Value

_LINE = re.compile(r"^(?P<words>.*?)\s*\[(?P<rest>[^\[\]]*)\]\s*$")
_ORIGINS: Mapping[str, str] = {
    "panel": "the panel",
    "sample": "another sample",
    "hand": "written by hand",
}


def as_text(path: str, value: JsonValue) -> str:
    """A value as text, e.g. `It is cheap [F1 F2]` for a reason.

    Args:
        path: The field it stands in.
        value: The value, of whatever shape somebody sent.
    """
    if isinstance(value, list):
        return "\n".join(_row(path, item) for item in value)
    if isinstance(value, dict):
        return _ORIGINS.get(str(value.get("kind")), str(value.get("kind")))
    return "" if value is None else str(value)


def _row(path: str, item: JsonValue) -> str:
    columns = LISTS.get(path.rpartition(".")[2])
    if columns is None or not isinstance(item, dict):
        return str(item)
    rest = item.get(columns[1])
    told = " ".join(map(str, rest)) if isinstance(rest, list) else str(rest)
    return f"{item.get(columns[0])} [{told}]"


def from_text(path: str, text: str) -> JsonValue:
    """The value that a text stands for; what cannot be one is left for the rules to refuse.

    Args:
        path: The field it is meant for.
        text: The text, as `as_text` gives it.
    """
    text = text.replace("\r\n", "\n").strip()
    columns = LISTS.get(path.rpartition(".")[2])
    if columns is not None:
        return [_item(line, columns) for line in text.split("\n") if line.strip()]
    return None if path.startswith("pricing.") and not text else text


def _item(line: str, columns: tuple[str, ...]) -> JsonValue:
    found = _LINE.match(line)
    words, rest = (found["words"], found["rest"]) if found else (line.strip(), "")
    ids: list[JsonValue] = [part.upper() for part in re.split(r"[\s,;]+", rest) if part]
    return {columns[0]: words, columns[1]: ids if columns[1] == "facts" else rest.strip()}


def both(path: str, mine: JsonValue, theirs: JsonValue) -> str:
    """Two people's words after each other, for somebody to make one of.

    Args:
        path: The field.
        mine: What the later one wrote.
        theirs: What stands.
    """
    own, other = as_text(path, mine), as_text(path, theirs)
    if path.rpartition(".")[2] in LISTS:
        return "\n".join(dict.fromkeys([*other.splitlines(), *own.splitlines()]))
    between = "\n\n" if path == "summary" else " "
    return between.join(text for text in (other, own) if text)


class Difference(Value):
    """One field in which two contents differ.

    Attributes:
        path: The field.
        words: The field in words.
        pieces: Both texts in one, in reading order.
    """

    path: str
    words: str
    pieces: tuple[Piece, ...]

    @property
    def old(self) -> tuple[Piece, ...]:
        """The older text."""
        return tuple(piece for piece in self.pieces if piece.kind != "new")

    @property
    def new(self) -> tuple[Piece, ...]:
        """The newer text."""
        return tuple(piece for piece in self.pieces if piece.kind != "gone")


def differences(
    old: Fields, new: Fields, personas: Mapping[str, Persona], *, samples: int = 1
) -> tuple[Difference, ...]:
    """The fields in which two contents differ, word by word.

    Args:
        old: Fields of the older one.
        new: Fields of the newer one; those it does not name are as in the older one.
        personas: The personas of the panel by id.
        samples: Samples per seat.
    """
    return tuple(
        Difference(
            path=path,
            words=field_words(path, personas, samples=samples),
            pieces=word_diff(as_text(path, old.get(path)), as_text(path, value)),
        )
        for path, value in new.items()
        if old.get(path) != value
    )


def names_of(
    paths: Iterable[str], personas: Mapping[str, Persona], *, samples: int = 1
) -> tuple[str, ...]:
    """Fields in words.

    Args:
        paths: Their paths.
        personas: The personas of the panel by id.
        samples: Samples per seat.
    """
    return tuple(field_words(path, personas, samples=samples) for path in paths)
