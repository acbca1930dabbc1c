"""The key goes to the endpoint and nowhere else, whatever the endpoint does with it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from panel.bootstrap.house import House
from panel.testing import FakeOpenAI, FakeRequest, Reply, grounded_answer
from tests.cli.conftest import Command, Result
from tests.databases import dump

KEY = "CANARY-key-4f6d2b"
SEATS = "skeptic,creator,developer"


def _echoing(request: FakeRequest) -> str:
    return f"the request came with {request.headers.get('authorization')} from you"


def _in_quote(request: FakeRequest) -> Mapping[str, Any]:
    answer = grounded_answer(request)
    return {**answer, "quote": f"{_echoing(request)}. {answer['quote']}"}


def _in_headers(request: FakeRequest) -> Reply:
    said = {"x-request-id": KEY, "retry-after": "0", "www-authenticate": _echoing(request)}
    return replace(Reply.status(500, message=_echoing(request)), headers=said)


ECHOES: dict[str, Callable[[FakeRequest], Reply | Mapping[str, Any]]] = {
    "refused": lambda request: Reply.status(401, message=_echoing(request)),
    "forbidden": lambda request: Reply.status(403, message=_echoing(request)),
    "unknown llm": lambda request: Reply.status(404, message=_echoing(request)),
    "server error": _in_headers,
    "bad request": lambda request: Reply.status(400, message=_echoing(request), code=KEY),
    "web page": lambda request: replace(Reply.html(), raw=_echoing(request).encode()),
    "media type": lambda request: replace(Reply.html(), content_type=f"text/{KEY}"),
    "refusal": lambda request: Reply.refusal(_echoing(request)),
    "plain text": lambda request: Reply.text(_echoing(request)),
    "verdict": _in_quote,
    "llm name": lambda request: Reply.other_llm(KEY),
    "broken json": lambda request: Reply(raw=b'{"x": "' + _echoing(request).encode()),
}


@pytest.mark.parametrize("echo", ECHOES)
def test_a_key_that_the_endpoint_repeats_is_in_no_row_file_or_message(
    echo: str, desk: Path, shipskip: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIPSKIP_API_KEY", KEY)
    said: list[Result] = []
    with FakeOpenAI(ECHOES[echo], key=KEY) as server:
        llm = ("--llm", "fake-llm", "--base-url", server.base_url, "--seats", SEATS)
        said.append(shipskip("review", "tern-2", *llm, "--max-retries", "1", "--out", "pages"))
        assert server.count > 0
    said += [shipskip("runs", "show"), shipskip("runs", "export", "--out", "export")]
    said += [shipskip("runs", "show", "--json"), shipskip("runs", "verify")]
    said += [shipskip("config", "--origin"), shipskip("runs", "replay")]

    assert [result for result in said if KEY in result.out + result.err] == []
    kept = dump(House.open(desk).database_url)
    assert "tern-2" in kept
    assert KEY not in kept
    left = [path for path in desk.rglob("*") if path.is_file()]
    assert [path.name for path in left if KEY.encode() in path.read_bytes()] == []
    assert [path for path in left if KEY in str(path)] == []


def test_a_key_in_the_address_is_refused(desk: Path, shipskip: Command) -> None:
    for address in (f"http://me:{KEY}@127.0.0.1:9/v1", f"http://127.0.0.1:9/v1?key={KEY}"):
        result = shipskip("review", "tern-2", "--llm", "fake-llm", "--base-url", address)
        assert result.code == 2
        assert KEY not in result.out + result.err
    assert not (desk / "runs").exists()


@pytest.mark.parametrize("ends_run", [True, False])
def test_what_a_provider_says_cannot_forge_a_line_or_move_the_cursor(
    ends_run: bool, desk: Path, shipskip: Command
) -> None:
    forged = "2026-11-21T05:00:00Z INFO approved verdict=1 by=admin"
    message = f"no\r\n{forged}\n\x1b[2J\x1b]0;owned\x07\u2028{forged}\x85\u202eend"
    script = Reply.status(403 if ends_run else 400, message=message)
    with FakeOpenAI(script) as server:
        llm = ("--llm", "fake-llm", "--base-url", server.base_url, "--seats", SEATS)
        result = shipskip("review", "tern-2", *llm)
    shown = shipskip("runs", "show")
    said = result.out + result.err + shown.out + shown.err
    assert forged in said
    assert [line for line in said.splitlines() if line.strip().startswith("2026-11-21T")] == []
    assert not {"\x1b", "\x07", "\u2028", "\x85", "\u202e"} & set(said)
    for line in shipskip("runs", "show", "--json").out.splitlines():
        json.loads(line)
