"""A candidate fact: what one source is said to state, before it is merged into a dossier.

The extractor reads untrusted text, so a candidate carries nothing but a dated statement and the
source's own words for it; ids, conflicts and standing against other sources are given by code.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import StringConstraints, model_validator

from panel.domain.fact import MAX_QUOTE_WORDS, Leaning, SourceId, Topic, Witness
from panel.domain.typography import plain_words
from panel.domain.value import Line, Value

Attribute = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
"""The property a fact states, e.g. `context-window`."""


class Candidate(Value):
    """One statement of one source about the model under review.

    Attributes:
        topic: What it is about.
        attribute: The property it states; aliases such as `license` are understood.
        statement: The fact as a sentence in our own words.
        brief: The same as a noun phrase of at most 70 characters.
        value: The value alone, when there is one.
        unit: Unit of the value; only together with one.
        entity: The model it is about, as the source calls it.
        as_of: Day from which it is known to hold.
        standing: Said by the vendor, reported by others, or measured by a named third party.
        leaning: Which way it pulls for somebody who wants to use the model.
        quote: The source's own words, at most `MAX_QUOTE_WORDS` of them.
        source: Id of the source in the dossier.
    """

    topic: Topic
    attribute: Attribute
    statement: Line
    brief: Annotated[Line, StringConstraints(max_length=70)]
    value: Line | None = None
    unit: Line | None = None
    entity: Line
    as_of: dt.date
    standing: Literal["official", "reported", "measured"] = "reported"
    leaning: Leaning = "neutral"
    quote: Line
    source: SourceId

    @model_validator(mode="after")
    def _fits_a_dossier(self) -> "Candidate":
        if self.unit and not self.value:
            raise ValueError("a unit without a value; give the value or drop the unit")
        count = len(self.quote.split())
        if count > MAX_QUOTE_WORDS:
            raise ValueError(f"the quote has {count} words; keep the {MAX_QUOTE_WORDS} that count")
        return self

    @property
    def witness(self) -> Witness:
        """Its source and quote, as a fact keeps them."""
        return Witness(source=self.source, quote=self.quote)


def is_same_model(entity: str, name: str, vendor: str = "") -> bool:
    """Whether a name in a text means the model under review and no relative of it.

    Case, punctuation and the vendor's name do not matter; a further word or number does, since
    `Qwen3.6-27B` is neither `Qwen3.6` nor `Qwen3.6-27B-FP8`.

    Args:
        entity: The name in the text.
        name: The model's name.
        vendor: Its maker.
    """
    maker = {*plain_words(vendor), "s", "by", "the"} - set(plain_words(name))
    found = [word for word in plain_words(entity) if word not in maker]
    return bool(found) and "".join(found) == "".join(plain_words(name))
