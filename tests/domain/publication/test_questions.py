"""A question is answered by facts that hold, by silence, or by the dispute about it."""

from itertools import product
from typing import Any, get_args

import pytest

from panel.domain.publication.questions import Answer, Says, Side, answer_of, questions
from panel.domain.publication.workloads import bills
from tests.domain.publication.facing import dispute, fact, priced, stated

OPEN = fact("access", "weights", "open")
SHUT = fact("access", "weights", "none")
MACHINES = "Must it run on machines of your own?"


def said(ask: str, *facts: dict[str, Any], **more: Any) -> Side:
    """What one dossier says to a question that begins so."""
    found = questions(stated(*facts, **more), (), ())
    return next(one.a for one in found if one.ask.startswith(ask))


@pytest.mark.parametrize(
    ("sides", "answer"),
    [
        (("yes", "yes"), "both"),
        (("yes", "no"), "A"),
        (("unsaid", "yes"), "B"),
        (("mixed", "yes"), "B"),
        (("no", "no"), "neither"),
        (("no", "unsaid"), "unsaid"),
        (("mixed", "mixed"), "unsaid"),
        (("yes", "disputed"), "disputed"),
    ],
)
def test_the_answer_follows_from_both_sides(sides: tuple[Says, Says], answer: Answer) -> None:
    assert answer_of(*sides) == answer


def test_swapping_the_sides_swaps_the_answer() -> None:
    swapped = {"A": "B", "B": "A"}
    for one, two in product(get_args(Says), repeat=2):
        found = answer_of(one, two)
        assert answer_of(two, one) == swapped.get(found, found)


def test_a_fact_in_open_conflict_answers_nothing() -> None:
    conflict = dispute("F1", "F2", attribute="weights")
    found = said(MACHINES, OPEN, SHUT, conflicts=[conflict])
    assert found == Side(says="disputed", facts=("F1", "F2"))
    (one,) = (
        one
        for one in questions(stated(OPEN, SHUT, conflicts=[conflict]), stated(OPEN), ())
        if one.ask == MACHINES
    )
    assert (one.answer, one.b) == ("disputed", Side(says="yes", facts=("F1",)))


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("open", "yes"),
        ("open source", "yes"),
        ("on request", "unsaid"),
        ("available to download", "yes"),
        ("not released", "no"),
        ("closed", "no"),
        ("partial", "mixed"),
        ("open to select partners", "mixed"),
    ],
)
def test_weights_that_one_can_download_run_on_ones_own_machines(value: str, says: Says) -> None:
    assert said(MACHINES, fact("access", "weights", value)).says == says


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("Apache 2.0", "yes"),
        ("MIT", "yes"),
        ("open source", "yes"),
        ("proprietary", "no"),
        ("CC BY-NC 4.0", "no"),
        ("Gemma terms", "mixed"),
        ("permissive research licences", "mixed"),
        ("ask them", "unsaid"),
    ],
)
def test_a_licence_is_open_when_it_lets_one_change_and_sell(value: str, says: Says) -> None:
    assert said("Do you need an open licence", fact("licence", "licence", value)).says == says


@pytest.mark.parametrize(
    ("value", "images", "video", "sound"),
    [
        ("text, images", "yes", "unsaid", "unsaid"),
        ("vision, audio, documents", "yes", "unsaid", "yes"),
        ("text, images, video", "yes", "yes", "unsaid"),
        ("text only", "unsaid", "unsaid", "unsaid"),
    ],
)
def test_what_it_takes_is_read_from_its_list(
    value: str, images: str, video: str, sound: str
) -> None:
    listed = fact("modality", "input-modalities", value)
    asked = ("Will you give it images", "Will you give it video", "Will you give it sound")
    assert tuple(said(ask, listed).says for ask in asked) == (images, video, sound)


def test_any_length_that_holds_may_do_for_long_texts() -> None:
    ask = "Do you feed it more than 200,000 tokens"
    short = fact("context", "context-window", "128K", unit="tokens")
    hosted = fact("context", "hosted-context", "1M", unit="tokens")
    assert said(ask, short) == Side(says="no", facts=("F1",))
    assert said(ask, short, hosted) == Side(says="yes", facts=("F2",))
    assert said(ask, short, hosted | {"standing": "disputed"}).says == "disputed"
    assert said(ask, fact("context", "context-window", "long")).says == "unsaid"


@pytest.mark.parametrize(
    ("ask", "made"),
    [
        ("Is code what you want", fact("capability", "coding")),
        ("Is code what you want", fact("benchmark", "rivals", brief="a lead on coding tests")),
        ("Must it call tools", fact("tooling", "tool-use")),
        ("Must it call tools", fact("capability", "parallel-agents")),
        ("Must it work well beyond English", fact("language", "indian-languages")),
        ("Must you know what happens to your data", fact("privacy", "data-use")),
        ("Must it fit rules", fact("safety", "compliance")),
    ],
)
def test_facts_that_lean_answer_by_the_way_they_lean(ask: str, made: dict[str, Any]) -> None:
    pro, contra = made | {"leaning": "for"}, made | {"leaning": "against"}
    assert said(ask, pro) == Side(says="yes", facts=("F1",))
    assert said(ask, contra).says == "no"
    assert said(ask, pro, contra) == Side(says="mixed", facts=("F1", "F2"))
    assert said(ask, made).says == "unsaid"
    assert said(ask, made | {"standing": "disputed"}).says == "disputed"


def test_what_a_word_only_resembles_answers_nothing() -> None:
    social = fact("adoption", "social-reach", leaning="for")
    assert said("Must it fit rules", social).says == "unsaid"
    decoder = fact("architecture", "decoder-layers", leaning="for")
    assert said("Is code what you want", decoder).says == "unsaid"


@pytest.mark.parametrize(("value", "says"), [("free", "yes"), ("20", "no"), ("ask", "unsaid")])
def test_a_way_in_is_free_when_it_costs_nothing(value: str, says: Says) -> None:
    assert said("Must there be a way in", fact("price", "entry-price", value)).says == says


def test_the_cheaper_month_is_picked_and_rests_on_the_price_facts() -> None:
    cheap = priced("gannet-5", "0.10", "0.20", facts=["F1"])
    dear = priced("tern-2", "1", "2", facts=["F1"])
    spent = bills(cheap.edition.card.pricing, dear.edition.card.pricing)
    *_, light, heavy = questions((), (), spent)
    assert light.ask.startswith("Must a light month of use (1,000,000 tokens in and 200,000 out)")
    assert (light.about, light.answer, heavy.answer) == ("budget", "A", "A")
    assert (light.a, light.b) == (Side(says="yes", facts=("F1",)), Side(says="no", facts=("F1",)))


def test_an_unknown_or_foreign_price_answers_nothing() -> None:
    known = priced("gannet-5", "0.10", "0.20").edition.card.pricing
    unknown = priced("tern-2", None, None).edition.card.pricing
    euros = priced("tern-2", "1", "2", currency="EUR").edition.card.pricing
    for other in (unknown, euros):
        *_, light, _ = questions((), (), bills(known, other))
        assert (light.answer, light.a.says, light.b.says) == ("unsaid", "unsaid", "unsaid")
    shaky = known.model_copy(update={"disputed": True})
    *_, light, _ = questions((), (), bills(shaky, known))
    assert (light.answer, light.a.says) == ("disputed", "disputed")
