"""Any provider pydantic-ai knows, any address; what cannot be recorded or opened is refused."""

import asyncio

import httpx2
import pytest
from pydantic_ai.models.openai import OpenAIChatModel

from panel.domain.llm import LlmSettings
from panel.errors import InputError
from panel.judging.as_is import AsIsCompletions
from panel.judging.endpoints import Endpoints, key_of, secrets_in

WIRE = httpx2.MockTransport(lambda _: httpx2.Response(500))


def opened(kind: str, name: str = "some-llm", base_url: str | None = None, **environ: str) -> str:
    """Opens a client and tells its class and address."""
    endpoints = Endpoints(WIRE, timeout=5, max_retries=0, environ=environ)
    name = f"openai/{name}" if kind == "openrouter" else name
    client = endpoints.open(LlmSettings(kind=kind, name=name, base_url=base_url))
    assert endpoints.open(LlmSettings(kind=kind, name=name, base_url=base_url)) is client
    asyncio.run(endpoints.close())
    return f"{type(client).__name__} {client.base_url}"


@pytest.mark.parametrize(
    ("kind", "base_url", "environ", "address"),
    [
        ("openai-chat", None, {"OPENAI_API_KEY": "k" * 8}, "openai.com"),
        ("openai-chat", "http://127.0.0.1:9/v1", {}, "127.0.0.1:9"),
        ("ollama", None, {}, "localhost:11434"),
        ("vllm", None, {}, "localhost:8000"),
        ("vllm", "http://10.0.0.1:8/v1", {}, "10.0.0.1:8"),
        ("openrouter", None, {"OPENROUTER_API_KEY": "k" * 8}, "openrouter.ai"),
        ("deepseek", None, {"SHIPSKIP_API_KEY": "k" * 8}, "deepseek.com"),
        ("together", None, {"TOGETHER_API_KEY": "k" * 8}, "together"),
    ],
)
def test_kinds_open_at_their_addresses(
    kind: str, base_url: str | None, environ: dict[str, str], address: str
) -> None:
    assert address in opened(kind, base_url=base_url, **environ)


@pytest.mark.parametrize(
    ("kind", "environ", "said"),
    [
        ("openai-chat", {}, "no API key found"),
        ("no-such-kind", {"SHIPSKIP_API_KEY": "k" * 8}, "no-such-kind"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_a_remedy(
    kind: str, environ: dict[str, str], said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        opened(kind, **environ)
    assert all(problem.remedy for problem in caught.value.problems)


def test_our_own_key_variable_wins() -> None:
    environ = {"OPENAI_API_KEY": "theirs", "SHIPSKIP_API_KEY": "ours"}
    assert key_of("openai-chat", environ) == "ours"
    assert key_of("openai-chat", {"OPENAI_API_KEY": "theirs"}) == "theirs"
    assert key_of("groq", {"GROQ_API_KEY": "groq"}) == "groq"
    assert key_of("openai-chat", {}) is None


def test_secrets_are_found_by_the_names_of_their_variables() -> None:
    environ = {"A_API_KEY": "1", "B_TOKEN": "2", "C_SECRET": "3", "HOME": "/", "D_API_KEY": ""}
    assert set(secrets_in(environ)) == {"1", "2", "3"}


@pytest.mark.parametrize("base_url", [None, "http://127.0.0.1:9/v1"])
def test_no_openai_client_walks_its_parameters(base_url: str | None) -> None:
    endpoints = Endpoints(WIRE, timeout=5, max_retries=0, environ={"OPENAI_API_KEY": "k" * 8})
    model = endpoints.open(LlmSettings(kind="openai-chat", name="some-llm", base_url=base_url))
    assert isinstance(model, OpenAIChatModel)
    assert isinstance(model.client.chat.completions, AsIsCompletions)
