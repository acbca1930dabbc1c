"""Turns weighed facts into a paragraph a person can read aloud.

Every sentence is a frame from the persona file, every noun phrase the brief of a fact; this module
only joins them with correct grammar and remembers which words rest on which fact.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from panel.domain.dossier import Dossier
from panel.domain.fact import Fact, Topic
from panel.domain.persona import Persona
from panel.domain.typography import words
from panel.domain.verdict import Call, Citation
from panel.judging.rubric_words import (
    capitalised,
    clipped,
    listed,
    lower_case_words,
    month_and_year,
    topic_name,
)

MIN_WORDS, MAX_WORDS = 60, 150
"""A draft aims to stay within these; the checks allow 60 to 160 words."""

MAX_HEADLINE = 90
MAX_SENTENCE, MAX_CHARS = 300, 1600
"""Bounds of a condition or prediction and of a quote in the verdict's schema, in characters."""

MAX_FACTS_PER_CITATION = 6
_PLANS: Final = ((3, 2, 1), (3, 1, 1), (2, 1, 1), (2, 1, 0), (1, 1, 0), (1, 0, 0))
"""Facts of the winning side, of the losing side and conflicts, from the fullest plan down."""


@dataclass(frozen=True)
class Material:
    """What there is to say.

    Attributes:
        call: The call.
        leading: Facts on the side of the call, heaviest first.
        trailing: Facts on the other side, heaviest first.
        quarrels: Open conflicts as groups of facts, most interesting first.
        context: Facts that pull neither way.
        missing: The topic the persona misses most.
    """

    call: Call
    leading: tuple[Fact, ...]
    trailing: tuple[Fact, ...]
    quarrels: tuple[tuple[Fact, ...], ...]
    context: tuple[Fact, ...]
    missing: Topic


@dataclass(frozen=True)
class Quote:
    """A paragraph and what its words rest on.

    Attributes:
        text: The paragraph.
        citations: Exact spans of it with their facts.
    """

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class _Item:
    """Words to print in a list, with the facts behind them."""

    words: str
    facts: tuple[str, ...]


