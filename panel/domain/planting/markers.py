"""Marks that belong to prompts, markup and data formats, never to prose about a model."""

import re

from panel.domain.sift import Sifted

_FORMS: tuple[tuple[str, str], ...] = (
    ("a chat-template token", (r"<\|[^|>\n]{0,40}\|?>?|\[/?INST\]|<</?SYS>>|</?s>|<(?:start"
                              r"|end)_of_turn>")),
    ("a role marker", (r"(?:^|[\n.!?\"'\]>)}|/-]\s*|\#\s?)(?:system|assistant|user|human)"
                      r"(?: (?:message|prompt|note|turn|response|output))?\s?:(?=\s|$)(?! \d"
                      r"| an? | the )")),
    ("a role heading", (r"#{2,}\s*\w+|\#\s?(?:system|instructions?|assistant|user)\b"
                       r"|\*\*\s?(?:system|assistant|instructions?)\b")),
    ("a boundary mark", (r"(?:[\[<{]|[=-]{2,})\s?/?(?:begin|end"
                         r"|start)[ _-](?:of[ _-])?[\w -]{0,24}"
                        r"(?:text|input|context|data|document|dossier|source|sources"
                        r"|instructions?|prompt|facts?"
                        r"|system|quote|turn|untrusted|message|user|conversation|content"
                        r"|article)\b"
                        r"|\b(?:end|begin|start) of (?:the )?(?:untrusted |quoted |provided "
                        r"|user |system |source "
                        r")?(?:dossier|instructions|prompt|untrusted|system|facts|source text"
                        r"|user input|context window data)\b")),
    ("an HTML or XML tag", (r"</?[a-z][\w:-]*(?:\s[^<>]{0,200})?/?>|</[a-z]|<!--|-->|<!doctype"
                           r"|<\?xml"
                           r"|\bon(?:error|load|click|mouse\w+|begin|focus)\s*=|<(?:script|img"
                           r"|svg|iframe|base|meta)\b")),
    ("a markup link", r"!?\[[^\]\n]{0,120}\]\([^)\s]{1,300}\)|javascript\s?:|data:text/"),
    ("a bracketed heading", (r"\[(?-i:[A-Z][A-Z _:-]{6,})\]|[-=*#<\[]{1,4}\s*system (?:message"
                            r"|prompt|override|note|instruction)s?\b")),
    ("a template", r"\{\{|\}\}|\{%|%\}|\$\{"),
    ("a data object", (r"\{\s*[\"']?\w[\w -]{0,30}[\"']?\s*:|[\"']\w{2,30}[\"']\s*:\s*[\"'{\[\d]"
                      r"|\b(?:verdict|call|score|decision|rating|outcome|vote)[\"']?\s?(?:=|:="
                      r"|=>|->)\s?[\"'\w]")
                      ),
    ("a code fence", r"```|~~~"),
    ("a tool call", (r"<?/?(?:tool_call|function_call|tool_result|tool_response)s?\b"
                     r"|\bfunction_result"
                    r"|\b(?:tool|function) (?:output|result|call|response)s?\s?[:=>\[({]")),
    ("a salad of marks", (r"(?:==|%%|\]\]|\[\[|\{\\|!--|\\\\|//(?=\s)|<<|>>|::)[^\n]{0,80}(?:=="
                         r"|%%|\]\]|\[\[|"
                         r"\{\\|!--|\\\\|//(?=\s)|<<|>>|::)")),
)  # fmt: skip

_MARKERS = tuple((why, Sifted(re.compile(form, re.IGNORECASE))) for why, form in _FORMS)


def find_marker(text: str) -> tuple[int, int, str] | None:
    """The first mark of a role, a prompt, a markup or a data format.

    Args:
        text: Any text.

    Returns:
        Offsets and what it is, or None.
    """
    found = [
        (match.start(), match.end(), why)
        for why, form in _MARKERS
        if (match := form.search(text)) and match.end() > match.start()
    ]
    return min(found) if found else None
