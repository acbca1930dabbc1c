"""The dossier as the panel sees it: without texts that address the reviewers instead of the model.

Nothing else is left out, so that a template cannot print by accident what was withheld on purpose.
"""

from typing import Any

from pydantic_core import to_json

from panel.domain.dossier import Dossier
from panel.domain.keypath import KeyPath, keys_of
from panel.domain.planting import plants
from panel.errors import InputError

WITHHELD = "[withheld by the editors]"


def as_shown(dossier: Dossier) -> Dossier:
    """The dossier without planted facts, and with planted texts blanked.

    Args:
        dossier: The dossier as the editors wrote it.

    Returns:
        The dossier itself when nothing is planted in it.

    Raises:
        InputError: If no fact would be left.
    """
    found = plants(dossier)
    if not found:
        return dossier
    hidden = {plant.fact for plant in found if plant.fact}
    content: dict[str, Any] = dossier.model_dump(mode="json")
    for plant in found:
        path = keys_of(plant.path)
        if plant.fact is None and path:
            _blank(content, path, dossier.slug)
    _drop_facts(content, hidden)
    if not content["facts"]:
        message = f"every fact of {dossier.slug} addresses the reviewers instead of the model"
        remedy = "write facts about the model; `shipskip dossier check` names the words"
        raise InputError(message, remedy=remedy)
    return Dossier.model_validate_json(to_json(content))


def _blank(content: Any, path: KeyPath, slug: str) -> None:
    for key in path[:-1]:
        content = content[key]
    blanks = {"summary": "", "url": None, "name": slug}
    content[path[-1]] = blanks.get(str(path[-1]), WITHHELD)


def _drop_facts(content: dict[str, Any], hidden: set[str]) -> None:
    """Take facts out, and every reference to them, so that the rest stays consistent."""
    content["facts"] = [fact for fact in content["facts"] if fact["id"] not in hidden]
    price = content["price"]
    price["facts"] = [fact for fact in price["facts"] if fact not in hidden]
    conflicts: list[dict[str, Any]] = []
    for conflict in content["conflicts"]:
        conflict["facts"] = [fact for fact in conflict["facts"] if fact not in hidden]
        settled: dict[str, Any] = conflict["settlement"] or {}
        if len(conflict["facts"]) > 1 and settled.get("fact") not in hidden:
            conflicts.append(conflict)
    content["conflicts"] = conflicts
