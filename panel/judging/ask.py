"""One question to one llm in the output mode its endpoint understands.

This stands on `pydantic_ai.direct` rather than on its `Agent`: the loop of asking, checking and
mending is the heart of this program (see `judge.py`), and an agent would cost twice the CPU.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pydantic_ai.direct import model_request
from pydantic_ai.messages import (
    CachePoint,
    InstructionPart,
    ModelMessage,
    ModelRequest,
    ModelResponse,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import ToolDefinition

from panel.domain.llm import LlmSettings, OutputMode
from panel.domain.prompt import Prompt
from panel.domain.review import Usage
from panel.domain.verdict import verdict_schema

_TOOL = "verdict"
_MARKED_CACHE = frozenset({"anthropic", "bedrock"})
"""Kinds that cache only up to a mark; the others cache any shared prefix by themselves."""


@dataclass(frozen=True)
class Answer:
    """What came back for one question.

    Attributes:
        text: The answer's own text; empty when there was none.
        finish: `stop`, `length`, `content_filter`, ... ; None when the provider did not say.
        refusal: The llm's words of refusal, if it used its protocol's field for them.
        usage: Tokens of this call.
        answered_by: The llm's name as the provider reports it.
        message: The provider's message, to go back with a request to mend.
    """

    text: str
    finish: str | None
    refusal: str | None
    usage: Usage
    answered_by: str | None
    message: ModelResponse


def first_question(prompt: Prompt, llm: LlmSettings) -> list[ModelMessage]:
    """The opening messages: rules as instructions, then the dossier, the persona last.

    Dossier and persona travel as one string, since some chat templates refuse two user messages in
    a row and every endpoint accepts a plain string.

    Args:
        prompt: What the seat is told.
        llm: Who is asked; decides whether a cache mark is set.
    """
    parts: list[Any] = [prompt.dossier, CachePoint(), prompt.persona]
    content = parts if llm.kind in _MARKED_CACHE else f"{prompt.dossier}\n\n{prompt.persona}"
    return [ModelRequest(parts=[UserPromptPart(content=content)], instructions=prompt.rules)]


def mend_question(answer: Answer, request: str, prompt: Prompt) -> list[ModelMessage]:
    """The messages that send an answer back to be mended.

    Args:
        answer: The answer to mend.
        request: What to mend.
        prompt: The seat's prompt, whose rules still hold.
    """
    call = next((part for part in answer.message.parts if isinstance(part, ToolCallPart)), None)
    if call is None:
        part = UserPromptPart(content=request)
    else:
        part = ToolReturnPart(
            tool_name=call.tool_name, content=request, tool_call_id=call.tool_call_id
        )
    return [answer.message, ModelRequest(parts=[part], instructions=prompt.rules)]


@lru_cache(maxsize=128)
def parameters(fact_ids: tuple[str, ...], mode: OutputMode, rules: str) -> ModelRequestParameters:
    """How a verdict is asked for; made once for all seats of a dossier, since it is dear.

    Args:
        fact_ids: The only facts that may be cited.
        mode: The endpoint's way.
        rules: The instructions, which stand in the messages too; pydantic-ai would put them here
            itself, into a copy for each call.
    """
    shape = shaped(verdict_schema(fact_ids), mode)
    return replace(shape, instruction_parts=[InstructionPart(content=rules)])


def shaped(schema: dict[str, Any], mode: OutputMode) -> ModelRequestParameters:
    """How structured output is asked for; reviews and `shipskip doctor` ask the same way.

    Args:
        schema: JSON schema of the answer.
        mode: The endpoint's way.
    """
    if mode == "tool":
        tool = ToolDefinition(name=_TOOL, parameters_json_schema=schema, strict=True, kind="output")
        return ModelRequestParameters(
            output_mode="tool", output_tools=[tool], allow_text_output=False
        )
    return ModelRequestParameters(
        output_mode=mode,
        output_object=OutputObjectDefinition(json_schema=schema, name=_TOOL, strict=True),
        allow_text_output=True,
    )


async def ask(
    client: Model, messages: list[ModelMessage], llm: LlmSettings, prompt: Prompt, sample: int
) -> Answer:
    """Ask once for a verdict.

    Args:
        client: Who to ask.
        messages: The conversation so far.
        llm: How to ask.
        prompt: For the facts that may be cited.
        sample: Sample number, which sets the seed.

    Raises:
        Exception: Whatever the provider's library throws; see `failures.failure_of`.
    """
    settings = ModelSettings(max_tokens=llm.max_tokens, seed=llm.seed_of(sample))
    if llm.temperature is not None:
        settings["temperature"] = llm.temperature
    if llm.service_tier is not None:
        settings["service_tier"] = llm.service_tier
    shape = parameters(prompt.fact_ids, llm.output_mode, prompt.rules)
    return await send(client, messages, llm, settings, shape)


async def send(
    client: Model,
    messages: list[ModelMessage],
    llm: LlmSettings,
    settings: ModelSettings,
    shape: ModelRequestParameters,
) -> Answer:
    """Make one call.

    Args:
        client: Who to ask.
        messages: The conversation so far.
        llm: Whose client it is.
        settings: Settings of this call.
        shape: How the answer is to look, see `shaped`.

    Raises:
        Exception: Whatever the provider's library throws; see `failures.failure_of`.
    """
    response = await model_request(
        client,
        messages,
        model_settings=settings,
        model_request_parameters=shape,
        instrument=False,
    )
    return _answer(response, llm)


def _answer(response: ModelResponse, llm: LlmSettings) -> Answer:
    calls = [part.args_as_json_str() for part in response.parts if isinstance(part, ToolCallPart)]
    texts = [part.content for part in response.parts if isinstance(part, TextPart)]
    details = response.provider_details or {}
    tokens = response.usage
    known = llm.is_rubric or bool(tokens.input_tokens or tokens.output_tokens)
    return Answer(
        text="\n".join(calls or texts).strip(),
        finish=response.finish_reason,
        refusal=details.get("refusal"),
        usage=Usage(
            calls=1,
            input_tokens=tokens.input_tokens if known else None,
            output_tokens=tokens.output_tokens if known else None,
            cached_tokens=tokens.cache_read_tokens,
        ),
        answered_by=response.model_name,
        message=response,
    )
