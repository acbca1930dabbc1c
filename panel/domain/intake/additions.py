"""What a build adds to a dossier: sources, facts, witnesses and conflicts, and nothing it changes.

An editor's words, ids and decisions stay as they are; the only value that is ever replaced is a
blank one, a placeholder, or an `as_of` that has grown too old.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from panel.domain.dossier import Dossier
from panel.domain.fact import Conflict, ConflictId, Fact, FactId, Source, Witness
from panel.domain.intake.aging import Clash, dated
from panel.domain.intake.candidate import Candidate
from panel.domain.intake.contradiction import clashes, groups, number
from panel.domain.intake.merging import merge
from panel.domain.intake.proposal import Proposal, verified
from panel.domain.value import Line, Value

PLACEHOLDER = re.compile(r"\bREPLACE ME\b")
"""What a template holds where an editor is to write."""

MAX_NOTE = 380
"""Most characters of a conflict's note; a line has 400."""

MAX_SIDES = 20
"""Most facts of one conflict, as the format has it."""


class Corroboration(Value):
    """A further witness of a fact that stands in the dossier.

    Attributes:
        fact: Id of the fact.
        witness: The witness.
    """

    fact: FactId
    witness: Witness


class Joining(Value):
    """A new fact that takes a side in a conflict that is open already.

    Attributes:
        conflict: Id of the conflict.
        fact: Id of the fact.
    """

    conflict: ConflictId
    fact: FactId


class Additions(Value):
    """Everything one build adds to a dossier.

    Attributes:
        sources: New sources.
        facts: New facts.
        witnesses: Further witnesses of facts that stand there.
        conflicts: New conflicts, open.
        joined: New facts that join open conflicts.
        as_of: The day the dossier describes from now on; None leaves it.
        blanks: Values for keys that were blank, by key, e.g. `licence` or `price.entry`.
        price_facts: Facts that carry the prices among them.
        cleared: Ids of placeholder sources and facts that make room; `summary` for that text.
    """

    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    witnesses: tuple[Corroboration, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    joined: tuple[Joining, ...] = ()
    as_of: dt.date | None = None
    blanks: Mapping[str, Line] = {}
    price_facts: tuple[FactId, ...] = ()
    cleared: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.model_dump(exclude_defaults=True, exclude_none=True))


def added(
    dossier: Dossier | None,
    candidates: Sequence[Candidate],
    sources: Sequence[Source],
    *,
    used: Sequence[str] = (),
) -> Additions:
    """What candidates from new sources add to a dossier; `disputed` adds the conflicts.

    Args:
        dossier: The dossier as it stands; None for a new one.
        candidates: What the new sources state.
        sources: The new sources.
        used: Ids that were given once, in comments or by deleted facts; none is given again.
    """
    kept = usable(dossier)
    ids = [*used, *(fact.id for fact in kept)]
    merged = merge(kept, candidates, next_number=_next("F", ids))
    witnesses = tuple(
        Corroboration(fact=fact_id, witness=witness)
        for fact_id, new in merged.witnesses.items()
        for witness in new
    )
    found = Additions(
        sources=tuple(sources), facts=_aged(merged.facts, sources), witnesses=witnesses
    )
    return disputed(dossier, found, used=used)


def usable(dossier: Dossier | None) -> tuple[Fact, ...]:
    """The facts of a dossier without those still to be filled in.

    Args:
        dossier: The dossier; None has none.
    """
    facts = dossier.facts if dossier else ()
    return tuple(fact for fact in facts if not PLACEHOLDER.search(fact.statement))


def disputed(
    dossier: Dossier | None,
    additions: Additions,
    *,
    proposals: Sequence[Proposal] = (),
    used: Sequence[str] = (),
) -> Additions:
    """The additions with every conflict that a new fact is part of.

    A pair of which neither fact is new was seen by an editor before and is left alone, and so is
    the losing side of a settled conflict.

    Args:
        dossier: The dossier as it stands.
        additions: What is added.
        proposals: What an llm proposes, by the ids of the facts as added.
        used: Conflict ids that are not given again.
    """
    kept = usable(dossier)
    standing = dossier.conflicts if dossier else ()
    sources = (*(dossier.sources if dossier else ()), *additions.sources)
    everything = {fact.id: fact for fact in (*kept, *additions.facts)}
    fresh = {fact.id for fact in additions.facts}
    lost = _lost(standing)

    def wanted(first: str, second: str) -> bool:
        return bool({first, second} & fresh) and not {first, second} & lost

    found = list(clashes(tuple(everything.values()), sources, wanted))
    told = dated(everything.values(), sources)
    for proposal in proposals:
        outcome = verified(proposal, everything, told)
        if isinstance(outcome, Clash) and wanted(outcome.first, outcome.second):
            found.append(outcome)
    return _recorded(found, everything, standing, additions, used)


