"""Who answers for the words, what was settled, and what is said about changes."""

import datetime as dt

import pytest

from panel.domain.fact import Settlement
from panel.domain.publication.entry import entry_of
from panel.domain.publication.release import Published
from panel.publishing.site.model_view import ModelView, attribution, model_view
from panel.testing import make_dossier
from tests.publishing.site.published import NOON, make_published


def view(published: Published) -> ModelView:
    return model_view(published, entry_of(published), ())


@pytest.mark.parametrize(
    ("edited_by", "approved_by", "words"),
    [
        (("Ana Roy",), "Pia Roy", "edited by Ana Roy, approved by Pia Roy"),
        (("Ana Roy", "Ben Roy"), "Pia Roy", "edited by Ana Roy and Ben Roy, approved by Pia Roy"),
        (("Pia Roy",), "Pia Roy", "edited and approved by Pia Roy"),
        ((), "Pia Roy", "edited by Pia Roy, who changed no word"),
        ((), "", "draft, approved by nobody"),
        (("Ana Roy",), "", "draft, approved by nobody"),
    ],
)
def test_a_named_human_answers_for_the_words(
    edited_by: tuple[str, ...], approved_by: str, words: str
) -> None:
    published = make_published(edited_by=edited_by, approved_by=approved_by)
    assert attribution(published.edition) == words


@pytest.mark.parametrize(
    ("how", "fact", "words"),
    [
        ("pick", "F2", "F2 holds, decided by Ana Roy on 2 May 2026."),
        ("supersede", "F2", "F2 is the newer truth, decided by Ana Roy on 2 May 2026."),
        ("keep-both", None, "Both can stand, decided by Ana Roy on 2 May 2026."),
    ],
)
def test_a_settled_conflict_says_how_by_whom_and_why(
    how: str, fact: str | None, words: str
) -> None:
    made = make_dossier(conflict=True)
    told = {"how": how, "fact": fact, "by": "Ana Roy", "on": dt.date(2026, 5, 2), "reason": "So."}
    settlement = Settlement.model_validate(told)
    settled = made.conflicts[0].model_copy(update={"settlement": settlement})
    published = make_published(made.slug, dossier=made)
    later = made.model_copy(update={"conflicts": (settled,)})
    edition = published.edition.model_copy(update={"dossier": later})
    release = published.last.model_copy(update={"edition": edition})
    (found,) = view(published.model_copy(update={"releases": (release,)})).settled
    assert (found.how, found.reason, found.held) == (words, "So.", fact or "")
    assert {side.id for side in found.conflict.sides} == set(settled.facts)
    assert view(published).settled == ()


def test_corrections_are_newest_first_and_changes_are_those_of_the_last_step() -> None:
    first, second, third = (
        make_published(ended=ended)  # type: ignore[arg-type]
        for ended in (("ship",) * 5, ("skip", *("ship",) * 4), ("skip", "skip", *("ship",) * 3))
    )
    releases = (
        first.last,
        second.last.model_copy(
            update={"kind": "corrected", "note": "One.", "at": NOON + dt.timedelta(days=1)}
        ),
        third.last.model_copy(
            update={"kind": "corrected", "note": "Two.", "at": NOON + dt.timedelta(days=2)}
        ),
    )
    found = view(third.model_copy(update={"releases": releases}))
    assert [release.note for release in found.corrections] == ["Two.", "One."]
    assert found.since == releases[1].at
    told = [(one.what, one.before, one.after) for one in found.changes]
    assert ("Seats that ship", "4 of 5", "3 of 5") in told
    assert (f"Call of {third.panel.seats[1].persona}", "ship", "skip") in told
    assert view(first).changes == ()


def test_a_gone_fact_has_no_place_to_link_to() -> None:
    first = make_published()
    fewer = first.edition.dossier.model_copy(update={"facts": first.edition.dossier.facts[:-1]})
    edition = first.edition.model_copy(update={"dossier": fewer})
    later = first.last.model_copy(update={"edition": edition})
    gone = first.edition.dossier.facts[-1].id
    (change,) = view(first.model_copy(update={"releases": (first.last, later)})).changes
    assert (change.what, change.after, change.link) == (f"Fact {gone}", "", "")
