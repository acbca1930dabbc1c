"""One act on many drafts: first what exactly it would touch, then what was done and what was not.

Each draft is changed for itself, on the version somebody saw; one that moved on is told and left.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from panel.desk.at_hand import is_blind
from panel.desk.context import Context
from panel.domain.editing.people import Event, User
from panel.domain.editing.queue import QueueRow
from panel.domain.run import is_run_id
from panel.domain.value import SLUG_PATTERN, Value, digest_of
from panel.editing.colleagues import Colleagues
from panel.editing.drafts import Draft, Ref
from panel.editing.intent import Intent
from panel.editing.stale import StaleDraftError
from panel.errors import InputError, ShipskipError, StaleError

MOST = 200
"""Most drafts one act may touch."""

BulkAct = Literal["assign", "submit", "return", "export", "again"]

_CHOSEN = re.compile(r"(?P<run>[^/@]+)/(?P<slug>[^/@]+)@(?P<version>[0-9]{1,9})")


@dataclass(frozen=True)
class Chosen:
    """A draft somebody chose.

    Attributes:
        ref: Which.
        version: Its version as they saw it.
    """

    ref: Ref
    version: int

    def __str__(self) -> str:
        return f"{self.ref}@{self.version}"


class Touched(Value):
    """What an act does, or did, to one draft.

    Attributes:
        name: Name of its model.
        path: Its page.
        version: The version it is about.
        chosen: As a form names it.
        why: Why it is left alone; empty when it is not.
    """

    name: str
    path: str
    version: int
    chosen: str
    why: str = ""


def chosen_in(values: Iterable[str]) -> tuple[Chosen, ...]:
    """The drafts a form names.

    Args:
        values: `RUN/SLUG@VERSION` each.

    Raises:
        InputError: None is named, too many are, or one is not named so.
    """
    found: dict[Ref, Chosen] = {}
    for value in values:
        parts = _CHOSEN.fullmatch(value)
        if (
            not parts
            or not is_run_id(parts["run"])
            or not re.fullmatch(SLUG_PATTERN, parts["slug"])
        ):
            raise InputError("one of these names no draft", remedy="choose from the queue")
        ref = Ref(parts["run"], parts["slug"])
        found[ref] = Chosen(ref, int(parts["version"]))
    if not found:
        raise InputError("no draft is chosen", remedy="tick the drafts in the queue, then choose")
    if len(found) > MOST:
        raise InputError(f"{len(found)} drafts are chosen, at most {MOST} at once")
    return tuple(found.values())


class Bulk:
    """Acts on many drafts.

    Args:
        context: The desk.
        by: Who acts.
    """

    def __init__(self, context: Context, by: User) -> None:
        self._context = context
        self._by = by

    def preview(self, act: BulkAct, chosen: Sequence[Chosen]) -> tuple[Touched, ...]:
        """What an act would touch, and what it would leave alone as things stand.

        Args:
            act: The act.
            chosen: The drafts.
        """
        return tuple(self._foreseen(act, one) for one in chosen)

    def assign(self, chosen: Sequence[Chosen], login: str | None) -> tuple[Touched, ...]:
        """Give drafts to somebody, or to nobody.

        Args:
            chosen: The drafts.
            login: To whom; None for nobody.
        """
        context = self._context
        colleagues = Colleagues(context.store, context.drafts, clock=context.clock)

        def give(one: Chosen) -> None:
            row = context.store.queue_row(one.ref.run, one.ref.slug)
            if row and row.version != one.version:
                raise StaleError(_moved_on(row, one))
            colleagues.assign(self._by, one.ref, login)

        return self._each(chosen, give)

    def move(
        self, chosen: Sequence[Chosen], act: Literal["submit", "return"], reason: str, key: str
    ) -> tuple[Touched, ...]:
        """Change the state of drafts.

        Args:
            chosen: The drafts.
            act: To do what.
            reason: Why, for colleagues.
            key: Name of this attempt.
        """

        def move(one: Chosen) -> None:
            intent = Intent(by=self._by, ref=one.ref, base=one.version, reason=reason, key=key)
            self._context.editing.move(intent, act)

        return self._each(chosen, move)

    def export(self, chosen: Sequence[Chosen]) -> Iterator[str]:
        """Drafts as they stand, one JSON object a line; the log tells who took them along.

        One on which they have to call ship or skip first is left out.

        Args:
            chosen: The drafts.

        Raises:
            StoreError: There is no such draft.
        """
        for one in chosen:
            row = self._context.store.queue_row(one.ref.run, one.ref.slug)
            if row is None or is_blind(self._context, self._by, row):
                continue
            draft = self._context.drafts.draft(one.ref)
            line = plain(draft)
            event = Event(
                at=self._context.clock(),
                by=self._by.login,
                act="export",
                subject=str(one.ref),
                after=digest_of("export", line),
            )
            self._context.store.add_event(event)
            yield json.dumps(line, ensure_ascii=False) + "\n"

    def _each(self, chosen: Sequence[Chosen], do: Any) -> tuple[Touched, ...]:
        found: list[Touched] = []
        for one in chosen:
            why = ""
            try:
                do(one)
            except StaleDraftError as error:
                who = dict.fromkeys(step.by for step in error.draft.revisions[one.version :])
                why = f"changed meanwhile by {', '.join(who)}: look at it first"
            except ShipskipError as error:
                why = error.message
            found.append(self._told(one, why))
        return tuple(found)

    def _foreseen(self, act: BulkAct, one: Chosen) -> Touched:
        row = self._context.store.queue_row(one.ref.run, one.ref.slug)
        if row is None:
            return self._told(one, "the queue does not have it any more")
        if act == "export" and is_blind(self._context, self._by, row):
            return self._told(one, "call ship or skip on its page first")
        if act in ("assign", "submit", "return") and row.version != one.version:
            return self._told(one, _moved_on(row, one))
        if act == "submit" and row.state != "draft":
            return self._told(one, f"is {row.state.replace('_', ' ')} already")
        if act == "return" and row.state not in ("in_review", "approved", "retracted"):
            return self._told(one, f"is {row.state}: there is nothing to send back")
        return self._told(one, "")

    def _told(self, one: Chosen, why: str) -> Touched:
        row = self._context.store.queue_row(one.ref.run, one.ref.slug)
        return Touched(
            name=row.name if row else one.ref.slug,
            path=f"/drafts/{one.ref.run}/{one.ref.slug}",
            version=one.version,
            chosen=str(one),
            why=why,
        )


def _moved_on(row: QueueRow, one: Chosen) -> str:
    return f"is at version {row.version} now, and you saw version {one.version}: look at it first"


def plain(draft: Draft) -> dict[str, Any]:
    """A draft as it stands, for programs.

    Args:
        draft: The draft.
    """
    standing, found = draft.standing, draft.effective
    return {
        "run": draft.ref.run,
        "slug": draft.ref.slug,
        "version": draft.version,
        "state": standing.state,
        "approved": standing.approved,
        "live": standing.live,
        "edited_by": standing.edited_by,
        "card": found.card.model_dump(mode="json"),
        "content": draft.content.model_dump(mode="json"),
        "reviews": [one.model_dump(mode="json") for one in found.reviews],
        "look": list(draft.look),
    }
