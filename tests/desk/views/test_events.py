import json

from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk


def test_the_whole_log_is_taken_along_by_admins_alone(desk: LiveDesk) -> None:
    Drafted(desk).edit({"summary": "Short."})
    admin = desk.person("admin")
    file = admin.get("/events.jsonl")
    assert file.headers["content-type"].startswith("application/x-ndjson")
    lines = [json.loads(line) for line in file.text.splitlines()]
    assert lines[-1]["act"] == "events.export"
    assert "edit" in [one["act"] for one in lines]
    later = admin.get(f"/events.jsonl?after={lines[-1]['seq']}").text.splitlines()
    assert len(later) == 1, "that it was taken again"
    assert desk.person("publisher").get("/events.jsonl").status_code == 403
    assert admin.get("/events.jsonl?after=-1").status_code == 422
