"""The fake Batch API as a plain client sees it; `tests/judging` drives it with the library's."""

import json
from typing import Any

import pytest

from panel.testing import BatchPlan, FakeOpenAI, Reply
from tests.testing.asking import Client, ask
from tests.testing.test_files import BOUNDARY, form

ENDPOINT = "/v1/chat/completions"
JSON = {"Content-Type": "application/json"}


def upload(server: FakeOpenAI, count: int = 6) -> str:
    """Id of an uploaded input file."""
    rows = [
        {"custom_id": f"k{n}", "method": "POST", "url": ENDPOINT, "body": ask(persona=f"No {n}")}
        for n in range(count)
    ]
    content = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
    client = Client(server, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
    shown = json.loads(client.send("POST", "/v1/files", form(content=content)).read())
    client.close()
    return shown["id"]


def call(server: FakeOpenAI, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    client = Client(server, JSON)
    response = client.send(method, path, None if body is None else json.dumps(body).encode())
    raw = response.read()
    client.close()
    return response.status, json.loads(raw)


def create(server: FakeOpenAI, file_id: str, **changes: Any) -> tuple[int, Any]:
    asked = {"input_file_id": file_id, "endpoint": ENDPOINT, "completion_window": "24h", **changes}
    return call(server, "POST", "/v1/batches", asked)


def ended(server: FakeOpenAI, count: int = 6) -> dict[str, Any]:
    """A batch that has been looked at until it had ended."""
    shown = create(server, upload(server, count))[1]
    while shown["status"] not in {"completed", "failed", "expired", "cancelled"}:
        shown = call(server, "GET", f"/v1/batches/{shown['id']}")[1]
    return shown


def lines(server: FakeOpenAI, file_id: str | None) -> list[dict[str, Any]]:
    found = [file for file in server.files if file.id == file_id]
    return [json.loads(line) for file in found for line in file.content.splitlines()]


@pytest.mark.parametrize(
    ("polls", "states"),
    [
        (0, ["completed"]),
        (1, ["in_progress", "completed"]),
        (2, ["in_progress", "finalizing", "completed"]),
        (3, ["in_progress", "in_progress", "finalizing", "completed"]),
    ],
)
def test_a_batch_takes_as_many_looks_as_planned(polls: int, states: list[str]) -> None:
    with FakeOpenAI(batch_plan=BatchPlan(polls=polls)) as server:
        shown = create(server, upload(server))[1]
        assert shown["status"] == "validating"
        path = f"/v1/batches/{shown['id']}"
        assert [call(server, "GET", path)[1]["status"] for _ in states] == states


def test_a_batch_takes_the_seconds_it_was_given() -> None:
    with FakeOpenAI(batch_plan=BatchPlan(polls=0, seconds=600)) as server:
        shown = create(server, upload(server))[1]
        path = f"/v1/batches/{shown['id']}"
        assert {call(server, "GET", path)[1]["status"] for _ in range(4)} == {"in_progress"}


def test_a_line_is_answered_as_a_live_call_would_be(fake: FakeOpenAI) -> None:
    answers = lines(fake, ended(fake)["output_file_id"])
    live = call(fake, "POST", ENDPOINT, ask(persona="No 3"))[1]
    batched = next(line for line in answers if line["custom_id"] == "k3")["response"]["body"]
    assert batched["choices"] == live["choices"]
    assert batched["usage"]["prompt_tokens"] == live["usage"]["prompt_tokens"]


def test_faults_are_scripted_line_by_line() -> None:
    script = [Reply(), Reply.status(500), Reply.drop(), Reply.refusal()]
    with FakeOpenAI(script) as server:
        shown = ended(server)
        good = lines(server, shown["output_file_id"])
        bad = {line["custom_id"]: line for line in lines(server, shown["error_file_id"])}
    assert shown["request_counts"] == {"total": 6, "completed": 4, "failed": 2}
    assert {line["custom_id"] for line in good} == {"k0", "k3", "k4", "k5"}
    assert bad["k1"]["response"]["status_code"] == 500
    assert (bad["k2"]["response"], bad["k2"]["error"]["code"]) == (None, "request_timeout")


def test_the_order_is_shuffled_by_the_seed_or_kept() -> None:
    def order(**plan: Any) -> list[str]:
        with FakeOpenAI(batch_plan=BatchPlan(polls=0, **plan)) as server:
            return [
                line["custom_id"] for line in lines(server, ended(server, 12)["output_file_id"])
            ]

    assert order() == order() != order(seed=1)
    assert order(shuffle=False) == [f"k{n}" for n in range(12)] != order()


def test_the_window_closes_on_the_rest() -> None:
    with FakeOpenAI(batch_plan=BatchPlan(expire_after=2)) as server:
        shown = ended(server)
        errors = lines(server, shown["error_file_id"])
        assert server.billed == 2
    assert (shown["status"], len(errors)) == ("expired", 4)
    assert {line["error"]["code"] for line in errors} == {"batch_expired"}


def test_a_batch_without_one_success_has_no_output_file() -> None:
    with FakeOpenAI(Reply.status(400)) as server:
        shown = ended(server)
    assert (shown["status"], shown["output_file_id"]) == ("completed", None)
    assert shown["request_counts"]["failed"] == 6


def test_a_cancelled_batch_is_closed_at_the_next_look(fake: FakeOpenAI) -> None:
    path = f"/v1/batches/{create(fake, upload(fake))[1]['id']}"
    call(fake, "GET", path)
    assert call(fake, "POST", f"{path}/cancel")[1]["status"] == "cancelling"
    shown = call(fake, "GET", path)[1]
    assert (shown["status"], shown["request_counts"]["completed"]) == ("cancelled", 3)
    codes = [line["error"]["code"] for line in lines(fake, shown["error_file_id"])]
    assert codes == ["batch_cancelled"] * 3
    assert call(fake, "POST", f"{path}/cancel")[0] == 409


@pytest.mark.parametrize(
    "changes",
    [{"input_file_id": "file-9"}, {"completion_window": "1h"}],
    ids=["file", "window"],
)
def test_a_creation_that_is_wrong_is_refused(fake: FakeOpenAI, changes: dict[str, str]) -> None:
    assert create(fake, upload(fake), **changes)[0] == 400
    assert fake.batches == []


def test_a_batch_nobody_made_and_an_endpoint_without_batches(fake: FakeOpenAI) -> None:
    assert call(fake, "GET", "/v1/batches/batch_1")[0] == 404
    with FakeOpenAI(batch_plan=None) as server:
        assert call(server, "GET", "/v1/batches")[0] == 404
        assert call(server, "GET", "/v1/files")[0] == 404


def test_the_newest_batch_is_listed_first(fake: FakeOpenAI) -> None:
    file_id = upload(fake)
    ids = [create(fake, file_id, metadata={"n": n})[1]["id"] for n in range(3)]
    first = call(fake, "GET", "/v1/batches?limit=2")[1]
    assert [shown["id"] for shown in first["data"]] == [ids[2], ids[1]]
    assert first["data"][0]["metadata"] == {"n": "2"}
    second = call(fake, "GET", f"/v1/batches?limit=2&after={ids[1]}")[1]
    assert ([shown["id"] for shown in second["data"]], second["has_more"]) == ([ids[0]], False)
    assert {batch.polls for batch in fake.batches} == {0}


def test_submissions_are_recorded_with_what_they_asked(fake: FakeOpenAI) -> None:
    ended(fake, 3)
    (batch,) = fake.batches
    assert [request.body for request in batch.requests] == [
        ask(persona=f"No {n}") for n in range(3)
    ]
    assert (fake.count, fake.calls) == (0, [])
    assert [file.purpose for file in fake.files] == ["batch", "batch_output"]
