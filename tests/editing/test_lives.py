"""Any life of a draft: what readers see is byte for byte what somebody approved."""

from collections.abc import Callable
from itertools import count
from typing import Literal, get_args

import pytest
from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,  # pyright: ignore[reportUnknownVariableType]
)
from pydantic import JsonValue

from panel.domain.editing.content import VERDICT_FIELDS, Fields, fields_of
from panel.domain.editing.effective import Effective
from panel.domain.editing.revision import standing_of
from panel.domain.editing.states import MoveAct
from panel.domain.verdict import Verdict
from panel.editing.drafts import Draft
from panel.editing.seats import reworded, taken
from panel.editing.stale import StaleDraftError
from panel.errors import RefusedError
from panel.store.store import Store
from panel.testing import make_dossier, make_verdict
from tests.domain.editing.papers import DISPUTED, citing, make_papers
from tests.editing.desk import (
    CALL,
    HEADLINE,
    PEOPLE,
    QUOTE,
    Desk,
    decision,
    keep_sample,
    numbered,
    run_of,
)
from tests.editing.full import FULL

PARTS, LIVES, STEPS = (10, 100, 50) if FULL else (1, 8, 25)
"""Parts can run side by side; lives in each, and steps of each life."""

EDITORS = st.sampled_from(["ana", "ben", "pia", "pol"])
PUBLISHERS = st.sampled_from(["pia", "pol"])
CHANGES: st.SearchStrategy[tuple[str, JsonValue]] = st.sampled_from(
    [
        (HEADLINE, "Wait a month"),
        (HEADLINE, "Wait a year"),
        (QUOTE, "I tested it, and it scores 99 points."),
        (CALL, "ship"),
        (CALL, "skip"),
        ("summary", "A small model from a small vendor."),
        ("pricing.entry", None),
        ("skeptic.1.rejected", ""),
    ]
)
Rewrite = Literal["reject", "hand", "sample", "restore"]
REWRITES: tuple[Rewrite, ...] = get_args(Rewrite)
Decision = MoveAct | Literal["correct"]
MOVES: tuple[MoveAct, ...] = get_args(MoveAct)
DECISIONS: tuple[Decision, ...] = (*MOVES, "correct", "correct")
FIRST = (make_verdict(DISPUTED), make_verdict(DISPUTED), citing("F2"))
SECOND = make_verdict(DISPUTED, "skip", persona="skeptic")
SAMPLES = (citing("F3", call="skip"), citing("F3", call="ship"))
NUMBERS = count(1)


