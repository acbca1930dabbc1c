"""The queue, runs and the log, as programs read them."""

from panel.bootstrap.house import House
from tests.desk.api.conftest import Api
from tests.desk.drafting import Drafted
from tests.desk.living import living, make_house


def test_the_queue_runs_and_the_log_are_listed(api: Api) -> None:
    admin = api.program("admin")
    admin.send("POST", "/comments", {"text": "Look."})
    found = admin.get("/api/queue", params={"state": ["draft", "approved"], "q": "tern"}).json()
    assert [row["run"] for row in found["rows"]] == [api.ref.run]
    assert (found["total"], found["pages"]) == (1, 1)
    assert admin.get("/api/runs").json()["runs"][0]["id"] == api.ref.run
    assert admin.get(f"/api/runs/{api.ref.run}").json()["dossiers"] == 1
    first = admin.get("/api/events", params={"limit": 1}).json()
    rest = admin.get("/api/events", params={"after": first["next"]}).json()
    assert "comment" in [one["act"] for one in rest["events"]]
    assert rest["next"] is None


def test_what_cannot_be_asked_is_refused(api: Api) -> None:
    admin = api.program("admin")
    for path in (
        "/api/queue?state=lost",
        "/api/queue?colour=red",
        "/api/queue?run=x",
        "/api/queue?q=a%00",
        "/api/events?after=-1",
        "/api/events?after=99999999999",
        "/api/events?subject=%00",
        "/api/runs?limit=0",
    ):
        assert admin.get(path).status_code == 422, path
    assert admin.get("/api/runs/latest").status_code == 404


def test_what_the_panel_says_is_kept_back_where_editors_call_first(house: House) -> None:
    with living(make_house(house.workspace.root, blind_first=True)) as blind:
        api = Api(blind, Drafted(blind).ref)
        editor, viewer = api.program("editor"), api.program("viewer")
        told = ("outcome", "ships", "skips", "blocking", "warnings")
        (row,) = editor.get("/api/queue").json()["rows"]
        assert [row[name] for name in told] == [None] * 5
        assert viewer.get("/api/queue").json()["rows"][0]["outcome"] == "split"
        assert [editor.get(path).status_code for path in ("", "/history", "/comments")] == [403] * 3
        blind.person("editor").post(f"/drafts/{api.ref}/blind", call="ship")
        assert editor.get("/api/queue").json()["rows"][0]["ships"] == 1
        assert editor.get("/history").status_code == 200
