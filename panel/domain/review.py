"""A review: one attempt of one seat at one dossier, ending in a verdict or a failure."""

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from panel.domain.flag import Flag
from panel.domain.value import Digest, Slug, Value, digest_of
from panel.domain.verdict import Verdict

FailureKind = Literal[
    "refused",
    "filtered",
    "truncated",
    "invalid-answer",
    "key-refused",
    "forbidden",
    "no-such-llm",
    "bad-request",
    "out-of-credit",
    "rate-limited",
    "server-error",
    "timeout",
    "dropped",
    "not-an-api",
    "empty-answer",
    "too-long",
    "recused",
    "quarantined",
    "rejected",
    "unexpected",
]


class Failure(Value):
    """Why a seat gave no verdict. A failed seat stays at the table without a vote.

    Attributes:
        kind: What went wrong.
        retryable: Whether asking again later could help.
        ends_run: Whether no further call to this llm can succeed, so that the run stops.
        detail: What the provider or the check said, without secrets, at most 500 characters.
        remedy: What to do next.
    """

    kind: FailureKind
    retryable: bool
    ends_run: bool = False
    detail: Annotated[str, Field(max_length=500)]
    remedy: str


class Usage(Value):
    """Tokens of one review over all its calls.

    Attributes:
        calls: Answers received, mends included.
        input_tokens: Tokens sent; None when the provider did not say.
        output_tokens: Tokens received; None when the provider did not say.
        cached_tokens: Part of the input tokens read from the provider's cache.
    """

    calls: Annotated[int, Field(ge=0)] = 0
    input_tokens: Annotated[int, Field(ge=0)] | None = 0
    output_tokens: Annotated[int, Field(ge=0)] | None = 0
    cached_tokens: Annotated[int, Field(ge=0)] = 0

    def plus(self, other: "Usage") -> "Usage":
        """Sum of two usages; unknown stays unknown."""

        def add(one: int | None, two: int | None) -> int | None:
            return None if one is None or two is None else one + two

        return Usage(
            calls=self.calls + other.calls,
            input_tokens=add(self.input_tokens, other.input_tokens),
            output_tokens=add(self.output_tokens, other.output_tokens),
            cached_tokens=self.cached_tokens + other.cached_tokens,
        )


def review_key(dossier: str, persona: str, prompt: str, llm: str, sample: int) -> str:
    """The key of a review within a run: equal inputs have equal keys.

    Args:
        dossier: Digest of the dossier.
        persona: Digest of the persona.
        prompt: Digest of the prompt.
        llm: Digest of the llm settings.
        sample: Sample number, counted from 1.
    """
    return digest_of("review-key", [dossier, persona, prompt, llm, sample])


class Review(Value):
    """One attempt of one seat at one dossier and one sample number; holds no clock times.

    Attributes:
        key: See `review_key`.
        slug: Slug of the dossier.
        dossier: Digest of the dossier.
        persona: Id of the persona.
        persona_digest: Digest of the persona.
        prompt: Digest of the prompt.
        llm: Digest of the llm settings.
        llm_label: `KIND:NAME`, or `rubric draft, no llm`.
        answered_by: The llm's name as the provider reports it; None when it does not.
        sample: Sample number, counted from 1.
        verdict: The answer, or None.
        failure: Why there is none, or None.
        flags: What the checks found in the verdict.
        usage: Tokens over all calls.
        cost: Cost in USD over all calls; None when the price or the tokens are unknown.
        exchanges: Keys of the exchanges on the tape, in order.
        nth: Which try this is: 1, and one more for each time a failure was asked again.
    """

    key: Digest
    slug: Slug
    dossier: Digest
    persona: Slug
    persona_digest: Digest
    prompt: Digest
    llm: Digest
    llm_label: str
    answered_by: str | None = None
    sample: Annotated[int, Field(ge=1)]
    verdict: Verdict | None = None
    failure: Failure | None = None
    flags: tuple[Flag, ...] = ()
    usage: Usage = Usage()
    cost: Decimal | None = None
    exchanges: tuple[Digest, ...] = ()
    nth: Annotated[int, Field(ge=1)] = Field(default=1, exclude_if=lambda nth: nth == 1)

    @model_validator(mode="after")
    def _one_of_two(self) -> "Review":
        if (self.verdict is None) == (self.failure is None):
            raise ValueError("a review holds a verdict or a failure, never both or neither")
        return self

    @cached_property
    def digest(self) -> str:
        """Name of this review's content."""
        return digest_of("review", self)

    @property
    def blocked(self) -> bool:
        """Whether a flag keeps this verdict from being approved."""
        return any(flag.severity == "blocks" for flag in self.flags)
