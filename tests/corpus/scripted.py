"""Answers of an llm made of the labels: as a perfect one gives them, or as one that lies.

The liar adds what must be refused: the pack's traps, quotes that were bent, facts of other models,
and every harmless pair as a contradiction.
"""

import re
from collections.abc import Iterator
from typing import Any

from panel.domain.typography import find_folded
from panel.testing import FakeRequest, Reply
from tests.corpus.packs import Label, Pack

_FACT = re.compile(r"^(F\d+) \((\S+), .*?\): (.*)\n((?:  \".*\"\n)*)", re.MULTILINE)
_MOST_FACTS, _MOST_PAIRS = 60, 20


class Perfect:
    """Lists every fact of the labels that stands in what it is shown, and the labelled pairs.

    Args:
        pack: The pack that is read.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def __call__(self, request: FakeRequest) -> Reply:
        """Answer one request.

        Args:
            request: What is asked.
        """
        asked = str(request.messages[1]["content"])
        shown = {found[1]: (found[2], found[4]) for found in _FACT.finditer(asked)}
        if shown:
            return Reply.json({"pairs": list(self.pairs(shown))[:_MOST_PAIRS]})
        return Reply.json({"facts": list(self.facts(asked))[:_MOST_FACTS]})

    def facts(self, asked: str) -> Iterator[dict[str, Any]]:
        """The facts of the source that is asked about.

        Args:
            asked: The message.
        """
        source = self._source(asked)
        for label in self._pack.facts.values():
            if label.source == source and not label.given and find_folded(label.quote, asked):
                yield claim(self._pack, label)

    def pairs(self, shown: dict[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
        """The labelled contradictions, those that take thought first.

        Args:
            shown: Attribute and quotes by id of the fact.
        """
        for conflict in sorted(self._pack.conflicts, key=lambda one: one.kind, reverse=True):
            first, second = (self._pack.facts[one].quote for one in conflict.pair)
            words = conflict.words or (first, second)
            yield from self._pair(shown, conflict.pair, words, conflict.note)

    def _source(self, asked: str) -> str:
        """The document that a message carries: the one most of whose quotes stand in it."""
        counts = {
            one: sum(
                find_folded(label.quote, asked) is not None
                for label in self._pack.facts.values()
                if label.source == one
            )
            for one in self._pack.documents
        }
        return max(counts, key=lambda one: counts[one])

    def _pair(
        self,
        shown: dict[str, tuple[str, str]],
        pair: tuple[str, str],
        words: tuple[str, str],
        note: str,
    ) -> Iterator[dict[str, Any]]:
        ids = [self._id(shown, self._pack.facts[one]) for one in pair]
        if all(ids) and ids[0] != ids[1]:
            yield {
                "first": ids[0], "second": ids[1], "first_words": words[0],
                "second_words": words[1], "note": note,
            }  # fmt: skip

    def _id(self, shown: dict[str, tuple[str, str]], label: Label) -> str | None:
        holding = [one for one, (_, quotes) in shown.items() if find_folded(label.quote, quotes)]
        same = (one for one in holding if shown[one][0] == label.attribute)
        return next(same, holding[0] if holding else None)


class Silent(Perfect):
    """Lists every fact and proposes no contradiction, so that code alone finds them."""

    def pairs(self, shown: dict[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
        """None.

        Args:
            shown: Attribute and quotes by id of the fact.
        """
        yield from ()


class Liar(Perfect):
    """Lists the labelled facts among others that must be refused, however often it is asked."""

    def facts(self, asked: str) -> Iterator[dict[str, Any]]:
        """The facts of the source, each followed by bent ones, and the traps.

        Args:
            asked: The message.
        """
        source = self._source(asked)
        for trap in self._pack.traps:
            if trap.source == source:
                yield claim(self._pack, trap)
        rival = {"entity": f"{self._pack.name} Mini", "statement": "It is told of a relative."}
        for fact in super().facts(asked):
            yield fact
            yield {**fact, **bent(fact["quote"])}
            yield {**fact, **rival}

    def pairs(self, shown: dict[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
        """The labelled pairs, each also with words of its own, and every harmless pair.

        Args:
            shown: Attribute and quotes by id of the fact.
        """
        for negative in self._pack.negatives:
            first, second = (self._pack.facts[one].quote for one in negative.pair)
            yield from self._pair(shown, negative.pair, (first, second), "They differ.")
        for pair in super().pairs(shown):
            yield pair
            yield {**pair, "first_words": f"not at all {pair['first_words'].split()[-1]}"}


def bent(quote: str) -> dict[str, str]:
    """A quote with one word left out of its middle, which its source does not have.

    Args:
        quote: The true one.
    """
    words = quote.split()
    middle = len(words) // 2
    return {"quote": " ".join([*words[:middle], *words[middle + 1 :]])}


def claim(pack: Pack, label: Label) -> dict[str, Any]:
    """A label in the form in which an llm answers.

    Args:
        pack: Its pack.
        label: The label.
    """
    content = label.model_dump(mode="json", exclude={"source", "given", "why"})
    return {
        **content,
        "entity": label.entity or pack.name,
        "brief": label.statement[:70],
    }
