"""What editors did is checked link by link, also against somebody who makes digests fit."""

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest

from panel.bootstrap.edited import edits
from panel.domain.editing.edition import Edition
from panel.domain.editing.revision import Revision
from panel.domain.value import canonical_json, digest_of
from panel.store.document import Document
from panel.store.store import Store
from tests.databases import tamper
from tests.domain.editing.papers import citing, make_papers
from tests.editing.conftest import address, file_with_tables, store, url
from tests.editing.desk import CALL, HEADLINE, Desk

__all__ = ["address", "file_with_tables", "store", "url"]


@pytest.fixture
def edited(store: Store) -> Desk:
    """A draft with a whole life behind it."""
    found = Desk(store, make_papers(citing("F2"), citing("F10", call="skip"), "skip"))
    found.settle("F2")
    found.edit("ana", {HEADLINE: "Wait a month"})
    found.move("pia", "submit")
    found.move("pia", "approve")
    found.undo("pia")
    found.publish()
    found.correct("pia", {CALL: "ship"}, note="We misread the licence.")
    found.edit("ana", {HEADLINE: "Wait two months"})
    found.correct("pol", {}, note="The headline was too short.")
    found.edit("ana", {"creator.1.rejected": "It is about another model."}, "reject", reason="So.")
    found.move("pol", "retract", note="Wrong model.")
    return found


def forced(address: str, statement: str, **values: Any) -> int:
    """Change revisions or decisions although their triggers refuse it."""
    for table, act in product(("revisions", "settlements"), ("update", "delete")):
        if address.startswith("sqlite:"):
            tamper(address, f"DROP TRIGGER IF EXISTS {table}_refuse_{act}")
    return tamper(address, statement, **values)


def told(desk: Desk) -> list[str]:
    run = desk.store.run(desk.ref.run)
    return [f"{one.path}: {one.message}" for one in edits(desk.store, run)]


def rewritten(desk: Desk, address: str, version: int, **changes: Any) -> None:
    """Replace a revision by another one whose digest fits."""
    one = desk.store.revisions(desk.ref.run, desk.ref.slug)[version - 1]
    body = canonical_json(Revision.model_validate({**one.model_dump(), **changes}))
    values = {"body": body, "digest": digest_of("revision", body), "version": version}
    update = "UPDATE revisions SET body = :body, digest = :digest WHERE version = :version"
    assert forced(address, update, **values) == 1


def other_edition(desk: Desk, version: int, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The standing of an approval that names another edition, which is stored."""
    standing = desk.store.revisions(desk.ref.run, desk.ref.slug)[version - 1].standing
    frozen = desk.edition(standing.approved)
    forged = Edition.model_validate({**frozen.model_dump(), **changes})
    desk.store.add_documents([Document.of("edition", forged)])
    return {**standing.model_dump(), "approved": forged.digest}


def test_a_whole_life_holds(edited: Desk) -> None:
    assert told(edited) == []


def test_a_draft_that_nobody_touched_has_nothing_to_show(store: Store) -> None:
    assert told(Desk(store)) == []


def test_a_changed_revision_is_found(edited: Desk, address: str) -> None:
    forced(address, "UPDATE revisions SET body = replace(body, 'a month', 'a year')")
    (found,) = told(edited)
    assert "revision 1 of" in found
    assert "is not as it was written" in found


def test_a_revision_that_is_gone_is_found(edited: Desk, address: str) -> None:
    forced(address, "DELETE FROM revisions WHERE version = 2")
    assert "is not as it was written" in told(edited)[0]


def test_a_state_that_was_never_reached_is_found(edited: Desk, address: str) -> None:
    live = edited.store.revisions(edited.ref.run, edited.ref.slug)[5].standing
    rewritten(edited, address, 2, standing=live.model_dump())
    assert "version 2 of draft" in told(edited)[0]
    assert "stands as published without having got there" in told(edited)[0]


def test_an_undo_leads_to_where_it_came_from(edited: Desk, address: str) -> None:
    rewritten(edited, address, 4, standing={"state": "draft"})
    assert "version 4 of draft" in told(edited)[0]


def test_an_edition_that_is_gone_or_changed_is_found(edited: Desk, address: str) -> None:
    update = "UPDATE documents SET body = replace(body, 'a month', 'a year') WHERE kind = :kind"
    assert tamper(address, update, kind="edition") > 0
    assert "no longer has that digest" in told(edited)[0]
    tamper(address, "DELETE FROM documents WHERE kind = :kind", kind="edition")
    assert "there is no document" in told(edited)[0]


@pytest.mark.parametrize("what", ["words", "version", "card", "dossier"])
def test_an_edition_of_other_words_is_found(edited: Desk, address: str, what: str) -> None:
    frozen = edited.edition(
        edited.store.revisions(*str(edited.ref).split("/"))[4].standing.approved
    )
    first, *others = frozen.reviews
    assert first.verdict
    spoken = first.verdict.model_copy(update={"headline": "Take it today"})
    changes: dict[str, dict[str, Any]] = {
        "words": {"reviews": (first.model_copy(update={"verdict": spoken}), *others)},
        "version": {"version": 0},
        "card": {"card": frozen.card.model_copy(update={"name": "Tern 3"})},
        "dossier": {"dossier": frozen.dossier.model_copy(update={"tagline": "The best of all"})},
    }
    rewritten(edited, address, 5, standing=other_edition(edited, 5, changes[what]))
    found = told(edited)
    assert any("version 5" in one and "other words than stood there" in one for one in found)


def test_a_changed_decision_is_found(edited: Desk, address: str) -> None:
    forced(address, "UPDATE settlements SET body = replace(body, 'F2', 'F10')")
    assert any("a settlement of" in one for one in told(edited))
