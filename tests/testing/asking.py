"""Requests as a client sends them, for the tests of the fake endpoint."""

import http.client
import json
from typing import Any

from panel.domain.dossier import Dossier
from panel.domain.verdict import verdict_schema
from panel.testing import FakeOpenAI, FakeRequest, make_dossier

MARK = "dossier-0123456789abcdef"


def ask(
    dossier: Dossier | None = None,
    *,
    persona: str = "The Developer",
    planted: str = "",
    **changes: Any,
) -> dict[str, Any]:
    """The body of a completion request: rules, fenced dossier, persona last, strict schema."""
    dossier = dossier or make_dossier()
    facts = "\n\n".join(f"{fact.id} [{fact.topic}] {fact.statement}" for fact in dossier.facts)
    disputed = "\n\n".join(
        f"{conflict.id} on {conflict.attribute}: {', '.join(conflict.facts)} cannot all hold"
        for conflict in dossier.open_conflicts
    )
    text = f"{MARK}\n# {dossier.name}\n\n{facts}\n{planted}\n\n{disputed}\n{MARK}"
    schema = verdict_schema(tuple(fact.id for fact in dossier.facts))
    return {
        "model": "fake-llm",
        "messages": [
            {"role": "system", "content": "Judge by your lens."},
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": text},
                    {"type": "text", "text": f"# Your seat: {persona}\n\nCarries a pager."},
                ],
            },
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "verdict", "strict": True, "schema": schema},
        },
        **changes,
    }


def request(dossier: Dossier | None = None, **changes: Any) -> FakeRequest:
    """The same as the fake endpoint records it."""
    return FakeRequest("POST", "/v1/chat/completions", body=ask(dossier, **changes))


def as_tool(body: dict[str, Any]) -> dict[str, Any]:
    """The same request with the schema as a function to call."""
    schema = body["response_format"]["json_schema"]["schema"]
    function = {"name": "final_result", "strict": True, "parameters": schema}
    plain = {key: value for key, value in body.items() if key != "response_format"}
    return {**plain, "tools": [{"type": "function", "function": function}]}


class Client:
    """One kept-alive connection to a fake endpoint."""

    def __init__(self, server: FakeOpenAI, headers: dict[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
        self._headers = headers or {}

    def send(self, method: str, path: str, raw: bytes | None = None) -> http.client.HTTPResponse:
        """The response before its body is read."""
        self._connection.request(method, path, raw, self._headers)
        return self._connection.getresponse()

    def post(self, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        """Status and parsed body of a completion."""
        raw = json.dumps(ask() if body is None else body).encode()
        response = self.send("POST", "/v1/chat/completions", raw)
        return response.status, json.loads(response.read())

    def close(self) -> None:
        self._connection.close()
