"""What an llm's library need not do again at every call: walk what is plain and known already.

The bytes that are sent and what is read from an answer stay the same; walking them would cost a
third of a call's CPU.
"""

from collections.abc import Mapping
from typing import Any, cast

from openai import AsyncOpenAI, AsyncStream, NotGiven, Omit, RequestOptions, not_given
from openai.resources.chat.completions import AsyncCompletions
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from pydantic import ValidationError

_FIRST = ("model", "stream", "service_tier", "messages")
"""What the openai library puts first into a body; the rest follows by name."""


class AsIsCompletions(AsyncCompletions):
    """Chat completions whose parameters, plain JSON already, go out as given.

    The library would walk them by their types, to find the names and dates that want rewriting.
    """

    async def create(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        *,
        extra_headers: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: Any = not_given,  # noqa: ASYNC109 - the name it has there
        **options: Any,
    ) -> Any:
        """Ask for a completion, see `openai`.

        Args:
            extra_headers: More headers.
            extra_query: More of the address.
            extra_body: More of the body; it wins over the options.
            timeout: Seconds, or the library's object; None for no end.
            options: The body.
        """
        names = [*_FIRST, *sorted(options)]
        body = {name: options[name] for name in names if name in options} | dict(extra_body or {})
        sent = RequestOptions(security={"bearer_auth": True})
        if extra_headers is not None:
            sent["headers"] = extra_headers
        if extra_query is not None:
            sent["params"] = extra_query
        if _is_given(timeout):
            sent["timeout"] = timeout
        return await self._client.post(
            "/chat/completions",
            body={name: value for name, value in body.items() if _is_given(value)},
            options=sent,
            cast_to=_Completion,
            stream=bool(options.get("stream")),
            stream_cls=AsyncStream[ChatCompletionChunk],
        )


def _is_given(value: object) -> bool:
    return not isinstance(value, Omit | NotGiven)


class _Completion(ChatCompletion):
    """Tells the openai library how to read a completion: at once where it is as it should be.

    The library builds it field by field, unchecked, since providers leave fields out or make some
    up; whoever is asked for a verdict checks it in any case.
    """

    @classmethod
    def build(cls, *, response: object, data: Any) -> Any:  # noqa: ARG003 - the library's protocol
        """The completion that an answer holds (see `openai`)."""
        if not isinstance(data, dict):
            return data
        told = cast("dict[str, Any]", data)
        try:
            return ChatCompletion.model_validate(told)
        except ValidationError:
            return ChatCompletion.construct(**told)


def as_is(client: AsyncOpenAI) -> AsyncOpenAI:
    """The client, which from now on sends the parameters of chat completions as given."""
    # A cached property, which may be set; the library's types call it a plain one.
    client.chat.completions = AsIsCompletions(client)  # pyright: ignore[reportAttributeAccessIssue]
    return client
