"""Licences: a verdict may only name the licence, or the openness, that a cited fact states."""

import re
from collections.abc import Iterator

from panel.domain.checks.context import CheckContext, cited_by, claims, flag
from panel.domain.checks.evidence import evidence_of
from panel.domain.checks.lexicon import CLOSED, IMPLIED, OPEN
from panel.domain.checks.naming import names
from panel.domain.flag import Flag
from panel.domain.verdict import Verdict

_DENIED = re.compile(
    r"(?:\b(?:not|no|never|without|nor|neither|lacks?|lacking|non|instead of|rather than)"
    r"|n['\u2019]t)"
    r"(?:[\s-]+[\w'\u2019-]+){0,3}[\s-]*$",
    re.IGNORECASE,
)


def check_licences(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Licences that no cited fact carries; `not open source` may rest on a proprietary licence."""
    carried = evidence_of(context, cited_by(verdict)).licences
    for path, text in claims(verdict):
        for name in names(text):
            if name.sort != "licence":
                continue
            denied = is_denied(text, name.start)
            if is_supported(name.key, carried, denied=denied):
                continue
            message = (
                f"no cited fact carries the licence {text[name.start : name.end]!r};"
                " cite the fact that does, or remove it"
            )
            span = (name.start, name.end)
            yield flag("uncarried-licence", "blocks", message, path=path, text=text, span=span)


def is_denied(text: str, start: int) -> bool:
    """Whether what begins at a place of a text is denied by the words before it.

    Args:
        text: Any text.
        start: Offset of the first character.
    """
    return bool(_DENIED.search(text[max(0, start - 40) : start]))


def is_supported(key: str, carried: frozenset[str], *, denied: bool) -> bool:
    """Whether the licences of some evidence carry a licence that is stated or denied.

    Args:
        key: Key of the licence in the lexicon.
        carried: Keys that the evidence names.
        denied: Whether the verdict says that it is not under this licence.
    """
    if key in carried or carried & IMPLIED.get(key, set()):
        return True
    if denied and key not in CLOSED:
        return bool(carried & (CLOSED | OPEN)) or bool(carried and key not in OPEN)
    return denied and bool(carried - CLOSED)
