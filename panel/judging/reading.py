"""Reads an answer strictly: exactly one JSON object of the verdict schema, or a list of faults.

One rule, no guesses: the object may stand in one code fence or after a closed `<think>` block;
anything else around it, a second object, a repeated key or a NaN makes the answer invalid. Free
text is never mapped to a call by word search.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn, cast

from pydantic import ValidationError

from panel.domain.verdict import Verdict

_THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"^```(?:json)?\s*\n(.*)\n```$", re.DOTALL)

_REFUSAL = re.compile(
    r"""(?ix)\b(?:
        i(?:['\u2019]m|\ am)\ (?:sorry|unable|not\ able)
        | i\ (?:can(?:no|['\u2019])t|won['\u2019]t|must\ decline)
        | (?:cannot|can['\u2019]t)\ (?:help|assist|comply)
    )\b"""
)


class InvalidAnswerError(ValueError):
    """The answer is no verdict.

    Args:
        problems: One line per fault, each with the path of the value.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def is_refusal(text: str) -> bool:
    """Whether plain text (no JSON in it) reads as a refusal.

    Args:
        text: The answer's text.
    """
    return "{" not in text and _REFUSAL.search(text[:400]) is not None


def answer_body(text: str) -> str:
    """The answer without the code fence or the closed `<think>` block it may stand in.

    Args:
        text: The answer's text.
    """
    body = _THOUGHT.sub("", text, count=1).strip()
    fenced = _FENCE.match(body)
    return fenced.group(1).strip() if fenced else body


def read_verdict(text: str) -> Verdict:
    """The verdict an answer holds.

    Args:
        text: The answer's text.

    Raises:
        InvalidAnswerError: It is not exactly one JSON object that fits the schema.
    """
    body = answer_body(text)
    if not body:
        raise InvalidAnswerError(["(answer): it is empty"])
    try:
        plain = json.loads(body, object_pairs_hook=_no_repeats, parse_constant=_no_constants)
    except RecursionError:
        raise InvalidAnswerError(["(answer): it is nested too deeply"]) from None
    except ValueError as error:
        raise InvalidAnswerError([f"(answer): not exactly one JSON object: {error}"]) from error
    if not isinstance(plain, dict):
        raise InvalidAnswerError(["(answer): a JSON object is wanted, nothing around it"])
    try:
        return Verdict.model_validate_json(json.dumps(plain))
    except ValidationError as error:
        raise InvalidAnswerError(_problems(error)) from error


def holds_verdict(response: str, verdict: Verdict) -> bool:
    """Whether the body of an answer on the tape says exactly this verdict, whatever its protocol.

    Args:
        response: Body of the answer.
        verdict: The verdict it should hold.
    """
    try:
        return any(_says(text, verdict) for text in (response, *_texts(json.loads(response))))
    except (ValueError, RecursionError):
        return False


def _says(text: str, verdict: Verdict) -> bool:
    try:
        return read_verdict(text) == verdict
    except InvalidAnswerError:
        return False


def _texts(node: Any) -> Iterator[str]:
    """Every text of a JSON value, and every object of it as JSON (a tool's arguments)."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for item in cast("list[Any]", node):
            yield from _texts(item)
    elif isinstance(node, dict):
        if "quote" in node:
            yield json.dumps(node)
        for item in cast("dict[str, Any]", node).values():
            yield from _texts(item)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _no_constants(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _problems(error: ValidationError) -> list[str]:
    lines: list[str] = []
    for item in error.errors(include_url=False, include_input=False)[:12]:
        path = "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in item["loc"]
        ).lstrip(".")
        lines.append(f"{path or '(answer)'}: {item['msg']}")
    return lines
