"""One request as the fake server received it, with the views a script needs to answer it."""

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, cast

JsonObject = dict[str, Any]

_FACT_ID = re.compile(r"\bF[1-9][0-9]{0,2}\b")
_MARK = re.compile(r"\b[0-9a-f]{8,64}\b")


def as_object(value: object) -> JsonObject:
    """The value if it is a JSON object, else an empty one."""
    return cast("JsonObject", value) if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """The value if it is a JSON array, else an empty one."""
    return cast("list[Any]", value) if isinstance(value, list) else []


@dataclass
class FakeRequest:
    """A recorded request; its views are computed once, since a server has to be fast.

    Attributes:
        method: HTTP method.
        path: Path as it was sent, without the query.
        query: Values of the query string by name.
        headers: Header values by lower-case name.
        body: The parsed JSON object; empty when the body held none.
        raw: The body as it was sent; empty for an uploaded file, which is kept as one.
        at: Arrival on the monotonic clock, in seconds.
        number: Place in the order of arrival, counted from 0.
        answered: Whether a whole reply has been written to the socket.
    """

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: JsonObject = field(default_factory=dict[str, Any])
    raw: bytes = b""
    at: float = field(default_factory=time.monotonic)
    number: int = 0
    answered: bool = False
    query: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def llm(self) -> str:
        """The llm that was asked for."""
        return str(self.body.get("model", ""))

    @cached_property
    def messages(self) -> list[JsonObject]:
        """The conversation."""
        return [as_object(message) for message in as_list(self.body.get("messages"))]

    @property
    def mends(self) -> int:
        """How many answers in this conversation were sent back before."""
        return sum(message.get("role") == "assistant" for message in self.messages)

    @property
    def rules(self) -> str:
        """The system messages."""
        return "\n\n".join(self._texts("system", "developer"))

    @cached_property
    def asked(self) -> list[str]:
        """The texts of the user before the first answer: dossier, then persona."""
        return self._texts("user")

    @property
    def dossier_text(self) -> str:
        """The part of the prompt that describes the model under review.

        It is what stands between the first and the last line that bear the fence's mark; without
        a fence, all texts but the last.
        """
        text, fence = self._fenced
        if fence:
            return text[fence[0] : fence[1]]
        return "\n\n".join(self.asked[:-1]) or text

    @property
    def persona_text(self) -> str:
        """The part of the prompt that says who the reviewer is: what follows the dossier."""
        text, fence = self._fenced
        if fence:
            return text[fence[1] :]
        return self.asked[-1] if self.asked else ""

    @cached_property
    def prompt_text(self) -> str:
        """Every text of the conversation, for prefix and token counts."""
        return "\n\n".join("\n\n".join(_texts_of(message)) for message in self.messages)

    @property
    def schema(self) -> JsonObject | None:
        """The JSON schema that the answer has to follow, wherever it was sent; None without."""
        shape = as_object(as_object(self.body.get("response_format")).get("json_schema"))
        if shape:
            return as_object(shape.get("schema"))
        tool = self.tool
        return as_object(tool.get("parameters")) if tool else None

    @property
    def tool(self) -> JsonObject | None:
        """The function that the answer has to call; None when it may be plain text."""
        choice = self.body.get("tool_choice", "auto")
        tools = [as_object(as_object(tool).get("function")) for tool in self._tools]
        if choice == "none" or not tools:
            return None
        named = as_object(as_object(choice).get("function")).get("name")
        return next((tool for tool in tools if tool.get("name") == named), tools[0])

    @property
    def fact_ids(self) -> list[str]:
        """Facts that may be cited: the schema's enumeration, else those the prompt names."""
        listed = _listed(json.dumps(self.schema or {}))
        return list(listed or dict.fromkeys(_FACT_ID.findall(self.dossier_text)))

    @cached_property
    def _fenced(self) -> tuple[str, tuple[int, int] | None]:
        text = "\n\n".join(self.asked)
        return text, _fence(text)

    @property
    def _tools(self) -> Sequence[Any]:
        return as_list(self.body.get("tools"))

    def _texts(self, *roles: str) -> list[str]:
        texts: list[str] = []
        for message in self.messages:
            if message.get("role") == "assistant":
                break
            if message.get("role") in roles:
                texts += _texts_of(message)
        return texts


def _texts_of(message: JsonObject) -> list[str]:
    content = message.get("content")
    if isinstance(content, str):
        return [content]
    parts = [as_object(part) for part in as_list(content)]
    return [str(part["text"]) for part in parts if part.get("type") == "text"]


def _fence(text: str) -> tuple[int, int] | None:
    """Offsets around the text between the first and last line bearing one repeated mark."""
    for found in _MARK.finditer(text):  # the fence stands near the top: look no further
        mark = found[0]
        first, last = text.find(mark), text.rfind(mark)
        if not mark.isdigit() and last > first:
            start = text.find("\n", first)
            end = text.find("\n", last)
            return (first if start < 0 else start), (len(text) if end < 0 else end)
    return None


@lru_cache(maxsize=1024)
def _listed(schema: str) -> tuple[str, ...]:
    return tuple(_enumerated(json.loads(schema)))


def _enumerated(node: object) -> list[str]:
    """The first enumeration of fact ids in a schema."""
    if isinstance(node, list):
        found = (_enumerated(item) for item in cast("list[object]", node))
        return next(filter(None, found), list[str]())
    names = [str(name) for name in as_list(as_object(node).get("enum"))]
    if names and all(_FACT_ID.fullmatch(name) for name in names):
        return names
    return _enumerated(list(as_object(node).values())) if as_object(node) else []
