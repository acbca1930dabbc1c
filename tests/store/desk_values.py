"""Small values for the tests of the desk's part of the store."""

import datetime as dt
from typing import Any

from panel.domain.editing.people import Event, Key, User
from panel.domain.editing.queue import Comment, QueueRow, WorkingCopy
from panel.domain.editing.revision import Revision
from panel.domain.editing.states import Standing
from panel.domain.fact import Settlement
from panel.domain.run import Run
from panel.store.document import Document
from panel.store.store import Store
from tests.store import values as v

ANA = User(login="ana", name="Ana Lind", role="editor", password="hash")


def at(minutes: float = 0) -> dt.datetime:
    """An instant after noon."""
    return v.NOON + dt.timedelta(minutes=minutes)


def event(act: str = "edit", subject: str = "", **changes: Any) -> Event:
    """A line of the log."""
    fields: dict[str, Any] = {"at": v.NOON, "by": "ana", "act": act, "subject": subject}
    return Event(**(fields | changes))


def user(store: Store, login: str = "ana", **changes: Any) -> User:
    """An account that is in the store."""
    made = ANA.model_copy(update={"login": login, **changes})
    store.add_user(made, event("user.add", f"user/{login}"))
    return made


def key(secret: str = "secret", **changes: Any) -> Key:
    """A session of ana's for a day."""
    fields: dict[str, Any] = {
        "id": v.digest(secret),
        "kind": "session",
        "login": "ana",
        "created": at(),
        "expires": at(24 * 60),
    }
    return Key(**(fields | changes))


def row(run: Run, slug: str = "zeta", **changes: Any) -> QueueRow:
    """A row of the queue."""
    fields: dict[str, Any] = {
        "run": run.id,
        "slug": slug,
        "name": slug.title(),
        "vendor": "Vendor",
        "version": 0,
        "state": "draft",
        "outcome": "ship",
        "ships": 3,
        "skips": 0,
        "seats": 3,
        "blocking": 0,
        "warnings": 0,
        "open_conflicts": 0,
        "newest_fact": v.NOON.date(),
        "created": run.created,
        "changed": run.created,
    }
    return QueueRow(**(fields | changes))


def revision(run: Run, version: int = 1, slug: str = "zeta", **changes: Any) -> Revision:
    """A revision that edits the summary."""
    fields: dict[str, Any] = {
        "run": run.id,
        "slug": slug,
        "version": version,
        "act": "edit",
        "changes": {"summary": f"summary {version}"},
        "standing": Standing(edited_by="ana"),
        "dossier": v.document(slug).digest,
        "by": "ana",
        "at": at(version),
    }
    return Revision(**(fields | changes))


def revise(store: Store, run: Run, made: Revision, *documents: Document) -> Revision:
    """Store a revision with a row of the queue that fits it."""
    state = {"version": made.version, "state": made.standing.state, "changed": made.at}
    told = event(made.act, f"{made.run}/{made.slug}", by=made.by, after=made.digest)
    wanted = row(run, made.slug, **state)
    return store.revise(made, wanted, str(made.changes), told, documents)


def comment(run: Run, name: str = "c1", slug: str = "zeta", **changes: Any) -> Comment:
    """A comment on a draft."""
    fields: dict[str, Any] = {
        "id": name,
        "run": run.id,
        "slug": slug,
        "by": "ana",
        "at": at(),
        "text": "Is that so?",
    }
    return Comment(**(fields | changes))


def copy(run: Run, nth: int = 0, **changes: Any) -> WorkingCopy:
    """What ana has typed."""
    fields: dict[str, Any] = {
        "run": run.id,
        "slug": "zeta",
        "login": "ana",
        "base": 0,
        "nth": nth,
        "at": at(nth),
        "form": {"summary": f"typed {nth}"},
    }
    return WorkingCopy(**(fields | changes))


def settlement(fact: str = "F1") -> Settlement:
    """A decision for one fact."""
    return Settlement(how="pick", fact=fact, by="Ana Lind", on=v.NOON.date(), reason="it is newer")
