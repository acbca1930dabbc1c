"""The paragraph of the offline judge: frames filled, facts joined, every phrase cited."""

import json
from pathlib import Path
from typing import Any

import pytest

from panel.domain.dossier import Dossier
from panel.domain.fact import Fact
from panel.domain.persona import Persona
from panel.domain.verdict import Call
from panel.judging.rubric_prose import MAX_HEADLINE, MIN_WORDS, Material, Scribe
from panel.library.personas import Personas
from panel.library.workspace import Workspace

SHIPPED = Personas(Workspace(Path(__file__).parents[2]))
BRIEFS = (
    "Open weights",
    "an Apache 2.0 licence",
    "tools, vision and speech",
    "no price list",
    "llama.cpp support",
    "a best-in-class score",
    "open weights later",
)


def persona(**phrases: str | None) -> Persona:
    data: dict[str, Any] = SHIPPED.load("developer").model_dump(mode="json")
    data["rubric"]["phrases"].update(phrases)
    return Persona.model_validate_json(json.dumps(data))


def dossier(name: str = "Aurora") -> Dossier:
    facts = [
        {
            "id": f"F{n}",
            "topic": "licence",
            "attribute": f"attribute-{n}",
            "statement": "Its maker says so.",
            "brief": brief,
            "as_of": "2026-04-01",
            "standing": "official",
            "leaning": "against" if brief.startswith("no ") else "for",
            "witnesses": [{"source": "S1", "quote": "so it is"}],
        }
        for n, brief in enumerate(BRIEFS, 1)
    ]
    data = {
        "slug": "aurora",
        "name": name,
        "vendor": "North Lab",
        "category": "Language model",
        "tagline": "An open model.",
        "as_of": "2026-11-21",
        "sources": [{"id": "S1", "publisher": "Paper", "title": "News", "read": "2026-05-01"}],
        "facts": facts,
    }
    return Dossier.model_validate_json(json.dumps(data))


def facts(*numbers: int) -> tuple[Fact, ...]:
    return tuple(dossier().facts[number - 1] for number in numbers)


def material(
    call: Call = "ship",
    leading: tuple[Fact, ...] = (),
    trailing: tuple[Fact, ...] = (),
    quarrels: tuple[tuple[Fact, ...], ...] = (),
    context: tuple[Fact, ...] = (),
) -> Material:
    return Material(call, leading, trailing, quarrels, context, missing="price")


def scribe(**phrases: str | None) -> Scribe:
    return Scribe(persona(**phrases), dossier())


def test_a_ship_tells_its_side_then_the_other_then_the_dispute() -> None:
    told = material("ship", facts(2, 1), facts(4), (facts(1, 4),))
    assert scribe().quote(told).text == (
        "I would put Aurora on the shortlist for real work."
        " An Apache 2.0 licence and open weights: that I can plan around."
        " What would wake somebody at night: no price list."
        " Sources disagree, so I build on neither version: open weights or no price list."
        " None of it is glamorous, which is rather the point: parts to pin, documents to hand to a"
        " colleague, and a way out if the next release goes wrong."
    )


def test_a_skip_turns_the_order_round() -> None:
    text = scribe().quote(material("skip", facts(4), facts(1))).text
    assert text.index("no price list") < text.index("Open weights: that I can plan around.")
    assert text.startswith("I would not start a product on Aurora")


def test_citations_are_exact_spans_and_a_dispute_cites_all_its_facts() -> None:
    quote = scribe().quote(material("ship", facts(1, 3), facts(4), (facts(7, 2, 4),)))
    cited = [(citation.phrase, citation.facts) for citation in quote.citations]
    assert cited == [
        ("Open weights", ("F1",)),
        ("tools, vision and speech", ("F3",)),
        ("no price list", ("F4",)),
        ("open weights later or no price list", ("F7", "F2", "F4")),
    ]
    assert all(phrase in quote.text for phrase, _ in cited)


