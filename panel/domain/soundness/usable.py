"""Texts that are no evidence: placeholders, page furniture, planted words, disguised letters."""

import re
import unicodedata
from collections.abc import Iterator

from panel.domain.dossier import Dossier
from panel.domain.fact import Fact
from panel.domain.keypath import KeyPath, keys_of, texts
from panel.domain.planting import Plant, plants
from panel.domain.soundness.finding import Finding

PLACEHOLDER = re.compile(
    r"REPLACE ME|\bTODO\b|\bFIXME\b|\bTBD\b|\bX{3,}\b|lorem ipsum", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"we value your privacy|\baccept all\b|\breject all\b|manage (?:choices|preferences)"
    r"|partners store|cookies? on your device|^(?:thought process|thinking|analysis|answer)\s*:"
    r"|as an ai (?:language )?model|i(?:'m| am) sorry,|cannot help with that|enable javascript"
    r"|table of contents|skip to content|all rights reserved",
    re.IGNORECASE,
)
_PLACEHOLDERS = ("replace me", "todo", "fixme", "tbd", "xxx", "lorem ipsum")
_WORD = re.compile(r"[^\W\d_]{2,}")


def usable_facts(dossier: Dossier) -> tuple[Fact, ...]:
    """The facts that say something about the model and still hold.

    A fact is not usable when it is superseded, is no statement (fewer than three words, page
    furniture, a placeholder), or addresses the reviewers instead of the model.

    Args:
        dossier: A valid dossier; one without usable facts must not be reviewed.
    """
    return _usable(dossier, plants(dossier))


def placeholders(dossier: Dossier) -> Iterator[Finding]:
    """The texts that somebody meant to replace, which are errors wherever they stand.

    Args:
        dossier: A valid dossier.
    """
    for path, text in texts(dossier.model_dump(mode="json")):
        if _is_placeholder(text):
            yield _left_over(path)


def text_findings(dossier: Dossier) -> Iterator[Finding]:
    """Everything that is not evidence, place by place.

    Args:
        dossier: A valid dossier.
    """
    planted = plants(dossier)
    if not _usable(dossier, planted):
        yield Finding(
            ("facts",),
            "no fact says anything about the model that still holds",
            "add at least one dated, sourced statement about the model",
            level="error",
        )
    for path, text in texts(dossier.model_dump(mode="json")):
        if _is_placeholder(text):
            yield _left_over(path)
        elif styled := _styled(text):
            message = f"{styled!r} is written in letters made to look like others"
            yield Finding(path, message, "retype it in plain letters")
    for at, fact in enumerate(dossier.facts):
        fault = _fault(fact.statement)
        if fault and not PLACEHOLDER.search(fact.statement):
            remedy = "write one sentence about the model, or remove the fact"
            yield Finding(("facts", at, "statement"), fault, remedy)
    for plant in planted:
        if PLACEHOLDER.search(plant.text) or "REPLACE" in plant.text:
            continue  # told above already, in words that help more
        yield Finding(
            keys_of(plant.path),
            f"{plant.text!r} will not be shown to the panel: {plant.why}",
            "rewrite it as a statement about the model, or remove it",
        )


def _left_over(path: KeyPath) -> Finding:
    message, remedy = "still holds placeholder text", "replace it, or remove the entry"
    return Finding(path, message, remedy, level="error")


def _is_placeholder(text: str) -> bool:
    # Most texts hold none of its words, which is told far sooner; letters outside ASCII may be
    # equal to one of these but for their case.
    plain = text.lower() if text.isascii() else None
    if plain is not None and not any(word in plain for word in _PLACEHOLDERS):
        return False
    return PLACEHOLDER.search(text) is not None


def _usable(dossier: Dossier, planted: tuple[Plant, ...]) -> tuple[Fact, ...]:
    hidden = {plant.fact for plant in planted}
    return tuple(
        fact
        for fact in dossier.facts
        if fact.standing != "superseded" and fact.id not in hidden and not _fault(fact.statement)
    )


def _fault(statement: str) -> str | None:
    """Why a statement is none."""
    if _is_placeholder(statement):
        return "is placeholder text"
    if _FURNITURE.search(statement):
        return "is page furniture, not a statement about the model"
    if len(_WORD.findall(statement)) < 3:
        return "is no statement: it has fewer than three words"
    return None


def _styled(text: str) -> str | None:
    """First word of mathematical or full-width letters, or of two alphabets at once."""
    if text.isascii():
        return None
    for word in re.findall(r"\w+", text):
        if any(
            "\U0001d400" <= char <= "\U0001d7ff" or "\uff21" <= char <= "\uff5a" for char in word
        ):
            return word
        scripts = {_script(char) for char in word if char.isalpha()}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK"} and len(word) > 2:
            return word
    return None


def _script(char: str) -> str:
    """First word of the character's Unicode name, which names its script."""
    return unicodedata.name(char, "UNKNOWN").split()[0]
