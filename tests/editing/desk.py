"""A desk with people, a clock that is set by hand, and drafts as runs leave them behind."""

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Any

from panel.domain.dossier import Dossier
from panel.domain.editing.content import Fields
from panel.domain.editing.edition import Edition
from panel.domain.editing.effective import Papers
from panel.domain.editing.people import Event, User
from panel.domain.editing.states import EditAct, MoveAct, Role
from panel.domain.fact import Settlement
from panel.domain.review import Review, review_key
from panel.domain.run import OrderedDossier
from panel.domain.verdict import Verdict
from panel.editing.colleagues import Colleagues
from panel.editing.drafts import Draft, Drafts, Ref
from panel.editing.editing import Editing
from panel.editing.intent import Intent
from panel.editing.settling import Settling
from panel.store.document import Document
from panel.store.store import Store
from tests.domain.editing.papers import NOON, make_papers

ROLES: dict[str, Role] = {
    "vic": "viewer",
    "ana": "editor",
    "ben": "editor",
    "pia": "publisher",
    "pol": "publisher",
    "ada": "admin",
}
PEOPLE = {
    login: User(login=login, name=f"{login.title()} Roy", role=role)
    for login, role in ROLES.items()
}
HEADLINE, QUOTE, CALL = (f"skeptic.1.{name}" for name in ("headline", "quote", "call"))


class Desk:
    """Everything that can be done at a desk, to one draft unless told otherwise.

    Args:
        store: Where records are kept.
        papers: What a run left behind; two verdicts and a failure unless given.
        four_eyes: Whether an approval needs somebody else than the last editor.
    """

    def __init__(
        self, store: Store, papers: Papers | None = None, *, four_eyes: bool = False
    ) -> None:
        papers = papers or make_papers()
        keep_papers(store, papers)
        self.sit_at(store, papers, four_eyes=four_eyes)

    @classmethod
    def beside(cls, store: Store, papers: Papers) -> "Desk":
        """Another desk for a draft that is stored already."""
        found = cls.__new__(cls)
        found.sit_at(store, papers)
        return found

    def sit_at(self, store: Store, papers: Papers, *, four_eyes: bool = False) -> None:
        """Put its parts together."""
        self.store = store
        self.now = NOON
        self.today: Dossier | None = None
        self.papers = papers
        self.ref = Ref(papers.run.id, papers.card.slug)
        self.drafts = Drafts(store, lambda _: self.today)
        self.editing = Editing(store, self.drafts, four_eyes=four_eyes, clock=self.clock)
        self.colleagues = Colleagues(store, self.drafts, clock=self.clock)
        self.settling = Settling(store, self.drafts, clock=self.clock)
        known = {user.login for user in store.users()}
        for login in PEOPLE.keys() - known:
            event = Event(at=NOON, by="ada", act="user.add", subject=f"user/{login}")
            store.add_user(PEOPLE[login], event)

    def clock(self) -> dt.datetime:
        """The time."""
        return self.now

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.now += dt.timedelta(seconds=seconds)

    @property
    def draft(self) -> Draft:
        """The draft as it stands."""
        return self.drafts.draft(self.ref)

    def intent(self, by: str, base: int | None = None, **changes: Any) -> Intent:
        """What somebody wants, on the last version unless told otherwise."""
        if base is None:
            base = len(self.store.revisions(self.ref.run, self.ref.slug))
        return Intent(PEOPLE[by], self.ref, base, **changes)

    def edit(
        self, by: str, changes: Fields, act: EditAct = "edit", base: int | None = None, **more: Any
    ) -> Draft:
        """Change words."""
        return self.editing.edit(self.intent(by, base, **more), changes, act)

    def move(self, by: str, act: MoveAct, base: int | None = None, **more: Any) -> Draft:
        """Change the state."""
        return self.editing.move(self.intent(by, base, **more), act)

    def correct(self, by: str, changes: Fields, base: int | None = None, **more: Any) -> Draft:
        """Take the fast lane."""
        return self.editing.correct(self.intent(by, base, **more), changes)

    def undo(self, by: str, base: int | None = None) -> Draft:
        """Take the last move back."""
        return self.editing.undo(self.intent(by, base))

    def publish(self) -> Draft:
        """Approve and publish what stands."""
        self.move("pia", "approve")
        return self.move("pia", "publish")

    def settle(self, fact: str | None, by: str = "ana", base: int = 0) -> None:
        """Decide C1 for a fact, or for both."""
        self.settling.settle(PEOPLE[by], self.ref, "C1", decision(fact), base)

    def edition(self, digest: str | None) -> Edition:
        """An edition as it is stored, checked against its name."""
        assert digest
        document = self.store.document(digest)
        found = Edition.model_validate_json(document.body)
        assert (document.kind, found.digest) == ("edition", digest)
        return found


def decision(fact: str | None, **changes: Any) -> Settlement:
    """A decision as a form gives it, by nobody yet."""
    content: dict[str, Any] = {"how": "pick" if fact else "keep-both", "fact": fact, "by": "-"}
    content |= {"on": dt.date(2000, 1, 1), "reason": "It says so."}
    return Settlement.model_validate({**content, **changes})


def keep_papers(store: Store, papers: Papers) -> Ref:
    """Store what a run leaves behind."""
    named = [("dossier", papers.dossier), ("order", papers.run.order)]
    named += [("persona", persona) for persona in papers.personas.values()]
    named += [("prompt", prompt) for prompt in papers.prompts.values()]
    store.create_run(papers.run, [Document.of(kind, content) for kind, content in named])
    _keep(lambda: store.keep_scorecard(papers.card))
    for review in papers.reviews:
        _keep(lambda kept=review: store.keep_review(papers.run.id, kept, started=NOON, seconds=1))
    return Ref(papers.run.id, papers.card.slug)


def keep_sample(store: Store, papers: Papers, persona: str, verdict: Verdict, nth: int) -> Review:
    """Store a run with another sample of one seat; `run_of(papers, nth)` names it."""
    own = next(one for one in papers.reviews if one.persona == persona)
    (seat,) = (one for one in papers.run.order.seats if one.persona == persona)
    item = OrderedDossier(slug=own.slug, digest=own.dossier)
    changes = {"dossiers": (item,), "seats": (seat,), "quorum": 1, "first_sample": nth}
    order = papers.run.order.model_copy(update=changes)
    run = papers.run.model_copy(
        update={"id": run_of(papers, nth), "order": order, "parent": papers.run.id}
    )
    key = review_key(own.dossier, own.persona_digest, own.prompt, own.llm, nth)
    fields = {"key": key, "sample": nth, "verdict": verdict, "failure": None, "flags": ()}
    review = own.model_copy(update=fields)
    store.create_run(run, [Document.of("order", order)])
    _keep(lambda: store.keep_review(run.id, review, started=NOON, seconds=1))
    return review


def run_of(papers: Papers, nth: int) -> str:
    """Id of the run of another sample."""
    return f"{papers.run.id[:9]}{nth:06d}{papers.run.id[15:]}"


def numbered(number: int) -> dict[str, Any]:
    """Fields of a run that tell it apart from others."""
    at = NOON - dt.timedelta(days=number)
    return {"id": f"{at:%Y%m%d}-000000-{number:06x}", "created": at}


def _keep(write: Callable[[], Any]) -> None:
    async def main() -> None:
        await write()

    asyncio.run(main())
