"""The form of the llm's answer, and what can be read of one that does not keep to it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, model_validator

from panel.domain.intake.checking import Claim

MAX_FACTS = 60
"""Most facts of one answer; a piece with more is cut."""

Short = Annotated[str, Field(max_length=400)]


class Listed(BaseModel):
    """A fact in the llm's answer; the fields are those of `Claim`."""

    model_config = ConfigDict(extra="forbid")

    topic: Literal[
        "access", "adoption", "architecture", "benchmark", "capability", "context", "efficiency",
        "hardware", "language", "licence", "modality", "price", "privacy", "roadmap", "safety",
        "tooling", "vendor",
    ]  # fmt: skip
    attribute: Short
    statement: Short
    brief: Short
    value: Short | None
    unit: Short | None
    entity: Short
    as_of: Short | None
    standing: Literal["official", "reported", "measured"]
    leaning: Literal["for", "against", "neutral"]
    quote: Short

    @model_validator(mode="after")
    def _holds(self, info: ValidationInfo) -> "Listed":
        """Refuse what the source does not carry; the llm is told why and mends it."""
        check = cast("Mapping[str, Any]", info.context or {}).get("check")
        if check is not None:
            check(Claim.model_validate(self.model_dump()))
        return self


class Extraction(BaseModel):
    """The llm's whole answer."""

    model_config = ConfigDict(extra="forbid")

    facts: Annotated[list[Listed], Field(max_length=MAX_FACTS)]


def strictly(*_: Any, **request: Any) -> None:
    """Ask for the schema to be enforced, which instructor leaves out; changes the request in place.

    Args:
        request: The body that is about to be sent.
    """
    form = request.get("response_format")
    if isinstance(form, dict) and "json_schema" in form:
        cast("dict[str, Any]", form)["json_schema"]["strict"] = True
    for tool in request.get("tools") or ():
        tool["function"]["strict"] = True


def claims_in(replies: Sequence[Any]) -> Iterator[Claim]:
    """Every fact in some answers that can be read, one by one.

    Args:
        replies: Completions as the openai library has them.
    """
    for response in replies:
        for choice in getattr(response, "choices", None) or ():
            calls = getattr(choice.message, "tool_calls", None) or ()
            said = [call.function.arguments for call in calls] or [choice.message.content or ""]
            for text in said:
                yield from _claims(text)


def _claims(text: str) -> Iterator[Claim]:
    start, end = text.find("{"), text.rfind("}")
    try:
        facts = json.loads(text[start : end + 1])["facts"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    for fact in cast("list[Any]", facts)[:MAX_FACTS] if isinstance(facts, list) else ():
        try:
            yield Claim.model_validate(fact)
        except ValidationError:
            continue
