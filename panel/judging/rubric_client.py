"""The offline judge as a pydantic-ai client, so that it passes the same loop, tape and checks.

It is built per question over typed inputs: reading a prompt back would be brittle, and nothing it
says depends on a prompt.
"""

from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage

from panel.domain.value import canonical_json
from panel.judging.question import Question
from panel.judging.rubric import draft
from panel.judging.tape import Arrival, Tape

_PATH = "/rubric"


class RubricClient(Model):
    """Answers one question by the persona's rubric; costs nothing and needs no network.

    Args:
        question: What to judge.
        tape: Where the draft is recorded, or read from in a replay.
    """

    def __init__(self, question: Question, tape: Tape) -> None:
        super().__init__()
        self._question = question
        self._tape = tape

    @property
    def model_name(self) -> str:
        """Name and version of the rubric judge."""
        return self._question.llm.name

    @property
    def system(self) -> str:
        """Provider name."""
        return "shipskip"

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,  # noqa: ARG002 - the base class's signature
        model_request_parameters: ModelRequestParameters,  # noqa: ARG002 - likewise
    ) -> ModelResponse:
        """Draft the verdict (see `pydantic_ai.models.Model.request`)."""
        question = self._question
        asked = canonical_json(
            {
                "dossier": question.dossier.digest,
                "facts": question.prompt.fact_ids,
                "llm": question.llm.digest,
                "persona": question.persona.digest,
                "round": sum(isinstance(message, ModelResponse) for message in messages),
                "sample": question.sample,
            }
        )

        async def drafted() -> Arrival:
            verdict = draft(
                question.dossier, question.persona, question.prompt.fact_ids, question.sample
            )
            return Arrival(200, "application/json", canonical_json(verdict))

        exchange = await self._tape.call(_PATH, asked, drafted)
        return ModelResponse(
            parts=[TextPart(content=exchange.response)],
            usage=RequestUsage(),
            model_name=self.model_name,
            finish_reason="stop",
        )
