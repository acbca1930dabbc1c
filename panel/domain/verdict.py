"""The verdict: what one reviewer answers, bounded and fully required.

Every field is required and bounded because strict structured output silently switches off
otherwise, and because a weak llm then has to stop. Reasons stand before the call, so that an llm
that writes from left to right has to argue before it decides. What each field means is explained
to the llm by `prompts/rules.md.j2`, not here.
"""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from panel.domain.fact import FactId, Topic
from panel.domain.value import Value, clean_answer

Call = Literal["ship", "skip"]

_Free = Annotated[str, AfterValidator(clean_answer)]
_Text = Annotated[_Free, StringConstraints(min_length=1, max_length=300)]
_FactIds = Annotated[tuple[FactId, ...], Field(min_length=1, max_length=6)]


class _Answer(Value):
    """Base of everything an llm writes: titles and descriptions stay out of its schema."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Reason(_Answer):
    """One reason, with the facts it rests on."""

    text: _Text
    facts: _FactIds


class Citation(_Answer):
    """A span of the quote and the facts that carry it."""

    phrase: Annotated[_Free, StringConstraints(min_length=1, max_length=200)]
    facts: _FactIds


class FlipCondition(_Answer):
    """What would change the call, and which topic news of it would come under."""

    condition: _Text
    topic: Topic


class Prediction(_Answer):
    """Something the reviewer expects by a day after the dossier's as-of date."""

    statement: _Text
    by: dt.date


class Verdict(_Answer):
    """One reviewer's whole answer.

    Attributes:
        reasons_for: What speaks for shipping.
        reasons_against: What speaks against it.
        call: `ship` or `skip`.
        headline: The judgement in one line.
        quote: The reviewer's paragraph.
        citations: Which words of the quote rest on which facts.
        flip_conditions: What would change the call.
        predictions: Dated forecasts; empty unless the persona makes them.
    """

    reasons_for: Annotated[tuple[Reason, ...], Field(max_length=4)]
    reasons_against: Annotated[tuple[Reason, ...], Field(max_length=4)]
    call: Call
    headline: Annotated[_Free, StringConstraints(min_length=1, max_length=100)]
    quote: Annotated[_Free, StringConstraints(min_length=1, max_length=1600)]
    citations: Annotated[tuple[Citation, ...], Field(min_length=1, max_length=12)]
    flip_conditions: Annotated[tuple[FlipCondition, ...], Field(min_length=1, max_length=3)]
    predictions: Annotated[tuple[Prediction, ...], Field(max_length=2)]

    def cited(self) -> frozenset[str]:
        """Ids of all facts cited anywhere."""
        groups = (*self.citations, *self.reasons_for, *self.reasons_against)
        return frozenset(fact for group in groups for fact in group.facts)

    def fact_ids(self) -> Iterator[tuple[str, str]]:
        """Every cited fact id with the path of the field that cites it."""
        for name in ("reasons_for", "reasons_against", "citations"):
            group: tuple[Reason | Citation, ...] = getattr(self, name)
            for at, item in enumerate(group):
                for nth, fact in enumerate(item.facts):
                    yield f"{name}[{at}].facts[{nth}]", fact

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text a reader may see, with its path; citations repeat the quote and are left out.

        The order is that of the page: headline, quote, reasons, flip conditions, predictions.
        """
        yield "headline", self.headline
        yield "quote", self.quote
        for name in ("reasons_for", "reasons_against"):
            reasons: tuple[Reason, ...] = getattr(self, name)
            for at, reason in enumerate(reasons):
                yield f"{name}[{at}].text", reason.text
        for at, flip in enumerate(self.flip_conditions):
            yield f"flip_conditions[{at}].condition", flip.condition
        for at, prediction in enumerate(self.predictions):
            yield f"predictions[{at}].statement", prediction.statement


def verdict_schema(fact_ids: tuple[str, ...]) -> dict[str, Any]:
    """JSON schema of a verdict in which only the given facts can be cited.

    The enumeration makes grounding a matter of decoding on servers that enforce schemas, and it is
    the same for all seats of a dossier, so that their prompts keep a common prefix.

    Args:
        fact_ids: Ids the panel was shown.
    """
    schema = _without_titles(_full_schema())
    for name in ("Reason", "Citation"):
        items = schema["$defs"][name]["properties"]["facts"]["items"]
        items.pop("pattern", None)
        items["enum"] = list(fact_ids)
    return schema


@cache
def _full_schema() -> dict[str, Any]:
    """The schema for any facts, made once since that is dear; never to be changed."""
    return Verdict.model_json_schema()


def _without_titles(node: Any, *, names: bool = False) -> Any:
    """The schema without pydantic's titles and our docstrings, which are not meant for the llm."""
    if isinstance(node, list):
        return [_without_titles(item) for item in node]  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(node, dict):
        return node
    return {
        key: _without_titles(item, names=key in {"properties", "$defs"})
        for key, item in node.items()  # pyright: ignore[reportUnknownVariableType]
        if names or key not in {"title", "description"}
    }
