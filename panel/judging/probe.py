"""Asks an endpoint a handful of tiny questions, so that its faults show before money is spent.

Servers accept a schema and ignore it, drop the seed, or count no tokens, and say nothing; the only
proof is an answer that nobody could have guessed.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from pydantic_ai.models import ModelRequestParameters

from panel.domain.llm import LlmSettings, OutputMode
from panel.domain.review import Failure, FailureKind, Usage
from panel.judging.endpoints import Endpoints, secrets_in
from panel.judging.price import cost_of
from panel.judging.probe_answer import Held, glimpse, held
from panel.judging.probe_calls import MOST_TOKENS, Caller, CountingTransport
from panel.judging.remedies import failure

MOST_CALLS = 6
"""No probe sends more requests than this."""

MODES: tuple[OutputMode, ...] = ("native", "tool", "prompted")

_FILLER_ENTRIES = 120
"""About 2,400 tokens; providers cache prefixes from 1,024 tokens on."""

_OF_THE_MODE: frozenset[FailureKind] = frozenset(
    {"bad-request", "server-error", "refused", "filtered", "truncated", "empty-answer"}
)
"""Failures after which another output mode may still work."""


@dataclass(frozen=True)
class Trial:
    """One output mode, tried.

    Attributes:
        mode: The mode.
        held: Whether the answer kept to the schema; None when no answer came.
        seen: The beginning of what came back.
        failure: Why no answer came; None when one did.
    """

    mode: OutputMode
    held: Held | None
    seen: str = ""
    failure: Failure | None = None


@dataclass
class Probe:
    """What an endpoint turned out to be.

    Attributes:
        trials: The output modes, in the order of `MODES`.
        failure: What kept the probe from going on; None when it ended by itself.
        seed: Whether a seed is accepted; None when that could not be told.
        input_tokens: Tokens of the last long prompt; None when not reported or not tried.
        cached_tokens: How many of them were read from a cache.
        answered_by: The llm's name as the endpoint reports it.
        known: Names the endpoint offers, asked only when it knows no such llm.
        usage: Tokens over all calls.
        price_known: Whether a price for this llm is known.
        cost: USD over all calls; None when unknown.
        calls: Requests made.
    """

    trials: list[Trial] = field(default_factory=list[Trial])
    failure: Failure | None = None
    seed: Literal["accepted", "refused", "not sent"] | None = None
    input_tokens: int | None = None
    cached_tokens: int = 0
    answered_by: str | None = None
    known: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    price_known: bool = False
    cost: Decimal | None = Decimal(0)
    calls: int = 0

    @property
    def best(self) -> OutputMode | None:
        """The output mode to use: the first that holds an llm to the schema.

        Without one, a mode in which the llm keeps to it by itself.
        """
        for wanted in ("enforced", "followed"):
            for trial in self.trials:
                if trial.held == wanted:
                    return trial.mode
        return None

    def trial(self, mode: OutputMode) -> Trial | None:
        """The trial of a mode, if there was one."""
        return next((trial for trial in self.trials if trial.mode == mode), None)


async def probe(
    llm: LlmSettings, *, seconds: float, environ: Mapping[str, str] = os.environ
) -> Probe:
    """Try an endpoint with at most `MOST_CALLS` requests and no retries.

    Args:
        llm: Which llm, where.
        seconds: How long one call may take.
        environ: Where keys are found.

    Raises:
        InputError: The kind is unknown, its library is not installed, or its key is missing.
    """
    wire = CountingTransport()
    endpoints = Endpoints(wire, timeout=seconds, max_retries=0, environ=environ)
    try:
        caller = Caller(endpoints.open(llm), llm, seconds, secrets_in(environ))
        found = Probe(price_known=_price_known(llm))
        await _try_all(caller, found, wire)
    finally:
        await endpoints.close()
    found.calls, found.usage, found.answered_by = wire.calls, caller.usage, caller.answered_by
    found.cost = cost_of(llm, caller.usage)
    return found


async def _try_all(caller: Caller, found: Probe, wire: CountingTransport) -> None:
    for mode in MODES:
        trial = await _try(caller, mode)
        found.trials.append(trial)
        alone = all(other.failure for other in found.trials)
        if alone and trial.failure and trial.failure.kind not in _OF_THE_MODE:
            found.failure = trial.failure
            if trial.failure.kind == "no-such-llm":
                found.known = await caller.known()
            return
    if all(trial.failure for trial in found.trials):
        await _find_cause(caller, found, wire)
        return
    found.seed = "accepted" if wire.seed_sent else "not sent"
    answered: list[OutputMode] = [trial.mode for trial in found.trials if not trial.failure]
    await _try_cache(caller, found, found.best or answered[0])


async def _try(caller: Caller, mode: OutputMode) -> Trial:
    """Ask for the small object in one mode."""
    request = caller.texts["along" if mode == "prompted" else "against"]
    answer = await caller.ask(caller.shape(mode), request)
    if isinstance(answer, Failure):
        return Trial(mode, None, failure=answer)
    if answer.finish == "length":
        cut = failure("truncated", f"no answer within {MOST_TOKENS} tokens")
        return Trial(mode, None, failure=cut)
    seen = answer.text or answer.refusal or ""
    kept = held(answer.text, caller.code, by_server=mode != "prompted")
    return Trial(mode, kept, glimpse(seen, caller.keys))


async def _try_cache(caller: Caller, found: Probe, mode: OutputMode) -> None:
    """Send two prompts with one long beginning, as two seats of a panel do."""
    entry = caller.texts["filler"]
    text = "".join(entry.format(number=number) for number in range(1, _FILLER_ENTRIES + 1))
    for request in ("against", "along"):
        answer = await caller.ask(caller.shape(mode), caller.texts[request], dossier=text)
        if isinstance(answer, Failure):
            found.failure = answer
            return
        found.input_tokens = answer.usage.input_tokens
        found.cached_tokens = answer.usage.cached_tokens


async def _find_cause(caller: Caller, found: Probe, wire: CountingTransport) -> None:
    """Every mode failed: find out whether it is the seed, or the endpoint as such."""
    found.failure = found.trials[0].failure
    for seed in (True, False):
        answer = await caller.ask(ModelRequestParameters(), caller.texts["plain"], seed=seed)
        if not isinstance(answer, Failure):
            if not seed:
                found.seed = "refused"
            else:
                found.seed = "accepted" if wire.seed_sent else "not sent"
            return


def _price_known(llm: LlmSettings) -> bool:
    return cost_of(llm, Usage(calls=1, input_tokens=1000, output_tokens=100)) is not None
