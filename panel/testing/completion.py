"""Bodies as OpenAI's chat completions have them: the answer, the token counts, the strict rules."""

import hashlib
import json
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeAlias, cast

from panel.testing.billing import Tokens
from panel.testing.reply import Reply
from panel.testing.request import FakeRequest, JsonObject, as_list, as_object

CACHE_FLOOR = 1024
"""Tokens a prompt must share with an earlier one before any of them counts as cached."""

CACHE_STEP = 128
"""Cached tokens are counted in steps of this many."""

CHARS_PER_TOKEN = 4
"""The fake tokenizer: as many characters make a token."""

_FORBIDDEN_WHEN_STRICT = frozenset(
    {
        "allOf", "contains", "default", "dependentRequired", "else", "if", "maxContains",
        "maxProperties", "minContains", "minProperties", "not", "oneOf", "patternProperties",
        "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties", "uniqueItems",
    }
)  # fmt: skip


class PrefixCache:
    """OpenAI's prompt cache: prefixes of earlier prompts, by llm, from `CACHE_FLOOR` tokens on.

    A prompt is looked up when it arrives and learnt when it is answered, so that seats asked at
    once share nothing. Source of the rule: OpenAI's prompt caching guide (1024 tokens, then steps
    of 128).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: set[bytes] = set()

    def cached(self, prefixes: "Prefixes") -> int:
        """Counts the cached tokens of a prompt."""
        with self._lock:
            return max((tokens for tokens, name in prefixes if name in self._seen), default=0)

    def learn(self, prefixes: "Prefixes") -> None:
        """Remembers a prompt that was answered."""
        with self._lock:
            self._seen.update(name for _, name in prefixes)


Prefixes: TypeAlias = tuple[tuple[int, bytes], ...]
"""Lengths in tokens and names of the prefixes of one prompt, shortest first."""


def prefixes_of(llm: str, prompt: str) -> Prefixes:
    """The prefixes that may be cached.

    Args:
        llm: Each llm has a cache of its own.
        prompt: The whole prompt, schema included.
    """
    running = hashlib.sha256(llm.encode())
    step = CACHE_STEP * CHARS_PER_TOKEN
    found: list[tuple[int, bytes]] = []
    for end in range(step, len(prompt) + 1, step):
        running.update(prompt[end - step : end].encode("utf-8", "surrogatepass"))
        if end >= CACHE_FLOOR * CHARS_PER_TOKEN:
            found.append((end // CHARS_PER_TOKEN, running.digest()[:12]))
    return tuple(found)


def cacheable(request: FakeRequest) -> str:
    """The prompt in the order in which it is cached: tools and schema, then messages."""
    shape = [request.body.get("tools"), request.body.get("response_format")]
    return json.dumps(shape, sort_keys=True) + request.prompt_text


def completion(
    request: FakeRequest, reply: Reply, prompt: int, cached: int
) -> tuple[JsonObject, Tokens]:
    """The body of a chat completion, and what it costs.

    Args:
        request: What was asked.
        reply: What to answer.
        prompt: Tokens of the prompt.
        cached: Tokens of the prompt that were cached.
    """
    message, finish = _message(request, reply)
    said = str(message.get("content") or "") + str(message.get("tool_calls") or "")
    tokens = Tokens(prompt, cached, -(-len(said) // CHARS_PER_TOKEN))
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
    body: JsonObject = {
        "id": f"chatcmpl-{request.number:06d}",
        "object": "chat.completion",
        "created": 1_770_000_000 + request.number,
        "model": reply.llm or request.llm,
        "choices": [] if reply.shape == "empty" else [choice],
        "system_fingerprint": "fp_shipskip",
    }
    if tier := request.body.get("service_tier"):
        body["service_tier"] = "default" if tier == "auto" else tier
    if reply.with_usage:
        body["usage"] = _usage(tokens)
    return body, tokens


def _message(request: FakeRequest, reply: Reply) -> tuple[JsonObject, str]:
    message: JsonObject = {"role": "assistant", "content": None, "refusal": reply.declined}
    finish = "stop"
    if reply.declined is not None or reply.shape != "whole":
        return message, reply.finish_reason or finish
    if reply.said is not None:
        message["content"] = reply.said
        return message, reply.finish_reason or finish
    answer = json.dumps(reply.answer(request), ensure_ascii=False)
    tool = request.tool
    if tool and not request.body.get("response_format"):
        call = {"name": tool.get("name"), "arguments": answer}
        identity = f"call_{request.number:06d}"
        message["tool_calls"] = [{"id": identity, "type": "function", "function": call}]
        finish = "tool_calls"
    else:
        message["content"] = answer
    return message, reply.finish_reason or finish


def _usage(tokens: Tokens) -> JsonObject:
    return {
        "prompt_tokens": tokens.prompt,
        "completion_tokens": tokens.completion,
        "total_tokens": tokens.prompt + tokens.completion,
        "prompt_tokens_details": {"cached_tokens": tokens.cached, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }


def complaint(request: FakeRequest) -> tuple[str, str] | None:
    """What OpenAI would refuse in this request, with the parameter; None when nothing.

    Strict schemas must list every property as required, close every object and keep to the
    supported keywords (source: OpenAI's structured outputs guide).
    """
    if not request.llm:
        return "you must provide a model parameter", "model"
    if not request.messages:
        return "Invalid type for 'messages': expected a non-empty array.", "messages"
    for where, shape in _shapes(request):
        schema = as_object(shape.get("schema") or shape.get("parameters"))
        wrong = _first_breach(json.dumps(schema)) if shape.get("strict") else None
        if wrong:
            return f"Invalid schema for {where} '{shape.get('name')}': {wrong}", where
    return None


def _shapes(request: FakeRequest) -> Iterator[tuple[str, JsonObject]]:
    yield (
        "response_format",
        as_object(as_object(request.body.get("response_format")).get("json_schema")),
    )
    for tool in as_list(request.body.get("tools")):
        yield "function", as_object(as_object(tool).get("function"))


@lru_cache(maxsize=1024)
def _first_breach(schema: str) -> str | None:
    return next(_breaches(json.loads(schema), ()), None)


def _breaches(node: JsonObject, path: tuple[str, ...]) -> Iterator[str]:
    """Where a schema breaks the strict rules, property names told from keywords."""
    context = f"In context={path!r}, "
    for keyword in sorted(_FORBIDDEN_WHEN_STRICT & node.keys()):
        yield f"{context}'{keyword}' is not permitted."
    properties = as_object(node.get("properties"))
    if node.get("type") == "object":
        if node.get("additionalProperties") is not False:
            yield f"{context}'additionalProperties' is required to be supplied and to be false."
        missing = sorted(properties.keys() - set(as_list(node.get("required"))))
        if missing:
            yield (
                f"{context}'required' is required to be supplied and to be an array including"
                f" every key in properties. Missing '{missing[0]}'."
            )
    for keyword in ("properties", "$defs"):
        for name, part in as_object(node.get(keyword)).items():
            yield from _breaches(as_object(part), (*path, keyword, name))
    if "items" in node:
        yield from _breaches(as_object(node["items"]), (*path, "items"))
    for part in cast("list[Any]", node.get("anyOf") or []):
        yield from _breaches(as_object(part), (*path, "anyOf"))
