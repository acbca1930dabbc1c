import http.client
import json
import threading
from typing import Any, cast

import openai
import pytest
from openai.types.chat import ChatCompletion

from panel.domain.verdict import Verdict
from panel.testing import AUDIENCE, FakeOpenAI, FakeRequest, Reply
from tests.testing.asking import Client, as_tool, ask


def test_a_real_client_gets_a_valid_verdict(fake: FakeOpenAI) -> None:
    with openai.OpenAI(base_url=fake.base_url, api_key="any", max_retries=0) as client:
        answer = cast("ChatCompletion", client.chat.completions.create(**ask()))
    content = answer.choices[0].message.content or ""
    assert Verdict.model_validate_json(content).cited()
    assert answer.choices[0].finish_reason == "stop"
    assert answer.model == "fake-llm"
    assert answer.system_fingerprint


def test_a_tool_is_called_where_tools_are_given(client: Client) -> None:
    _, body = client.post(as_tool(ask()))
    choice = body["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["content"] is None
    call = choice["message"]["tool_calls"][0]
    assert call["function"]["name"] == "final_result"
    Verdict.model_validate_json(call["function"]["arguments"])


def test_every_request_is_recorded_with_what_it_held(fake: FakeOpenAI) -> None:
    client = Client(fake, {"Authorization": "Bearer sk-1", "X-Trace": "t"})
    client.post()
    client.send("GET", "/v1/models").read()
    client.close()
    first, second = fake.requests
    assert (first.method, first.path, first.number) == ("POST", "/v1/chat/completions", 0)
    assert (first.headers["authorization"], first.headers["x-trace"]) == ("Bearer sk-1", "t")
    assert first.body == ask()
    assert json.loads(first.raw) == ask()
    assert (second.method, second.path, second.number) == ("GET", "/v1/models", 1)
    assert first.at <= second.at
    assert first.answered
    assert fake.calls == [first]


def test_equal_requests_have_equal_answers_and_seats_differ(client: Client) -> None:
    answers = [client.post(ask(persona=persona))[1] for persona in (*AUDIENCE, AUDIENCE[0])]
    quotes = [json.loads(body["choices"][0]["message"]["content"])["quote"] for body in answers]
    assert quotes[0] == quotes[-1]
    assert len(set(quotes)) == len(AUDIENCE)


def test_many_threads_are_served_and_counted(fake: FakeOpenAI) -> None:
    def work() -> None:
        client = Client(fake)
        for _ in range(5):
            assert client.post()[0] == 200
        client.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fake.count == 40
    assert sorted(request.number for request in fake.requests) == list(range(40))


@pytest.mark.parametrize(
    ("reply", "status", "code"),
    [
        (Reply.status(400), 400, "invalid_request"),
        (Reply.status(401), 401, "invalid_api_key"),
        (Reply.status(402), 402, "payment_required"),
        (Reply.status(403), 403, "unsupported_country"),
        (Reply.status(404), 404, "model_not_found"),
        (Reply.status(429), 429, "rate_limit_exceeded"),
        (Reply.insufficient_quota(), 429, "insufficient_quota"),
        (Reply.too_long(), 400, "context_length_exceeded"),
        (Reply.status(500), 500, None),
        (Reply.status(503), 503, None),
        (Reply.status(529), 529, None),
        (Reply.status(418, code="teapot", message="Short and stout."), 418, "teapot"),
    ],
    ids=lambda value: str(value.http_status) if isinstance(value, Reply) else str(value),
)
def test_an_error_has_the_shape_of_openai(reply: Reply, status: int, code: str | None) -> None:
    with FakeOpenAI([reply]) as server:
        client = Client(server)
        got, body = client.post()
        client.close()
    assert got == status
    assert body["error"]["code"] == code
    assert set(body["error"]) == {"message", "type", "param", "code"}


def test_a_rate_limit_says_when_to_come_back() -> None:
    with FakeOpenAI(Reply.status(429, retry_after="1")) as server:
        client = Client(server)
        response = client.send("POST", "/v1/chat/completions", json.dumps(ask()).encode())
        assert response.headers["retry-after"] == "1"
        client.close()


@pytest.mark.parametrize(
    ("reply", "finish", "content", "refusal"),
    [
        (Reply.text("Ship it!"), "stop", "Ship it!", None),
        (Reply.truncated('{"call'), "length", '{"call', None),
        (Reply.refusal("No."), "stop", None, "No."),
        (Reply.content_filter(), "content_filter", None, None),
        (Reply.null_content(), "stop", None, None),
        (Reply.json({"call": "ship"}), "stop", '{"call": "ship"}', None),
    ],
    ids=["text", "truncated", "refusal", "filter", "null", "json"],
)
def test_scripted_answers(
    reply: Reply, finish: str, content: str | None, refusal: str | None
) -> None:
    with FakeOpenAI(reply) as server:
        client = Client(server)
        _, body = client.post()
        client.close()
    choice = body["choices"][0]
    assert choice["finish_reason"] == finish
    assert choice["message"]["content"] == content
    assert choice["message"]["refusal"] == refusal


def test_empty_choices_no_usage_and_another_llm() -> None:
    script = [Reply.empty_choices(), Reply.no_usage(), Reply.other_llm("fake-llm-2026-05")]
    with FakeOpenAI(script) as server:
        client = Client(server)
        empty, silent, other = (client.post()[1] for _ in script)
        client.close()
    assert empty["choices"] == []
    assert "usage" in empty
    assert "usage" not in silent
    assert other["model"] == "fake-llm-2026-05"


def test_html_and_broken_json_come_with_status_200() -> None:
    with FakeOpenAI([Reply.html(), Reply.broken_json()]) as server:
        client = Client(server)
        page = client.send("POST", "/v1/chat/completions", json.dumps(ask()).encode())
        assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert page.read().startswith(b"<!doctype html>")
        with pytest.raises(json.JSONDecodeError):
            client.post()
        client.close()


def send_and_be_cut_off(server: FakeOpenAI, body: dict[str, Any]) -> threading.Thread:
    """Asks in a thread that expects no answer before the server closes."""

    def work() -> None:
        client = Client(server)
        with pytest.raises(OSError, match="closed connection"):
            client.post(body)
        client.close()

    before = server.count
    thread = threading.Thread(target=work)
    thread.start()
    while server.count == before:
        thread.join(0.01)
    return thread


def test_a_slow_reply_does_not_hold_up_the_others() -> None:
    def script(request: FakeRequest) -> Reply:
        return Reply.slow(600) if "Slow" in request.persona_text else Reply()

    with FakeOpenAI(script) as server:
        waiting = send_and_be_cut_off(server, ask(persona="Slow"))
        client = Client(server)
        assert client.post()[0] == 200
        assert [request.answered for request in server.calls] == [False, True]
        client.close()
    waiting.join()


def test_latency_delays_every_completion_and_no_listing() -> None:
    with FakeOpenAI(latency=600) as server:
        waiting = send_and_be_cut_off(server, ask())
        client = Client(server)
        assert client.send("GET", "/v1/models").read()
        client.close()
    waiting.join()
    assert not server.calls[0].answered


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 401), ({"Authorization": "Bearer no"}, 401), ({"Authorization": "Bearer yes"}, 200)],
    ids=["none", "wrong", "right"],
)
def test_a_key_is_checked_where_one_is_set(headers: dict[str, str], status: int) -> None:
    with FakeOpenAI(key="yes") as server:
        client = Client(server, headers)
        assert client.post()[0] == status
        client.close()


