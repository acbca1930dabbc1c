"""Judges the small answers of a probe: did the server hold its llm to the schema?"""

import json
from collections.abc import Iterable
from typing import Literal

from panel.domain.secrecy import redact
from panel.judging.reading import answer_body

Held = Literal["enforced", "followed", "ignored"]
"""enforced: the server made the answer fit. followed: the llm made it fit. ignored: it did not."""

_SHOWN = 60


def held(text: str, code: str, *, by_server: bool) -> Held:
    """Whether an answer kept to the schema of the probe.

    Args:
        text: The answer.
        code: The only value its key `code` may have.
        by_server: Whether the server was asked to see to it, rather than the llm.
    """
    try:
        answer: object = json.loads(answer_body(text))
    except (ValueError, RecursionError):
        return "ignored"
    if answer not in ({"code": code, "weight": "light"}, {"code": code, "weight": "heavy"}):
        return "ignored"
    return "enforced" if by_server else "followed"


def glimpse(text: str, secrets: Iterable[str] = ()) -> str:
    """The beginning of a text in one visible line, free of keys.

    Args:
        text: What an endpoint said.
        secrets: Keys in use.
    """
    line = " ".join(redact(text, secrets).split())
    clean = "".join(char for char in line if char.isprintable())
    return clean if len(clean) <= _SHOWN else clean[: _SHOWN - 3] + "..."
