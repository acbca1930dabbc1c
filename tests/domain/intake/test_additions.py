import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.dossier import Dossier
from panel.domain.fact import Conflict, Settlement, Source
from panel.domain.intake.additions import Additions, added, disputed, usable
from panel.domain.intake.applying import applied
from panel.domain.intake.candidate import Candidate
from panel.domain.intake.proposal import Proposal
from panel.testing import make_dossier
from tests.domain.intake.test_merging import VALUES, told

DAY = dt.date(2026, 6, 1)


def source(number: int = 9, **changes: Any) -> Source:
    content: dict[str, Any] = {"id": f"S{number}", "publisher": "P", "title": "T", "read": DAY}
    return Source.model_validate({**content, **changes})


def built(
    dossier: Dossier | None, *candidates: Candidate, sources: tuple[Source, ...] = (source(),)
) -> Additions:
    return disputed(dossier, added(dossier, candidates, sources))


def test_nothing_adds_nothing() -> None:
    assert not Additions()
    assert not built(make_dossier(), sources=())


def test_a_new_fact_that_clashes_with_an_old_one_opens_a_conflict() -> None:
    dossier = make_dossier()
    old = next(one for one in dossier.facts if one.attribute == "licence")
    found = built(dossier, told(9, "proprietary", as_of=DAY))
    (conflict,) = found.conflicts
    assert conflict.facts == (old.id, found.facts[0].id)
    assert old.brief in conflict.note
    after = applied(dossier.model_copy(update={"as_of": DAY}), found)
    assert after.open_conflicts == (conflict,)


def test_ids_are_never_given_again() -> None:
    dossier = make_dossier()
    found = disputed(
        dossier,
        added(dossier, [told(9, "proprietary")], [source()], used=["F40", "C7", "S3"]),
        used=["F40", "C7", "S3"],
    )
    assert (found.facts[0].id, found.conflicts[0].id) == ("F41", "C8")


def test_a_new_side_joins_the_open_conflict() -> None:
    dossier = make_dossier(conflict=True)
    found = built(dossier, told(9, "GPL 3.0"))
    assert [(one.conflict, one.fact) for one in found.joined] == [("C1", found.facts[0].id)]
    assert found.conflicts == ()
    assert applied(dossier.model_copy(update={"as_of": DAY}), found).conflicts[0].facts[-1] == (
        found.facts[0].id
    )


def test_what_an_editor_decided_against_raises_no_new_conflict() -> None:
    dossier = make_dossier(conflict=True)
    one = dossier.conflicts[0]
    winner, loser = one.facts
    settled = Settlement(how="pick", fact=winner, by="E", on=dossier.as_of, reason="seen")
    dossier = dossier.model_copy(
        update={"conflicts": (one.model_copy(update={"settlement": settled}),)}
    )
    value = next(fact.value for fact in dossier.facts if fact.id == winner)
    again = built(dossier, told(9, value or ""))
    assert (again.conflicts, again.joined) == ((), ())
    third = built(dossier, told(9, "GPL 3.0"))
    assert [set(conflict.facts) & {winner, loser} for conflict in third.conflicts] == [{winner}]


def test_a_pair_that_an_editor_left_alone_is_left_alone() -> None:
    dossier = make_dossier(conflict=True)
    unlisted = dossier.model_copy(update={"conflicts": ()})
    found = built(unlisted, told(9, "128K|tokens", "window-of-something"))
    assert found.conflicts == ()


def test_a_later_price_supersedes_within_one_build() -> None:
    sources = (source(1, published=dt.date(2026, 4, 1)), source(2, published=dt.date(2026, 5, 1)))
    old, new = (
        told(at, f"{value}|USD per million input tokens", "input-price", topic="price",
             as_of=dt.date(2026, 3 + at, 1), standing=standing)
        for at, value, standing in ((1, "3", "official"), (2, "2", "official"))
    )  # fmt: skip
    found = built(None, old, new, sources=sources)
    assert [one.standing for one in found.facts] == ["superseded", "official"]
    assert found.conflicts == ()


def test_a_rumour_does_not_supersede_what_the_vendor_says() -> None:
    sources = (source(1, published=dt.date(2026, 4, 1)), source(2, published=dt.date(2026, 5, 1)))
    said = told(1, "3|USD per million tokens", "input-price", as_of=dt.date(2026, 4, 1),
                standing="official")  # fmt: skip
    rumour = told(2, "300|USD per million tokens", "input-price", as_of=dt.date(2026, 5, 1))
    found = built(None, said, rumour, sources=sources)
    assert {one.standing for one in found.facts} == {"official", "reported"}
    (conflict,) = found.conflicts
    assert conflict.note.startswith("Looks superseded by F2, the newer one: ")


