"""Settles a conflict in the dossier file itself, with who decided, when and why."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from panel.bootstrap.house import House
from panel.domain.dossier import Dossier
from panel.domain.editing.edition import Edition
from panel.domain.fact import Conflict, Settlement
from panel.domain.review import Review
from panel.errors import EmptyError, InputError, RefusedError
from panel.library.dossier_edits import rewrite, with_settlement
from panel.store.store import Store

_NEWEST = 20
"""Most runs that are looked at; older ones were judged on older facts."""

How = Literal["pick", "keep-both", "supersede"]


@dataclass(frozen=True)
class Resolved:
    """A conflict that was settled.

    Attributes:
        path: The dossier file.
        dossier: What it says now.
        conflict: The conflict with its settlement.
        moved: Whether the dossier's `as_of` had to be raised to the day of the decision.
    """

    path: Path
    dossier: Dossier
    conflict: Conflict
    moved: bool


@dataclass(frozen=True)
class Decision:
    """What an editor decides.

    Attributes:
        how: The kind of decision.
        fact: The fact that holds; None for `keep-both`, and for the newest with `supersede`.
        by: Who decides.
        on: The day.
        reason: Why.
        at: The moment, with its time zone; None when only the day is known.
    """

    how: How
    fact: str | None
    by: str
    on: dt.date
    reason: str
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Citing:
    """A verdict or a published edition that rests on facts of a dossier.

    Attributes:
        run: Its run.
        seat: Persona of the verdict; empty for an edition as a whole.
        facts: Ids of the facts it cites.
        edition: Digest of the published edition; empty for a verdict of a run.
    """

    run: str
    seat: str
    facts: frozenset[str]
    edition: str = ""


def citing(house: House, slug: str) -> tuple[Citing, ...]:
    """The published editions and the newest runs whose verdicts cite facts of a dossier.

    Args:
        house: Workspace and settings; its database is only read.
        slug: The dossier.

    Raises:
        StoreError: The database cannot be read; one that holds nothing yet is no error.
    """
    try:
        store = house.store(write=False)
    except EmptyError:
        return ()
    with store:
        editions = [
            Citing(one.run, "", _cited(_edition(store, one.live).reviews), one.live)
            for one in store.draft_heads()
            if one.slug == slug and one.live
        ]
        verdicts = [
            Citing(run.id, review.persona, _cited([review]))
            for run in store.runs(_NEWEST)
            if slug in run.dossiers
            for review in store.reviews_of(run.id, slug)
            if review.verdict
        ]
    return (*editions, *verdicts)


def _edition(store: Store, digest: str) -> Edition:
    return Edition.model_validate_json(store.document(digest).body)


def _cited(reviews: Iterable[Review]) -> frozenset[str]:
    verdicts = (review.verdict for review in reviews)
    return frozenset(fact for one in verdicts if one for fact in one.cited())


def resolve(house: House, slug: str, conflict_id: str, decision: Decision) -> Resolved:
    """Settle an open conflict; no other line of the file changes, but for `as_of`.

    Args:
        house: Workspace and settings.
        slug: The dossier.
        conflict_id: The conflict.
        decision: What is decided.

    Raises:
        InputError: There is no such conflict, the fact is not part of it, or a text is empty.
        RefusedError: It is settled already.
        StaleError: The file was changed meanwhile.
    """
    path = house.dossiers.path(slug)
    seen = path.read_bytes()
    dossier = house.dossiers.load(slug)
    conflict = _open_conflict(dossier, conflict_id)
    settled = _settlement(dossier, conflict, decision)
    day = max(dossier.as_of, settled.on)
    after = conflict.model_copy(update={"settlement": settled})
    conflicts = tuple(after if one.id == conflict.id else one for one in dossier.conflicts)
    expected = dossier.model_copy(update={"conflicts": conflicts, "as_of": day})
    rewrite(
        path,
        lambda text: with_settlement(text, dossier, conflict.id, settled),
        expected,
        seen,
    )
    return Resolved(path, expected, after, day != dossier.as_of)


def _open_conflict(dossier: Dossier, conflict_id: str) -> Conflict:
    wanted = conflict_id.strip().upper()
    conflict = next((one for one in dossier.conflicts if one.id == wanted), None)
    if conflict is None:
        known = ", ".join(one.id for one in dossier.conflicts)
        remedy = f"its conflicts are {known}" if known else "it has none"
        raise InputError(f"{dossier.slug} has no conflict {conflict_id}", remedy=remedy)
    if conflict.settlement:
        said = conflict.settlement
        raise RefusedError(
            f"{conflict.id} was settled by {said.by} on {said.on}: {said.reason}",
            remedy=f"to decide anew, delete its settlement in dossiers/{dossier.slug}.md first",
        )
    return conflict


def _settlement(dossier: Dossier, conflict: Conflict, decision: Decision) -> Settlement:
    fact = decision.fact.strip().upper() if decision.fact else None
    if decision.how == "supersede" and fact is None:
        fact = _newest(dossier, conflict)
    if decision.how != "keep-both" and fact not in conflict.facts:
        message = f"{fact or 'no fact'} is not part of {conflict.id}"
        raise InputError(message, remedy=f"pick one of {', '.join(conflict.facts)}")
    try:
        return Settlement(
            how=decision.how,
            fact=fact,
            by=decision.by,
            on=decision.on,
            at=decision.at,
            reason=decision.reason,
        )
    except ValidationError as error:
        field, said = error.errors()[0]["loc"][0], error.errors()[0]["msg"]
        raise InputError(f"{field}: {said}", remedy="write one visible line of text") from None


def _newest(dossier: Dossier, conflict: Conflict) -> str:
    """The one fact with the latest day."""
    facts = [fact for one in conflict.facts if (fact := dossier.fact(one))]
    latest = max(fact.as_of for fact in facts)
    newest = [fact.id for fact in facts if fact.as_of == latest]
    if len(newest) > 1:
        raise InputError(
            f"{' and '.join(newest)} are both of {latest}, so neither is the newer one",
            remedy="say which one holds with --pick as well",
        )
    return newest[0]
