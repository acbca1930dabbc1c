"""A conflict is decided once for all drafts of its dossier; the losers are called back."""

import pytest

from panel.domain.editing.relook import loses
from panel.domain.fact import Settlement
from panel.editing.adoption import adopt
from panel.errors import InputError, RefusedError, StaleError
from panel.store.store import Store
from tests.domain.editing.papers import DISPUTED, citing, make_papers
from tests.editing.desk import PEOPLE, Desk, decision, keep_papers, numbered

RELYING = make_papers(citing("F2"), "skip", **numbered(1))
WINNING = make_papers(citing("F10"), "skip", **numbered(2))
ASIDE = make_papers(citing("F3"), "skip", **numbered(3))


@pytest.fixture
def many(store: Store) -> Desk:
    """A desk with three drafts of one dossier in its queue; at hand is the one that cites F2."""
    desk = Desk(store, RELYING)
    for papers in (WINNING, ASIDE):
        keep_papers(store, papers)
    adopt(store, desk.drafts)
    return desk


def looks(desk: Desk) -> dict[str, int]:
    """How many reasons for another look the queue shows, by what the draft cites."""
    names = {"F2": RELYING, "F10": WINNING, "F3": ASIDE}
    rows = {
        cited: desk.store.queue_row(papers.run.id, papers.card.slug)
        for cited, papers in names.items()
    }
    return {cited: row.look for cited, row in rows.items() if row}


@pytest.mark.parametrize(
    ("fact", "called"),
    [
        ("F10", {"F2": 1, "F10": 0, "F3": 0}),
        ("F2", {"F2": 0, "F10": 1, "F3": 0}),
        (None, {"F2": 0, "F10": 0, "F3": 0}),
    ],
)
def test_exactly_the_drafts_that_cited_the_losing_fact_are_called_back(
    many: Desk, fact: str | None, called: dict[str, int]
) -> None:
    assert looks(many) == dict.fromkeys(called, 0)
    many.settle(fact)
    assert looks(many) == called


def test_the_reason_is_told_until_somebody_looked(many: Desk) -> None:
    many.settle("F10")
    assert many.draft.look == ("F2 lost in C1, where another fact holds now; cited by developer",)
    kept = many.editing.look(many.intent("ben"))
    assert (kept.look, kept.version, kept.standing.state) == ((), 1, "draft")
    assert many.draft == kept
    assert looks(many)["F2"] == 0
    many.settle("F2", base=1)
    many.settle("F10", base=2)
    assert many.draft.look == ()


def test_an_edit_is_no_look_and_an_approval_is(many: Desk) -> None:
    many.settle("F10")
    many.edit("ana", {"developer.1.headline": "Wait a month"})
    assert many.draft.look
    many.move("pia", "approve")
    assert many.draft.look == ()


def test_a_decision_says_who_when_and_is_kept_with_the_edition(many: Desk) -> None:
    many.settle("F2")
    (conflict,) = many.edition(many.move("pia", "approve").standing.approved).dossier.conflicts
    assert conflict.settlement == Settlement(
        how="pick", fact="F2", by="Ana Roy", on=many.now.date(), reason="It says so."
    )
    assert loses(conflict, "F10")
    event = list(many.store.events(subject=f"{DISPUTED.slug}/C1"))[-1]
    assert (event.act, event.by, event.reason) == ("settle", "ana", "It says so.")


def test_a_decision_long_after_the_dossier_can_be_read_back(many: Desk) -> None:
    many.later(400 * 86_400)
    many.settle("F2")
    many.editing.look(many.intent("ana"))
    many.move("pia", "approve")
    assert many.draft.standing.state == "approved"
    assert many.edition(many.draft.standing.approved).dossier.open_conflicts == ()


def test_a_conflict_is_opened_again(many: Desk) -> None:
    many.settle("F2")
    many.settling.settle(PEOPLE["ben"], many.ref, "C1", None, 1)
    assert many.draft.effective.open_conflicts == ("C1",)
    (settled,) = many.draft.settlements.values()
    assert (settled.seq, settled.settlement) == (2, None)
    assert list(many.store.events())[-1].act == "unsettle"


def test_two_who_decide_at_once_learn_of_each_other(many: Desk) -> None:
    many.settle("F2", by="ana")
    with pytest.raises(StaleError, match="decided on meanwhile"):
        many.settle("F10", by="ben")
    assert many.draft.decisions["C1"].fact == "F2"


def test_a_decision_holds_for_todays_dossier_while_the_same_facts_clash(many: Desk) -> None:
    many.today = DISPUTED.model_copy(update={"tagline": "Read again."})
    many.settle("F10")
    assert many.draft.look == ("F2 lost in C1, where another fact holds now; cited by developer",)
    facts = [
        fact.model_copy(update={"statement": "It may be open."}) if fact.id == "F10" else fact
        for fact in DISPUTED.facts
    ]
    many.today = DISPUTED.model_copy(update={"facts": tuple(facts)})
    assert many.draft.look == ()


def test_what_cannot_be_decided_is_refused(many: Desk) -> None:
    settle = many.settling.settle
    with pytest.raises(RefusedError, match="may not settle"):
        settle(PEOPLE["vic"], many.ref, "C1", decision("F2"), 0)
    with pytest.raises(InputError, match="no conflict C9"):
        settle(PEOPLE["ana"], many.ref, "C9", decision("F2"), 0)
    with pytest.raises(InputError, match="choose one of F2, F10"):
        settle(PEOPLE["ana"], many.ref, "C1", decision("F3"), 0)
    with pytest.raises(InputError, match="choose one"):
        settle(PEOPLE["ana"], many.ref, "C1", decision(None, how="supersede"), 0)
    assert many.draft.settlements == {}


def test_both_are_kept_whatever_was_chosen_beside(many: Desk) -> None:
    settle = decision("F2", how="keep-both")
    many.settling.settle(PEOPLE["ana"], many.ref, "C1", settle, 0)
    assert many.draft.decisions["C1"].fact is None
