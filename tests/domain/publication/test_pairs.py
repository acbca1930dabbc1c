"""Pairs are few, comparable, and the same however the list is ordered."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.publication.entry import Entry, entry_of
from panel.domain.publication.pairs import MOST, fits, pairs, unpaired
from tests.publishing.site.published import make_published

BASE = entry_of(make_published("some-model"))
START = dt.date(2026, 5, 1)
DAYS = 45


def entry(slug: str, **changes: Any) -> Entry:
    """A model of a list."""
    named = {"slug": slug, "name": slug.title(), "rivals": (), "released": None, "as_of": START}
    return BASE.model_copy(update=named | changes)


def shelf(*entries: Entry) -> dict[str, Entry]:
    """Models by slug."""
    return {one.slug: one for one in entries}


def test_rivals_come_before_neighbours_whoever_names_whom() -> None:
    crowd = [
        entry(f"near-{at}", released=START + dt.timedelta(days=at), category="Other")
        for at in range(8)
    ]
    rival = entry("gannet-5", name="Gannet 5", category="Far")
    fan = entry("fan", rivals=("Tern 2",), category="Farther")
    own = entry("tern-2", name="Tern 2", rivals=("gannet 5", "Nobody"), category="Other")
    found = pairs(shelf(own, rival, fan, *crowd), "related", (), DAYS)
    assert ("gannet-5", "tern-2") in found
    assert ("fan", "tern-2") in found
    assert not any("fan" in pair and "tern-2" not in pair for pair in found)


@pytest.mark.parametrize("changes", [{"panel": "0" * 64}, {"as_of": START + dt.timedelta(46)}])
def test_what_cannot_be_compared_is_no_pair(changes: dict[str, Any]) -> None:
    models = shelf(entry("a", rivals=("B",)), entry("b", **changes))
    for how in ("related", "all", "listed"):
        assert pairs(models, how, ("a:b",), DAYS) == ()
    (refused,) = unpaired(models, ("a:b",), DAYS)
    assert refused.reason == "they cannot be compared; see: shipskip compare a b"


def test_listed_pairs_always_get_a_page_each_in_order() -> None:
    models = shelf(entry("a", category="One"), entry("b", category="Two"), entry("c"))
    for how in ("related", "all", "listed"):
        assert ("a", "b") in pairs(models, how, ("b:a", " a : b "), DAYS)
    assert pairs(models, "listed", ("b:a",), DAYS) == (("a", "b"),)
    assert unpaired(models, ("b:a",), DAYS) == ()


@pytest.mark.parametrize(
    ("listed", "reason"),
    [
        ("a", "a pair is written SLUG:SLUG, with two slugs"),
        ("a:a", "a pair is written SLUG:SLUG, with two slugs"),
        ("a:nobody", "nothing is published about nobody"),
        ("x:y", "nothing is published about x and y"),
    ],
)
def test_listed_pairs_that_are_none_are_reported(listed: str, reason: str) -> None:
    (found,) = unpaired(shelf(entry("a")), (listed,), DAYS)
    assert (found.listed, found.reason) == (listed, reason)
    assert pairs(shelf(entry("a")), "all", (listed,), DAYS) == ()


@st.composite
def _entries(draw: st.DrawFn) -> list[Entry]:
    return [
        entry(
            f"m{at}",
            as_of=START + dt.timedelta(days=draw(st.integers(0, 90))),
            panel=draw(st.sampled_from("ab")) * 64,
            category=draw(st.sampled_from(["One", "Two"])),
        )
        for at in range(draw(st.integers(0, 10)))
    ]


@given(_entries(), st.integers(0, 60))
def test_all_pairs_are_exactly_those_that_fit(entries: list[Entry], days: int) -> None:
    models = shelf(*entries)
    found = pairs(models, "all", (), days)
    wanted = {
        (one, two)
        for one in models
        for two in models
        if one < two and fits(models[one], models[two], days)
    }
    assert found == tuple(sorted(wanted))
    assert set(pairs(models, "related", (), days)) <= wanted


@given(_entries(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_changes_nothing(entries: list[Entry], dice: Any) -> None:
    mixed = [*entries]
    dice.shuffle(mixed)
    for how in ("related", "all"):
        assert pairs(shelf(*entries), how, (), DAYS) == pairs(shelf(*mixed), how, (), DAYS)


def test_a_long_list_has_few_pairs_a_model() -> None:
    many = [entry(f"m{at:05}", released=START + dt.timedelta(days=at % 300)) for at in range(2000)]
    found = pairs(shelf(*many), "related", (), DAYS)
    assert len(found) <= MOST * len(many)
    assert len(Counter(slug for pair in found for slug in pair)) == len(many)
