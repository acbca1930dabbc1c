"""A program talks with colleagues, gives drafts away and settles conflicts."""

from tests.desk.api.conftest import Api


def test_colleagues_talk_through_it(api: Api) -> None:
    cms = api.program()
    made = cms.send("POST", "/comments", {"text": "Is that so?", "field": "summary"})
    assert made.status_code == 201
    path = f"/comments/{made.json()['id']}/resolve"
    assert cms.send("POST", path).status_code == 204
    (found,) = cms.get("/comments").json()["comments"]
    assert found["resolved_by"] == "editor"
    given = cms.send("PUT", "/assignee", {"login": "editor"})
    assert given.json()["assignee"] == "editor"
    assert cms.send("PUT", "/assignee", {"login": "nobody"}).status_code == 403
    assert cms.send("PUT", "/assignee", {"login": None}).json()["assignee"] is None


def test_a_conflict_is_settled_on_the_decision_that_was_seen(api: Api) -> None:
    cms = api.program()
    (before,) = cms.get("/conflicts").json()["conflicts"]
    path = f"/conflicts/{before['id']}"
    body = {"how": "pick", "fact": before["facts"][0], "reason": "The newer page."}
    assert cms.send("PUT", path, body).status_code == 428
    assert cms.send("PUT", path, {**body, "fact": "F99"}, 0).status_code == 422
    assert cms.send("PUT", path, {**body, "reason": ""}, 0).status_code == 422
    assert cms.send("PUT", path, body, before["seq"]).status_code == 200
    other = {**body, "fact": before["facts"][1]}
    assert cms.send("PUT", path, other, before["seq"]).status_code == 412
    (after,) = cms.get("/conflicts").json()["conflicts"]
    assert (after["seq"], after["settlement"]["by"]) == (1, "Editor")
    assert cms.send("PUT", path, {"how": "open"}, 1).status_code == 200
