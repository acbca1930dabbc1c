"""A program changes a draft: the same rights, the same version rule."""

import pytest

from panel.domain.editing.states import Role
from panel.testing import make_dossier
from tests.desk.api.conftest import Api
from tests.domain.editing.papers import make_papers
from tests.editing.desk import keep_papers, numbered


def test_a_draft_is_edited_moved_and_brought_back(api: Api) -> None:
    cms = api.program()
    read = cms.get()
    assert (read.status_code, read.headers["etag"]) == (200, '"0"')
    changes = {"skeptic.1.headline": "Wait for the licence."}
    edited = cms.send("PATCH", "", {"changes": changes}, 0)
    assert (edited.status_code, edited.headers["etag"]) == (200, '"1"')
    assert "Wait for the licence." in edited.text
    moved = cms.send("POST", "/moves", {"act": "submit"}, 1)
    assert (moved.json()["state"], moved.json()["version"]) == ("in_review", 2)
    undone = cms.send("POST", "/undo", {}, 2)
    assert undone.json()["state"] == "draft"
    back = cms.send("POST", "/restore", {"version": 0, "reason": "Not better."}, 3)
    assert back.json()["content"] == read.json()["content"]
    history = cms.get("/history").json()["revisions"]
    assert [one["act"] for one in history] == ["edit", "submit", "undo", "restore"]


def test_a_late_change_gets_the_merge(api: Api) -> None:
    first, second = api.program(), api.program("publisher")
    first.send("PATCH", "", {"changes": {"summary": "Mine.", "pricing.entry": "free"}}, 0)
    late = second.send("PATCH", "", {"changes": {"summary": "Theirs."}, "reason": "Better"}, 0)
    assert (late.status_code, late.headers["etag"]) == (412, '"1"')
    merge = late.json()["merge"]
    assert [(one["field"], one["mine"], one["theirs"]) for one in merge["clashes"]] == [
        ("summary", "Theirs.", "Mine.")
    ]
    assert merge["theirs"]["pricing.entry"] == "free"
    again = second.send("PATCH", "", {"changes": {"summary": "Theirs."}}, merge["version"])
    assert again.status_code == 200


def test_what_is_sent_twice_is_done_once(api: Api) -> None:
    cms, body = api.program(), {"changes": {"summary": "Once."}, "key": "k1"}
    for _ in range(2):
        assert cms.send("PATCH", "", body, 0).json()["version"] == 1


@pytest.mark.parametrize(
    ("role", "method", "path", "body"),
    [
        ("viewer", "PATCH", "", {"changes": {"summary": "S"}}),
        ("viewer", "POST", "/comments", {"text": "Hm"}),
        ("editor", "POST", "/moves", {"act": "approve"}),
        ("editor", "POST", "/corrections", {"note": "N", "changes": {}}),
        ("publisher", "GET", "/api/events", None),
    ],
)
def test_a_token_may_what_its_owner_may(
    api: Api, role: Role, method: str, path: str, body: object
) -> None:
    assert api.program(role).send(method, path, body, 0).status_code == 403


def test_a_live_draft_is_corrected_in_one_step(api: Api) -> None:
    cms = api.program("publisher")
    papers = make_papers("ship", "skip", dossier=make_dossier(), **numbered(1))
    cms.path = f"/api/drafts/{keep_papers(api.desk.context.store, papers)}"
    seen = cms.get().json()["seen"]
    assert cms.send("POST", "/corrections", {"note": "Typo."}, 0).status_code == 403
    late = cms.send("POST", "/moves", {"act": "approve", "seen": "0" * 64}, 0)
    assert late.status_code == 409, "another dossier than the one that was seen"
    cms.send("POST", "/moves", {"act": "approve", "seen": seen}, 0)
    assert cms.send("POST", "/moves", {"act": "publish"}, 1).json()["live"]
    body = {"note": "A slip.", "changes": {"summary": "Sound."}, "key": "k"}
    found = cms.send("POST", "/corrections", body, 2).json()
    assert (found["state"], found["version"]) == ("published", 3)
    assert found["live"] == found["approved"]
    assert cms.send("POST", "/look", {}, 3).json()["version"] == 4
