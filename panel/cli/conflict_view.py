"""How conflicts look: both sides with quotes, days and publishers, and what rests on them."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from panel.cli.tables import console, indented
from panel.domain.dossier import Dossier
from panel.domain.fact import Conflict, Fact
from panel.domain.intake.contradiction import clashes, number
from panel.domain.intake.dependents import dependents
from panel.domain.witnesses import witness_count

if TYPE_CHECKING:
    from panel.bootstrap.resolving import Citing

_SHOWN = 6
"""Most verdicts that are named; the JSON has them all."""


def conflict_rows(
    dossier: Dossier, conflicts: Sequence[Conflict], cited: Sequence["Citing"] = ()
) -> list[dict[str, Any]]:
    """Conflicts as plain data.

    Args:
        dossier: The dossier.
        conflicts: Which of its conflicts.
        cited: The verdicts and editions that cite its facts.
    """
    return [
        {
            "slug": dossier.slug,
            "id": conflict.id,
            "attribute": conflict.attribute,
            "state": "settled" if conflict.settlement else "open",
            "kind": _kind(dossier, conflict),
            "note": conflict.note,
            "sides": [_side(dossier, fact) for fact in _facts(dossier, conflict)],
            "dependents": list(dependents(dossier, conflict)),
            "cited_by": [
                {"run": one.run, "seat": one.seat, "edition": one.edition, "facts": facts}
                for one in cited
                if (facts := sorted(one.facts & set(conflict.facts), key=number))
            ],
            "settlement": conflict.settlement and conflict.settlement.model_dump(mode="json"),
        }
        for conflict in conflicts
    ]


def _kind(dossier: Dossier, conflict: Conflict) -> str:
    """`supersession` where a later day explains every clash that code finds in it."""
    facts = [fact.model_copy(update={"standing": "reported"}) for fact in _facts(dossier, conflict)]
    kinds = {one.kind for one in clashes(facts, dossier.sources)}
    return "supersession" if kinds == {"supersession"} else "contradiction"


def _facts(dossier: Dossier, conflict: Conflict) -> list[Fact]:
    return [fact for one in conflict.facts if (fact := dossier.fact(one))]


def _side(dossier: Dossier, fact: Fact) -> dict[str, Any]:
    sources = {source.id: source for source in dossier.sources}
    return {
        "fact": fact.id,
        "statement": fact.statement,
        "value": fact.value,
        "as_of": str(fact.as_of),
        "standing": fact.standing,
        "witnesses": witness_count(dossier, fact),
        "quotes": [
            {
                "source": witness.source,
                "publisher": sources[witness.source].publisher,
                "published": str(sources[witness.source].published or "") or None,
                "quote": witness.quote,
            }
            for witness in fact.witnesses
        ],
    }


def _cited(found: Sequence[dict[str, Any]]) -> str:
    """The first of those that cite a fact, in a line."""
    told = [
        f"{one['seat'] or 'the published edition'} in {one['run']} ({', '.join(one['facts'])})"
        for one in found[:_SHOWN]
    ]
    more = len(found) - len(told)
    return "; ".join([*told, f"and {more} more"] if more else told)


def print_conflicts(rows: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Print conflicts, or JSON lines.

    Args:
        rows: From `conflict_rows`.
        as_json: Whether to print JSON lines.
    """
    if as_json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    out = console()
    for at, row in enumerate(rows):
        if at:
            out.print()
        kind = ", perhaps only superseded" if row["kind"] == "supersession" else ""
        out.print(Text(f"{row['id']}  {row['attribute']}, {row['state']}{kind}", style="bold"))
        out.print(indented(str(row["note"])))
        for side in row["sides"]:
            counted = "1 witness" if side["witnesses"] == 1 else f"{side['witnesses']} witnesses"
            head = f"{side['fact']}  {side['statement']}"
            out.print(indented(head))
            out.print(
                indented(f"{side['standing']}, as of {side['as_of']}, {counted}", by=6, style="dim")
            )
            for quote in side["quotes"]:
                day = quote["published"] or "undated"
                told = (
                    f"\u201c{quote['quote']}\u201d {quote['publisher']} ({quote['source']}, {day})"
                )
                out.print(indented(told, by=6))
        if row["dependents"]:
            out.print(indented(f"Rests on it: {'; '.join(row['dependents'])}"))
        if row["cited_by"]:
            out.print(indented(f"Cited by: {_cited(row['cited_by'])}"))
        settled = row["settlement"]
        if settled:
            how = f"{settled['how']} {settled['fact'] or ''}".strip()
            day = settled.get("at") or settled["on"]
            told = f"Settled by {settled['by']} on {day}: {how}; {settled['reason']}"
            out.print(indented(told))
