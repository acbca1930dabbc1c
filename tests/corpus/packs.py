"""Source packs with their labels: the facts, the contradictions, and what must not be taken.

The articles and the labels are our own; the labels were written before any of it was run.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(_Strict):
    """A fact as an editor lists it, or one that must not be taken.

    Attributes:
        source: Name of the document, as the pack lists it.
        topic: As in a claim, and so are the fields below.
        attribute: The property.
        value: The value alone.
        unit: Its unit.
        statement: In our own words; empty where code states it.
        quote: The source's words.
        entity: Whom it is about; the model's name unless given.
        as_of: The day it is stated for.
        standing: Who says it.
        leaning: Which way it pulls.
        given: Whether a card or a list states it as data, so that no llm is asked.
        why: What is wrong with it, for one that must not be taken.
    """

    source: str
    topic: str
    attribute: str
    value: str | None = None
    unit: str | None = None
    statement: str
    quote: str
    entity: str | None = None
    as_of: dt.date | None = None
    standing: str = "reported"
    leaning: str = "neutral"
    given: bool = False
    why: str = ""


class Conflict(_Strict):
    """Two facts that cannot both hold.

    Attributes:
        pair: Their names in the pack.
        kind: `explicit` when both speak of one property, `implicit` when it takes thought.
        words: The words of each quote that exclude the other's; for an implicit one.
        note: What is contradictory.
    """

    pair: tuple[str, str]
    kind: Literal["explicit", "implicit"]
    words: tuple[str, str] | None = None
    note: str = "Both cannot be true."


class Negative(_Strict):
    """Two facts that may be taken for a contradiction and are none.

    Attributes:
        pair: Their names in the pack.
        why: What they are instead.
    """

    pair: tuple[str, str]
    why: Literal["alias", "compatible", "paraphrase", "superseded"]


class Pack(_Strict):
    """The sources about one model.

    Attributes:
        name: The model's name.
        vendor: Its maker.
        today: Day of reading.
        documents: File names, with `#id` for an entry of a list.
        facts: Facts by a short name.
        conflicts: What contradicts.
        negatives: What does not.
        traps: Claims that must be refused.
        folder: Where the documents stand.
    """

    name: str
    vendor: str
    today: dt.date
    documents: tuple[str, ...]
    facts: dict[str, Label]
    conflicts: tuple[Conflict, ...] = ()
    negatives: tuple[Negative, ...] = ()
    traps: tuple[Label, ...] = ()
    folder: Path

    @property
    def slug(self) -> str:
        """Its folder's name, also the slug of its dossier."""
        return self.folder.name

    @property
    def addresses(self) -> tuple[str, ...]:
        """The documents as `dossier build` takes them."""
        return tuple(str(self.folder / one) for one in self.documents)


@cache
def packs(folder: Path = FOLDER) -> tuple[Pack, ...]:
    """Every pack below a folder.

    Args:
        folder: Where to look; the corpus unless given.
    """
    found = sorted(folder.glob("*/labels.yaml"))
    return tuple(
        Pack.model_validate(
            {**yaml.safe_load(path.read_text(encoding="utf-8")), "folder": path.parent}
        )
        for path in found
    )
