"""The calls of a probe: over the plain network, counted, without retries, and never raising."""

import asyncio
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import httpx2
from openai import AsyncOpenAI, OpenAIError
from pydantic_ai.exceptions import AgentRunError, UserError
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings

from panel.domain.llm import LlmSettings, OutputMode
from panel.domain.prompt import Prompt
from panel.domain.review import Failure, Usage
from panel.judging.ask import Answer, first_question, send, shaped
from panel.judging.failures import failure_of
from panel.judging.probe_answer import glimpse

MOST_TOKENS = 2000
"""Room for an llm that thinks before it answers; the answer itself takes about 20."""

_FAULTS = (
    AgentRunError, UserError, OpenAIError, httpx2.HTTPError, TimeoutError, ValueError, LookupError,
    TypeError, AttributeError,
)  # fmt: skip
"""What a client library throws when an endpoint misbehaves."""


def probe_texts() -> Mapping[str, str]:
    """What a probe says to an llm, by name; see the file itself."""
    source = resources.files("panel.judging") / "probe.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


class CountingTransport(httpx2.AsyncBaseTransport):
    """The plain network, with an eye on what is sent."""

    def __init__(self) -> None:
        self._wire = httpx2.AsyncHTTPTransport()
        self.calls = 0
        self.seed_sent = False

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Pass a request on (see `httpx2.AsyncBaseTransport`)."""
        self.calls += 1
        self.seed_sent = self.seed_sent or b'"seed":' in await request.aread()
        return await self._wire.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the network connections."""
        await self._wire.aclose()


@dataclass
class Caller:
    """Makes calls and turns everything that goes wrong into a `Failure`.

    Attributes:
        client: Who is asked.
        llm: How.
        seconds: How long one call may take.
        keys: Keys in use, never to be repeated.
        usage: Tokens over all calls so far.
        answered_by: The llm's name as the endpoint reports it.
        code: The value that nobody can guess.
        texts: What is said.
    """

    client: Model
    llm: LlmSettings
    seconds: float
    keys: tuple[str, ...]
    usage: Usage = field(default_factory=Usage)
    answered_by: str | None = None
    code: str = field(default_factory=lambda: f"q{secrets.token_hex(4)}")
    texts: Mapping[str, str] = field(default_factory=probe_texts)

    async def ask(
        self, shape: ModelRequestParameters, request: str, *, dossier: str = "", seed: bool = True
    ) -> Answer | Failure:
        """Make one call.

        Args:
            shape: How the answer is to look.
            request: What is asked, at the end of the prompt.
            dossier: What stands before it.
            seed: Whether to send a seed.
        """
        settings = ModelSettings(max_tokens=min(self.llm.max_tokens, MOST_TOKENS))
        if seed:
            settings["seed"] = self.llm.seed
        if self.llm.temperature is not None:
            settings["temperature"] = self.llm.temperature
        prompt = Prompt(rules=self.texts["rules"], dossier=dossier or "(no text)", persona=request,
                        fence="", fact_ids=(), made_of={})  # fmt: skip
        messages = first_question(prompt, self.llm)
        try:
            async with asyncio.timeout(self.seconds):
                answer = await send(self.client, messages, self.llm, settings, shape)
        except _FAULTS as error:
            return failure_of(error, self.keys)
        self.usage = self.usage.plus(answer.usage)
        self.answered_by = answer.answered_by or self.answered_by
        return answer

    def shape(self, mode: OutputMode) -> ModelRequestParameters:
        """How the small object is asked for."""
        schema: dict[str, Any] = {
            "type": "object",
            "properties": {
                "code": {"type": "string", "enum": [self.code]},
                "weight": {"type": "string", "enum": ["light", "heavy"]},
            },
            "required": ["code", "weight"],
            "additionalProperties": False,
        }
        return shaped(schema, mode)

    async def known(self) -> tuple[str, ...]:
        """Names of the llms an OpenAI-compatible endpoint offers; empty when it does not say."""
        client = getattr(self.client, "client", None)
        if not isinstance(client, AsyncOpenAI):
            return ()
        try:
            async with asyncio.timeout(self.seconds):
                page = await client.models.list()
            return tuple(sorted(glimpse(llm.id, self.keys) for llm in page.data))
        except _FAULTS:
            return ()
