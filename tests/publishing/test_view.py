"""The whole scorecard in words."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from panel.errors import TamperError
from panel.publishing.view import card_view, edition_view, reviews_of
from tests.publishing.cases import CASES, Case
from tests.publishing.dossiers import dossier
from tests.publishing.site.published import make_published


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for item in node.values():  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(item)
    elif isinstance(node, list):
        for item in node:  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(item)
    elif isinstance(node, str):
        yield node


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("skip-with-dissent", "1 of 5 seats ship (20 %, 95 % interval 4 % to 62 %, n = 5)"),
        (
            "ship-with-failure",
            "3 of 5 seats ship (75 %, 95 % interval 30 % to 95 %, n = 4 that answered)",
        ),
        (
            "samples-with-bootstrap",
            (
                "3 of 5 seats ship (57 % of samples, 95 % interval 27 % to 87 %,"
                " n = 5 seats, 3 samples each)"
            ),
        ),
        ("no-quorum", "No result: 0 of 5 seats answered, 3 needed"),
    ],
)
def test_every_percentage_carries_its_interval_and_n(name: str, result: str) -> None:
    assert CASES[name]().view.result == result


def test_without_quorum_there_is_no_percentage_anywhere() -> None:
    view = CASES["no-quorum"]().view
    shown = view.model_copy(update={"tokens": "", "seats": ()}).model_dump(mode="json")
    assert not [text for text in _texts(shown) if "%" in text]
    assert view.interval is None
    assert (view.word, view.turnout) == ("No quorum", "0 of 5 seats answered")


def test_dissent_comes_first_and_failed_seats_last() -> None:
    skip, ship = CASES["skip-with-dissent"]().view, CASES["ship-with-failure"]().view
    assert [seat.persona for seat in skip.seats if seat.dissents] == ["creator"]
    assert skip.seats[0].persona == "creator"
    assert skip.dissent == "The Creator dissents and would ship."
    assert ship.seats[-1].word == "No answer"
    assert ship.turnout == "4 of 5 seats answered"
    assert not ship.complete


def test_same_vendor_is_said() -> None:
    view = CASES["ship-with-failure"]().view
    assert view.same_vendor == (
        "Same vendor: the llm behind The Developer and The Creator comes from the vendor of the"
        " model under review, Northwind Labs."
    )
    assert CASES["skip-with-dissent"]().view.same_vendor == ""


@pytest.mark.parametrize(
    ("name", "cost"),
    [
        ("skip-with-dissent", "$0.0415"),
        ("ship-with-failure", "unknown"),
        ("split-by-rubric", "no llm, no cost"),
    ],
)
def test_cost_in_words(name: str, cost: str) -> None:
    assert CASES[name]().view.cost == cost


def test_pricing_is_read_or_unknown_or_disputed() -> None:
    known = CASES["skip-with-dissent"]().view.pricing
    assert (known.entry, known.per_million) == (
        "Free in the vendor's app",
        "$2.00 input, $6.50 output",
    )
    assert [ref.id for ref in known.facts] == ["F6"]
    assert not known.disputed
    unknown = CASES["no-quorum"]().view.pricing
    assert (unknown.entry, unknown.per_million) == ("unknown", "unknown")
    assert CASES["samples-with-bootstrap"]().view.pricing.disputed


def test_conflicts_show_both_sides_and_cited_facts_stand_apart() -> None:
    view = CASES["skip-with-dissent"]().view
    assert [[side.id for side in conflict.sides] for conflict in view.conflicts] == [["F2", "F3"]]
    assert [fact.id for fact in view.facts] == ["F2", "F3", "F4", "F5", "F6"]
    assert [fact.id for fact in view.other_facts] == ["F1", "F7"]


def test_flags_are_counted() -> None:
    assert CASES["skip-with-dissent"]().view.flags == "1 flag that blocks and 3 that warn"
    assert CASES["no-quorum"]().view.flags.startswith("no flags")


@pytest.mark.parametrize("name", CASES)
def test_equal_inputs_give_equal_views_in_any_order(name: str) -> None:
    case, again = CASES[name](), CASES[name]()
    shuffled = card_view(again.card, again.reviews[::-1], again.dossier, again.personas[::-1])
    assert shuffled == case.view


@pytest.mark.parametrize("name", CASES)
def test_every_digest_is_named_in_full(name: str) -> None:
    case = CASES[name]()
    names = {digest.full for digest in case.view.digests}
    assert {case.card.digest, case.dossier.digest} <= names
    assert {review.digest for review in case.reviews} <= names
    assert {review.prompt for review in case.reviews} <= names
    assert all(re.fullmatch(r"[0-9a-f]{12}", digest.short) for digest in case.view.digests)


def _without_review(case: Case) -> None:
    reviews_of(case.card, case.reviews[1:])


def _other_dossier(case: Case) -> None:
    card_view(case.card, case.reviews, dossier(tagline="Another"), case.personas)


def _without_persona(case: Case) -> None:
    card_view(case.card, case.reviews, case.dossier, case.personas[1:])


@pytest.mark.parametrize("broken", [_without_review, _other_dossier, _without_persona])
def test_parts_that_do_not_belong_together_are_refused(broken: Any) -> None:
    with pytest.raises(TamperError, match="aster-2") as caught:
        broken(CASES["skip-with-dissent"]())
    assert caught.value.remedy


def test_views_are_plain_data() -> None:
    view = CASES["skip-with-dissent"]().view
    assert type(view).model_validate_json(json.dumps(view.model_dump(mode="json"))) == view


def test_an_edition_is_shown_with_its_dossier_as_edited() -> None:
    published = make_published("aster-2", dossier=dossier())
    edition = published.edition
    plain = card_view(edition.card, edition.reviews, edition.dossier, published.personas)
    assert edition_view(edition, published.personas) == plain
    later = edition.dossier.model_copy(update={"summary": "Other words."})
    edited = edition.model_copy(update={"dossier": later})
    assert edition_view(edited, published.personas).summary == ("Other words.",)
    with pytest.raises(TamperError):
        edition_view(edited, published.personas[1:])
