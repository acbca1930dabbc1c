"""Reads model cards: the data at their head word for word, then the prose as its reader sees it."""

import os
import re

from panel.domain.intake.characters import cleaned
from panel.domain.intake.reading import Found, Trouble, line_of
from panel.intake.bounds import MAX_LETTERS, TOO_LONG
from panel.intake.markdown import heading, parts, rendered

HUB_VARIABLE = "HF_ENDPOINT"
"""Environment variable with which huggingface_hub and we name another hub, as a mirror."""

MAX_FRONT = 60_000
"""Letters of the longest data a card may have at its head."""

_CARD_KEY = re.compile(
    r"^(?:license|license_name|pipeline_tag|library_name|base_model|model-index|model_name|tags"
    r"|datasets|metrics|language|inference|widget|license_link)\s*:",
    re.MULTILINE,
)
_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}(?:@[\w./-]{1,80})?")
_TOLD = re.compile(
    r"^(?:license|license_name|pipeline_tag|library_name|base_model|model_name|language)\s*:.*"
    r"(?:\n[ \t]*-.*)*",
    re.MULTILINE,
)


def hub_address() -> str:
    """Where cards are published."""
    return os.environ.get(HUB_VARIABLE, "").rstrip("/") or "https://huggingface.co"


def card_url(name: str, hub: str) -> str | None:
    """Where the card of `org/name` or `org/name@revision` stands; None when that is no name.

    Args:
        name: What stands after `hf:`.
        hub: The hub it lies on.
    """
    if not _NAME.fullmatch(name) or ".." in name:
        return None
    model, _, revision = name.partition("@")
    return f"{hub.rstrip('/')}/{model}/raw/{revision or 'main'}/README.md"


def is_card(source: str) -> bool:
    """Whether a Markdown text is a model card.

    Args:
        source: The text.
    """
    return bool(_CARD_KEY.search(parts(source.replace("\r\n", "\n")).front))


def read_card(source: str, name: str = "") -> Found:
    """Read a model card.

    Args:
        source: Its text.
        name: `org/name` where it comes from the hub; empty for a file.
    """
    text = source.replace("\r\n", "\n")
    front, _ = parts(text)
    if len(text) > MAX_LETTERS or len(front) > MAX_FRONT:
        return Found(kind="card", trouble=TOO_LONG)
    from huggingface_hub import ModelCard
    from yaml import YAMLError

    try:
        card = ModelCard(text, ignore_metadata_errors=True)
    except (YAMLError, ValueError, TypeError, RecursionError) as error:
        trouble = Trouble(
            kind="broken",
            message=f"the data at its head is no YAML: {line_of(str(error), 120)}",
            remedy="mend the lines between the two --- of the card, and name the mended file",
        )
        return Found(kind="card", trouble=trouble)
    prose, removed = rendered(str(card.text))
    stated = cleaned("\n".join(one.group() for one in _TOLD.finditer(front)), "the card's data")
    return Found(
        kind="card",
        title=line_of(name.partition("@")[0]) or heading(prose),
        publisher="Hugging Face" if name else "",
        author=line_of(name.partition("/")[0]) if name else "",
        text=f"{stated.text}\n\n{prose}".strip(),
        removed=(*stated.found, *removed),
    )
