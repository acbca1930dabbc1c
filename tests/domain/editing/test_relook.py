"""A changed dossier calls back only the drafts that rest on what changed, and says why."""

from collections.abc import Mapping
from typing import Any

import pytest

from panel.domain.dossier import Dossier
from panel.domain.editing.content import Content, with_fields
from panel.domain.editing.effective import settled
from panel.domain.editing.relook import loses, reasons_to_look
from panel.domain.fact import Settlement
from tests.domain.editing.papers import DISPUTED, citing, content_of, make_papers, settlement

FLIPS = [{"condition": "A lower price.", "topic": "price"}]
CITES_F2 = citing("F2", "F3", flip_conditions=FLIPS)
CITES_F5 = citing("F5", call="skip", flip_conditions=[{"condition": "A leak.", "topic": "safety"}])
CONTENT = content_of(make_papers(CITES_F2, CITES_F5, "timeout"))


def with_fact(number: int, **changes: Any) -> Dossier:
    """The dossier with one fact changed; with a number it has not, with another fact."""
    facts = {fact.id: fact.model_dump(mode="json") for fact in DISPUTED.facts}
    name = f"F{number}"
    facts[name] = {**facts.get(name, facts["F1"]), "id": name, **changes}
    return _made({"facts": list(facts.values())})


def _made(changes: Mapping[str, Any]) -> Dossier:
    return Dossier.model_validate({**DISPUTED.model_dump(mode="json"), **changes})


def reasons(now: Dossier, seen: Dossier = DISPUTED, content: Content = CONTENT) -> tuple[str, ...]:
    return reasons_to_look(seen, now, content)


MORE = {"source": "S2", "quote": "a dense model"}


@pytest.mark.parametrize(
    "now",
    [
        DISPUTED,
        _made({"summary": "Other words.", "tagline": "Other words."}),
        with_fact(3, brief="other words", leaning="against"),
        with_fact(3, witnesses=[*DISPUTED.facts[2].model_dump(mode="json")["witnesses"], MORE]),
        with_fact(4, statement="Its context window holds 32,000 tokens."),
        with_fact(11, topic="vendor", attribute="staff", statement="Its vendor has 40 people."),
    ],
    ids=["same", "words", "brief", "witness", "uncited", "other topic"],
)
def test_what_it_does_not_rest_on_calls_nobody(now: Dossier) -> None:
    assert reasons(now) == ()


def test_a_cited_fact_that_reads_otherwise() -> None:
    now = with_fact(3, statement="Tern 2 has 15 billion parameters.", value="15 billion")
    assert reasons(now) == ("F3 now reads: Tern 2 has 15 billion parameters.; cited by developer",)


def test_a_cited_fact_that_is_gone() -> None:
    left = [fact.model_dump(mode="json") for fact in DISPUTED.facts if fact.id != "F5"]
    assert reasons(_made({"facts": left})) == ("F5 is no longer in the dossier; cited by skeptic",)


def test_a_cited_fact_that_is_disputed_now() -> None:
    assert reasons(DISPUTED, seen=_made({"conflicts": []})) == (
        "F2 is disputed now (C1); cited by developer",
    )


def test_a_cited_fact_that_lost() -> None:
    now = settled(DISPUTED, {"C1": settlement("F10")})
    assert reasons(now) == ("F2 lost in C1, where another fact holds now; cited by developer",)
    assert reasons(now, seen=now) == ()


@pytest.mark.parametrize("decision", [settlement("F2"), settlement(None)])
def test_a_cited_fact_that_holds_calls_nobody(decision: Settlement) -> None:
    assert reasons(settled(DISPUTED, {"C1": decision})) == ()


def test_news_on_what_would_change_a_call() -> None:
    news = with_fact(11, topic="price", attribute="discount", statement="It is half the price now.")
    assert reasons(news) == ("F11 on price: developer said that could change the call",)
    cheaper = with_fact(7, statement="The vendor charges nothing.")
    assert reasons(cheaper) == ("F7 on price: developer said that could change the call",)


def test_a_cited_fact_on_such_a_topic_is_told_once() -> None:
    content = content_of(make_papers(citing("F7", flip_conditions=FLIPS)))
    now = with_fact(7, statement="The vendor charges nothing.")
    assert reasons(now, content=content) == (
        "F7 now reads: The vendor charges nothing.; cited by developer",
    )


def test_a_fact_that_carries_the_price() -> None:
    now = with_fact(4, statement="Its window is smaller.")
    assert reasons_to_look(DISPUTED, now, CONTENT, ("F4",)) == (
        "F4 now reads: Its window is smaller.; cited by the price",
    )


def test_a_rejected_verdict_rests_on_nothing() -> None:
    content = with_fields(CONTENT, {"developer.1.rejected": "Wrong."})
    assert reasons(settled(DISPUTED, {"C1": settlement("F10")}), content=content) == ()
    news = with_fact(11, topic="price", attribute="discount", statement="It is half the price now.")
    assert reasons(news, content=content) == ()


def test_who_loses() -> None:
    (conflict,) = settled(DISPUTED, {"C1": settlement("F10")}).conflicts
    assert [loses(conflict, fact) for fact in ("F2", "F10", "F3")] == [True, False, False]
    assert not loses(DISPUTED.conflicts[0], "F2")