def test_only_known_llms_answer() -> None:
    with FakeOpenAI(llms=["fake-llm", "other"]) as server:
        client = Client(server)
        assert client.post()[0] == 200
        status, body = client.post(ask(model="missing"))
        listed = json.loads(client.send("GET", "/v1/models").read())
        client.close()
    assert (status, body["error"]["code"]) == (404, "model_not_found")
    assert [llm["id"] for llm in listed["data"]] == ["fake-llm", "other"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/responses"),
        ("GET", "/v1/chat/completions"),
        ("POST", "/v1/models"),
        ("GET", "/"),
    ],
)
def test_other_paths_are_not_found_and_say_so_in_json(
    client: Client, method: str, path: str
) -> None:
    response = client.send(method, path, b"{}" if method == "POST" else None)
    assert response.status == 404
    assert path in json.loads(response.read())["error"]["message"]


@pytest.mark.parametrize("raw", [b"", b"not json", b"[]", b"{}"])
def test_a_body_that_is_no_json_object_is_refused(client: Client, raw: bytes) -> None:
    response = client.send("POST", "/v1/chat/completions", raw)
    assert response.status == 400
    response.read()


def test_the_bill_counts_what_was_answered_and_is_served() -> None:
    script = [Reply(), Reply.status(429), Reply.no_usage(), Reply.html()]
    with FakeOpenAI(script, key="sk-1") as server:
        client = Client(server, {"Authorization": "Bearer sk-1"})
        usage = client.post()[1]["usage"]
        for _ in script[1:]:
            client.send("POST", "/v1/chat/completions", json.dumps(ask()).encode()).read()
        client.close()
        stranger = Client(server)
        told = json.loads(stranger.send("GET", "/shipskip/billed").read())
        stranger.close()
        assert (server.billed, server.count, len(server.requests)) == (2, 4, 4)
        assert server.billed_tokens[0] == 2 * usage["prompt_tokens"]
        assert server.billed_tokens[1] == 2 * usage["completion_tokens"]
    assert told == {
        "completions": 2,
        "input_tokens": server.billed_tokens[0],
        "output_tokens": server.billed_tokens[1],
        "cached_tokens": server.billed_tokens[2],
        "of_batches": {
            "completions": 0, "input_tokens": 0, "output_tokens": 0, "cached_tokens": 0,
        },
        "asked": 4,
        "batches": 0,
        "files": 0,
    }  # fmt: skip


def test_an_answer_that_never_arrived_is_billed() -> None:
    with FakeOpenAI([Reply.drop()]) as server:
        client = Client(server)
        with pytest.raises(http.client.RemoteDisconnected):
            client.post()
        client.close()
        assert (server.billed, server.calls[0].answered) == (1, False)


def test_requests_are_counted_also_where_none_is_kept() -> None:
    with FakeOpenAI(record=False) as server:
        client = Client(server)
        client.post()
        client.close()
        assert (server.count, server.billed, server.requests) == (1, 1, [])
