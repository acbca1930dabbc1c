"""A judge that answers from a script, for tests of whatever stands above the judge."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from panel.domain.review import Failure, FailureKind, Review
from panel.domain.run import Seat
from panel.domain.verdict import Call, Verdict
from panel.judging.question import Question
from panel.testing.values import make_review

Ending: TypeAlias = Call | FailureKind | Verdict | Failure
"""How a question ends: a call, a kind of failure, or the verdict or failure itself."""

Hold: TypeAlias = Callable[[Question], Awaitable[object]]
"""What a question waits for before it is answered."""


class ScriptedJudge:
    """Implements `panel.judging.question.Judge` without an llm, and remembers what it was asked.

    Args:
        script: Ending by persona id; every other persona ships.
        hold: Awaited before each answer, e.g. an event of one persona; nothing unless given.

    Attributes:
        asked: Keys of all questions, in the order they came.
        answered: Keys of those that were answered.
        running: Questions being answered now.
        most: Most questions that were ever being answered at once.
    """

    def __init__(
        self, script: Mapping[str, Ending] | None = None, *, hold: Hold | None = None
    ) -> None:
        self._script = script or {}
        self._hold = hold
        self.asked: list[str] = []
        self.answered: list[str] = []
        self.running = 0
        self.most = 0

    async def review(self, question: Question) -> Review:
        """Answer one question as the script has it.

        Args:
            question: What to judge.
        """
        self.asked.append(question.key)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await (self._hold(question) if self._hold else asyncio.sleep(0))
        finally:
            self.running -= 1
        self.answered.append(question.key)
        persona = question.persona
        return make_review(
            question.dossier,
            Seat(persona=persona.id, digest=persona.digest, llm=question.llm),
            self._script.get(persona.id, "ship"),
            sample=question.sample,
            key=question.key,
            prompt=question.prompt.digest,
            nth=question.nth,
        )
