"""Lets calls out one by one: when their provider takes them and the run can pay for them.

Every HTTP try passes here, first ones and the openai library's retries alike.
"""

import logging
from dataclasses import dataclass

from panel.domain.exchange import Call, Exchange, Tier
from panel.domain.pacing import Pace
from panel.domain.run import Run
from panel.errors import EndpointError
from panel.judging.brake import Brake
from panel.judging.charges import charge_of
from panel.judging.estimate import most_cost, usual_tokens
from panel.judging.pace import Pacer, Turn, Turns
from panel.judging.purse import AttemptStore, Purse
from panel.judging.talk import Talk
from panel.judging.undisturbed import undisturbed

_log = logging.getLogger("shipskip.gate")

_LONGEST_WAIT = 3600.0
"""Seconds a provider may ask us to wait before the run is stopped, to be resumed by hand."""


@dataclass(frozen=True)
class Pass:
    """A call that was let out.

    Attributes:
        talk: The review it is made for.
        attempt: Id of the attempt.
        turn: The turn it took; None when nobody is asked over a network.
    """

    talk: Talk
    attempt: str
    turn: Turn | None


class Gate:
    """The limits of one run.

    Args:
        run: The run.
        store: Where attempts and their money are counted.
        pacer: Where turns are booked.
        brake: Ends every wait.
    """

    def __init__(self, run: Run, store: AttemptStore, pacer: Pacer, brake: Brake) -> None:
        self._run = run
        self._purse = Purse(run, store, brake)
        self._turns = Turns(Pace(rate=run.rate, token_rate=run.token_rate), pacer, brake)

    def call(self, talk: Talk, begun: Exchange, tier: Tier | None = None) -> Call:
        """A call as it is noted before it is made.

        Args:
            talk: The review it is made for.
            begun: Key, path and request.
            tier: How it will be delivered, if not live.

        Raises:
            SpendingError: The run has a cap and the price is unknown.
        """
        bound = most_cost(talk.llm, begun.request, tier)
        return Call(
            run=self._run.id,
            review=talk.review_key,
            key=begun.key,
            path=begun.path,
            body=begun.request,
            sample=talk.sample,
            nth=talk.nth,
            llm=talk.llm.digest,
            bound=bound,
            capped=self._purse.capped(bound),
        )

    async def enter(self, talk: Talk, begun: Exchange) -> Pass:
        """Wait until a call may be made, off the seat's clock, and note that it is about to be.

        Args:
            talk: The review it is made for.
            begun: Key, path and request.

        Raises:
            SpendingError: It may exceed the run's cap.
            DrainError: The brake was pulled while it waited.
            StoreError: It cannot be noted.
        """
        llm, turn = talk.llm, None
        call = self.call(talk, begun)
        with talk.clock.stopped():
            if not llm.is_rubric:
                turn = await self._turns.take(llm.provider, usual_tokens(begun.request))
            while (attempt := await self._purse.begin(call)) is None:
                turn = turn and await self._turns.keep(turn)
        return Pass(talk, attempt, turn)

    async def leave(self, passed: Pass, ended: Exchange, after: float | None) -> None:
        """Keep how a call ended, off the seat's clock.

        Args:
            passed: What `enter` returned.
            ended: The answer or the fault.
            after: Seconds for which the provider asks to be left alone.

        Raises:
            EndpointError: It asks for longer than a run can wait.
            StoreError: It cannot be kept.
        """
        with passed.talk.clock.stopped():
            # A paid answer is kept even when everything is cancelled while it is being written.
            await undisturbed(self._keep(passed, ended, after))
        if after and after > _LONGEST_WAIT:
            raise EndpointError(
                f"{passed.talk.llm.provider} answers HTTP {ended.status} and asks for no call"
                f" within the next {after / 3600:.1f} hours",
                remedy="resume after that time",
            )

    async def _keep(self, passed: Pass, ended: Exchange, after: float | None) -> None:
        charge, turn = charge_of(passed.talk.llm, ended), passed.turn
        values = {"status": ended.status, "fault": ended.fault, "seconds": round(ended.seconds, 3)}
        _log.debug("call ended", extra=values)
        try:
            if turn:
                await self._turns.heard(turn, ended.status, after)
        finally:
            await self._purse.end(passed.attempt, ended, charge)
        if turn and charge.input_tokens is not None and charge.output_tokens is not None:
            await self._turns.settle(turn, charge.input_tokens + charge.output_tokens)
