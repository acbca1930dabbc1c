"""What extracting the facts of one source will take, and what came of it."""

from panel.domain.intake.candidate import Candidate
from panel.domain.value import Value


class Refusal(Value):
    """A claim that was left out.

    Attributes:
        quote: What the llm took for a quote.
        reason: Why it was left out.
    """

    quote: str
    reason: str


class Extracted(Value):
    """What was taken from one source.

    Attributes:
        candidates: The facts, in the order of the source.
        refused: What the llm claimed, and the source does not carry.
        calls: Requests that were made now.
        kept: Pieces whose answers were kept from an earlier time.
        input_tokens: Tokens sent now.
        output_tokens: Tokens received now.
        fault: Why the source was not read to its end; empty when it was.
    """

    candidates: tuple[Candidate, ...] = ()
    refused: tuple[Refusal, ...] = ()
    calls: int = 0
    kept: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    fault: str = ""


class Planned(Value):
    """What extracting from one source will take, before anything is spent.

    Attributes:
        calls: Requests at least.
        letters: Letters that are sent at least; about four make a token.
        kept: Pieces whose answers are there already.
    """

    calls: int
    letters: int
    kept: int


class Allowance(Value):
    """What one question to the llm may still cost, its mends included.

    Attributes:
        mends: How often its answer may be sent back.
        tokens: Most tokens of each answer; 0 when the question may not be asked.
    """

    mends: int
    tokens: int
