"""The judge: one seat asks its llm, reads the answer strictly, checks it, and has it mended.

This loop is the heart of the program. It never raises for one bad seat: whatever goes wrong with
an llm becomes a `Failure` inside the review. Only what makes further work pointless (storage
errors, tape misses, a cap that is reached, an endpoint that is down) passes through.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal

from pydantic_ai.models import Model

from panel.domain.checks import CheckContext, check
from panel.domain.flag import Flag
from panel.domain.llm import LlmSettings
from panel.domain.review import Failure, Review, Usage
from panel.domain.verdict import Verdict
from panel.judging.ask import Answer, ask, first_question, mend_question
from panel.judging.breaker import Breaker
from panel.judging.failures import failure_of
from panel.judging.price import cost_of
from panel.judging.question import MENDS, Mend, Question
from panel.judging.reading import InvalidAnswerError, is_refusal, read_verdict
from panel.judging.remedies import NO_ANSWER, failure
from panel.judging.talk import Clock, Talk, TapeHalt, current_talk


@dataclass
class _Draft:
    """What one review has gathered so far."""

    talk: Talk
    usage: Usage = field(default_factory=Usage)
    cost: Decimal | None = Decimal(0)
    answered_by: str | None = None
    verdict: Verdict | None = None
    flags: tuple[Flag, ...] = ()
    problems: list[str] = field(default_factory=list[str])

    def count(self, answer: Answer, llm: LlmSettings) -> None:
        self.usage = self.usage.plus(answer.usage)
        self.answered_by = answer.answered_by or self.answered_by
        cost = cost_of(llm, answer.usage, self.talk.tier)
        self.cost = None if cost is None or self.cost is None else self.cost + cost

    def offer(self, verdict: Verdict, flags: tuple[Flag, ...]) -> None:
        """Keep this verdict unless the one at hand carries fewer blocking flags."""
        if self.verdict is None or _blocking(flags) <= _blocking(self.flags):
            self.verdict, self.flags = verdict, flags


def _blocking(flags: tuple[Flag, ...]) -> int:
    return sum(flag.severity == "blocks" for flag in flags)


class LlmJudge:
    """Answers questions through pydantic-ai clients.

    Args:
        open_client: Gives the client for a question.
        mend: Writes the request to mend some problems.
        timeout: Seconds one seat may take to ask, all its calls and mends together; waiting for
            its turn at the provider does not count.
        on_timeout: Told when a seat's time has run out, so that a replay runs out too.
        secrets: Keys in use, never to be repeated in a failure.
        breaker: Ends the run when a provider answers nothing usable any more.
    """

    def __init__(
        self,
        open_client: Callable[[Question], Model],
        mend: Mend,
        *,
        timeout: float,
        on_timeout: Callable[[Talk], Awaitable[None]],
        secrets: tuple[str, ...] = (),
        breaker: Breaker | None = None,
    ) -> None:
        self._on_timeout = on_timeout
        self._open_client = open_client
        self._mend = mend
        self._timeout = timeout
        self._secrets = secrets
        self._breaker = breaker

    async def review(self, question: Question) -> Review:
        """Answer one question; a bad seat becomes a failure, never an exception.

        Args:
            question: What to judge, by whom.

        Raises:
            ShipskipError: The answer cannot be stored, a replay misses it, it waits for a batch,
                its money or its turn will not come, or its provider is down.
        """
        clock = Clock(self._timeout)
        draft = _Draft(Talk(question.key, question.llm, question.sample, question.nth, clock))
        failed: Failure | None = None
        token = current_talk.set(draft.talk)
        try:
            failed = await self._converse(question, draft)
        except TimeoutError:
            failed = failure("timeout", NO_ANSWER)
            await self._on_timeout(draft.talk)
        except TapeHalt as halt:
            raise halt.cause from halt
        except Exception as error:  # noqa: BLE001 - the one boundary: a bad seat is a row
            failed = failure_of(error, self._secrets, question.llm.base_url or "")
        finally:
            current_talk.reset(token)
        review = _review(question, draft, failed)
        if self._breaker:
            self._breaker.watch(question.llm.provider, review)
        return review

    async def _converse(self, question: Question, draft: _Draft) -> Failure | None:
        """Ask, read, check and mend until the verdict is sound or the mends are used up."""
        client = self._open_client(question)
        messages = first_question(question.prompt, question.llm)
        for round_ in range(MENDS + 1):
            # Only the asking is cut short: an answer that is in is always read and checked.
            async with draft.talk.clock.running():
                answer = await ask(client, messages, question.llm, question.prompt, question.sample)
            draft.count(answer, question.llm)
            failed = _unusable(answer)
            if failed:
                return failed
            problems, wishes = self._take(question, draft, answer)
            if not problems or round_ == MENDS:
                break
            request = self._mend(problems, wishes)
            messages += mend_question(answer, request, question.prompt)
        if draft.verdict is None:
            return failure("invalid-answer", "; ".join(draft.problems), self._secrets)
        return None

    def _take(
        self, question: Question, draft: _Draft, answer: Answer
    ) -> tuple[list[str], list[str]]:
        """Read and check one answer; returns what must and what had better be mended.

        Warnings alone are left to the editor: another call costs more than they do.
        """
        try:
            verdict = read_verdict(answer.text)
        except InvalidAnswerError as error:
            draft.problems = error.problems
            return error.problems, []
        context = CheckContext(
            dossier=question.dossier,
            persona=question.persona,
            prompt=question.prompt,
            earlier=question.earlier,
        )
        flags = check(verdict, context)
        draft.offer(verdict, flags)
        mendable = [flag for flag in flags if flag.mendable and not question.llm.is_rubric]
        return (
            [_as_problem(flag) for flag in mendable if flag.severity == "blocks"],
            [_as_problem(flag) for flag in mendable if flag.severity == "warns"],
        )


def _as_problem(flag: Flag) -> str:
    if flag.span is None:
        return f"(whole answer): {flag.message}"
    return f'{flag.span.field}: "{flag.span.text}": {flag.message}'


def _unusable(answer: Answer) -> Failure | None:
    """The failure an answer amounts to before anyone reads its JSON."""
    if answer.refusal:
        return failure("refused", answer.refusal)
    if answer.finish == "content_filter":
        return failure("filtered", "the provider's content filter stopped the answer")
    if answer.finish == "length":
        return failure("truncated", "the answer reached the token limit")
    if not answer.text:
        return failure("empty-answer", "the answer held no text")
    if is_refusal(answer.text):
        return failure("refused", answer.text)
    return None


def _may_be_billed(draft: _Draft, failed: Failure | None) -> bool:
    """Whether the provider may bill what nobody could count: a lost or unreadable answer."""
    lost = failed is not None and failed.kind in {"timeout", "dropped"}
    return lost or draft.talk.received > draft.usage.calls


def _review(question: Question, draft: _Draft, failed: Failure | None) -> Review:
    """The review: a verdict that was paid for outlives a failure while it was being mended."""
    keep = draft.verdict is not None and not (failed and failed.ends_run)
    return question.answered(
        answered_by=draft.answered_by,
        verdict=draft.verdict if keep else None,
        failure=None if keep else failed,
        flags=draft.flags if keep else (),
        usage=draft.usage,
        cost=None if _may_be_billed(draft, failed) else draft.cost,
        exchanges=tuple(draft.talk.exchanges),
    )
