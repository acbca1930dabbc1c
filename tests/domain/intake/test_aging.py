import datetime as dt
from typing import Any

import pytest

from panel.domain.fact import Fact, Source
from panel.domain.intake.aging import IS_FREE, aged, dated
from tests.domain.intake.pairs import fact

TOLD = ("F1", "F2")
EARLY, LATE = dt.date(2026, 3, 4), dt.date(2026, 6, 2)


def pair(said: str, attribute: str = "hosting", **newer: Any) -> tuple[Fact, Fact]:
    """An older fact and a newer one that says something."""
    old = fact(1, attribute=attribute, statement="It is so.", as_of=EARLY)
    return old, fact(2, attribute=attribute, statement=said, **{"as_of": LATE, **newer})


@pytest.mark.parametrize(
    ("said", "attribute", "kind"),
    [
        ("It costs $2.", "input-price", "supersession"),
        ("It still costs $2.", "input-price", "contradiction"),
        ("It never cost $2.", "input-price", "contradiction"),
        ("It remains invitation only.", "access", "contradiction"),
        ("It is invitation only.", "access", "supersession"),
        ("It was sold since the summer of 2025.", "sale", "contradiction"),
        ("It is sold since May 2026.", "sale", "supersession"),
        ("It is sold since 2026.", "sale", "supersession"),
        ("It was sold in autumn 2025, since a shop had it.", "sale", "contradiction"),
        ("The update adds French.", "languages", "supersession"),
        ("It speaks French.", "languages", "contradiction"),
        ("It now has 8B parameters.", "total-parameters", "contradiction"),
    ],
)
def test_a_later_day_supersedes_only_what_may_have_changed(
    said: str, attribute: str, kind: str
) -> None:
    old, new = pair(said, attribute)
    found = aged(old, new, "a ground", TOLD)
    assert found.kind == kind
    assert found.newer == ("F2" if kind == "supersession" else "")
    assert aged(new, old, "a ground", TOLD).kind == kind, "in whichever order they come"


def test_one_day_or_an_untold_one_supersedes_nothing() -> None:
    old, new = pair("It costs $2.", "input-price", as_of=EARLY)
    assert aged(old, new, "a ground", TOLD).kind == "contradiction"
    old, new = pair("It costs $2.", "input-price")
    assert aged(old, new, "a ground", ("F1",)).kind == "contradiction"


def test_a_day_is_told_by_the_source_or_by_what_it_says() -> None:
    read = dt.date(2026, 6, 10)
    undated = Source(id="S1", publisher="P", title="T", read=read)
    facts = (
        fact(1, as_of=read),
        fact(2, as_of=EARLY, witnesses=[{"source": "S1", "quote": "on 4 March 2026"}]),
        fact(3, as_of=read, witnesses=[{"source": "S3", "quote": "words"}]),
    )
    dated_one = Source(id="S3", publisher="P", title="T", published=read, read=read)
    assert dated(facts, (undated, dated_one)) == {"F2", "F3"}


def test_a_measurement_contradicts_what_the_vendor_claims() -> None:
    older, newer = pair("It writes 61 tokens per second.", "throughput", standing="measured")
    claimed = older.model_copy(update={"standing": "official"})
    told = ("F1", "F2")
    assert aged(claimed, newer, "different figures", told).kind == "contradiction"
    assert aged(older, newer, "different figures", told).kind == "supersession"
    now = newer.model_copy(update={"statement": "It now writes 61 tokens per second."})
    assert aged(claimed, now, "different figures", told).kind == "supersession"


def test_a_gift_of_the_vendor_is_not_ended_by_others() -> None:
    older, newer = pair("One pays $12 for it.", "entry-price")
    given = older.model_copy(update={"standing": "official"})
    assert aged(given, newer, IS_FREE, ("F1", "F2")).kind == "contradiction"
    assert aged(older, newer, IS_FREE, ("F1", "F2")).kind == "supersession"
