"""What editors say to each other about a draft: comments, assignments, blind calls.

None of it is ever published, sent to an llm, or a reason for a draft's version to move.
"""

import datetime as dt
from uuid import uuid4

from panel.domain.editing.content import fields_of
from panel.domain.editing.people import Event, User
from panel.domain.editing.queue import Comment
from panel.domain.value import digest_of
from panel.domain.verdict import Call
from panel.editing.drafts import Drafts, Ref
from panel.editing.editing import Clock
from panel.editing.intent import text_problems, tidy
from panel.errors import InputError, Problem, RefusedError
from panel.store.store import Store

LONGEST_COMMENT = 4000
"""Characters."""


class Colleagues:
    """Comments, assignments and blind calls.

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

    def comment(self, by: User, ref: Ref, field: str, text: str, key: str = "") -> Comment:
        """Leave a comment.

        Args:
            by: Who.
            ref: On which draft.
            field: On which field; empty for the whole draft.
            text: What.
            key: Name of this very attempt, so that a form sent twice leaves one comment.

        Raises:
            RefusedError: They may not.
            InputError: The comment is empty, too long or has invisible characters, or the draft has
                no such field.
            StoreError: There is no such draft.
        """
        by.must("comment")
        words = tidy(text)
        problems = list(text_problems("text", words, LONGEST_COMMENT))
        if not words:
            problems.append(Problem("an empty comment", "write something", key="text"))
        if field not in {"", *fields_of(self._drafts.draft(ref).drafted)}:
            problems.append(Problem("this draft has no such field", "reload the page", key="field"))
        if problems:
            raise InputError(problems)
        made = Comment(
            id=digest_of("comment-key", [str(ref), by.login, key])[:32] if key else uuid4().hex,
            run=ref.run,
            slug=ref.slug,
            field=field,
            by=by.login,
            at=self._clock(),
            text=words,
        )
        event = self._event(by, "comment", ref, after=digest_of("comment", made))
        self._store.add_comment(made, event)
        return made

    def resolve(self, by: User, ref: Ref, comment_id: str) -> None:
        """Resolve a comment; one that is resolved already stays so.

        Args:
            by: Who.
            ref: On which draft.
            comment_id: Which.

        Raises:
            RefusedError: They may not, or there is no such comment on that draft.
        """
        by.must("comment")
        if not any(one.id == comment_id for one in self._store.comments(ref.run, ref.slug)):
            raise RefusedError("there is no such comment here", remedy="reload the page")
        event = self._event(by, "resolve", ref, before=comment_id)
        self._store.resolve_comment(comment_id, event)

    def assign(self, by: User, ref: Ref, login: str | None) -> None:
        """Give a draft to somebody, or to nobody.

        Args:
            by: Who.
            ref: Which draft.
            login: To whom; None for nobody.

        Raises:
            RefusedError: They may not, or there is no such account that may edit.
            StoreError: There is no such draft.
        """
        by.must("assign")
        self._drafts.papers(ref)
        if login is not None:
            user = next((one for one in self._store.users() if one.login == login), None)
            if user is None or user.disabled:
                raise RefusedError(f"there is no account {login}", remedy="choose one of the list")
            user.must("edit")
        event = self._event(by, "assign", ref, after=login or "")
        self._store.assign(ref.run, ref.slug, login, event)

    def call_blind(self, by: User, ref: Ref, call: Call) -> Call:
        """Record what an editor would say before they saw the panel; the first one stands.

        Args:
            by: Who.
            ref: Which draft.
            call: Ship or skip.

        Returns:
            The call that stands.

        Raises:
            RefusedError: They may not.
            StoreError: There is no such draft.
        """
        by.must("comment")
        self._drafts.papers(ref)
        event = self._event(by, "blind-call", ref, after=call)
        return self._store.call_blind(ref.run, ref.slug, call, event)

    def _event(self, by: User, act: str, ref: Ref, *, before: str = "", after: str = "") -> Event:
        return Event(
            at=self._clock(), by=by.login, act=act, subject=str(ref), before=before, after=after
        )
