import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.fact import Fact
from panel.domain.intake.candidate import Candidate
from panel.domain.intake.merging import MAX_WITNESSES, Merged, copies, merge, same_statement
from tests.domain.intake.pairs import PAIRS, Pair, fact
from tests.domain.intake.test_candidate import candidate


def told(source: int, value: str, attribute: str = "licence", **changes: Any) -> Candidate:
    """A candidate of a source; `value` may be `value|unit`."""
    value, _, unit = value.partition("|")
    statement = changes.pop("statement", f"Source {source} has it at {value}.")
    return candidate(
        source=f"S{source}", attribute=attribute, value=value or None, unit=unit or None,
        statement=statement, quote=changes.pop("quote", f"it says {value} here"), **changes,
    )  # fmt: skip


def grouped(merged: Merged) -> list[list[str]]:
    return [[witness.source for witness in fact.witnesses] for fact in merged.facts]


def test_what_several_sources_state_is_one_fact() -> None:
    found = merge(
        (),
        [
            told(1, "128K|tokens", "context-window"),
            told(2, "131,072|tokens", "context-length"),
            told(3, "256K|tokens", "context-window"),
            told(4, "Apache License 2.0"),
            told(2, "apache-2.0", "license"),
        ],
    )
    assert grouped(found) == [["S1", "S2"], ["S2", "S4"], ["S3"]]
    assert [one.id for one in found.facts] == ["F1", "F2", "F3"]
    assert len({one.attribute for one in found.facts if "context" in one.attribute}) == 1


def test_the_best_standing_speaks_and_the_earliest_day_counts() -> None:
    found = merge(
        (),
        [
            told(1, "MIT", as_of=dt.date(2026, 4, 9), leaning="neutral"),
            told(2, "MIT", as_of=dt.date(2026, 4, 8), standing="reported"),
            told(3, "MIT", as_of=dt.date(2026, 5, 1), standing="official", leaning="for"),
        ],
    )
    (one,) = found.facts
    assert (one.standing, one.leaning, one.as_of) == ("official", "for", dt.date(2026, 4, 8))
    assert one.statement == "Source 3 has it at MIT."


def test_facts_of_the_dossier_only_gain_witnesses() -> None:
    kept = [fact(7, attribute="license", value="MIT"), fact(8, attribute="license", value="MIT")]
    found = merge(kept, [told(9, "MIT"), told(9, "GPL 3.0")], next_number=12)
    assert {one: [w.source for w in new] for one, new in found.witnesses.items()} == {"F7": ["S9"]}
    assert [(one.id, one.attribute) for one in found.facts] == [("F12", "license")]


def test_a_witness_is_added_once() -> None:
    kept = [fact(7, attribute="licence", value="MIT", quote="It says \u201cMIT\u201d here")]
    again = told(7, "MIT", quote='it says "MIT" here')
    assert merge(kept, [again, again]).witnesses == {}


def test_no_fact_has_more_witnesses_than_the_format_allows() -> None:
    many = [told(at, "MIT", quote=f"MIT, says number {at}") for at in range(1, 40)]
    (one,) = merge((), many).facts
    assert len(one.witnesses) == MAX_WITNESSES
    assert len(merge([one], many).witnesses) == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("It calls tools.", "It does not call tools.", False),
        ("The model can call external tools.", "The model can call external tools well.", True),
        ("It scores 52 points overall.", "It scores 57 points overall.", False),
        ("It was made by Kestrel.", "Its window is long.", False),
    ],
)
def test_statements_without_a_value_are_one_when_the_words_are(
    one: str, other: str, same: bool
) -> None:
    assert same_statement(fact(1, statement=one), fact(2, statement=other)) is same


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair.verdict != "none"])
def test_what_clashes_is_never_merged(pair: Pair) -> None:
    assert not same_statement(*pair.facts())


VALUES = [
    "MIT",
    "mit",
    "Apache 2.0",
    "27B|parameters",
    "27 billion|parameters",
    "27.4B",
    "26.6B",
    "",
]


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from(VALUES), st.sampled_from(["licence", "size"])),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_reading_does_not_matter(
    given_: list[tuple[int, str, str]], chance: random.Random
) -> None:
    candidates = [told(*one) for one in given_]
    shuffled = [*candidates]
    chance.shuffle(shuffled)
    first = merge((), candidates)
    assert merge((), shuffled) == first
    assert sum(len(one.witnesses) for one in first.facts) <= len(candidates)
    assert {w.quote.lower() for one in first.facts for w in one.witnesses} == {
        one.quote.lower() for one in candidates
    }


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(VALUES)), max_size=6))
def test_merging_again_adds_nothing(given_: list[tuple[int, str]]) -> None:
    candidates = [told(*one) for one in given_]
    facts: tuple[Fact, ...] = merge((), candidates).facts
    again = merge(facts, candidates, next_number=len(facts) + 1)
    assert (again.facts, again.witnesses) == ((), {})


LONG = "Tern 2 is a small language model that Kestrel released on the eighth of April."
MORE = "It is offered under the MIT licence together with all of its weights."
OWN = "We have asked Kestrel for the price and will add it here once we know."


def test_a_text_that_repeats_another_is_its_copy() -> None:
    texts = {
        "S1": f"{LONG} {MORE}",
        "S2": f"Shared.\n{LONG.upper()}\n{MORE}",
        "S3": f"{LONG} {OWN}",
    }
    assert copies(texts, {}, {}) == {"S2": "S1"}


def test_only_what_carries_the_facts_has_to_be_copied() -> None:
    texts = {"S1": f"{LONG} {MORE}", "S2": f"{OWN} {OWN} {OWN} {LONG} {MORE}"}
    assert copies(texts, {}, {}) == {}
    assert copies(texts, {"S2": ["small language model", "the MIT licence"]}, {}) == {"S2": "S1"}
    assert copies(texts, {"S2": ["the price"]}, {}) == {}


def test_an_original_is_never_itself_a_copy() -> None:
    texts = {"S1": LONG, "S2": LONG, "S3": LONG, "S4": LONG}
    assert copies(texts, {}, {}) == {"S2": "S1", "S3": "S1", "S4": "S1"}
    assert copies(texts, {}, {"S1": "S9"}) == {"S3": "S2", "S4": "S2"}
    assert copies({"S1": "Too short.", "S2": "Too short."}, {}, {}) == {}
