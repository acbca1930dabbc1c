import asyncio
import re
from collections.abc import Callable

import pytest

from panel.domain.llm import LlmSettings, OutputMode
from panel.domain.review import FailureKind
from panel.errors import InputError
from panel.judging.probe import MODES, MOST_CALLS, Probe, probe
from panel.testing import FakeOpenAI, FakeRequest, Reply
from panel.testing.grounded import smallest
from panel.testing.request import as_object

KEY = "sk-test-CANARYKEY1"


def probed(server: FakeOpenAI, *, seconds: float = 10, key: str = "", **changes: object) -> Probe:
    content: dict[str, object] = {
        "kind": "openai-chat",
        "name": "fake-llm",
        "base_url": server.base_url,
        **changes,
    }
    llm = LlmSettings.model_validate(content)
    environ = {"SHIPSKIP_API_KEY": key} if key else {}
    return asyncio.run(probe(llm, seconds=seconds, environ=environ))


def told_code(request: FakeRequest) -> str | None:
    """The code as the prompt itself tells it, which only the mode `prompted` does."""
    found = re.search(r'"enum": \["(q\w+)"\]', request.rules)
    return found[1] if found else None


def mode_of(request: FakeRequest) -> OutputMode | None:
    shape = as_object(request.body.get("response_format"))
    if shape.get("type") == "json_schema":
        return "native"
    if request.tool:
        return "tool"
    return "prompted" if shape else None


def serving(*modes: OutputMode, otherwise: Reply) -> Callable[[FakeRequest], Reply]:
    """A server that keeps its llm to the schema in some modes only."""

    def answer(request: FakeRequest) -> Reply:
        if mode_of(request) not in modes:
            return otherwise
        code = told_code(request)
        if code:
            return Reply.json({"code": code, "weight": "heavy"})
        schema = request.schema or {}
        return Reply.json(smallest(schema, schema))

    return answer


def test_a_server_that_enforces_everywhere_is_used_natively() -> None:
    with FakeOpenAI(serving(*MODES, otherwise=Reply())) as server:
        found = probed(server)
        assert found.calls == server.count == 5 <= MOST_CALLS
    assert [trial.held for trial in found.trials] == ["enforced", "enforced", "followed"]
    assert (found.best, found.seed, found.failure) == ("native", "accepted", None)
    assert found.cached_tokens >= 1024
    assert found.input_tokens is not None
    assert found.answered_by == "fake-llm"


@pytest.mark.parametrize(
    ("modes", "best"),
    [
        (("tool",), "tool"),
        (("prompted",), "prompted"),
        (("tool", "prompted"), "tool"),
        (("native", "tool"), "native"),
        ((), None),
    ],
)
@pytest.mark.parametrize(
    "otherwise",
    [
        Reply.text("Of course! Here is a banana."),
        Reply.json({"code": "banana", "weight": "light"}),
        Reply.status(400, message="response_format is not supported"),
        Reply.status(500),
        Reply.truncated(),
        Reply.empty_choices(),
        Reply.refusal(),
    ],
)
def test_the_first_mode_that_works_is_best(
    modes: tuple[OutputMode, ...], best: OutputMode | None, otherwise: Reply
) -> None:
    with FakeOpenAI(serving(*modes, otherwise=otherwise)) as server:
        found = probed(server)
        assert server.count <= MOST_CALLS
    assert found.best == best
    for trial in found.trials:
        assert (trial.held in {"enforced", "followed"}) == (trial.mode in modes)


def test_what_came_back_instead_is_told_in_one_clean_line() -> None:
    said = "line one\nline two \x1b[31m " + KEY + " " + "x" * 300
    with FakeOpenAI(Reply.text(said)) as server:
        trial = probed(server, key=KEY).trials[0]
    assert trial.held == "ignored"
    assert trial.seen.startswith("line one line two [31m [key]")
    assert len(trial.seen) == 60


def test_only_a_held_llm_can_answer_against_the_request() -> None:
    with FakeOpenAI() as server:
        probed(server)
        first, _, prompted = server.calls[:3]
    assert "banana" in first.asked[-1]
    assert "banana" not in prompted.asked[-1]
    assert told_code(prompted)
    assert not told_code(first)


