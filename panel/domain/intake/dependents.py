"""What rests on the facts of a conflict, so that an editor sees what a decision will change."""

from panel.domain.dossier import Dossier
from panel.domain.fact import Conflict
from panel.domain.intake.attributes import canonical
from panel.domain.intake.normal import meaning

_HEAD = {"licence": "licence", "access": "access", "release-date": "released"}


def dependents(dossier: Dossier, conflict: Conflict) -> tuple[str, ...]:
    """Keys of the dossier that one of the facts carries, and further conflicts on them.

    Args:
        dossier: The dossier.
        conflict: One of its conflicts.
    """
    facts = [fact for one in conflict.facts if (fact := dossier.fact(one))]
    found = [f"price ({one})" for one in dossier.price.facts if one in conflict.facts]
    key = _HEAD.get(canonical(conflict.attribute))
    said = str(getattr(dossier, key) or "") if key else ""
    if key and said:
        carried = [
            fact.id
            for fact in facts
            if fact.value
            and meaning(fact.attribute, said).same(meaning(fact.attribute, fact.value))
        ]
        found.append(f"{key}: {said}" + (f" ({', '.join(carried)})" if carried else ""))
    found += [
        f"{other.id} on {other.attribute}"
        for other in dossier.conflicts
        if other.id != conflict.id and set(other.facts) & set(conflict.facts)
    ]
    return tuple(found)
