"""What an llm was sent and what it answered, as the tape keeps it, made readable.

Providers shape their requests differently; whatever a text is called in them, every long text is
shown as text, and the whole message stands below it as it went over the wire.
"""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from panel.domain.exchange import Exchange
from panel.domain.value import Value

LONGEST = 100_000
"""Most characters of one message that a page shows."""

_LONG = 60
"""Least characters of a text that is shown by itself."""


class Passage(Value):
    """One long text of a message.

    Attributes:
        where: Where it stands, e.g. `messages.1.content`.
        text: The text, with its lines.
    """

    where: str
    text: str


class Message(Value):
    """A request or an answer.

    Attributes:
        passages: Its long texts.
        whole: All of it.
        size: Its length in characters.
    """

    passages: tuple[Passage, ...]
    whole: str
    size: int


class Try(Value):
    """One try of one call.

    Attributes:
        call: Number of the call, counted from 1: the first answer, then each one that mends it.
        how: How it ended, in words.
        well: Whether an answer came that counts.
        path: Path of the endpoint.
        sent: The request.
        received: The answer; None when none came.
    """

    call: int
    how: str
    well: bool
    path: str
    sent: Message
    received: Message | None


def tries_in_words(calls: Sequence[Sequence[Exchange]]) -> tuple[Try, ...]:
    """Tries ready to be read.

    Args:
        calls: The tries of each call, in order.
    """
    return tuple(
        Try(
            call=number,
            how=_how(one),
            well=one.succeeded,
            path=one.path,
            sent=message(one.request),
            received=message(one.response) if one.response else None,
        )
        for number, tries in enumerate(calls, start=1)
        for one in tries
    )


def _how(one: Exchange) -> str:
    ended = f"status {one.status}" if one.status is not None else f"no answer: {one.fault}"
    delivered = ", through a batch" if one.tier else ""
    return f"{ended}, {one.seconds:.1f} s{delivered}"


def message(body: str) -> Message:
    """A message ready to be read.

    Args:
        body: It as it went over the wire.
    """
    try:
        content: Any = json.loads(body)
        whole = json.dumps(content, ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return Message(passages=(), whole=readable(body), size=len(body))
    passages = tuple(Passage(where=where, text=readable(text)) for where, text in _texts(content))
    return Message(passages=passages, whole=readable(whole), size=len(body))


def _texts(content: Any) -> Iterator[tuple[str, str]]:
    """Long texts with their places; walked without recursion, since an answer may be deep."""
    waiting: list[tuple[str, Any]] = [("", content)]
    while waiting:
        where, node = waiting.pop()
        if isinstance(node, str):
            if len(node) >= _LONG or "\n" in node or _is_json(node):
                yield where, _laid_out(node)
            continue
        inner: list[tuple[Any, Any]] = []
        if isinstance(node, dict):
            inner = list(node.items())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        elif isinstance(node, list):
            inner = list(enumerate(node))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        path = f"{where}." if where else ""
        waiting += [(f"{path}{name}", value) for name, value in reversed(inner)]


def _laid_out(text: str) -> str:
    """A text that is JSON itself, as most verdicts are, on lines of its own."""
    if not _is_json(text):
        return text
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text


def _is_json(text: str) -> bool:
    return text.lstrip().startswith("{")


def readable(text: str) -> str:
    """A text with its lines, cut where it is too long, nothing in it that a reader cannot see.

    Args:
        text: Any text.
    """
    cut = text[:LONGEST].replace("\r\n", "\n")
    shown = "".join(char if char in "\n\t" or char.isprintable() else _shown(char) for char in cut)
    if len(text) > LONGEST:
        shown += f"\n… cut here; it has {len(text):,} characters."
    return shown


def _shown(char: str) -> str:
    return " " if char.isspace() else f"⟨{unicodedata.name(char, f'U+{ord(char):04X}')}⟩"
