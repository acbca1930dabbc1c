"""Settling what sources contradict each other about, fact by fact, for all drafts of a dossier."""

import datetime as dt

from panel.domain.editing.people import Event, User
from panel.domain.fact import Settlement
from panel.domain.value import digest_of
from panel.editing.adoption import refresh
from panel.editing.drafts import Drafts, Ref
from panel.editing.editing import Clock
from panel.errors import InputError
from panel.store.store import Store


class Settling:
    """Settles conflicts between sources.

    Args:
        store: Where records are kept.
        drafts: Reads drafts.
        clock: Tells the time.
    """

    def __init__(
        self, store: Store, drafts: Drafts, *, clock: Clock = lambda: dt.datetime.now(dt.UTC)
    ) -> None:
        self._store = store
        self._drafts = drafts
        self._clock = clock

    def settle(
        self, by: User, ref: Ref, conflict_id: str, wanted: Settlement | None, base: int
    ) -> None:
        """Decide a conflict, or open it again; drafts that relied on the loser ask for a look.

        Args:
            by: Who decides; whatever the settlement says of that is replaced.
            ref: The draft at hand; the decision holds for its dossier.
            conflict_id: Which conflict.
            wanted: The decision; None opens it again.
            base: How often it had been decided on when the page was made.

        Raises:
            RefusedError: They may not.
            InputError: There is no such conflict, or the picked fact is not part of it.
            StaleError: Somebody decided on it meanwhile.
        """
        by.must("settle")
        dossier = self._drafts.papers(ref).dossier
        conflict = next((one for one in dossier.conflicts if one.id == conflict_id), None)
        if conflict is None:
            raise InputError(
                f"the dossier of {ref.slug} has no conflict {conflict_id}",
                remedy="reload the page",
            )
        if wanted and wanted.how != "keep-both" and wanted.fact not in conflict.facts:
            raise InputError(
                f"to settle {conflict_id}, choose one of {', '.join(conflict.facts)}",
                remedy="pick the fact that holds, or keep both",
            )
        now = self._clock()
        decision = wanted and wanted.model_copy(
            update={
                "by": by.name,
                "on": now.date(),
                "fact": None if wanted.how == "keep-both" else wanted.fact,
            }
        )
        event = Event(
            at=now,
            by=by.login,
            act="settle" if decision else "unsettle",
            subject=f"{ref.slug}/{conflict_id}",
            before=dossier.digest,
            after=digest_of("settlement", decision) if decision else "",
            reason=decision.reason if decision else "",
        )
        self._store.settle(ref.slug, dossier.digest, conflict_id, decision, base=base, event=event)
        refs = (Ref(*one) for one in self._store.drafts_of(ref.slug))
        refresh(self._store, self._drafts, refs)
