"""A conflict tells both sides, what rests on each, and how and where it was settled."""

import pytest

from panel.desk.clashes import Clash, clashes_of, decision_words
from panel.desk.sheet import card_of
from panel.domain.dossier import Dossier
from panel.domain.fact import Settlement
from panel.editing.settling import Settling
from panel.testing import make_dossier
from panel.testing.texts import DOSSIER, LICENCE_CONFLICT, LICENCE_RUMOUR
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk
from tests.domain.editing.papers import citing, make_papers
from tests.editing.desk import decision


def clashes(draft: Drafted) -> tuple[Clash, ...]:
    """The conflicts of a draft as it stands."""
    card = card_of(draft.now)
    facts = {fact.id: fact for fact in (*card.facts, *card.other_facts)}
    return clashes_of(draft.now, facts)


def settle(draft: Drafted, wanted: Settlement | None, base: int = 0) -> None:
    """Decide C1 at the desk."""
    context = draft.desk.context
    user = draft.desk.user("editor", "ana")
    Settling(context.store, context.drafts).settle(user, draft.ref, "C1", wanted, base)


def test_who_cites_each_side_is_named_once(desk: LiveDesk) -> None:
    samples = make_papers(citing("F2"), citing("F2", call="skip"), "timeout", samples=2)
    (clash,) = clashes(Drafted(desk, samples))
    assert (clash.id, clash.attribute, clash.open, clash.rests) == ("C1", "licence", True, True)
    assert [(side.fact.id, side.relied_on) for side in clash.sides] == [
        ("F2", "The Developer and The Skeptic"),
        ("F10", ""),
    ]
    assert not any(side.wins or side.loses for side in clash.sides)


def test_a_rejected_verdict_rests_on_nothing(desk: LiveDesk) -> None:
    draft = Drafted(desk, make_papers(citing("F2"), "skip"))
    draft.edit({"developer.1.rejected": "It misreads."}, "reject")
    (clash,) = clashes(draft)
    assert (clash.rests, [side.relied_on for side in clash.sides]) == (False, ["", ""])


def test_a_decision_tells_who_wins_and_can_be_taken_back_at_the_desk(desk: LiveDesk) -> None:
    draft = Drafted(desk, make_papers(citing("F2"), "skip"))
    settle(draft, decision("F10"))
    (clash,) = clashes(draft)
    assert [(side.fact.id, side.wins, side.loses) for side in clash.sides] == [
        ("F2", False, True),
        ("F10", True, False),
    ]
    assert (clash.decision, clash.reason, clash.by) == ("F10 holds", "It says so.", "Ana")
    assert (clash.open, clash.seq, clash.at_desk) == (False, 1, True)
    settle(draft, None, base=1)
    (clash,) = clashes(draft)
    assert (clash.open, clash.seq, clash.at_desk, clash.by) == (True, 2, False, "")
    settle(draft, decision(None), base=2)
    (clash,) = clashes(draft)
    assert (clash.open, [side.wins or side.loses for side in clash.sides]) == (False, [False] * 2)


def several() -> Dossier:
    """A dossier with three conflicts, the first of them settled in its file."""
    twins = [{**DOSSIER["facts"][at], "id": f"F1{nth}"} for nth, at in ((1, 2), (2, 5))]
    found = [
        LICENCE_CONFLICT | {"settlement": decision("F2").model_dump(mode="json")},
        LICENCE_CONFLICT | {"id": "C2", "facts": ["F6", "F12"], "attribute": "coding"},
        LICENCE_CONFLICT | {"id": "C3", "facts": ["F3", "F11"], "attribute": "parameters"},
    ]
    facts = [*DOSSIER["facts"], LICENCE_RUMOUR, *twins]
    return make_dossier(facts=facts, conflicts=found)


def test_those_in_the_way_come_first_and_settled_ones_last(desk: LiveDesk) -> None:
    draft = Drafted(desk, make_papers(citing("F3", "F2"), "timeout", dossier=several()))
    found = clashes(draft)
    assert [(one.id, one.open, one.rests) for one in found] == [
        ("C3", True, True),
        ("C2", True, False),
        ("C1", False, True),
    ]
    assert (found[-1].seq, found[-1].at_desk) == (0, False)


@pytest.mark.parametrize(
    ("how", "told"), [("supersede", "F2 is the newer truth"), ("pick", "F2 holds")]
)
def test_a_decision_names_the_fact_that_holds(how: str, told: str) -> None:
    assert decision_words(decision("F2", how=how)).startswith(told)
    assert "all are kept" in decision_words(decision(None))