def test_codes_are_new_each_time() -> None:
    with FakeOpenAI() as server:
        probed(server)
        probed(server)
        codes = [told_code(request) for request in server.calls if told_code(request)]
    assert len(set(codes)) == 2


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply.status(401), "key-refused"),
        (Reply.status(403), "forbidden"),
        (Reply.status(402), "out-of-credit"),
        (Reply.insufficient_quota(), "out-of-credit"),
        (Reply.status(429), "rate-limited"),
        (Reply.html(), "not-an-api"),
        (Reply.drop(), "dropped"),
    ],
)
def test_what_no_mode_can_mend_ends_the_probe_at_once(reply: Reply, kind: FailureKind) -> None:
    with FakeOpenAI(lambda _: reply) as server:
        found = probed(server)
        assert server.count == 1
    assert found.failure
    assert found.failure.kind == kind
    assert (found.best, len(found.trials)) == (None, 1)


def test_a_slow_server_costs_its_time_once() -> None:
    with FakeOpenAI(lambda _: Reply.slow(30)) as server:
        found = probed(server, seconds=0.3)
        assert server.count == 1
    assert found.failure
    assert found.failure.kind == "timeout"


def test_nobody_answers() -> None:
    with FakeOpenAI() as server:
        pass
    found = probed(server)
    assert found.failure
    assert found.failure.kind == "dropped"


def test_an_unknown_llm_brings_the_names_on_offer() -> None:
    with FakeOpenAI(llms=["qwen3:8b", "llama3.2"]) as server:
        found = probed(server, name="qwen3")
        assert (server.count, found.calls) == (1, 2)
    assert found.failure
    assert found.failure.kind == "no-such-llm"
    assert found.known == ("llama3.2", "qwen3:8b")


def test_an_unknown_llm_where_nothing_is_on_offer() -> None:
    with FakeOpenAI(llms=["qwen3:8b"]) as server:
        found = probed(server, base_url=f"{server.url}/v2")
    assert found.failure
    assert (found.failure.kind, found.known) == ("no-such-llm", ())


def test_a_refused_seed_is_told_from_a_refused_schema() -> None:
    def no_seed(request: FakeRequest) -> Reply:
        if "seed" in request.body:
            return Reply.status(400, message="seed: extra fields not permitted")
        return Reply.text("ready")

    with FakeOpenAI(no_seed) as server:
        found = probed(server)
        assert server.count == 5 <= MOST_CALLS
    assert found.seed == "refused"
    with FakeOpenAI(serving(otherwise=Reply.status(400))) as server:
        assert probed(server).seed is None
    with FakeOpenAI(lambda r: Reply.status(400) if mode_of(r) else Reply.text("ready")) as server:
        assert probed(server).seed == "accepted"


def test_a_context_that_is_too_small_shows() -> None:
    def small(request: FakeRequest) -> Reply:
        if len(request.prompt_text) > 4000:
            return Reply.too_long()
        return serving("native", otherwise=Reply())(request)

    with FakeOpenAI(small) as server:
        found = probed(server)
    assert found.best == "native"
    assert found.failure
    assert found.failure.kind == "too-long"


def test_tokens_that_are_not_reported_stay_unknown() -> None:
    with FakeOpenAI(lambda _: Reply.no_usage()) as server:
        found = probed(server)
    assert (found.input_tokens, found.cost) == (None, None)


def test_the_price_given_counts() -> None:
    with FakeOpenAI() as server:
        unknown = probed(server)
        known = probed(server, input_price=1, output_price=2)
    assert (unknown.price_known, unknown.cost) == (False, None)
    assert known.price_known
    assert known.usage.input_tokens
    assert known.cost
    assert known.cost * 1_000_000 == known.usage.input_tokens + 2 * (known.usage.output_tokens or 0)


def test_the_probe_asks_with_the_settings_of_a_review() -> None:
    with FakeOpenAI() as server:
        probed(server, key=KEY, temperature=0.5, seed=11, max_tokens=300)
        body = server.calls[0].body
        assert server.calls[0].headers["authorization"] == f"Bearer {KEY}"
    assert (body["temperature"], body["seed"], body["max_completion_tokens"]) == (0.5, 11, 300)
    assert body["response_format"]["json_schema"]["strict"] is True


def test_without_a_key_or_address_nothing_is_sent() -> None:
    llm = LlmSettings(kind="openai-chat", name="gpt-5.5")
    with pytest.raises(InputError, match="no API key found"):
        asyncio.run(probe(llm, seconds=1, environ={}))
