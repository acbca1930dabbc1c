"""How facts and sources stand to each other: doubled, contradicting, unconfirmed, unused."""

import re
from collections.abc import Iterator
from itertools import combinations

from panel.domain.checks.figures import figures
from panel.domain.dossier import Dossier
from panel.domain.fact import Fact
from panel.domain.intake.contradiction import clash
from panel.domain.soundness.finding import Finding
from panel.domain.typography import fold
from panel.domain.witnesses import witness_count

_UNCONFIRMED = re.compile(
    r"unconfirmed|not (?:been )?(?:officially )?confirmed|unverified|not verified|rumou?r|leak"
    r"|speculat|alleged|anonymous tip|not (?:been )?official",
    re.IGNORECASE,
)

_MEASURED_TOPICS = frozenset({"adoption", "benchmark", "efficiency", "price"})
"""Where one figure under two names is more likely one measurement than a coincidence."""


def evidence_findings(dossier: Dossier) -> Iterator[Finding]:
    """Doubtful evidence.

    Args:
        dossier: A valid dossier.
    """
    yield from _unconfirmed(dossier)
    yield from _pairs(dossier)
    yield from _repeated(dossier)
    yield from _uncited(dossier)
    yield from _stray_figures(dossier)


def _stray_figures(dossier: Dossier) -> Iterator[Finding]:
    """A brief with a number its own statement does not have: drafts are built from briefs."""
    for at, fact in enumerate(dossier.facts):
        said = f"{fact.statement} {fact.value or ''} {fact.unit or ''}"
        carried = {figure.value for figure in figures(said)}
        for figure in figures(fact.brief):
            if figure.value not in carried and not figure.loose and not figure.vague:
                words = fact.brief[figure.start : figure.end]
                yield Finding(
                    ("facts", at, "brief"),
                    f"{words} does not stand in the statement of {fact.id}",
                    "make brief and statement agree",
                )


def _unconfirmed(dossier: Dossier) -> Iterator[Finding]:
    """A fact in favour that rests on a single source which doubts itself."""
    doubtful = {one.id for one in dossier.sources if one.note and _UNCONFIRMED.search(one.note)}
    for at, fact in enumerate(dossier.facts):
        alone = {witness.source for witness in fact.witnesses} <= doubtful
        settled = fact.standing in {"disputed", "superseded"}
        if not alone or settled or dossier.disputes(fact.id):
            continue
        if fact.leaning == "for" and witness_count(dossier, fact) == 1:
            message = f"{fact.id} speaks for the model on the word of one unconfirmed source"
            remedy = "find a second witness, or set standing: disputed"
            yield Finding(("facts", at, "standing"), message, remedy)
        if fact.standing in {"official", "measured"}:
            message = f"{fact.id} is called {fact.standing}, but its source is unconfirmed"
            yield Finding(("facts", at, "standing"), message, "set standing: reported or disputed")


def _pairs(dossier: Dossier) -> Iterator[Finding]:
    """Facts that contradict each other unrecorded, or count one figure twice."""
    recorded = {pair for one in dossier.conflicts for pair in combinations(sorted(one.facts), 2)}
    facts = [(at, fact) for at, fact in enumerate(dossier.facts) if fact.standing != "superseded"]
    for (_, first), (at, second) in combinations(facts, 2):
        if first.value is None or second.value is None or _unit(first) != _unit(second):
            continue
        same = fold(first.value).text == fold(second.value).text
        pair = (min(first.id, second.id), max(first.id, second.id))
        if first.attribute == second.attribute and pair not in recorded and clash(first, second):
            message = (
                f"{first.id} says {first.value} and {second.id} says {second.value}"
                f" on {first.attribute}, and no conflict lists both"
            )
            remedy = "record a conflict, or name two different attributes"
            yield Finding(("facts", at, "value"), message, remedy)
        figure = re.search(r"\d", first.value) and {first.topic, second.topic} <= _MEASURED_TOPICS
        if same and figure and first.attribute != second.attribute:
            message = (
                f"{first.value} stands under {first.attribute} in {first.id} and under"
                f" {second.attribute} in {second.id}; that is not two confirmations"
            )
            remedy = "if it is one thing, make it one fact with two witnesses"
            yield Finding(("facts", at, "attribute"), message, remedy)


def _repeated(dossier: Dossier) -> Iterator[Finding]:
    """Sources of the same bytes that are not marked as copies."""
    seen: dict[str, str] = {}
    for at, source in enumerate(dossier.sources):
        if source.sha256 is None:
            continue
        first = seen.setdefault(source.sha256, source.id)
        if first != source.id and source.copy_of is None:
            message = f"{source.id} has the same bytes as {first}; both are one witness"
            yield Finding(("sources", at, "sha256"), message, f"write copy_of: {first}")


def _uncited(dossier: Dossier) -> Iterator[Finding]:
    cited = {witness.source for fact in dossier.facts for witness in fact.witnesses}
    for at, source in enumerate(dossier.sources):
        if source.id not in cited:
            message = f"no fact cites {source.id}"
            yield Finding(("sources", at, "id"), message, "cite it, or remove it")


def _unit(fact: Fact) -> str:
    return fold(fact.unit or "").text