def test_what_stands_in_the_dossier_is_never_marked_as_superseded() -> None:
    first = (source(1, published=dt.date(2026, 4, 1)),)
    old = told(1, "3|USD per million tokens", "input-price", as_of=dt.date(2026, 4, 1))
    kept = built(None, old, sources=first).facts
    dossier = make_dossier(
        sources=[one.model_dump() for one in first],
        facts=[one.model_dump() for one in kept],
        as_of=DAY,
        price={},
    )
    new = told(2, "2|USD per million tokens", "input-price", as_of=dt.date(2026, 5, 1))
    found = built(dossier, new, sources=(source(2, published=dt.date(2026, 5, 1)),))
    assert found.conflicts[0].note.startswith("Looks superseded by F2")
    assert applied(dossier, found).facts[0].standing == "reported"


def test_a_proposal_joins_two_attributes_into_one_conflict() -> None:
    one = told(9, "", "launch", statement="Kestrel released it beside Gull 5.",
               quote="alongside Gull 5")  # fmt: skip
    two = told(9, "", "model-history", statement="Kestrel released nothing else for a year.",
               quote="its first model in a year")  # fmt: skip
    alone = added(None, [one, two], [source()])
    ids = {fact.attribute: fact.id for fact in alone.facts}
    proposal = Proposal(first=ids["launch"], second=ids["model-history"], note="x",
                        first_words="alongside Gull 5", second_words="its first model")  # fmt: skip
    assert disputed(None, alone).conflicts == ()
    found = disputed(None, alone, proposals=[proposal])
    (conflict,) = found.conflicts
    assert {fact.attribute for fact in found.facts} == {conflict.attribute}
    wrong = proposal.model_copy(update={"second_words": "never said"})
    assert disputed(None, alone, proposals=[wrong]).conflicts == ()


BATCH = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(VALUES), st.sampled_from(["licence", "size"])),
    max_size=6,
)


@given(BATCH, BATCH)
def test_a_second_build_changes_nothing_that_stands(
    first: list[tuple[int, str, str]], second: list[tuple[int, str, str]]
) -> None:
    dossier = make_dossier(as_of=DAY)
    sources = tuple(source(10 + at) for at in range(1, 5))
    for at, batch in enumerate((first, second)):
        candidates = [told(10 + number, value, name) for number, value, name in batch]
        found = built(dossier, *candidates, sources=sources if at == 0 else ())
        after = applied(dossier, found)
        for old, new in zip(dossier.facts, after.facts, strict=False):
            assert new.witnesses[: len(old.witnesses)] == old.witnesses
            assert new.model_copy(update={"witnesses": old.witnesses}) == old
        assert after.conflicts[: len(dossier.conflicts)] == tuple(
            old.model_copy(update={"facts": new.facts})
            for old, new in zip(dossier.conflicts, after.conflicts, strict=False)
        )
        again = built(after, *candidates, sources=())
        assert not again, "the same candidates add nothing twice"
        dossier = after


def test_placeholders_are_no_facts() -> None:
    dossier = make_dossier()
    blank = dossier.facts[0].model_copy(update={"statement": "REPLACE ME (the fact)"})
    found = usable(dossier.model_copy(update={"facts": (blank, *dossier.facts[1:])}))
    assert found == dossier.facts[1:]
    assert usable(None) == ()


@pytest.mark.parametrize(
    ("key", "value"), [("licence", "MIT"), ("price.entry", "Free"), ("released", "2026-04-08")]
)
def test_blanks_are_filled(key: str, value: str) -> None:
    dossier = make_dossier(price={}, released=None, licence=None)
    after = applied(dossier, Additions(blanks={key: value})).model_dump(mode="json")
    section, _, name = key.rpartition(".")
    assert (after[section] if section else after)[name] == value


def test_a_conflict_has_no_more_sides_than_the_format_allows() -> None:
    candidates = [told(9, f"{at}0|points", "some-bench") for at in range(1, 30)]
    found = built(None, *candidates)
    assert [len(one.facts) for one in found.conflicts] == [20]
    assert all(isinstance(one, Conflict) for one in found.conflicts)


def test_what_is_contested_is_not_superseded_in_silence() -> None:
    days = [dt.date(2026, 3, 10), dt.date(2026, 3, 12), dt.date(2026, 6, 2)]
    sources = [source(at, published=day) for at, day in enumerate(days, 1)]
    said = [
        ("English only", "It supports English only."),
        ("Welsh, French", "It answers in Welsh and in French."),
        ("English, French, Welsh", "With the June version it adds French and Welsh."),
    ]
    new = [
        told(at, value, "languages", topic="language", statement=statement, as_of=day)
        for at, ((value, statement), day) in enumerate(zip(said, days, strict=True), 1)
    ]  # fmt: skip
    found = added(None, new, sources)
    assert [fact.standing for fact in found.facts] == ["reported"] * 3
    assert [one.facts for one in found.conflicts] == [("F1", "F2"), ("F1", "F3")]
    assert "Looks superseded by F3" in found.conflicts[1].note
    alone = added(None, [new[0], new[2]], sources)
    assert [fact.standing for fact in alone.facts] == ["superseded", "reported"]
    assert alone.conflicts == ()