def _recorded(
    found: Sequence[Clash],
    facts: Mapping[str, Fact],
    standing: Sequence[Conflict],
    additions: Additions,
    used: Sequence[str],
) -> Additions:
    """Disputes written down as conflicts, or as new sides of open ones."""
    open_ones = [conflict for conflict in standing if conflict.settlement is None]
    conflicts: list[Conflict] = []
    joined: list[Joining] = []
    respelt = dict(facts)
    at = _next("C", [*used, *(conflict.id for conflict in standing)])
    fresh = {fact.id for fact in additions.facts}
    for group in _disputes(found):
        members = _of_one_attribute(group, respelt, fresh)
        home = next((one for one in open_ones if set(one.facts) & set(members)), None)
        if home and all(respelt[one].attribute == home.attribute for one in members):
            joined += [
                Joining(conflict=home.id, fact=one)
                for one in [one for one in members if one not in home.facts][
                    : MAX_SIDES - len(home.facts)
                ]
            ]
        elif len(members) > 1:
            sides = [respelt[one] for one in members]
            members = members[:MAX_SIDES]
            note = _note(sides, [one for one in found if {one.first, one.second} <= set(members)])
            conflicts.append(
                Conflict(id=f"C{at}", attribute=sides[0].attribute, facts=members, note=note)
            )
            at += 1
    return additions.model_copy(
        update={
            "facts": tuple(respelt[fact.id] for fact in additions.facts),
            "conflicts": tuple(conflicts),
            "joined": tuple(joined),
        }
    )


def _disputes(found: Sequence[Clash]) -> tuple[tuple[str, ...], ...]:
    """What contradicts each other, and apart from it what only looks superseded."""
    true = groups([one for one in found if one.kind == "contradiction"])
    within = [set(group) for group in true]
    aged = [one for one in found if one.kind == "supersession"]
    apart = [one for one in aged if not any({one.first, one.second} <= it for it in within)]
    return (*true, *groups(apart))


def _of_one_attribute(
    group: Sequence[str], facts: dict[str, Fact], fresh: set[str]
) -> tuple[str, ...]:
    """The members that share an attribute, new facts renamed to what stands in the dossier."""
    spelt = next((facts[one].attribute for one in group if one not in fresh), None)
    spelt = spelt or facts[group[0]].attribute
    for one in group:
        if one in fresh:
            facts[one] = facts[one].model_copy(update={"attribute": spelt})
    return tuple(one for one in group if facts[one].attribute == spelt)


def _note(sides: Sequence[Fact], found: Sequence[Clash]) -> str:
    """What is contradictory: each side's brief with its sources, and whether one is just newer."""
    told = [
        f"{fact.id} {fact.brief} ({', '.join(dict.fromkeys(w.source for w in fact.witnesses))})"
        for fact in sides
    ]
    newer = {one.newer for one in found}
    lead = ""
    if found and all(one.kind == "supersession" for one in found) and len(newer) == 1:
        lead = f"Looks superseded by {newer.pop()}, the newer one: "
    note = lead + "; ".join(told)
    return note if len(note) <= MAX_NOTE else note[: MAX_NOTE - 3].rstrip() + "..."


def _aged(facts: tuple[Fact, ...], sources: Sequence[Source]) -> tuple[Fact, ...]:
    """New facts with those marked that another new fact of no weaker standing supersedes.

    A fact that was contradicted in its own time stays as it is, for an editor to settle.
    """
    by_id = {fact.id: fact for fact in facts}
    rank = {"official": 0, "measured": 1, "reported": 2}
    found = clashes(facts, sources)
    contested = {
        side for one in found if one.kind == "contradiction" for side in (one.first, one.second)
    }
    for one in found:
        older = one.first if one.newer == one.second else one.second
        if one.kind != "supersession" or older in contested:
            continue
        if rank.get(by_id[one.newer].standing, 3) <= rank.get(by_id[older].standing, 3):
            by_id[older] = by_id[older].model_copy(update={"standing": "superseded"})
    return tuple(by_id.values())


def _lost(conflicts: Sequence[Conflict]) -> set[str]:
    """Facts that an editor decided against."""
    decided = [one for one in conflicts if one.settlement and one.settlement.fact]
    return {
        fact
        for one in decided
        for fact in one.facts
        if one.settlement and fact != one.settlement.fact
    }


def _next(letter: str, ids: Sequence[str]) -> int:
    return max((number(one) for one in ids if one.startswith(letter)), default=0) + 1