class Scribe:
    """Writes for one persona about one model.

    Args:
        persona: Whose frames are used.
        dossier: Whose facts are told.
    """

    def __init__(self, persona: Persona, dossier: Dossier) -> None:
        self._phrases = persona.rubric.phrases
        self._model = dossier.name
        self._banned = tuple(_spoken(word) for word in persona.banned_words)
        texts = [text for fact in dossier.facts for text in (fact.statement, fact.brief)]
        self._common = lower_case_words([*texts, dossier.summary, dossier.tagline])

    def printable(self, facts: Sequence[Fact]) -> tuple[Fact, ...]:
        """Facts whose brief this persona can print: one of an attribute, no banned word in it.

        Args:
            facts: Facts, heaviest first.
        """
        kept: dict[str, Fact] = {}
        for fact in facts:
            if not any(word in _spoken(fact.brief) for word in self._banned):
                kept.setdefault(fact.attribute, fact)
        return tuple(kept.values())

    def headline(self, material: Material) -> str:
        """The judgement in one line of at most `MAX_HEADLINE` characters.

        Args:
            material: What there is to say.
        """
        phrases = self._phrases
        ships = material.call == "ship"
        frame = (phrases.headline_ship if ships else phrases.headline_skip) or "{facts}"
        for item in self._leading(material):
            line = self._fill(frame, [item])[0]
            if len(line) <= MAX_HEADLINE:
                return line
        opening = self._fill(phrases.open_ship if ships else phrases.open_skip)[0]
        return clipped(opening.rstrip("."), MAX_HEADLINE)

    def quote(self, material: Material) -> Quote:
        """The paragraph, as full as its bounds allow.

        Args:
            material: What there is to say; at least one of its lists holds a fact.
        """
        quote = self._told(material, *_PLANS[0])
        for plan in _PLANS[1:]:
            if len(quote.text.split()) <= MAX_WORDS and len(quote.text) <= MAX_CHARS:
                break
            quote = self._told(material, *plan)
        if len(quote.text.split()) < MIN_WORDS:
            return self._told(material, *_PLANS[0], padded=True)
        return quote

    def flip(self, material: Material) -> tuple[str, Topic]:
        """What would change the call, and the topic news of it would come under.

        Args:
            material: What there is to say.
        """
        phrases = self._phrases
        frame = phrases.flip_ship if material.call == "ship" else phrases.flip_skip
        topic = material.leading[0].topic if material.leading else material.missing
        pivot = self._leading(material)[:1]
        if not pivot and not _plain(frame):
            frame = phrases.gap
        return clipped(self._fill(frame, pivot, topic=topic)[0], MAX_SENTENCE), topic

    def note(self, fact: Fact) -> str:
        """A fact as a reason of its own.

        Args:
            fact: The fact.
        """
        return capitalised(self._brief(fact)) + "."

    def prediction(self, by: dt.date) -> str | None:
        """The persona's forecast, or None when it makes none.

        Args:
            by: Its day; month and year are printed.
        """
        frame = self._phrases.prediction
        if frame is None:
            return None
        return clipped(self._fill(frame, date=month_and_year(by))[0], MAX_SENTENCE)

    def _told(
        self,
        material: Material,
        leading: int,
        trailing: int,
        quarrels: int,
        *,
        padded: bool = False,
    ) -> Quote:
        """The paragraph with so many facts of each side; padded, with the background as well."""
        phrases = self._phrases
        ships = material.call == "ship"
        lead, trail = (phrases.pro, phrases.contra) if ships else (phrases.contra, phrases.pro)
        ours = self._leading(material)[:leading]
        theirs = self._items(material.trailing[:trailing])
        disputed = [self._sides(facts) for facts in material.quarrels[:quarrels]]
        told: list[tuple[str, Sequence[_Item]]] = [
            (phrases.open_ship if ships else phrases.open_skip, ()),
            (lead, ours),
            (trail, theirs),
            (phrases.dispute, disputed),
        ]
        if padded or not (material.leading or theirs or disputed):
            told.append((phrases.context or "{facts}.", self._items(material.context[:2])))
        if padded or not (ours and theirs):
            told.append((phrases.gap, ()))
        told.append((phrases.close_ship if ships else phrases.close_skip, ()))
        usable = [(frame, items) for frame, items in told if items or _plain(frame)]
        return self._joined(usable, material.missing)

    def _leading(self, material: Material) -> list[_Item]:
        """Facts on the side of the call; a skip without any rests on what the file leaves out."""
        frame = self._phrases.silence
        if material.leading or material.call == "ship" or not frame:
            return self._items(material.leading)
        return [_Item(self._fill(frame, topic=material.missing)[0], ())]

    def _joined(self, told: Iterable[tuple[str, Sequence[_Item]]], missing: Topic) -> Quote:
        sentences: list[str] = []
        citations: list[Citation] = []
        for frame, items in told:
            sentence, printed = self._fill(frame, items, topic=missing)
            sentences.append(sentence)
            citations += [cited for item in printed for cited in _citations(item)]
        return Quote(" ".join(sentences), tuple(citations))

    def _items(self, facts: Sequence[Fact]) -> list[_Item]:
        return [_Item(self._brief(fact), (fact.id,)) for fact in facts]

    def _sides(self, facts: Sequence[Fact]) -> _Item:
        """Two sides of a conflict as alternatives, with all of its facts cited."""
        other = next((fact for fact in facts if fact.leaning != facts[0].leaning), facts[1])
        briefs = dict.fromkeys(self._brief(fact) for fact in (facts[0], other))
        return _Item(" or ".join(briefs), tuple(fact.id for fact in facts))

    def _brief(self, fact: Fact) -> str:
        """A brief as it stands inside a sentence: lower case, unless it opens with a name."""
        brief = fact.brief.rstrip(" .;:,")
        word = re.match(r"[A-Z][a-z]*(?![\w.-])", brief)
        if word and word[0].lower() in self._common:
            return brief[0].lower() + brief[1:]
        return brief

    def _fill(
        self,
        frame: str,
        items: Sequence[_Item] = (),
        *,
        topic: Topic | None = None,
        date: str = "",
    ) -> tuple[str, list[_Item]]:
        """A frame with its places filled in one pass, and the items as they were printed."""
        printed = list(items)
        if printed and frame.startswith("{facts}"):
            printed[0] = _Item(capitalised(printed[0].words), printed[0].facts)
        values = {
            "{model}": self._model,
            "{facts}": listed([item.words for item in printed]),
            "{topic}": topic_name(topic) if topic else "",
            "{date}": date,
        }
        filled = re.sub(r"\{(?:model|facts|topic|date)\}", lambda match: values[match[0]], frame)
        return re.sub(r"\s+", " ", filled).strip(), printed


def _spoken(text: str) -> str:
    """The words of a text between spaces, so that `in` finds whole words only."""
    return f" {' '.join(word.text for word in words(text))} "


def _plain(frame: str) -> bool:
    return "{facts}" not in frame


def _citations(item: _Item) -> list[Citation]:
    """One citation of an item, or several when it rests on more facts than one may name."""
    step = MAX_FACTS_PER_CITATION
    starts = range(0, len(item.facts), step)
    return [Citation(phrase=item.words, facts=item.facts[at : at + step]) for at in starts]
