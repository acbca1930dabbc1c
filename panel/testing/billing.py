"""What the fake endpoint would send a bill for, whether or not the client ever got the answer.

A test that kills the client compares its cost ledger with this count.
"""

import threading
from dataclasses import dataclass

from panel.testing.request import JsonObject


@dataclass(frozen=True)
class Tokens:
    """Token counts of one call, or of many.

    Attributes:
        prompt: Tokens of the prompt, the cached ones included.
        cached: Tokens of the prompt that were cached.
        completion: Tokens of the answer.
    """

    prompt: int = 0
    cached: int = 0
    completion: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(
            self.prompt + other.prompt,
            self.cached + other.cached,
            self.completion + other.completion,
        )


@dataclass(frozen=True)
class Bill:
    """Completions answered with status 200, and their tokens.

    Attributes:
        completions: How many.
        tokens: Their tokens, counted also where the answer reported none.
    """

    completions: int = 0
    tokens: Tokens = Tokens()

    def __add__(self, other: "Bill") -> "Bill":
        return Bill(self.completions + other.completions, self.tokens + other.tokens)

    def told(self) -> JsonObject:
        """The bill as JSON types."""
        return {
            "completions": self.completions,
            "input_tokens": self.tokens.prompt,
            "output_tokens": self.tokens.completion,
            "cached_tokens": self.tokens.cached,
        }


class Till:
    """Adds up two bills from many threads: live answers, and answers to the lines of batches."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bills = {False: Bill(), True: Bill()}

    def add(self, tokens: Tokens, *, batch: bool) -> None:
        """Bills one completion.

        Args:
            tokens: Its tokens.
            batch: Whether it was a line of a batch, which costs half.
        """
        with self._lock:
            self._bills[batch] += Bill(1, tokens)

    @property
    def live(self) -> Bill:
        """The answers that were given at once."""
        return self._bills[False]

    @property
    def batched(self) -> Bill:
        """The answers to lines of batches."""
        return self._bills[True]
