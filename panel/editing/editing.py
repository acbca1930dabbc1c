"""Everything that changes a draft, in one place: who may, on which version, under which rules."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from panel.domain.editing.content import Content, Fields, changed, fields_of
from panel.domain.editing.edition import Edition
from panel.domain.editing.revision import Revision, editors, undone
from panel.domain.editing.states import Act, EditAct, MoveAct, Standing, after
from panel.editing.drafts import Draft, Drafts
from panel.editing.intent import Intent, tidy
from panel.editing.rows import queue_row, search_text
from panel.editing.rules import check_approval, check_open, check_reason, check_samples
from panel.editing.seats import reworded
from panel.editing.versions import LOOKED, check_seen, event_of, is_done, stale
from panel.errors import RefusedError, StaleError
from panel.store.document import Document
from panel.store.store import Store

Clock = Callable[[], dt.datetime]


class Editing:
    """Changes drafts.

    Args:
        store: Where records are kept.
        drafts: Reads them.
        four_eyes: Whether an approval needs somebody else than the last editor.
        clock: Tells the time.
    """

    def __init__(
        self,
        store: Store,
        drafts: Drafts,
        *,
        four_eyes: bool = False,
        clock: Clock = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._store = store
        self._drafts = drafts
        self._four_eyes = four_eyes
        self._clock = clock

    def edit(self, intent: Intent, changes: Fields, act: EditAct = "edit") -> Draft:
        """Change words; what was approved drops to review.

        Args:
            intent: Who, where, on which version, why.
            changes: New values by path; those that stand already change nothing.
            act: What kind of change it is.

        Returns:
            The draft with the change; as it was when nothing differs.

        Raises:
            RefusedError: They may not, a reason is missing, or another sample is not what its run
                says.
            InputError: A field does not exist or a value is not allowed there.
            StaleDraftError: Somebody changed the draft meanwhile.
        """
        intent.by.must(act)
        draft, done = self._begin(intent, act, changes)
        if done:
            return draft
        check_open(act, draft.standing)
        content = reworded(draft.content, changes, act)
        found = changed(draft.content, content)
        if not found:
            return draft
        check_reason(draft.content, content, intent.reason)
        if act == "sample":
            check_samples(draft.papers, draft.content, content, self._store.reviews_of)
        if act in ("reject", "restore") and not intent.reason.strip():
            raise RefusedError(f"to {act} needs a reason", remedy="write why")
        return self._keep(draft, intent, act, found, after(act, draft.standing, intent.by.login))

    def restore(self, intent: Intent, version: int) -> Draft:
        """Bring back the words of an earlier version, as a new revision.

        Args:
            intent: Who, where, on which version, why.
            version: Which to bring back; 0 for the panel's own draft.

        Raises:
            RefusedError: They may not, there is no such version, or no reason is given.
            StaleDraftError: Somebody changed the draft meanwhile.
        """
        draft = self._drafts.draft(intent.ref)
        if not 0 <= version <= draft.version:
            raise RefusedError(f"{intent.ref} has no version {version}", remedy="see its history")
        wanted = fields_of(draft.content_at(version))
        return self.edit(intent, wanted, "restore")

    def move(self, intent: Intent, act: MoveAct) -> Draft:
        """Change the state.

        Args:
            intent: Who, where, on which version, why.
            act: What to do.

        Raises:
            RefusedError: They may not, it is not open to the draft, or the rules forbid it.
            StaleDraftError: Somebody changed the draft meanwhile.
        """
        intent.by.must(act)
        draft, done = self._begin(intent, act)
        if done:
            return draft
        check_open(act, draft.standing)
        if act == "retract" and not intent.note.strip():
            raise RefusedError("a retraction needs a public note", remedy="tell readers why")
        edition = self._edition(draft, intent, draft.content) if act == "approve" else None
        digest = edition.digest if edition else None
        standing = after(act, draft.standing, intent.by.login, digest)
        return self._keep(draft, intent, act, {}, standing, edition=edition)

    def correct(self, intent: Intent, changes: Fields) -> Draft:
        """The fast lane: edit, approve and publish in one step, with a note to readers.

        Args:
            intent: Who, where, on which version, why, and the note.
            changes: New values by path; none when earlier edits are what corrects it.

        Raises:
            RefusedError: They may not, nothing is live, there is no note, or the rules forbid it.
            InputError: A field does not exist or a value is not allowed there.
            StaleDraftError: Somebody changed the draft meanwhile.
        """
        intent.by.must("correct")
        draft, done = self._begin(intent, "correct", changes)
        if done:
            return draft
        check_open("correct", draft.standing)
        if not intent.note.strip():
            raise RefusedError(
                "a correction needs a public note", remedy="tell readers what was wrong"
            )
        content = reworded(draft.content, changes, "correct")
        check_reason(draft.content, content, intent.reason or intent.note)
        found = changed(draft.content, content)
        edition = self._edition(draft, intent, content)
        standing = after("correct", draft.standing, intent.by.login, edition.digest)
        if not found:
            standing = standing.model_copy(update={"edited_by": draft.standing.edited_by})
        return self._keep(draft, intent, "correct", found, standing, edition=edition)

    def look(self, intent: Intent) -> Draft:
        """Note that somebody looked again at a draft whose dossier changed.

        Args:
            intent: Who, where, on which version.

        Raises:
            RefusedError: They may not.
            StaleDraftError: Somebody changed the draft meanwhile.
        """
        intent.by.must("look")
        draft, done = self._begin(intent, "look")
        return draft if done else self._keep(draft, intent, "look", {}, draft.standing)

    def undo(self, intent: Intent) -> Draft:
        """Take back the last move, within ten seconds and by whoever made it.

        Args:
            intent: Who, where, on which version.

        Raises:
            RefusedError: It is too late, it was somebody else, or the last step was no move.
            StaleDraftError: Somebody changed the draft meanwhile.
        """
        draft, done = self._begin(intent, "undo")
        if done:
            return draft
        standing = undone(draft.revisions, intent.by.login, self._clock())
        if standing is None:
            raise RefusedError("there is nothing to undo any more", remedy="move it by hand")
        intent.by.must(draft.revisions[-1].act)
        return self._keep(draft, intent, "undo", {}, standing)

    def _begin(self, intent: Intent, act: Act, changes: Fields | None = None) -> tuple[Draft, bool]:
        """The draft as it stands, and whether this very intent was carried out before."""
        intent.check()
        draft = self._drafts.draft(intent.ref)
        if not 0 <= intent.base <= draft.version:
            raise RefusedError(
                f"{intent.ref} has no version {intent.base}", remedy="reload the page"
            )
        if intent.base == draft.version:
            check_seen(draft, intent, act)
            return draft, False
        if is_done(draft, intent, act, changes or {}):
            return draft, True
        raise stale(draft, intent, changes or {})

    def _edition(self, draft: Draft, intent: Intent, content: Content) -> Edition:
        """What an approval freezes."""
        found = draft.effective_of(content)
        own = content != draft.content
        last = intent.by.login if own else draft.standing.edited_by
        check_approval(found, last, intent.by.login, four_eyes=self._four_eyes)
        who = editors(draft.revisions) + ((intent.by.login,) if own else ())
        return Edition(
            run=intent.ref.run,
            slug=intent.ref.slug,
            version=draft.version + (1 if own else 0),
            card=found.card,
            reviews=found.reviews,
            dossier=found.dossier,
            edited_by=tuple(self._name(login) for login in dict.fromkeys(who)),
            approved_by=intent.by.name,
            approved=self._clock(),
            note=tidy(intent.note),
        )

    def _name(self, login: str) -> str:
        user = self._store.user(login)
        return user.name if user else login

    def _keep(
        self,
        draft: Draft,
        intent: Intent,
        act: Act,
        changes: Fields,
        standing: Standing,
        *,
        edition: Edition | None = None,
    ) -> Draft:
        seen = draft.today if act in LOOKED else draft.seen
        revision = Revision(
            run=intent.ref.run,
            slug=intent.ref.slug,
            version=draft.version + 1,
            act=act,
            changes=dict(changes),
            standing=standing,
            dossier=seen.digest,
            by=intent.by.login,
            at=self._clock(),
            reason=tidy(intent.reason),
            note=tidy(intent.note),
            key=intent.key,
        )
        kept = replace(draft, revisions=(*draft.revisions, revision), seen=seen)
        documents = [Document.of("dossier", seen)]
        if edition:
            documents.append(Document.of("edition", edition))
        row, text, event = queue_row(kept), search_text(kept), event_of(draft, revision)
        try:
            found = self._store.revise(revision, row, text, event, documents)
        except StaleError as error:
            raise stale(self._drafts.draft(intent.ref), intent, changes) from error
        return kept if found.digest == revision.digest else self._again(intent, act, changes)

    def _again(self, intent: Intent, act: Act, changes: Fields) -> Draft:
        """The draft, when the store knows the key of the intent: sent twice, or used before."""
        draft = self._drafts.draft(intent.ref)
        if is_done(draft, intent, act, changes):
            return draft
        if intent.base != draft.version:
            raise stale(draft, intent, changes)
        raise RefusedError(
            "nothing was saved: this page was used for another change before",
            remedy="copy what you wrote, reload the page and save it there",
        )
