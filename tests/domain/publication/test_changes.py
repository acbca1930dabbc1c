"""What differs between two editions, as readers are told."""

from decimal import Decimal
from typing import Any

from panel.domain.dossier import Dossier
from panel.domain.editing.edition import Edition
from panel.domain.fact import Settlement
from panel.domain.publication.changes import Change, changes
from panel.testing import make_dossier, make_verdict
from tests.publishing.site.published import NOON, make_published

DOSSIER = make_dossier(conflict=True)


def edition(*ended: Any, dossier: Dossier = DOSSIER, **more: Any) -> Edition:
    return make_published(ended=ended or ("ship", "skip", "ship"), dossier=dossier, **more).edition


def priced(**price: Any) -> Edition:
    found = edition()
    read = found.card.pricing.model_copy(update=price)
    return found.model_copy(update={"card": found.card.model_copy(update={"pricing": read})})


def test_equal_editions_differ_in_nothing() -> None:
    assert changes(edition(), edition()) == ()


def test_a_flip_names_the_outcome_the_count_and_every_seat_that_moved() -> None:
    found = changes(edition("ship", "skip", "ship"), edition("ship", "skip", "skip"))
    told = [(one.kind, one.what, one.before, one.after) for one in found if one.kind != "words"]
    third = edition().reviews[2].persona
    assert told == [
        ("outcome", "outcome", "ship", "skip"),
        ("ships", "ships", "2 of 3", "1 of 3"),
        ("seat", third, "ship", "skip"),
    ]


def test_a_seat_that_fell_silent_has_no_call() -> None:
    found = changes(edition("ship", "skip", "ship"), edition("ship", "skip", "timeout"))
    moved = [one for one in found if one.kind == "seat"]
    assert [(one.before, one.after) for one in moved] == [("ship", "no call")]


def test_changed_words_are_named_by_persona_and_field() -> None:
    before = make_verdict(make_dossier())
    after = before.model_copy(update={"headline": "Another line", "quote": before.quote + " So."})
    found = changes(edition(before, "skip", "ship"), edition(after, "skip", "ship"))
    persona = edition().reviews[0].persona
    assert found == (Change(kind="words", what=persona, before="", after="headline, quote"),)


def test_prices_are_told_with_their_currency_and_nothing_is_never_zero() -> None:
    found = changes(
        priced(entry="Free", input_per_million=None),
        priced(entry=None, input_per_million=Decimal("2.50")),
    )
    assert [(one.what, one.before, one.after) for one in found] == [
        ("entry price", "Free", "unknown"),
        ("input price per million", "unknown", "2.50 USD"),
    ]


def test_what_the_dossier_says_anew_is_told_by_id() -> None:
    conflict = DOSSIER.conflicts[0]
    settlement = Settlement(
        how="pick", fact=conflict.facts[0], by="Ana Roy", on=DOSSIER.as_of, reason="It says so."
    )
    settled = conflict.model_copy(update={"settlement": settlement})
    first = DOSSIER.facts[0].model_copy(update={"standing": "superseded"})
    later = DOSSIER.model_copy(
        update={
            "licence": "MIT",
            "facts": (first, *DOSSIER.facts[1:]),
            "conflicts": (settled,),
            "summary": "Other words.",
            "sources": (*DOSSIER.sources, DOSSIER.sources[0].model_copy(update={"id": "S9"})),
        }
    )
    before = edition()
    after = before.model_copy(update={"dossier": later})
    found = {one.kind: one for one in changes(before, after)}
    assert set(found) == {"identity", "fact", "conflict", "source", "summary"}
    assert (found["identity"].what, found["identity"].after) == ("licence", "MIT")
    assert found["fact"].what == first.id
    assert found["fact"].after.endswith("(superseded)")
    assert found["conflict"].before.endswith(": open")
    assert found["conflict"].after.endswith(f": settled for {conflict.facts[0]}")
    assert (found["source"].what, found["source"].before) == ("S9", "")


def test_when_it_went_live_is_no_change() -> None:
    assert changes(edition(), edition(at=NOON.replace(year=2027))) == ()
