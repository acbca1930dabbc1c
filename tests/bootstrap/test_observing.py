"""Logs, spans and metrics of real runs, read back as somebody else would read them."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.observing import observed
from panel.bootstrap.planning import Plan, plan
from panel.bootstrap.running import start
from panel.engine.watching import Watchers
from panel.errors import EndpointError, InputError
from panel.testing import FakeOpenAI, FakeRequest, Reply, grounded_answer
from tests.bootstrap.conftest import Opened
from tests.engine.collector import Collector, attributes_of

KEY = "CANARY-key-4f6d2b"
SEATS = "skeptic,creator,developer"


def worked(house: House, slugs: Sequence[str] = ("hy-mt2",)) -> Plan:
    """Run some dossiers, observed as the house's settings say."""
    made = plan(house, slugs)
    with house.store(write=True) as store:
        asyncio.run(start(made, store, settings=house.settings))
    return made


def read(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSON log."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def of(lines: list[dict[str, Any]], event: str) -> list[dict[str, Any]]:
    """The lines of one event."""
    return [line for line in lines if line["event"] == event]


def failing(request: FakeRequest) -> Reply:
    """A provider that fails, with the key in its words."""
    return Reply.status(500, message=f"broken: {request.headers.get('authorization')}")


def test_each_step_of_a_run_is_a_line_with_its_ids(house: Opened, tmp_path: Path) -> None:
    path = tmp_path / "log"
    with FakeOpenAI({"creator": failing, "*": Reply()}) as server:
        made = worked(
            house(server, seats=SEATS, log_level="debug", log_file=path, log_format="json")
        )
    lines = read(path)
    assert {line["run"] for line in lines} == {made.run.id}
    assert (lines[0]["event"], lines[-1]["event"]) == ("run started", "run ended")
    assert (lines[0]["reviews"], lines[-1]["outcome"]) == (3, "finished")
    assert all(line["time"].endswith("Z") for line in lines)
    seats = {"skeptic", "creator", "developer"}
    assert {line["seat"] for line in of(lines, "review started")} == seats
    kept = of(lines, "review kept")
    assert {line["seat"] for line in kept} == seats - {"creator"}
    for line in kept:
        assert (line["dossier"], line["level"]) == ("hy-mt2", "info")
        assert (line["sample"], line["nth"], line["calls"]) == (1, 1, 1)
        assert (line["input_tokens"], line["output_tokens"]) > (0, 0)
        assert line["outcome"] in {"ship", "skip"}
        assert line["seconds"] >= 0
    (failed,) = of(lines, "review failed")
    assert (failed["seat"], failed["level"]) == ("creator", "warning")
    assert (failed["kind"], failed["retryable"]) == ("server-error", True)
    assert failed["detail"].startswith("HTTP 500: broken")
    (scored,) = of(lines, "dossier scored")
    assert (scored["dossier"], scored["answered"], scored["seats"]) == ("hy-mt2", 2, 3)


def test_a_key_that_the_provider_repeats_is_in_no_line_span_or_metric(
    house: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIPSKIP_API_KEY", KEY)
    path = tmp_path / "log"
    with FakeOpenAI({"creator": failing, "*": Reply()}, key=KEY) as server, Collector() as there:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", there.url)
        worked(house(server, seats=SEATS, log_level="debug", log_file=path))
        assert KEY in str(server.calls[0].headers)
    assert "HTTP 500: broken" in path.read_text(encoding="utf-8")
    assert KEY not in path.read_text(encoding="utf-8")
    assert there.bodies
    assert [body for body in there.bodies if KEY.encode() in body] == []


WORDS = "ZEBRA-ANSWER"


def _said(request: FakeRequest) -> dict[str, Any]:
    return {**grounded_answer(request), "headline": f"{WORDS} stands out"}


@pytest.mark.parametrize(
    "answer", [Reply(answer=_said), Reply.refusal(WORDS), Reply.text(WORDS), Reply.truncated(WORDS)]
)
def test_nothing_that_was_told_or_answered_is_in_any_line_span_or_metric(
    answer: Reply, house: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log"
    with FakeOpenAI(answer) as server, Collector() as there:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", there.url)
        worked(house(server, seats=SEATS, log_level="debug", log_file=path))
        told = [text["content"] for text in server.calls[0].body["messages"]]
    seen = path.read_bytes() + b"".join(there.bodies)
    assert b"hy-mt2" in seen
    assert WORDS.encode() not in seen
    lines = {line.strip() for text in told for line in text.splitlines()}
    assert [line for line in lines if len(line) > 40 and line.encode() in seen] == []


def test_spans_hold_each_other_and_metrics_add_up(
    house: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = {"creator": failing, "*": Reply()}
    with FakeOpenAI(script) as server, Collector() as there:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", there.url)
        made = worked(
            house(server, seats=SEATS, input_price="1", output_price="2"), ["hy-mt2", "muse-spark"]
        )
        sent, received, _ = server.billed_tokens
    (run,) = there.named("shipskip.run")
    dossiers, reviews = there.named("shipskip.dossier"), there.named("shipskip.review")
    assert attributes_of(run)["shipskip.run"] == made.run.id
    assert {span.parent_span_id for span in dossiers} == {run.span_id}
    assert sorted(span.parent_span_id for span in reviews) == sorted(
        3 * [span.span_id for span in dossiers]
    )
    assert {span.trace_id for span in there.spans} == {run.trace_id}
    assert sum(attributes_of(s).get("gen_ai.usage.input_tokens", 0) for s in reviews) == sent
    assert {attributes_of(s)["gen_ai.request.model"] for s in reviews} == {"fake-llm"}
    counted = {at.get("error.type", "none"): one.as_int for at, one in _by_kind(there)}
    assert counted == {"none": 4, "server-error": 2}
    tokens: dict[str, int] = {}
    for at, one in there.points("shipskip.tokens"):
        kind = at["gen_ai.token.type"]
        tokens[kind] = tokens.get(kind, 0) + one.as_int
    assert (tokens["input"], tokens["output"]) == (sent, received)
    cost = sum(one.as_double for _, one in there.points("shipskip.cost"))
    assert cost == pytest.approx((sent + 2 * received) / 1e6)
    assert [one.as_int for _, one in there.points("shipskip.reviews.in_flight")] == [0]
    assert {one["service.name"] for one in there.resources} == {"shipskip"}


def _by_kind(there: Collector) -> list[tuple[dict[str, Any], Any]]:
    points = there.points("shipskip.reviews")
    by_kind: dict[str, tuple[dict[str, Any], Any]] = {}
    for at, one in points:
        kind = at.get("error.type", "none")
        if kind in by_kind:
            by_kind[kind][1].as_int += one.as_int
        else:
            by_kind[kind] = at, one
    return list(by_kind.values())


def test_a_run_that_is_stopped_says_why_and_fails_its_span(
    house: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log"
    with FakeOpenAI(Reply.status(403)) as server, Collector() as there:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", f"{there.url}/v1/traces")
        with pytest.raises(EndpointError):
            worked(house(server, log_file=path, log_format="json"))
    last = read(path)[-1]
    assert (last["event"], last["level"]) == ("run ended", "error")
    assert (last["outcome"], last["error"]) == ("stopped", "EndpointError")
    assert "forbidden" in last["detail"]
    (span,) = there.named("shipskip.run")
    assert attributes_of(span)["error.type"] == "EndpointError"
    assert there.metrics == []  # only the endpoint of spans was named


def test_a_worker_has_no_run_of_its_own(house: Opened, tmp_path: Path) -> None:
    path = tmp_path / "log"
    with observed(house(log_file=path, log_format="json").settings) as watchers:
        assert len(watchers) == 1
    assert [(line["event"], line.get("run")) for line in read(path)] == [
        ("worker started", None),
        ("worker ended", None),
    ]


def test_a_log_is_added_to_and_goes_to_stderr_without_a_file(
    house: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "log"
    path.write_text("before\n", encoding="utf-8")
    with observed(house(log_file=path).settings):
        pass
    assert path.read_text(encoding="utf-8").startswith("before\n")
    with observed(house(log_level="info").settings):
        pass
    said = capsys.readouterr()
    assert said.out == ""
    assert 'event="worker started"' in said.err
    assert path.read_text(encoding="utf-8").count("worker started") == 1


def test_a_log_that_cannot_be_opened_is_refused_with_its_reason(
    house: Opened, tmp_path: Path
) -> None:
    settings = house(log_file=tmp_path / "none" / "log").settings
    with pytest.raises(InputError, match="No such file"), observed(settings):
        pass


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to offer")
def test_a_full_disk_is_told_once_and_ends_no_run(house: Opened) -> None:
    said = list[str]()
    settings = house(log_file="/dev/full", log_level="debug").settings
    made = plan(house(), ["hy-mt2"])

    async def observing() -> None:
        with observed(settings, made.run, say=said.append) as watchers:
            await start(made, store, Watchers(watchers))

    with house().store(write=True) as store:
        asyncio.run(observing())
        assert store.run(made.run.id).state == "finished"
    (line,) = said
    assert line.startswith("the log ends here")


def test_without_the_extra_one_line_says_so(house: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    said = list[str]()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.delitem(sys.modules, "panel.engine.traces", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with observed(house().settings, say=said.append) as watchers:
        assert watchers == []
    (line,) = said
    assert "shipskip[otel]" in line


def test_nothing_is_loaded_when_nobody_wants_it() -> None:
    code = (
        "import sys; from panel.bootstrap.observing import observed\n"
        "from panel.settings import Settings\n"
        "with observed(Settings()) as watchers: assert watchers == []\n"
        "print([name for name in sys.modules if name.startswith(('structlog',"
        " 'opentelemetry.sdk', 'opentelemetry.exporter'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_provider_that_is_held_and_each_call_are_told_with_their_seat(
    house: Opened, tmp_path: Path
) -> None:
    path = tmp_path / "log"
    with FakeOpenAI([Reply.status(429, retry_after="0.01"), Reply()]) as server:
        flags = {"seats": "skeptic", "max_retries": 1, "log_level": "debug", "log_format": "json"}
        made = worked(house(server, log_file=path, **flags))
    lines = read(path)
    (held,) = of(lines, "provider held")
    assert (held["level"], held["status"], held["seconds"]) == ("warning", 429, 0.01)
    assert held["provider"] == server.base_url
    assert [line["status"] for line in of(lines, "call ended")] == [429, 200]
    for line in (held, *of(lines, "call ended")):
        assert (line["run"], line["dossier"], line["seat"]) == (made.run.id, "hy-mt2", "skeptic")
