"""What a dossier says once a build's additions are in it, to hold the written file against."""

from collections.abc import Sequence
from typing import Any

from panel.domain.dossier import Dossier
from panel.domain.intake.additions import Additions
from panel.domain.value import Value


def applied(dossier: Dossier, additions: Additions) -> Dossier:
    """The dossier with everything added; what the written file has to say.

    Args:
        dossier: The dossier as it stands.
        additions: What is added.

    Raises:
        pydantic.ValidationError: If the outcome contradicts itself.
    """
    content: dict[str, Any] = dossier.model_dump()
    for key, new in (("sources", additions.sources), ("facts", additions.facts)):
        stays = [one for one in content[key] if one["id"] not in additions.cleared]
        content[key] = [*stays, *_plain(new)]
    content["conflicts"] = [*content["conflicts"], *_plain(additions.conflicts)]
    for one in additions.witnesses:
        fact = next(fact for fact in content["facts"] if fact["id"] == one.fact)
        fact["witnesses"] = [*fact["witnesses"], one.witness.model_dump()]
    for join in additions.joined:
        conflict = next(c for c in content["conflicts"] if c["id"] == join.conflict)
        conflict["facts"] = [*conflict["facts"], join.fact]
    if additions.as_of:
        content["as_of"] = additions.as_of
    for key, value in additions.blanks.items():
        section, _, name = key.rpartition(".")
        (content[section] if section else content)[name] = value
    if "summary" in additions.cleared:
        content["summary"] = ""
    content["price"]["facts"] = (*content["price"]["facts"], *additions.price_facts)
    return Dossier.model_validate(content)


def _plain(values: Sequence[Value]) -> list[dict[str, Any]]:
    return [value.model_dump() for value in values]
