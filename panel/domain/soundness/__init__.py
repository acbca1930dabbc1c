"""Checks of a dossier beyond its schema: what a careful editor would stumble over.

They warn; only a dossier without one usable fact is an error, since no panel can judge by it.
"""

from panel.domain.dossier import Dossier
from panel.domain.soundness.dates import date_findings
from panel.domain.soundness.evidence import evidence_findings
from panel.domain.soundness.figures import figure_findings
from panel.domain.soundness.finding import Finding
from panel.domain.soundness.usable import placeholders, text_findings, usable_facts

__all__ = ["Finding", "placeholders", "soundness", "usable_facts"]


def soundness(dossier: Dossier) -> tuple[Finding, ...]:
    """Everything doubtful about a dossier that its schema allows.

    Args:
        dossier: A valid dossier.

    Returns:
        Findings, those on one place next to each other; empty for a sound dossier.
    """
    found = [
        *text_findings(dossier),
        *date_findings(dossier),
        *figure_findings(dossier),
        *evidence_findings(dossier),
    ]
    return tuple(dict.fromkeys(found))
