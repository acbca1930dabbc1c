"""Bodies as OpenAI's chat completions have them: the answer, the token counts, the strict rules."""

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

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


@dataclass(frozen=True)
class Tokens:
    """Token counts of one call."""

    prompt: int
    cached: int
    completion: int


class PrefixCache:
    """OpenAI's prompt cache: prefixes of earlier prompts, by llm, from `CACHE_FLOOR` tokens on.

    Source of the rule: OpenAI's prompt caching guide (1024 tokens, then steps of 128).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: set[bytes] = set()

    def cached(self, llm: str, prompt: str) -> int:
        """Counts the cached tokens of a prompt, and remembers its prefixes.

        Args:
            llm: Each llm has a cache of its own.
            prompt: The whole prompt, schema included.
        """
        prefixes = list(_prefixes(llm, prompt))
        with self._lock:
            hits = [tokens for tokens, name in prefixes if name in self._seen]
            self._seen.update(name for _, name in prefixes)
        return max(hits, default=0)


def _prefixes(llm: str, prompt: str) -> Iterator[tuple[int, bytes]]:
    running = hashlib.sha256(llm.encode())
    step = CACHE_STEP * CHARS_PER_TOKEN
    for end in range(step, len(prompt) + 1, step):
        running.update(prompt[end - step : end].encode("utf-8", "surrogatepass"))
        if end >= CACHE_FLOOR * CHARS_PER_TOKEN:
            yield end // CHARS_PER_TOKEN, running.digest()


def cacheable(request: FakeRequest) -> str:
    """The prompt in the order in which it is cached: tools and schema, then messages."""
    shape = [request.body.get("tools"), request.body.get("response_format")]
    return json.dumps(shape, sort_keys=True) + request.prompt_text


def completion(request: FakeRequest, reply: Reply, cached: int) -> JsonObject:
    """The body of a chat completion.

    Args:
        request: What was asked.
        reply: What to answer.
        cached: Tokens of the prompt that were cached.
    """
    message, finish = _message(request, reply)
    said = str(message.get("content") or "") + str(message.get("tool_calls") or "")
    tokens = Tokens(len(cacheable(request)) // CHARS_PER_TOKEN, cached, -(-len(said) // 4))
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
    body: JsonObject = {
        "id": f"chatcmpl-{request.number:06d}",
        "object": "chat.completion",
        "created": 1_770_000_000 + request.number,
        "model": reply.llm or request.llm,
        "choices": [] if reply.shape == "empty" else [choice],
        "system_fingerprint": "fp_shipskip",
    }
    if reply.with_usage:
        body["usage"] = _usage(tokens)
    return body


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
        wrong = next(_breaches(schema, ()), None) if shape.get("strict") else None
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
