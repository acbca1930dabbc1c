"""From llm settings to a client that speaks through the tape.

Every client gets our own HTTP transport; a provider whose library accepts none is refused, since
a call that is not on the tape could neither be audited nor replayed.
"""

import inspect
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

import httpx2
from pydantic_ai.exceptions import UserError
from pydantic_ai.models import Model, infer_model
from pydantic_ai.providers import Provider, infer_provider_class

from panel.domain.llm import LlmSettings
from panel.errors import InputError
from panel.judging.fitting import shaped_once

if TYPE_CHECKING:
    from openai import AsyncOpenAI

KEY_VARIABLE = "SHIPSKIP_API_KEY"
"""Environment variable whose key wins over the provider's own."""

_KEY_VARIABLES = {
    "openai": "OPENAI_API_KEY",
    "openai-chat": "OPENAI_API_KEY",
    "openai-responses": "OPENAI_API_KEY",
    "google": "GOOGLE_API_KEY",
}
"""Where a provider's key stands when it is not `KIND_API_KEY`."""

_NO_KEY = "not-needed"
_LOCAL_ADDRESS = {"ollama": "http://localhost:11434/v1", "vllm": "http://localhost:8000/v1"}


def key_of(kind: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """The API key for a provider, or None.

    Args:
        kind: Provider kind, e.g. `openai-chat`.
        environ: Environment to look in.
    """
    return environ.get(KEY_VARIABLE) or environ.get(own_key_variable(kind)) or None


def own_key_variable(kind: str) -> str:
    """Environment variable in which a provider's own library looks for its key.

    Args:
        kind: Provider kind, e.g. `openai-chat`.
    """
    return _KEY_VARIABLES.get(kind, f"{kind.upper().replace('-', '_')}_API_KEY")


def secrets_in(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Every value of the environment that is a key by its name, for redaction."""
    return tuple(
        value
        for name, value in environ.items()
        if value and name.upper().endswith(("_API_KEY", "_TOKEN", "_SECRET", "_PASSWORD"))
    )


class Endpoints:
    """Opens one client per llm, all over one transport.

    Args:
        transport: The taping transport.
        timeout: Seconds one HTTP exchange may take; the seat has its own bound around it.
        max_retries: Tries after the first, on 408, 409, 429, 5xx and broken connections; the
            openai library's own, which honour Retry-After.
        allow_no_key: Whether a missing key is no error, since nothing will be sent (replay).
        environ: Where keys are found.
    """

    def __init__(
        self,
        transport: httpx2.AsyncBaseTransport,
        *,
        timeout: float,
        max_retries: int,
        allow_no_key: bool = False,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._timeout = httpx2.Timeout(timeout, connect=min(timeout, 15.0))
        self._max_retries = max_retries
        self._allow_no_key = allow_no_key
        self._environ = environ
        self._http = httpx2.AsyncClient(transport=transport, timeout=self._timeout)
        self._opened: dict[str, Model] = {}

    def open(self, llm: LlmSettings) -> Model:
        """The client of an llm; the same settings get the same client.

        Args:
            llm: Which llm, where.

        Raises:
            InputError: The kind is unknown, its library is not installed, or its key is missing.
        """
        if llm.digest not in self._opened:
            self._opened[llm.digest] = shaped_once(self._client(llm))
        return self._opened[llm.digest]

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    def _client(self, llm: LlmSettings) -> Model:
        try:
            return infer_model(
                f"{llm.kind}:{llm.name}", provider_factory=lambda _: self._provider(llm)
            )
        except ImportError as error:
            raise InputError(
                f"llm {llm.label}: its library is not installed",
                remedy=f"install it with: uv sync --extra {llm.kind}, or"
                f" python -m pip install 'pydantic-ai-slim[{llm.kind}]'",
            ) from error
        except (UserError, ValueError) as error:
            raise InputError(
                f"llm {llm.label}: {str(error).splitlines()[0]}",
                remedy="write KIND:NAME, e.g. openai-chat:gpt-5.5, ollama:qwen3 or anthropic:NAME;"
                " for your own server add --base-url",
            ) from error

    def _provider(self, llm: LlmSettings) -> Provider[Any]:
        provider = cast("Callable[..., Provider[Any]]", infer_provider_class(llm.kind))
        accepted = inspect.signature(provider).parameters
        base_url = llm.base_url or _LOCAL_ADDRESS.get(llm.kind)
        key = key_of(llm.kind, self._environ) or (_NO_KEY if self._allow_no_key else None)
        if key is None and base_url is None:
            raise InputError(
                f"llm {llm.label}: no API key found",
                remedy=f"set {own_key_variable(llm.kind)} or {KEY_VARIABLE} in the environment"
                " (never in a file), or leave --llm out for the offline rubric draft",
            )
        if "openai_client" in accepted:
            return provider(openai_client=self._openai(provider, base_url, key))
        if "http_client" not in accepted:
            raise InputError(
                f"llm {llm.label}: its library lets no call be recorded",
                remedy="use another provider, or an OpenAI-compatible gateway with --base-url",
            )
        address = {"base_url": base_url} if base_url and "base_url" in accepted else {}
        return provider(api_key=key, http_client=self._http, **address)

    def _openai(
        self, provider: Callable[..., Provider[Any]], base_url: str | None, key: str | None
    ) -> "AsyncOpenAI":
        """An openai client with our transport, retries and time-out, at the provider's address."""
        from openai import AsyncOpenAI

        from panel.judging.as_is import as_is

        if base_url is None:
            known: AsyncOpenAI = provider(api_key=key, http_client=self._http).client
            client = known.with_options(max_retries=self._max_retries, timeout=self._timeout)
        else:
            client = AsyncOpenAI(
                base_url=base_url,
                api_key=key or _NO_KEY,
                max_retries=self._max_retries,
                timeout=self._timeout,
                http_client=self._http,
            )
        return as_is(client)
