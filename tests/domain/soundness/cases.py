"""Small dossiers around one doubtful thing."""

from collections.abc import Callable, Iterator
from typing import Any

from panel.domain.dossier import Dossier
from panel.domain.soundness.finding import Finding
from panel.testing import make_dossier

Check = Callable[[Dossier], Iterator[Finding]]

FACT: dict[str, Any] = {
    "topic": "capability",
    "statement": "Tern answers questions about boats.",
    "brief": "answers about boats",
    "as_of": "2026-05-04",
    "standing": "reported",
    "leaning": "neutral",
}
SOURCE: dict[str, Any] = {"publisher": "Harbour", "title": "Card", "read": "2026-05-04"}


def with_facts(*facts: dict[str, Any], **changes: Any) -> Dossier:
    """A dossier of the given facts, each with a default for what it leaves out."""
    made = [
        {
            **FACT,
            "id": f"F{number}",
            "attribute": f"thing-{number}",
            "witnesses": [{"source": "S1", "quote": "answers about boats"}],
            **fact,
        }
        for number, fact in enumerate(facts, start=1)
    ]
    plain: dict[str, Any] = {
        "name": "Tern",
        "price": {},
        "summary": "",
        "sources": [{**SOURCE, "id": "S1"}],
        "facts": made,
        "conflicts": [],
    }
    return make_dossier(**{**plain, **changes})


def found(check: Check, dossier: Dossier) -> list[tuple[tuple[str | int, ...], str]]:
    """Paths and messages of what a check finds; every finding has a remedy."""
    findings = list(check(dossier))
    assert all(finding.remedy for finding in findings)
    return [(finding.path, finding.message) for finding in findings]
