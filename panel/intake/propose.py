"""Has an llm point at facts that cannot both be true; code then looks at the very words.

What it says is never taken as it is: see `panel.domain.intake.proposal`. Quotes are strangers'
texts and travel as values of the template.
"""

import re
from collections.abc import Sequence
from typing import Annotated, Any, cast

import instructor
from instructor.core import IncompleteOutputException, InstructorRetryException
from openai import APIStatusError, AsyncOpenAI, OpenAIError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from panel.domain.fact import Fact
from panel.domain.intake.extraction import Allowance
from panel.domain.intake.proposal import Proposal
from panel.domain.llm import LlmSettings, OutputMode
from panel.domain.value import digest_of
from panel.intake.keeping import Keeping

MAX_PAIRS = 20
MENDS = 1
"""How often an answer is sent back; what is wrong then is left out."""
_MODES: dict[OutputMode, instructor.Mode] = {
    "native": instructor.Mode.JSON_SCHEMA,
    "tool": instructor.Mode.TOOLS,
    "prompted": instructor.Mode.JSON,
}

Id = Annotated[str, Field(pattern=r"^F[1-9][0-9]{0,2}$")]
Short = Annotated[str, Field(max_length=400)]


class Pair(BaseModel):
    """Two facts in the llm's answer; the fields are those of `Proposal`."""

    model_config = ConfigDict(extra="forbid")

    first: Id
    second: Id
    first_words: Short
    second_words: Short
    note: Short


class Pairs(BaseModel):
    """The llm's whole answer."""

    model_config = ConfigDict(extra="forbid")

    pairs: Annotated[list[Pair], Field(max_length=MAX_PAIRS)]


class Proposed(BaseModel):
    """What came of asking.

    Attributes:
        proposals: The pairs, still to be verified.
        calls: Requests that were made now.
        input_tokens: Tokens sent now.
        output_tokens: Tokens received now.
        fault: Why there are none; empty when the llm answered.
    """

    proposals: tuple[Proposal, ...] = ()
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    fault: str = ""


class Proposer:
    """Asks for contradictions that take two facts together to see.

    Args:
        client: Speaks to the llm.
        llm: Which llm, how.
        rules: Template of the system message.
        facts: Template of the user message; it is handed the facts as values.
        keeping: Keeps answers, so that none is paid for twice.
    """

    def __init__(
        self, client: AsyncOpenAI, llm: LlmSettings, *, rules: str, facts: str, keeping: Keeping
    ) -> None:
        self._client = instructor.from_openai(client, mode=_MODES[llm.output_mode])
        self._llm = llm
        self._messages = ({"role": "system", "content": rules}, {"role": "user", "content": facts})
        self._keeping = keeping

    async def propose(
        self, name: str, facts: Sequence[Fact], sha256: str, may: Allowance | None = None
    ) -> Proposed:
        """Pairs among some facts.

        Args:
            name: The model's name.
            facts: The facts.
            sha256: Digest of the source beside which the answer is kept.
            may: What it may cost; nothing bounds it unless given.
        """
        shown = [
            {
                "id": fact.id,
                "attribute": fact.attribute,
                "as_of": str(fact.as_of),
                "statement": fact.statement,
                "quotes": [witness.quote for witness in fact.witnesses],
            }
            for fact in facts
        ]
        asked = [*(one["content"] for one in self._messages), self._llm.digest, name, shown]
        key = digest_of("proposal", asked)
        kept = self._keeping.answer(sha256, key)
        if kept is not None:
            return Proposed(proposals=_read(kept))
        may = may or Allowance(mends=MENDS, tokens=self._llm.max_tokens)
        if not may.tokens:
            return Proposed(fault="no contradictions were proposed: the cap is reached")
        context = {"name": name, "facts": shown, "fence": f"facts {key[:24]}"}
        found, told = await self._asked(context, may)
        if found is not None:
            self._keeping.keep_answer(sha256, key, {"pairs": found})
        return told.model_copy(update={"proposals": _read({"pairs": found or []})})

    async def _asked(
        self, context: dict[str, Any], may: Allowance
    ) -> tuple[list[dict[str, Any]] | None, Proposed]:
        replies: list[Any] = []
        self._client.on("completion:response", replies.append)
        options: dict[str, Any] = {"max_tokens": may.tokens, "seed": self._llm.seed}
        if self._llm.temperature is not None:
            options["temperature"] = self._llm.temperature
        fault, found = "", None
        try:
            answer = await self._client.create(
                model=self._llm.name,
                response_model=Pairs,
                messages=cast("Any", [*self._messages]),
                context=context,
                max_retries=may.mends,
                **options,
            )
            found = [pair.model_dump() for pair in answer.pairs]
        except (InstructorRetryException, IncompleteOutputException, OpenAIError) as error:
            cause = error.__cause__ or error
            status = f" {cause.status_code}" if isinstance(cause, APIStatusError) else ""
            fault = f"no contradictions were proposed: {type(cause).__name__}{status}"
        finally:
            self._client.off("completion:response", replies.append)
        return found, _counted(replies, fault)


def _counted(replies: Sequence[Any], fault: str) -> Proposed:
    usages = [getattr(reply, "usage", None) for reply in replies]
    return Proposed(
        calls=len(replies),
        input_tokens=sum(getattr(one, "prompt_tokens", 0) or 0 for one in usages),
        output_tokens=sum(getattr(one, "completion_tokens", 0) or 0 for one in usages),
        fault=fault,
    )


def _read(kept: Any) -> tuple[Proposal, ...]:
    """Proposals out of plain data; one that is none is left out."""
    found: list[Proposal] = []
    pairs: Any = cast("dict[str, Any]", kept).get("pairs") if isinstance(kept, dict) else None
    for pair in cast("list[Any]", pairs) if isinstance(pairs, list) else []:
        try:
            one = Proposal.model_validate(pair)
        except ValidationError:
            continue
        if re.search(r"\w", one.first_words) and re.search(r"\w", one.second_words):
            found.append(one)
    return tuple(found)