def test_a_dispute_of_many_facts_is_cited_in_portions() -> None:
    quote = scribe().quote(material("ship", quarrels=(facts(1, 2, 3, 4, 5, 6, 7),)))
    assert [len(citation.facts) for citation in quote.citations] == [6, 1]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (material("ship", facts(1)), "On price the file tells me too little"),
        (material("skip", (), facts(1)), "Too little in writing about price"),
        (material("skip", (), (), (), facts(1)), "For the record: open weights."),
        (material("ship", (), (), (), facts(1)), "For the record: open weights."),
    ],
)
def test_what_is_missing_is_said(told: Material, words: str) -> None:
    quote = scribe().quote(told)
    text = quote.text.replace("What would wake somebody at night: too", "Too")
    assert words in text
    assert quote.citations


def test_without_a_frame_for_context_the_brief_stands_alone() -> None:
    quote = scribe(context=None).quote(material("ship", context=facts(2)))
    assert " An Apache 2.0 licence. " in quote.text
    assert quote.citations[0].phrase == "An Apache 2.0 licence"


def test_a_short_paragraph_is_padded_with_background() -> None:
    short = scribe(close_ship="So be it.")
    text = short.quote(material("ship", facts(2), facts(4), context=facts(5))).text
    assert "For the record: llama.cpp support." in text
    assert "On price" in text
    assert len(text.split()) < MIN_WORDS


def test_a_long_paragraph_drops_facts_rather_than_running_over() -> None:
    wordy = scribe(close_ship="word " * 40, gap="word " * 40, dispute="word " * 30 + "{facts}")
    quote = wordy.quote(material("ship", facts(1, 2, 3), facts(4), (facts(1, 4),)))
    assert len(quote.text.split()) <= 160
    assert quote.citations[0].phrase == "Open weights"


def test_the_headline_takes_the_heaviest_fact_that_fits() -> None:
    frame = "H" * (MAX_HEADLINE - 18) + " {facts}"
    writer = scribe(headline_ship=frame)
    assert writer.headline(material("ship", facts(2, 4, 1))).endswith("H no price list")
    opening = writer.headline(material("ship", facts(2)))
    assert opening == "I would put Aurora on the shortlist for real work"


def test_the_headline_without_a_frame_is_the_brief() -> None:
    assert scribe(headline_skip=None).headline(material("skip", facts(4))) == "No price list"


def test_a_long_name_never_breaks_a_headline_or_condition() -> None:
    long_name = Scribe(persona(flip_ship="{model} " * 12 + "{facts}"), dossier("N" * 80))
    assert len(long_name.headline(material("ship"))) <= MAX_HEADLINE
    assert len(long_name.flip(material("ship", facts(1)))[0]) <= 300


@pytest.mark.parametrize(
    ("told", "condition", "topic"),
    [
        (
            material("ship", facts(2), facts(4)),
            "A dated source takes back what I lean on most: an Apache 2.0 licence.",
            "licence",
        ),
        (
            material("skip", facts(4)),
            "A dated source clears away what stops me: no price list.",
            "licence",
        ),
        (
            material("skip"),
            "A dated source clears away what stops me: too little in writing about price.",
            "price",
        ),
        (
            material("ship"),
            "On price the file tells me too little, which is a question and not an answer.",
            "price",
        ),
    ],
)
def test_flip_conditions_name_what_the_call_rests_on(
    told: Material, condition: str, topic: str
) -> None:
    assert scribe().flip(told) == (condition, topic)


def test_printable_drops_banned_words_and_repeated_attributes() -> None:
    one, two, banned = facts(1, 2, 6)
    again = two.model_copy(update={"attribute": one.attribute})
    assert scribe().printable([one, again, banned]) == (one,)


def test_places_are_filled_once_and_facts_are_not_read_as_frames() -> None:
    odd = facts(1)[0].model_copy(update={"brief": "a {model} of its kind {date}"})
    assert "a {model} of its kind {date}" in scribe().quote(material("ship", (odd,))).text.lower()
