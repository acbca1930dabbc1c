"""Dates that cannot be, or stand in an order that cannot be."""

from collections.abc import Iterator

from panel.domain.checks.dates import dates
from panel.domain.dossier import Dossier
from panel.domain.keypath import KeyPath, texts
from panel.domain.soundness.finding import Finding


def date_findings(dossier: Dossier) -> Iterator[Finding]:
    """Impossible days, wrong quarters, and facts that are older than the model.

    Args:
        dossier: A valid dossier.
    """
    for path, text in texts(dossier.model_dump(mode="json")):
        if path[-1] not in {"url", "sha256", "slug"}:
            yield from _in_text(path, text)
    yield from _order(dossier)


def _in_text(path: KeyPath, text: str) -> Iterator[Finding]:
    named = dates(text)
    for date in named:
        if not date.possible:
            yield Finding(
                path,
                f"{text[date.start : date.end]!r} is not a day of the calendar",
                "correct it, or leave it out; where a source says it, say so in its note",
            )
    quarters = {date.quarter for date in named if date.quarter}
    months = {date.month for date in named if date.month and date.possible}
    for quarter in sorted(quarters):
        if months and not any((month + 2) // 3 == quarter for month in months):
            yield Finding(
                path,
                f"speaks of Q{quarter}, but the date in the same text lies in another quarter",
                "correct one of the two, or leave the quarter out",
            )


def _order(dossier: Dossier) -> Iterator[Finding]:
    if dossier.released is None:
        return
    for at, fact in enumerate(dossier.facts):
        if fact.as_of < dossier.released and fact.topic != "roadmap":
            yield Finding(
                ("facts", at, "as_of"),
                f"{fact.id} holds from {fact.as_of}, before the release on {dossier.released}",
                "correct the date, or file it under the topic roadmap",
            )
