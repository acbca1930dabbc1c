"""Drafts on a living desk, and what has been done to them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from panel.domain.editing.content import Fields
from panel.domain.editing.effective import Papers
from panel.domain.editing.states import EditAct, MoveAct, Role
from panel.editing.adoption import adopt
from panel.editing.drafts import Draft, Ref
from panel.editing.intent import Intent
from tests.desk.living import LiveDesk
from tests.domain.editing.papers import make_papers
from tests.editing.desk import keep_papers


class Drafted:
    """A draft that waits at a desk.

    Args:
        desk: The desk.
        papers: What a run left behind; a ship, a skip and a timeout unless given.
    """

    def __init__(self, desk: LiveDesk, papers: Papers | None = None) -> None:
        self.desk = desk
        self.papers = papers or make_papers()
        context = desk.context
        with ThreadPoolExecutor(1) as pool:  # a browser's loop may run in this thread
            self.ref: Ref = pool.submit(keep_papers, context.store, self.papers).result()
        adopt(context.store, context.drafts)

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"/drafts/{self.ref.run}/{self.ref.slug}"

    @property
    def now(self) -> Draft:
        """It as it stands."""
        return self.desk.context.drafts.draft(self.ref)

    def edit(
        self, changes: Fields, act: EditAct = "edit", *, login: str = "ana", reason: str = "Better."
    ) -> Draft:
        """Change words."""
        return self.desk.context.editing.edit(self._intent("editor", login, reason), changes, act)

    def move(self, act: MoveAct, *, login: str = "pia", **more: Any) -> Draft:
        """Change the state."""
        intent = self._intent("publisher", login, "", **more)
        return self.desk.context.editing.move(intent, act)

    def _intent(self, role: Role, login: str, reason: str, **more: Any) -> Intent:
        user = self.desk.user(role, login)
        return Intent(user, self.ref, self.now.version, reason=reason, **more)
