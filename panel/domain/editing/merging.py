"""Three-way merge of two people's changes, field by field: nobody's words are lost."""

from dataclasses import dataclass, field

from pydantic import JsonValue

from panel.domain.editing.content import Fields


@dataclass(frozen=True)
class Clash:
    """One field that two people changed differently.

    Attributes:
        path: The field.
        base: What both started from.
        mine: What the later one wrote.
        theirs: What stands.
    """

    path: str
    base: JsonValue
    mine: JsonValue
    theirs: JsonValue


@dataclass(frozen=True)
class Merge:
    """What becomes of changes that were based on an older version.

    Attributes:
        changes: Mine that can be laid over what stands without touching anybody's words.
        clashes: Fields somebody has to choose.
        theirs: Fields changed since by others alone, with their new values.
    """

    changes: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    clashes: tuple[Clash, ...] = ()
    theirs: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])


def merge(base: Fields, mine: Fields, standing: Fields) -> Merge:
    """Lay changes over a content that has moved on.

    Args:
        base: All fields of the version the changes were based on.
        mine: Fields with their wanted values; those that equal the base are no change.
        standing: All fields as they stand now.
    """
    changes: dict[str, JsonValue] = {}
    clashes: list[Clash] = []
    for path, value in mine.items():
        was, now = base.get(path), standing.get(path)
        if value in (was, now):
            continue
        if now == was:
            changes[path] = value
        else:
            clashes.append(Clash(path, was, value, now))
    theirs = {
        path: value
        for path, value in standing.items()
        if value != base.get(path) and mine.get(path, base.get(path)) == base.get(path)
    }
    return Merge(changes, tuple(clashes), theirs)
