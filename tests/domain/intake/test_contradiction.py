import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.fact import Source
from panel.domain.intake.contradiction import clash, clashes, groups, resemblance
from tests.domain.intake.pairs import PAIRS, Pair, fact
from tests.domain.intake.test_dependents import ours

TOLD = frozenset({"F1", "F2"})


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.attribute}: {pair.first[:20]}")
def test_code_says_what_an_editor_says(pair: Pair) -> None:
    first, second = pair.facts()
    found = clash(first, second, TOLD)
    assert (found.kind if found else "none") == pair.verdict
    turned = clash(second, first, TOLD)
    assert (turned.kind if turned else "none") == pair.verdict
    if found and turned:
        assert found.newer == turned.newer == ("F2" if found.kind == "supersession" else "")


def test_a_later_day_proves_nothing_for_sources_without_a_date() -> None:
    first, second = next(one for one in PAIRS if one.verdict == "supersession").facts()
    for told in ((), ("F1",), ("F2",)):
        found = clash(first, second, told)
        assert found
        assert found.kind == "contradiction"


def test_what_is_superseded_clashes_no_more() -> None:
    first, second = Pair("weights", "none", "open", "contradiction").facts()
    old = first.model_copy(update={"standing": "superseded"})
    assert clash(first, second)
    assert clash(old, second) is None


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("command-a-plus", set[str]()),
        ("hy-mt2", set[str]()),
        ("muse-spark", {"C1", "C2", "C3", "C4", "C5"}),  # C6 takes reading between the lines
        ("qwen-studio", set[str]()),
        ("qwen3-6-27b", set[str]()),
        ("qwen3-6-35b-a3b", set[str]()),
    ],
)
def test_our_own_dossiers_hold_just_the_conflicts_they_record(
    slug: str, expected: set[str]
) -> None:
    dossier = ours(slug)
    found = groups(clashes(dossier.facts, dossier.sources))
    recorded = {one.facts: one.id for one in dossier.conflicts}
    assert {recorded.get(group, str(group)) for group in found} == expected


def test_sources_tell_which_dates_count() -> None:
    first, second = next(one for one in PAIRS if one.verdict == "supersession").facts()
    day = dt.date(2026, 5, 8)
    sources = [
        Source(id=f"S{at}", publisher="P", title="T", published=day, read=day) for at in (1, 2)
    ]
    assert [one.kind for one in clashes([first, second], sources)] == ["supersession"]
    assert [one.kind for one in clashes([first, second])] == ["contradiction"]
    assert clashes([first, second], sources, lambda _one, _two: False) == ()


def test_what_clashes_with_one_member_belongs_to_the_dispute() -> None:
    facts = [fact(at, attribute="weights", value=value) for at, value in
             ((12, "none"), (2, "open"), (9, "downloadable"), (3, "16|GB"))]  # fmt: skip
    assert groups(clashes(facts)) == (("F2", "F3", "F9", "F12"),)


@given(st.sampled_from(PAIRS), st.sampled_from(PAIRS))
def test_facts_on_different_matters_never_clash(one: Pair, other: Pair) -> None:
    first = one.facts()[0].model_copy(update={"attribute": "one-matter"})
    second = other.facts()[1].model_copy(update={"attribute": "other-matter"})
    assert clash(first, second, TOLD) is None


@given(st.sampled_from(PAIRS))
def test_no_fact_clashes_with_its_own_copy(pair: Pair) -> None:
    for one in pair.facts():
        assert clash(one, one.model_copy(update={"id": "F9"}), TOLD) is None


def test_resemblance_is_a_share() -> None:
    one, two = frozenset("ab"), frozenset("bc")
    assert resemblance(one, two) == resemblance(two, one) == pytest.approx(1 / 3)
    assert resemblance(frozenset(), frozenset()) == 0
