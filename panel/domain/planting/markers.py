"""Marks that belong to prompts, markup and data formats, never to prose about a model."""

import re
from typing import NamedTuple


class _Mark(NamedTuple):
    """One kind of mark.

    Attributes:
        why: What it is.
        needs: Lower-case texts, one of which stands in it: asked first, since that is quick.
        form: What it looks like, whatever the case.
    """

    why: str
    needs: tuple[str, ...]
    form: re.Pattern[str]


def _mark(why: str, needs: tuple[str, ...], form: str) -> _Mark:
    return _Mark(why, needs, re.compile(form, re.IGNORECASE))


_MARKS: tuple[_Mark, ...] = (
    _mark(
        "a chat-template token",
        ("<|", "inst]", "s>", "_turn>"),
        (
            r"<\|[^|>\n]{0,40}\|?>?|\[/?INST\]|<</?SYS>>|</?s>|<(?:start"
            r"|end)_of_turn>"
        ),
    ),
    _mark(
        "a role marker",
        (":",),
        (
            r"(?:^|[\n.!?\"'\]>)}|/-]\s*|\#\s?)(?:system|assistant|user|human)"
            r"(?: (?:message|prompt|note|turn|response|output))?\s?:(?=\s|$)(?! \d"
            r"| an? | the )"
        ),
    ),
    _mark(
        "a role heading",
        ("#", "**"),
        (
            r"#{2,}\s*\w+|\#\s?(?:system|instructions?|assistant|user)\b"
            r"|\*\*\s?(?:system|assistant|instructions?)\b"
        ),
    ),
    _mark(
        "a boundary mark",
        ("[", "<", "{", "=", "--", "begin of", "end of", "start of"),
        (
            r"(?:[\[<{]|[=-]{2,})\s?/?(?:begin|end"
            r"|start)[ _-](?:of[ _-])?[\w -]{0,24}"
            r"(?:text|input|context|data|document|dossier|source|sources"
            r"|instructions?|prompt|facts?"
            r"|system|quote|turn|untrusted|message|user|conversation|content"
            r"|article)\b"
            r"|\b(?:end|begin|start) of (?:the )?(?:untrusted |quoted |provided "
            r"|user |system |source "
            r")?(?:dossier|instructions|prompt|untrusted|system|facts|source text"
            r"|user input|context window data)\b"
        ),
    ),
    _mark(
        "an HTML or XML tag",
        ("<", "-->", "="),
        (
            r"</?[a-z][\w:-]*(?:\s[^<>]{0,200})?/?>|</[a-z]|<!--|-->|<!doctype"
            r"|<\?xml"
            r"|\bon(?:error|load|click|mouse\w+|begin|focus)\s*=|<(?:script|img"
            r"|svg|iframe|base|meta)\b"
        ),
    ),
    _mark(
        "a markup link",
        ("](", "javascript", "data:text/"),
        r"!?\[[^\]\n]{0,120}\]\([^)\s]{1,300}\)|javascript\s?:|data:text/",
    ),
    _mark(
        "a bracketed heading",
        ("[", "system "),
        (
            r"\[(?-i:[A-Z][A-Z _:-]{6,})\]|[-=*#<\[]{1,4}\s*system (?:message"
            r"|prompt|override|note|instruction)s?\b"
        ),
    ),
    _mark("a template", ("{{", "}}", "{%", "%}", "${"), r"\{\{|\}\}|\{%|%\}|\$\{"),
    _mark(
        "a data object",
        ("{", ":", "=", "->"),
        (
            r"\{\s*[\"']?\w[\w -]{0,30}[\"']?\s*:|[\"']\w{2,30}[\"']\s*:\s*[\"'{\[\d]"
            r"|\b(?:verdict|call|score|decision|rating|outcome|vote)[\"']?\s?(?:=|:="
            r"|=>|->)\s?[\"'\w]"
        ),
    ),
    _mark("a code fence", ("```", "~~~"), r"```|~~~"),
    _mark(
        "a tool call",
        ("tool_", "function_", "tool ", "function "),
        (
            r"<?/?(?:tool_call|function_call|tool_result|tool_response)s?\b"
            r"|\bfunction_result"
            r"|\b(?:tool|function) (?:output|result|call|response)s?\s?[:=>\[({]"
        ),
    ),
    _mark(
        "a salad of marks",
        ("==", "%%", "]]", "[[", "{\\", "!--", "\\\\", "//", "<<", ">>", "::"),
        (
            r"(?:==|%%|\]\]|\[\[|\{\\|!--|\\\\|//(?=\s)|<<|>>|::)[^\n]{0,80}(?:=="
            r"|%%|\]\]|\[\[|"
            r"\{\\|!--|\\\\|//(?=\s)|<<|>>|::)"
        ),
    ),
)


def find_marker(text: str) -> tuple[int, int, str] | None:
    """The first mark of a role, a prompt, a markup or a data format.

    Args:
        text: Any text.

    Returns:
        Offsets and what it is, or None.
    """
    low = text.lower() if text.isascii() else None  # some letters equal others, case apart
    found = [
        (match.start(), match.end(), mark.why)
        for mark in _MARKS
        if (low is None or any(map(low.__contains__, mark.needs)))
        and (match := mark.form.search(text))
        and match.end() > match.start()
    ]
    return min(found) if found else None
