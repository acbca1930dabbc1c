"""The queue, runs and the log, as programs read them."""

from tests.desk.api.conftest import Api


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