class Life(RuleBasedStateMachine):
    """One draft; knows what an approval froze, and nothing else of what it should be."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.frozen: dict[str, Effective] = {}
        self.shown: set[str] = set()
        self.samples = count(2)

    @initialize(first=st.sampled_from(FIRST))
    def draft(self, first: Verdict) -> None:
        """A run leaves a draft behind; decisions on its dossier are its own."""
        number = next(NUMBERS)
        dossier = make_dossier(conflict=True, tagline=f"Tern number {number}")
        papers = make_papers(first, SECOND, "timeout", dossier=dossier, **numbered(number))
        self.desk = Desk(self.store, papers)
        self.last = self.desk.draft  # as it stood after the last step

    def attempt(self, act: Callable[[], Draft]) -> Draft | None:
        """Do something; what is refused must leave no trace."""
        ref = self.desk.ref
        before = self.store.revisions(ref.run, ref.slug)
        try:
            kept = act()
        except RefusedError:
            assert self.store.revisions(ref.run, ref.slug) == before
            return None
        assert kept.revisions[: len(before)] == before
        self.desk.later(1)
        return kept

    def froze(self, kept: Draft | None, wanted: Effective) -> None:
        """Remember what was approved."""
        if kept:
            assert kept.standing.approved
            self.frozen[kept.standing.approved] = wanted

    @rule(by=EDITORS, changes=st.lists(CHANGES, min_size=1, max_size=3).map(dict))
    def edit(self, by: str, changes: Fields) -> None:
        """Change words; some of them cannot be approved."""
        self.attempt(lambda: self.desk.edit(by, changes, reason="Because."))

    @rule(by=EDITORS, how=st.sampled_from([*REWRITES]), at=st.floats(0, 1))
    def rewrite(self, by: str, how: Rewrite, at: float) -> None:
        """Put a whole verdict, or an earlier version, in the place of what stands."""
        intent = self.desk.intent(by, reason="Because.")
        if how == "restore":
            version = round(at * self.last.version)
            self.attempt(lambda: self.desk.editing.restore(intent, version))
            return
        changes = self.rejected() if how == "reject" else self.written()
        if how == "sample":
            changes = self.sampled(SAMPLES[round(at)])
        self.attempt(lambda: self.desk.editing.edit(intent, changes, how))

    def rejected(self) -> Fields:
        """The verdict that may be in the way has no vote."""
        return {"skeptic.1.rejected": "It rests on nothing."}

    def written(self) -> Fields:
        """A verdict where a seat failed."""
        own = fields_of(self.last.drafted)
        return {f"creator.1.{name}": own[f"skeptic.1.{name}"] for name in VERDICT_FIELDS}

    def sampled(self, verdict: Verdict) -> Fields:
        """What another sample says, after it was asked."""
        nth, desk = next(self.samples), self.desk
        review = keep_sample(desk.store, desk.papers, "skeptic", verdict, nth)
        return taken(self.last.content.seats[1], run_of(desk.papers, nth), review)

    @rule(by=PUBLISHERS, act=st.sampled_from([*DECISIONS]), changes=st.lists(CHANGES, max_size=1))
    def decide(self, by: str, act: Decision, changes: list[tuple[str, JsonValue]]) -> None:
        """Change the state, or correct what is live."""
        draft, desk = self.last, self.desk
        if act == "correct":
            fields = dict(changes)
            wanted = draft.effective_of(reworded(draft.content, fields, act))
            self.froze(self.attempt(lambda: desk.correct(by, fields, note="It was wrong.")), wanted)
            return
        kept = self.attempt(lambda: desk.move(by, act, note="It was wrong."))
        if act == "approve":
            self.froze(kept, draft.effective)

    @rule(by=PUBLISHERS, then=st.sampled_from([None, "correct", "retract"]))
    def release(self, by: str, then: Decision | None) -> None:
        """Take away what blocks, let readers see what is left, and perhaps think again."""
        words = fields_of(self.last.drafted)
        self.edit(by, {path: words[path] for path in (QUOTE, CALL)})
        for act in ("approve", "publish", then):
            self.last = self.desk.draft
            if act:
                self.decide(by, act, [])

    @rule(by=PUBLISHERS, act=st.sampled_from(MOVES), after=st.booleans(),
          seconds=st.sampled_from([0, 5, 20]))  # fmt: skip
    def slip(self, by: str, act: MoveAct, after: bool, seconds: float) -> None:
        """Make a move and take it back, if it is not too late; or take back whatever was last."""
        if after:
            self.decide(by, act, [])
        before = self.desk.draft
        self.desk.later(seconds)
        kept = self.attempt(lambda: self.desk.undo(by))
        if kept:
            assert seconds < 20
            assert kept.standing == standing_of(before.revisions[:-1])

    @rule(by=EDITORS, fact=st.sampled_from(["F2", "F10", None, ""]))
    def settle(self, by: str, fact: str | None) -> None:
        """Decide the conflict, or open it again; look at what that changes."""
        decided = self.last.settlements.get("C1")
        wanted = None if fact == "" else decision(fact)
        base = decided.seq if decided else 0
        self.desk.settling.settle(PEOPLE[by], self.desk.ref, "C1", wanted, base)
        if self.desk.draft.look:
            kept = self.desk.editing.look(self.desk.intent(by))
            assert kept.look == ()

    @precondition(lambda self: self.last.version)
    @rule(by=PUBLISHERS)
    def come_late(self, by: str) -> None:
        """Act on the version before the last."""
        late = self.last.version - 1
        with pytest.raises(StaleDraftError):
            self.desk.edit(by, {HEADLINE: "Too late"}, base=late)
        with pytest.raises(StaleDraftError):
            self.desk.move(by, "approve", base=late)
        assert self.desk.draft.revisions == self.last.revisions

    @invariant()
    def what_is_live_was_approved(self) -> None:
        """Live and approved are editions that somebody approved, as they were then."""
        draft = self.last = self.desk.draft
        standing = draft.standing
        for digest in {standing.approved, standing.live} - {None}:
            assert digest in self.frozen
            if digest not in self.shown:
                self.is_as_approved(digest)
        if standing.state == "published":
            assert standing.live == standing.approved
        if standing.state not in ("approved", "published"):
            assert standing.approved is None
        row = self.desk.store.queue_row(self.desk.ref.run, self.desk.ref.slug)
        if row:
            wanted = (draft.version, standing.state, standing.live, len(draft.look))
            assert (row.version, row.state, row.live, row.look) == wanted

    def is_as_approved(self, digest: str) -> None:
        """An edition says what stood when it was approved."""
        found, wanted = self.desk.edition(digest), self.frozen[digest]
        assert (found.card, found.reviews) == (wanted.card, wanted.reviews)
        assert found.dossier == wanted.dossier
        assert not wanted.blocking
        assert not wanted.open_conflicts
        self.shown.add(digest)

    def teardown(self) -> None:
        """Everything that ever was approved is still as it was."""
        for digest in self.frozen:
            self.is_as_approved(digest)


@pytest.mark.parametrize("part", range(PARTS))
def test_published_is_what_was_approved(store: Store, part: int) -> None:
    lives = seed(part)(type("Life", (Life,), {"store": store}))
    wanted = settings(max_examples=LIVES, stateful_step_count=STEPS)
    run_state_machine_as_test(lives, settings=wanted)
