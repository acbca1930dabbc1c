"""What a seat is asked, and who may answer; light to import, for all who never ask an llm."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from panel.domain.dossier import Dossier
from panel.domain.llm import LlmSettings
from panel.domain.persona import Persona
from panel.domain.prompt import Prompt
from panel.domain.review import Review, review_key

MENDS = 2
"""How often an answer goes back to the llm at most."""

Mend = Callable[[Sequence[str], Sequence[str]], str]
"""Writes the request to mend: first what must be mended, then what had better be."""


@dataclass(frozen=True)
class Question:
    """One seat's question about one dossier and one sample.

    Attributes:
        dossier: What is judged.
        persona: Who judges.
        prompt: What they are told.
        llm: Who plays them.
        sample: Sample number, counted from 1.
        earlier: Earlier quotes of this persona on other dossiers.
        nth: Which try this is: 1, and one more for each time a failure is asked again.
    """

    dossier: Dossier
    persona: Persona
    prompt: Prompt
    llm: LlmSettings
    sample: int = 1
    earlier: tuple[str, ...] = ()
    nth: int = 1

    @cached_property
    def key(self) -> str:
        """Key of the review that answers it."""
        return review_key(
            self.dossier.digest,
            self.persona.digest,
            self.prompt.digest,
            self.llm.digest,
            self.sample,
        )

    def answered(self, **outcome: Any) -> Review:
        """The review that answers this question.

        Args:
            outcome: Fields of `Review` that the question does not decide: verdict or failure,
                flags, usage, cost and the like.
        """
        return Review(
            key=self.key,
            slug=self.dossier.slug,
            dossier=self.dossier.digest,
            persona=self.persona.id,
            persona_digest=self.persona.digest,
            prompt=self.prompt.digest,
            llm=self.llm.digest,
            llm_label=self.llm.label,
            sample=self.sample,
            nth=self.nth,
            **outcome,
        )


class Judge(Protocol):
    """Anything that answers a question with a review and never raises for a bad seat."""

    async def review(self, question: Question) -> Review:
        """Answer one question."""
        ...
