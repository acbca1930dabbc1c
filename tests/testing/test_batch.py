import json
from typing import Any

import pytest

from panel.testing import BatchPlan, FakeBatch, Reply
from panel.testing.batch import Line, checked
from tests.testing.asking import ask

ENDPOINT = "/v1/chat/completions"


def row(custom_id: str = "k", **changes: Any) -> dict[str, Any]:
    return {"custom_id": custom_id, "method": "POST", "url": ENDPOINT, "body": ask(), **changes}


def batch(*rows: object) -> FakeBatch:
    content = "".join(
        f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in rows
    ).encode()
    return FakeBatch("batch_1", ENDPOINT, "file-1", {"shipskip": "t"}, content)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([row("a"), row("b")], []),
        (["{", row()], [("invalid_json_line", 1)]),
        ([row(), row()], [("duplicate_custom_id", 2)]),
        ([row(), row("b", url="/v1/responses")], [("url_mismatch", 2)]),
        ([row(), row("b", body=ask(model="other"))], [("model_mismatch", 2)]),
        ([row(""), row("b")], [("missing_required_parameter", 1)]),
        ([row(body={})], [("missing_required_parameter", 1)]),
        ([], [("empty_file", None)]),
    ],
    ids=["good", "json", "twice", "url", "llm", "id", "body", "empty"],
)
def test_what_makes_an_input_file_wrong(
    rows: list[object], found: list[tuple[str, int | None]]
) -> None:
    lines, errors = checked(batch(*rows), BatchPlan())
    assert [(error["code"], error["line"]) for error in errors] == found
    assert len(lines) == len(rows)


def test_more_lines_than_a_batch_may_have() -> None:
    one = row(body={"model": "m"})
    made = batch(*({**one, "custom_id": str(number)} for number in range(50_001)))
    assert [error["code"] for error in checked(made, BatchPlan())[1]] == ["too_many_tasks"]


def test_a_plan_can_refuse_a_good_file() -> None:
    _, errors = checked(batch(row()), BatchPlan(refuse="token_limit_exceeded"))
    assert [error["code"] for error in errors] == ["token_limit_exceeded"]


def test_a_line_becomes_the_request_that_a_live_call_would_be() -> None:
    (request,) = batch(row()).requests
    assert (request.method, request.path, request.body) == ("POST", ENDPOINT, ask())


def test_an_answer_has_the_shape_of_openai() -> None:
    line = Line("k", ENDPOINT, b"")
    assert json.loads(line.told(7, Reply.body({"id": "x"}))) == {
        "id": "batch_req_000007",
        "custom_id": "k",
        "response": {"status_code": 200, "request_id": "req_000007", "body": {"id": "x"}},
        "error": None,
    }
    assert json.loads(line.failed(7, "batch_expired", "Too late.")) == {
        "id": "batch_req_000007",
        "custom_id": "k",
        "response": None,
        "error": {"code": "batch_expired", "message": "Too late."},
    }


def test_a_body_that_is_no_json_damages_its_line_only() -> None:
    text = Line("k", ENDPOINT, b"").told(1, Reply(raw=b"<p>\n</p>"))
    assert b"\n" not in text
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)


def test_a_batch_is_shown_as_openai_shows_it() -> None:
    made = batch(row("a"), row("b"))
    made.lines, _ = checked(made, BatchPlan())
    made.answered.append((True, b""))
    made.move_to("in_progress")
    shown = made.told()
    assert (shown["object"], shown["status"]) == ("batch", "in_progress")
    assert shown["request_counts"] == {"total": 2, "completed": 1, "failed": 0}
    assert shown["metadata"] == {"shipskip": "t"}
    assert shown["expires_at"] == shown["created_at"] + 86_400
    assert shown["in_progress_at"] >= shown["created_at"]
    made.move_to("expired")
    assert made.ended
    assert made.told()["request_counts"] == {"total": 2, "completed": 1, "failed": 1}
